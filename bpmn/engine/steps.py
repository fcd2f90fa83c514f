"""The steps of a case: bytes in, bytes out, and what opened, closed and waits in between."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import EndEvent
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.exceptions import SpiffWorkflowException, WorkflowException
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.codec import CompiledDiagram, decode, encode, new_case, thaw
from bpmn.engine.specs import HostClock, PayloadMessage
from bpmn.engine.speed import SwiftTask, SwiftWorkflow
from bpmn.engine.values import (
    CANCELLED,
    ClosedTask,
    Host,
    OpenedTask,
    Step,
    Visit,
    check_variables,
)
from bpmn.errors import DiagramFault, MessageNotExpected, TaskNotOpen

_STATES = {
    TaskState.WAITING: "waiting",
    TaskState.READY: "ready",
    TaskState.STARTED: "started",
    TaskState.COMPLETED: "completed",
    TaskState.ERROR: "error",
    TaskState.CANCELLED: "cancelled",
}
_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


def start(diagram: CompiledDiagram, variables: Mapping[str, Any], host: Host) -> Step:
    """Begin a case with its first routing variables and run to the first wait."""
    case = new_case(diagram, host)

    def begin() -> None:
        case.begin()
        case.task_tree.data.update(check_variables(variables))

    return _step(diagram, case, begin)


def complete(
    diagram: CompiledDiagram, state: bytes, task_id: str, answers: Mapping[str, Any], host: Host
) -> Step:
    """Complete an open user task with the routing variables it sets.

    Timers already due by `host.now` come first, so a task whose time is over is not open any more.
    Raises TaskNotOpen, StateMismatch, and whatever an operation raises.
    """
    case = decode(diagram, state, host)
    data = check_variables(answers)

    def finish() -> None:
        task = _open_tasks(case).get(task_id)
        if task is None:
            raise TaskNotOpen(task_id)
        task.data.update(data)
        task.run()

    return _step(diagram, case, finish)


def send(
    diagram: CompiledDiagram, state: bytes, message: str, payload: Mapping[str, Any], host: Host
) -> Step:
    """Deliver a message; the entries of `payload` become routing variables.

    Timers already due come first. Raises MessageNotExpected if nothing waits for it then.
    """
    case = decode(diagram, state, host)
    event = BpmnEvent(PayloadMessage(message), check_variables(payload))

    def deliver() -> None:
        if message not in _messages(case):
            raise MessageNotExpected(message)
        case.send_event(event)

    return _step(diagram, case, deliver)


def wake(diagram: CompiledDiagram, state: bytes, host: Host) -> Step:
    """Let every timer that is due by `host.now` fire; nothing happens if none is."""
    return _step(diagram, decode(diagram, state, host), lambda: None)


def cancel(diagram: CompiledDiagram, state: bytes, host: Host) -> Step:
    """Stop the case where it stands, past all events; `ended` is CANCELLED."""
    case = decode(diagram, state, host)
    before = _open_tasks(case)
    if not case.completed:
        case.cancel()
    return _outcome(diagram, case, before)


def history(diagram: CompiledDiagram, state: bytes) -> list[Visit]:
    """Every visit of every element so far, in the order of their last change."""
    nowhere = Host(datetime.now(UTC), {}, lambda name, parameters: {})
    case = decode(diagram, state, nowhere)
    thaw(diagram, case)
    visits = [(task.last_state_change, task.id, visit) for task, visit in _visits(case)]
    return [visit for *_order, visit in sorted(visits, key=lambda entry: entry[:2])]


def waiting_messages(diagram: CompiledDiagram, state: bytes) -> frozenset[str]:
    """The messages that the case waits for, as its state lies: timers due are not run."""
    nowhere = Host(datetime.now(UTC), {}, lambda name, parameters: {})
    return _messages(decode(diagram, state, nowhere))


def _step(diagram: CompiledDiagram, case: SwiftWorkflow, act: Callable[[], None]) -> Step:
    before = _open_tasks(case)
    with _faults():
        if case.tasks:
            _run(case)
        act()
        _run(case)
    return _outcome(diagram, case, before)


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except WorkflowException as fault:
        element = getattr(fault.task_spec, "bpmn_id", None)
        raise DiagramFault(element, str(fault)) from fault
    except SpiffWorkflowException as fault:
        raise DiagramFault(None, str(fault)) from fault


def _run(case: SwiftWorkflow) -> None:
    """Run all automatic tasks; what a timer makes ready at the end of a round is run as well."""
    case.refresh_timers()
    case.do_engine_steps()
    while any(not task.task_spec.manual for task in case.find_unfinished(TaskState.READY)):
        case.do_engine_steps()


def _open_tasks(case: SwiftWorkflow) -> dict[str, SwiftTask]:
    return {
        f"{case.prefix}-{task.id}": task
        for task in case.find_unfinished(TaskState.READY)
        if task.task_spec.manual
    }


def _outcome(diagram: CompiledDiagram, case: SwiftWorkflow, before: dict[str, SwiftTask]) -> Step:
    after = _open_tasks(case)
    fixed_at, followed = _timers(case)
    return Step(
        state=encode(diagram, case),
        opened=tuple(_opened(key, task) for key, task in after.items() if key not in before),
        closed=tuple(_closed(key, task) for key, task in before.items() if key not in after),
        wake_at=min((due for due in (fixed_at, *followed.values()) if due), default=None),
        fixed_at=fixed_at,
        clocks=tuple(sorted(followed)),
        messages=_messages(case),
        ended=_ended(case),
        variables=_variables(case),
    )


def _element(task: SwiftTask) -> str:
    # The children of a multi-instance task are named after it.
    return str(task.task_spec.bpmn_id).removesuffix(" [child]")


def _opened(key: str, task: SwiftTask) -> OpenedTask:
    properties = task.task_spec.extensions.get("properties", {})
    return OpenedTask(key, _element(task), task.task_spec.bpmn_name or "", dict(properties))


def _closed(key: str, task: SwiftTask) -> ClosedTask:
    return ClosedTask(key, _element(task), bool(task._state == TaskState.COMPLETED))


def _events(case: SwiftWorkflow) -> Iterator[tuple[SwiftTask, Any]]:
    for task in case.event_manager.tasks.values():
        if task._state == TaskState.WAITING:
            yield task, task.task_spec.event_definition


def _timers(case: SwiftWorkflow) -> tuple[datetime | None, dict[str, datetime | None]]:
    """When the next timer of a fixed time is due, and the clocks that the others follow."""
    fixed: list[datetime] = []
    followed: dict[str, datetime | None] = {}
    for task, event in _events(case):
        if isinstance(event, HostClock):
            followed[event.clock] = event.moment(task)
        elif isinstance(event, TimerEventDefinition):
            fixed.append(datetime.fromisoformat(task.internal_data["event_value"]))
    return min(fixed, default=None), followed


def _messages(case: SwiftWorkflow) -> frozenset[str]:
    return frozenset(
        event.name for _task, event in _events(case) if isinstance(event, PayloadMessage)
    )


def _ended(case: SwiftWorkflow) -> str | None:
    if not case.completed:
        return None
    if not case.success:
        return CANCELLED
    reached = [
        task
        for task in case.tasks.values()
        if isinstance(task.task_spec, EndEvent) and task._state == TaskState.COMPLETED
    ]
    return _element(max(reached, key=lambda task: task.last_state_change))


def _variables(case: SwiftWorkflow) -> dict[str, Any]:
    """The newest value of each variable over everything that is under way."""
    newest: dict[str, Any] = {}
    tasks = case.find_unfinished(_LIVE)
    if case.last_task is not None:
        tasks.append(case.last_task)
    for task in sorted(tasks, key=lambda task: task.last_state_change):
        newest.update(task.data)
    return newest


def _visits(case: SwiftWorkflow) -> Iterator[tuple[SwiftTask, Visit]]:
    for scope in [case, *case.subprocesses.values()]:
        caller = None
        if scope is not case:
            caller = _element(case.get_task_from_id(scope.parent_task_id))
        for task in scope.tasks.values():
            if task.task_spec.bpmn_id is not None and task._state in _STATES:
                yield task, _visit(scope, task, caller)


def _visit(scope: Any, task: SwiftTask, caller: str | None) -> Visit:
    at = datetime.fromtimestamp(task.last_state_change // 1_000_000, UTC)
    at = at.replace(microsecond=task.last_state_change % 1_000_000)
    ancestor = task.parent
    while ancestor is not None and ancestor.task_spec.bpmn_id is None:
        ancestor = ancestor.parent
    parent = _element(ancestor) if ancestor is not None else None
    return Visit(scope.spec.name, _element(task), _STATES[task._state], at, parent, caller)
