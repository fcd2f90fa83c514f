"""A recording: what a case was given from outside its diagram, read out of its engine state.

Everything is there: who finished which step and what it set, what the operations found out, which
messages came and which timers fired. The state keeps only each element's last change; the moments
of the steps, which the case's events have, say when each of them began and ended.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.codec import CompiledDiagram, decode, thaw
from bpmn.engine.expressions import compile_expression
from bpmn.engine.specs import HostClock, OperationTask, PayloadMessage
from bpmn.engine.speed import SwiftTask, SwiftWorkflow
from bpmn.engine.standing import STATES, element_of, end_of
from bpmn.engine.values import Host
from bpmn.errors import ExpressionError

PERSON, OPERATION, MESSAGE, TIMER = "person", "operation", "message", "timer"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OPENED = TaskState.COMPLETED | TaskState.STARTED
Trace = tuple[tuple[int, int, str, str, str], ...]


@dataclass(frozen=True)
class Recorded:
    """One visit of a step that a person, an operation, a message or a timer decides.

    `number` counts the elements as they came up: the id of a person's task ends in it.
    `place` orders all visits by when they ended. The
    times are those of the steps that opened and closed it, aware UTC. `name` is the operation or
    the message, `parameters` those of the operation, `sets` the variables that it set. Of a timer
    `due_at` is the time it was fixed to, None where it followed a clock.
    """

    kind: str
    element: str
    number: int
    place: int
    opened_at: datetime
    closed_at: datetime
    done: bool
    name: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    sets: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None


@dataclass(frozen=True)
class Recording:
    """A case from its first variables to its end, `visits` in the order in which they ended.

    `trace` has every change of every element, to the microsecond: two runs are the same run when
    it is equal.
    """

    variables: Mapping[str, Any]
    opened_at: datetime
    closed_at: datetime
    ended: str | None
    visits: tuple[Recorded, ...]
    trace: Trace


def read_recording(
    diagram: CompiledDiagram,
    state: bytes,
    moments: Sequence[datetime],
    sets: Mapping[str, Collection[str]],
) -> Recording:
    """The recording of a case from its final state.

    `moments` are the times of its steps (more do no harm); `sets` names the variables that each
    element or message is known to set: a value set twice alike leaves no mark in the state.
    """
    at = sorted(set(moments))
    nowhere = Host(at[0], {}, lambda name, parameters: {})
    case = decode(diagram, state, nowhere)
    thaw(diagram, case)
    return recording_of(case, at, sets)


def recording_of(
    case: SwiftWorkflow, moments: Sequence[datetime], sets: Mapping[str, Collection[str]]
) -> Recording:
    """The recording of a case in memory; `moments` in their order, each once."""
    reader = _Reader(case, [microseconds(moment) for moment in moments], moments, sets)
    visits = sorted((visit for visit, *_steps in reader.visits()), key=lambda visit: visit.place)
    trace = _trace(case)
    last = max((row[0] for row in trace), default=0)
    return Recording(
        variables=dict(case.task_tree.data),
        opened_at=moments[0],
        closed_at=reader.moment(last),
        ended=end_of(case),
        visits=tuple(visits),
        trace=trace,
    )


def visits_by_step(
    case: SwiftWorkflow, ticks: Sequence[int], sets: Mapping[str, Collection[str]]
) -> list[tuple[Recorded, int, int]]:
    """The visits of a case in memory, each with the numbers of the steps of its two ends.

    `ticks` are the engine's times at the beginning of the steps; the times of the visits mean
    nothing.
    """
    reader = _Reader(case, ticks, [_EPOCH] * len(ticks), sets)
    return sorted(reader.visits(), key=lambda entry: entry[0].place)


def microseconds(moment: datetime) -> int:
    """As the engine counts: since 1970, exact where a float would round."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def kind_of(task: SwiftTask) -> str | None:
    """Who or what decides an element; None for what the diagram decides alone."""
    spec = task.task_spec
    if spec.manual:
        return PERSON
    if isinstance(spec, OperationTask):
        return OPERATION
    if isinstance(spec, CatchingEvent) and spec.bpmn_id is not None:
        if isinstance(spec.event_definition, PayloadMessage):
            return MESSAGE
        if isinstance(spec.event_definition, TimerEventDefinition):
            return TIMER
    return None


def _scopes(case: SwiftWorkflow) -> list[Any]:
    return [case, *case.subprocesses.values()]


def _trace(case: SwiftWorkflow) -> Trace:
    return tuple(
        sorted(
            (
                task.last_state_change,
                task.id,
                scope.spec.name,
                element_of(task),
                STATES[task._state],
            )
            for scope in _scopes(case)
            for task in scope.tasks.values()
            if task.task_spec.bpmn_id is not None and task._state in STATES
        )
    )


class _Reader:
    """Reads the visits of one case; its ticks are microseconds, its moments the steps' times."""

    def __init__(
        self,
        case: SwiftWorkflow,
        ticks: Sequence[int],
        moments: Sequence[datetime],
        sets: Mapping[str, Collection[str]],
    ) -> None:
        self.case, self.ticks, self.moments, self.sets = case, ticks, moments, sets

    def moment(self, tick: int) -> datetime:
        """When the step began in which something changed: every change is a little later."""
        return self.moments[self._step(tick)]

    def _step(self, tick: int) -> int:
        return max(bisect_left(self.ticks, tick) - 1, 0)

    def visits(self) -> Iterator[tuple[Recorded, int, int]]:
        """Each visit with the steps that opened and closed it, as places in `moments`."""
        for scope in _scopes(self.case):
            for task in scope.tasks.values():
                kind = kind_of(task) if task._state in STATES else None
                parent = task.parent
                if kind is not None and parent is not None and parent._state & _OPENED:
                    steps = self._step(parent.last_state_change), self._step(task.last_state_change)
                    yield self._visit(kind, task, parent), *steps

    def _visit(self, kind: str, task: SwiftTask, parent: SwiftTask) -> Recorded:
        done = task._state == TaskState.COMPLETED
        event = getattr(task.task_spec, "event_definition", None)
        name = _name(kind, task.task_spec)
        return Recorded(
            kind=kind,
            element=element_of(task),
            number=task.id,
            place=task.last_state_change,
            opened_at=self.moment(parent.last_state_change),
            closed_at=self.moment(task.last_state_change),
            done=done,
            name=name,
            parameters=_parameters(task, parent) if kind == OPERATION else {},
            sets=self._set_by(task, parent, name or element_of(task)) if done else {},
            due_at=_fixed(task, event) if kind == TIMER else None,
        )

    def _set_by(self, task: SwiftTask, parent: SwiftTask, name: str) -> dict[str, Any]:
        before, known = (
            parent.data,
            {*self.sets.get(name, ()), *self.sets.get(element_of(task), ())},
        )
        return {
            key: value
            for key, value in task.data.items()
            if key in known or key not in before or before[key] != value
        }


def _name(kind: str, spec: Any) -> str:
    if kind == MESSAGE:
        return str(spec.event_definition.name)
    return str(spec.operation_name) if kind == OPERATION else ""


def _parameters(task: SwiftTask, parent: SwiftTask) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, parameter in task.task_spec.operation_params.items():
        try:
            found[name] = compile_expression(parameter["value"])(parent.data, {})
        except (ExpressionError, KeyError):  # it asks the host, who cannot be asked again
            found[name] = None
    return found


def _fixed(task: SwiftTask, event: Any) -> datetime | None:
    value = None if isinstance(event, HostClock) else task.internal_data.get("event_value")
    return None if value is None else datetime.fromisoformat(value)
