"""Whether files are fit to go live in this office: by themselves, and with the people it has."""

from collections.abc import Mapping

from bpmn.casework.staffing_check import staffing_problems
from bpmn.casework.vocabulary import proof_of
from bpmn.diagram import encode_files
from bpmn.errors import Problem
from bpmn.office import Office


def fitness_problems(office: Office, files: Mapping[str, str]) -> tuple[Problem, ...]:
    """Every problem of the files; of the people only once the diagram itself is proved."""
    content = encode_files(files)
    return proof_of(content).problems or staffing_problems(office, content)
