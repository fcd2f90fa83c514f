"""The values that a diagram is read into: what it says, and where it draws it.

Not for running a diagram: that is `bpmn.engine`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bpmn.diagram.tables import Table


@dataclass(frozen=True)
class Outcome:
    """One way out of a decision: the value of its variable, and the word on the button."""

    value: str
    label: str
    opens: bool = False
    """It leads to a called diagram: a procedure to go through, not a decision."""


@dataclass(frozen=True)
class FormField:
    """A field that the diagram draws: property `field.<name>` = "kind;label;required;options".

    `kind` is one of text, long_text, number, date, yes_no and choice; only a choice has
    `options`, which are both what is stored and what is read.
    """

    name: str
    kind: str
    label: str
    required: bool
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class UserTask:
    """A step that a person takes. Without a `form` property the element id names the form."""

    element: str
    name: str
    form: str
    role: str
    clock: str | None
    not_by: str | None
    """The user task whose person may not do this one too (four eyes)."""
    not_by_origin: bool
    """Whoever took part in the case that this one came from may not do it."""
    assignee: str | None
    """The answer that names the account whose task it is; none: whoever has the role."""
    lane: str | None
    documentation: str
    outcome: str | None
    outcomes: tuple[Outcome, ...]
    process: str
    days: int | None = None
    """办理时限: the working days that the step may take, where the diagram says so."""
    counted: bool = True
    """Whether the step's time counts towards the statutory period (行政许可法 Art. 45)."""
    fields: tuple[FormField, ...] = ()
    """What the diagram itself asks for, beside the form's own fields, in their order."""
    properties: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """All extension properties as they stand."""


@dataclass(frozen=True)
class ServiceTask:
    """A step that an operation takes; `sets` names the routing variables it returns."""

    element: str
    name: str
    operation: str
    parameters: Mapping[str, str]
    sets: tuple[str, ...]
    process: str


@dataclass(frozen=True)
class RuleTask:
    """A step that a DMN table takes, with the variables that the table reads and sets."""

    element: str
    name: str
    table: str
    reads: tuple[str, ...]
    sets: tuple[str, ...]
    process: str


@dataclass(frozen=True)
class Decision:
    """An exclusive gateway with more than one way out, and the variable that it compares."""

    element: str
    name: str
    variable: str | None
    outcomes: tuple[Outcome, ...]
    process: str


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `variable` and `value` are set when its condition compares the two."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None
    variable: str | None
    value: str | None
    line: int


@dataclass(frozen=True)
class Node:
    """A flow node as drawn. `kind` is its BPMN tag, `event` timer or message, if either."""

    id: str
    kind: str
    name: str
    documentation: str
    parent: str | None
    lane: str | None
    attached_to: str | None
    calls: str | None
    event: str | None
    message: str | None
    message_variable: str | None
    timer: str | None
    default: str | None
    line: int
    interrupts: bool = True
    """Of a boundary event: it ends the element it is attached to; false when it runs beside it."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Every extension property of the element, as written."""
    multiple: Mapping[str, str] = field(default_factory=dict)
    """Of a multi-instance task: each part of its marker (loopCardinality …), as written."""


@dataclass(frozen=True)
class Box:
    """A rectangle in the diagram's own units (one unit is one CSS pixel at 100 %)."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Shape:
    element: str
    box: Box
    label: Box | None


@dataclass(frozen=True)
class Edge:
    element: str
    points: tuple[tuple[float, float], ...]
    label: Box | None


@dataclass(frozen=True)
class Lane:
    id: str
    name: str
    nodes: frozenset[str]


@dataclass(frozen=True)
class Process:
    """One process: its graph (nested nodes name their parent) and its drawing."""

    id: str
    name: str
    documentation: str
    file: str
    pool: tuple[str, str] | None
    lanes: tuple[Lane, ...]
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    shapes: Mapping[str, Shape] = field(repr=False)
    edges: Mapping[str, Edge] = field(repr=False)


@dataclass(frozen=True)
class Diagram:
    """A top-level diagram and all that it calls, read. Element ids are unique over all files.

    `main` is the id of the top-level process; `reads` and `sets` say which elements read and
    set each routing variable; `tables` are the decision tables of its files, by id.
    """

    main: str
    processes: Mapping[str, Process]
    user_tasks: Mapping[str, UserTask]
    service_tasks: Mapping[str, ServiceTask]
    rule_tasks: Mapping[str, RuleTask]
    decisions: Mapping[str, Decision]
    reads: Mapping[str, tuple[str, ...]]
    sets: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Table]

    @property
    def variables(self) -> frozenset[str]:
        """Every routing variable that the diagram names."""
        return frozenset(self.reads) | frozenset(self.sets)

    def procedure_of(self, element: str) -> str:
        """The procedure that a step is part of: a diagram that a called one calls, by its call.

        Empty for the steps of the top level and of what it calls itself.
        """
        task = self.user_tasks.get(element)
        for process in self.processes.values() if task is not None else ():
            for node in process.nodes.values() if process.id != self.main else ():
                if task is not None and node.calls == task.process:
                    return node.name
        return ""

    def find_node(self, element: str) -> tuple[Process, Node] | None:
        """The element wherever it is drawn, or None."""
        for process in self.processes.values():
            if element in process.nodes:
                return process, process.nodes[element]
        return None
