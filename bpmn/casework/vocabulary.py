"""The words that diagrams of this office may use, and the check of a diagram against them."""

from collections.abc import Mapping
from functools import lru_cache

from bpmn import engine
from bpmn.casework.clock_words import CLOCKS
from bpmn.casework.labels import LABELS
from bpmn.casework.rights import APPLICANT, EXPERT, OFFICER_ROLES, RESPONDENT, UNIT_ROLES
from bpmn.checks import (
    LongestPath,
    OperationWords,
    Proof,
    Vocabulary,
    check_names,
    longest_paths,
    prove,
)
from bpmn.diagram import read_diagram
from bpmn.errors import DiagramRejected, Problem, first_told
from bpmn.matter import CERTIFICATES
from bpmn.operations import DESCRIPTIONS, Description
from forms import FORMS
from forms.registry import UNIT_FORMS

_OFFICERS = OFFICER_ROLES | {EXPERT}


_CLOCKS = frozenset(CLOCKS)
_VALUES: Mapping[tuple[str, str], frozenset[str]] = {
    **{place: frozenset(known) for place, (_label, known) in LABELS.parameters.items() if known},
    ("assign_authority", "level"): frozenset({"ministry", "province", "city"}),
}
"""The values that a parameter of an operation may have, where they are not any."""


def _words_of(name: str, one: Description) -> OperationWords:
    parameters = {part.name: (part.kind, part.required) for part in one.parameters}
    choices = {of: values for (its, of), values in _VALUES.items() if its == name}
    return OperationWords(parameters, one.sets, choices)


VOCABULARY = Vocabulary(
    forms=frozenset(FORMS),
    roles=_OFFICERS | {APPLICANT, RESPONDENT},
    operations={name: _words_of(name, one) for name, one in DESCRIPTIONS.items()},
    clocks=_CLOCKS,
    lanes={
        "申请单位": frozenset({APPLICANT}),
        "对方单位": frozenset({RESPONDENT}),
        "市级": _OFFICERS,
        "省级": _OFFICERS,
        "部": _OFFICERS,
        "审批机关": _OFFICERS,
    },
    given={
        "case_id": (),
        "matter": (),
        "certificate_type": tuple(CERTIFICATES),
        "province": (),
        "city": (),
    },
    messages={"stop": {"stop": ("withdrawn", "terminated")}, "objection": {}},
    assignees=frozenset({"expert"}),
    labels=LABELS,
    unit_roles=UNIT_ROLES,
    unit_forms=UNIT_FORMS,
)


def diagram_problems(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Everything that keeps the files from going live; empty when nothing does.

    Whatever the bytes are, it raises nothing: what cannot be read is a problem too.
    """
    return proof_of(files).problems


def diagram_limits(files: Mapping[str, bytes]) -> list[LongestPath]:
    """The longest path of each statutory clock. Expects files without problems."""
    proof = proof_of(files)
    return [] if proof.diagram is None else longest_paths(proof.diagram, proof.space)


def proof_of(files: Mapping[str, bytes]) -> Proof:
    """What is to be said of the files, found once for the ones asked about last.

    A proof may take a second, and a transaction must not wait: it finds the proof made.
    """
    return _proof_of(tuple(sorted(files.items())))


@lru_cache(maxsize=16)
def _proof_of(named: tuple[tuple[str, bytes], ...]) -> Proof:
    files = dict(named)
    try:
        engine.compile_diagram(files, keep=False)
    except DiagramRejected as rejected:
        more = _more_names(files, rejected.problems)
        return Proof(first_told((*rejected.problems, *more)))
    return prove(read_diagram(files), VOCABULARY)


def _more_names(files: Mapping[str, bytes], found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The other wrong names of files that can be read, so that all are told at once."""
    if any(problem.rule != "names" for problem in found):
        return ()
    told = {problem.element for problem in found}
    others = check_names(read_diagram(files), VOCABULARY)
    return tuple(problem for problem in others if problem.element not in told)
