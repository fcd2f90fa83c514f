"""Moving a case that is under way to another version of its diagram, running nothing of it.

SpiffWorkflow 3.2.0's own migration restarts timers and loses the experts of parallel instances;
this one works on our own bytes: tokens stay at elements of the same id, times stay as they were.
Whether the end can be reached from there is for `bpmn.checks` to say.
"""

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.codec import CompiledDiagram, decode, encode, thaw
from bpmn.engine.fitting import RETIMED, TIMER, Finding, name_of, obstacles
from bpmn.engine.position import Position, position_of
from bpmn.engine.specs import HostClock
from bpmn.engine.speed import SwiftTask, SwiftWorkflow
from bpmn.engine.standing import element_of, waiting_events
from bpmn.engine.steps import faults
from bpmn.engine.transfer import Times, transfer
from bpmn.engine.values import Host
from bpmn.errors import CaseworkError


@dataclass(frozen=True)
class Moved:
    """The state on the new version, or every reason why there is none.

    `before` and `after` are where the case stands; without a state they are the same.
    """

    state: bytes | None
    before: Position
    after: Position
    reasons: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


def move(old: CompiledDiagram, new: CompiledDiagram, state: bytes, host: Host) -> Moved:
    """Put the case where it stands onto `new`; ids of open tasks and all due times stay.

    A finished step that `new` does not know is taken out of the trace. Events that `new` adds
    where the case stands are armed at `host.now`, those it lacks are dropped; no operation is
    called and no timer fires. Raises StateMismatch for bytes of another diagram.
    """
    case = decode(old, state, host)
    thaw(old, case)
    before, times = position_of(case), _times(case)
    if reasons := obstacles(case, new):
        return Moved(None, before, before, reasons)
    texts = _texts(case)
    try:
        with faults():
            notes = transfer(case, new, times)
        packed = encode(new, case)
        there = decode(new, packed, host)
        reasons = tuple(_moved_times(there, times))
        after = position_of(there)
    except CaseworkError as fault:
        return Moved(None, before, before, (Finding(TIMER, "", str(fault)),))
    if reasons:
        return Moved(None, before, before, reasons)
    return Moved(packed, before, after, (), (*notes, *_retimed(there, texts)))


def is_at_rest(diagram: CompiledDiagram, state: bytes, host: Host) -> bool:
    """Whether nothing but a person, a message or a time can take the case on."""
    case = decode(diagram, state, host)
    return all(task.task_spec.manual for task in case.find_unfinished(TaskState.READY))


def _times(case: SwiftWorkflow) -> Times:
    """When each waiting timer is due, by the id of its task; None while its clock stands."""
    return {task.id: _moment(task) for task in _timers(case)}


def _timers(case: SwiftWorkflow) -> list[SwiftTask]:
    found = waiting_events(case)
    return [task for task, event in found if isinstance(event, TimerEventDefinition)]


def _moment(task: SwiftTask) -> datetime | None:
    event = task.task_spec.event_definition
    return (
        event.moment(task)
        if isinstance(event, HostClock)
        else datetime.fromisoformat(task.internal_data["event_value"])
    )


def _texts(case: SwiftWorkflow) -> dict[int, str]:
    return {task.id: task.task_spec.event_definition.expression for task in _timers(case)}


def _moved_times(there: SwiftWorkflow, times: Times) -> list[Finding]:
    """Legal dates never move: a timer that would be due at another time is an obstacle."""
    words = _("“{name}”的到期时间会因此改变，法定的日期不能因迁移而移动。")
    return [
        Finding(TIMER, element_of(task), words.format(name=name_of(task)))
        for task in _timers(there)
        if task.id in times and _moment(task) != times[task.id]
    ]


def _retimed(there: SwiftWorkflow, texts: dict[int, str]) -> list[Finding]:
    words = _("新版流程图改写了“{name}”的时间，本件仍按原来的时间。")
    return [
        Finding(RETIMED, element_of(task), words.format(name=name_of(task)))
        for task in _timers(there)
        if texts.get(task.id, task.task_spec.event_definition.expression)
        != task.task_spec.event_definition.expression
    ]
