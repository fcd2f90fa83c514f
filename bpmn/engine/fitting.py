"""Whether the tokens of a case find their places in another version of its diagram."""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin

from bpmn.engine.codec import CompiledDiagram
from bpmn.engine.position import LIVE, arrivals_of
from bpmn.engine.specs import PayloadMessage
from bpmn.engine.speed import SwiftTask, SwiftWorkflow
from bpmn.engine.standing import element_of

GONE, KIND, CALLS, JOIN, INSTANCES, EVENT, TIMER = (
    "gone",
    "kind",
    "calls",
    "join",
    "instances",
    "event",
    "timer",
)
ARMED, DISARMED, RETIMED = "armed", "disarmed", "retimed"
_INSTANCES = ("cardinality", "condition")
_REFERENCES = ("data_input", "data_output", "input_item", "output_item")


@dataclass(frozen=True)
class Finding:
    """One thing about a move: its kind, the element it is about, and a sentence."""

    kind: str
    element: str
    words: str


def obstacles(case: SwiftWorkflow, new: CompiledDiagram) -> tuple[Finding, ...]:
    """Every reason why the case cannot stand in `new` where it stands now."""
    if case.spec.name != new.spec.name:
        return (Finding(KIND, new.spec.name, _("新版流程图的流程编号不同，不是同一个流程。")),)
    found: list[Finding] = []
    for task in case.find_unfinished(LIVE):
        spec = spec_in(new, task)
        if spec is None:
            found += _missing(task)
        else:
            found += _unlike(task, spec, new)
    return tuple(dict.fromkeys(found))


def spec_in(new: CompiledDiagram, task: SwiftTask) -> Any:
    """The element of the same id in the same process of `new`, or None."""
    scope = task.workflow
    process = new.spec if scope is scope.top_workflow else new.subprocess_specs.get(scope.spec.name)
    return process.task_specs.get(task.task_spec.name) if process is not None else None


def name_of(task: SwiftTask) -> str:
    """The element as an officer knows it."""
    return task.task_spec.bpmn_name or element_of(task)


def _missing(task: SwiftTask) -> Iterator[Finding]:
    # Events at the border are dropped, and so is the join that the engine draws behind them.
    if task.task_spec.bpmn_id is None or isinstance(task.task_spec, BoundaryEvent):
        return
    words = _("办件正停在“{name}”，新版流程图中没有这个环节。").format(name=name_of(task))
    yield Finding(GONE, element_of(task), words)


def _unlike(task: SwiftTask, spec: Any, new: CompiledDiagram) -> Iterator[Finding]:
    element, name = element_of(task), name_of(task)
    if type(spec) is not type(task.task_spec):
        words = _("办件正停在“{name}”，新版流程图中它已是另一种环节。").format(name=name)
        yield Finding(KIND, element, words)
    elif isinstance(spec, SubWorkflowTask):
        yield from _other_call(task, spec, new)
    elif isinstance(spec, MultiInstanceTask) and _loop(spec) != _loop(task.task_spec):
        words = _("“{name}”正由多人分别办理，新版流程图改变了分派方式。").format(name=name)
        yield Finding(INSTANCES, element, words)
    elif isinstance(spec, UnstructuredJoin):
        yield from _other_join(task, spec)
    elif not isinstance(spec, BoundaryEvent) and _awaits(spec) != _awaits(task.task_spec):
        words = _("办件正在“{name}”等待，新版流程图中它等待的是另一件事。").format(name=name)
        yield Finding(EVENT, element, words)


def _other_call(task: SwiftTask, spec: Any, new: CompiledDiagram) -> Iterator[Finding]:
    if spec.spec != task.task_spec.spec or spec.spec not in new.subprocess_specs:
        words = _("办件正在“{name}”之中，新版流程图从这里调用另一个流程。")
        yield Finding(CALLS, element_of(task), words.format(name=name_of(task)))


def _loop(spec: Any) -> list[Any]:
    references = [getattr(spec, field) for field in _REFERENCES]
    return [getattr(spec, field) for field in _INSTANCES] + [
        reference and reference.bpmn_id for reference in references
    ]


def _other_join(task: SwiftTask, spec: Any) -> Iterator[Finding]:
    """A join that some tokens have reached must have the same ways into it."""
    ways, named = set(spec._inputs), task.task_spec.bpmn_id is not None
    same = ways == set(task.task_spec._inputs) if named else ways.issuperset(arrivals_of(task))
    if not same:
        words = _("并行的几路中已有一路到达汇合处“{name}”，新版流程图改变了这里的来路。")
        yield Finding(JOIN, element_of(task), words.format(name=name_of(task)))


def _awaits(spec: Any) -> Any:
    """What an event waits for: any time is one kind of thing, each message its own."""
    event = getattr(spec, "event_definition", None)
    if isinstance(event, PayloadMessage):
        return event.name
    return isinstance(event, TimerEventDefinition)
