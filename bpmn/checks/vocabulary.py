"""The names that a diagram may use: what the forms, roles and operations of the office are."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from bpmn.diagram import Diagram
from bpmn.errors import Problem


@dataclass(frozen=True)
class Vocabulary:
    """`lanes` says which roles may act in a lane of that name; `given` which routing variables
    a case has when it is opened."""

    forms: Set[str]
    roles: Set[str]
    operations: Set[str]
    clocks: Set[str]
    lanes: Mapping[str, Set[str]]
    given: Set[str]


def problem_at(diagram: Diagram, element: str, message: str) -> Problem:
    """A problem with the file and line where the element (a node or a flow) stands."""
    for process in diagram.processes.values():
        found = process.nodes.get(element) or process.flows.get(element)
        if found is not None:
            return Problem(element, message, process.file, found.line)
    return Problem(element, message)
