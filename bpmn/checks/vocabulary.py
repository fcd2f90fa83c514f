"""The names that a diagram may use: what the forms, roles and operations of the office are."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from bpmn.diagram import Diagram
from bpmn.diagram.labels import Labels
from bpmn.errors import Move, Problem

Values = tuple[str, ...]
"""What a routing variable may be; empty for whatever text."""


@dataclass(frozen=True)
class OperationWords:
    """An operation: its parameters as name → (str or int, required), and what it returns.

    A value "=name" of `sets` stands for the value of the parameter of that name. `choices` are
    the texts that a parameter may be, where they are not any.
    """

    parameters: Mapping[str, tuple[str, bool]]
    sets: Mapping[str, Values]
    choices: Mapping[str, Set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """The words of the office.

    `lanes` says which roles may act in a lane of that name; `given` which routing variables a
    case has when it is opened, and `messages` which ones each message brings, with their values;
    `assignees` are the answers that name an account.
    """

    forms: Set[str]
    roles: Set[str]
    operations: Mapping[str, OperationWords]
    clocks: Set[str]
    lanes: Mapping[str, Set[str]]
    given: Mapping[str, Values]
    messages: Mapping[str, Mapping[str, Values]]
    assignees: Set[str] = frozenset()
    labels: Labels = field(default_factory=Labels)
    """What people call all of these: a problem names nothing by its code that has a word."""
    unit_roles: Set[str] = frozenset()
    unit_forms: Set[str] = frozenset()
    """Whom a unit acts as, and what it fills in: no other role sees these forms."""


def problem_at(
    diagram: Diagram,
    element: str,
    message: str,
    *,
    rule: str = "",
    mend: str = "",
    run: tuple[Move, ...] = (),
) -> Problem:
    """A problem with the file and line where the element (a node or a flow) stands."""
    for process in diagram.processes.values():
        found = process.nodes.get(element) or process.flows.get(element)
        if found is not None:
            return Problem(element, message, process.file, found.line, rule, mend, run)
    return Problem(element, message, rule=rule, mend=mend, run=run)
