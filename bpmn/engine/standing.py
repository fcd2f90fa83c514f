"""Where a case in memory stands: its open tasks, what it waits for, and what it has visited."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import EndEvent
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.specs import HostClock, PayloadMessage
from bpmn.engine.speed import SwiftTask, SwiftWorkflow
from bpmn.engine.values import CANCELLED, Fired, Visit

STATES = {
    TaskState.WAITING: "waiting",
    TaskState.READY: "ready",
    TaskState.STARTED: "started",
    TaskState.COMPLETED: "completed",
    TaskState.ERROR: "error",
    TaskState.CANCELLED: "cancelled",
}
_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


def open_tasks(case: SwiftWorkflow) -> dict[str, SwiftTask]:
    return {
        f"{case.prefix}-{task.id}": task
        for task in case.find_unfinished(TaskState.READY)
        if task.task_spec.manual
    }


def element_of(task: SwiftTask) -> str:
    # The children of a multi-instance task are named after it.
    return str(task.task_spec.bpmn_id).removesuffix(" [child]")


def waiting_events(case: SwiftWorkflow) -> Iterator[tuple[SwiftTask, Any]]:
    for task in case.event_manager.tasks.values():
        if task._state == TaskState.WAITING:
            yield task, task.task_spec.event_definition


def timers_of(case: SwiftWorkflow) -> tuple[datetime | None, dict[str, datetime | None]]:
    """When the next timer of a fixed time is due, and the clocks that the others follow."""
    fixed: list[datetime] = []
    followed: dict[str, datetime | None] = {}
    for task, event in waiting_events(case):
        if isinstance(event, HostClock):
            followed[event.clock] = event.moment(task)
        elif isinstance(event, TimerEventDefinition):
            fixed.append(datetime.fromisoformat(task.internal_data["event_value"]))
    return min(fixed, default=None), followed


def messages_of(case: SwiftWorkflow) -> frozenset[str]:
    return frozenset(
        event.name for _task, event in waiting_events(case) if isinstance(event, PayloadMessage)
    )


def end_of(case: SwiftWorkflow) -> str | None:
    if not case.completed:
        return None
    if not case.success:
        return CANCELLED
    reached = [
        task
        for task in case.tasks.values()
        if isinstance(task.task_spec, EndEvent) and task._state == TaskState.COMPLETED
    ]
    return element_of(max(reached, key=lambda task: task.last_state_change))


def variables_of(case: SwiftWorkflow) -> dict[str, Any]:
    """The newest value of each variable over everything that is under way."""
    newest: dict[str, Any] = {}
    tasks = case.find_unfinished(_LIVE)
    if case.last_task is not None:
        tasks.append(case.last_task)
    for task in sorted(tasks, key=lambda task: task.last_state_change):
        newest.update(task.data)
    return newest


def visits_of(case: SwiftWorkflow) -> Iterator[tuple[SwiftTask, Visit]]:
    for scope in [case, *case.subprocesses.values()]:
        caller = None
        if scope is not case:
            caller = element_of(case.get_task_from_id(scope.parent_task_id))
        for task in scope.tasks.values():
            if task.task_spec.bpmn_id is not None and task._state in STATES:
                yield task, _visit(scope, task, caller)


def _visit(scope: Any, task: SwiftTask, caller: str | None) -> Visit:
    at = datetime.fromtimestamp(task.last_state_change // 1_000_000, UTC)
    at = at.replace(microsecond=task.last_state_change % 1_000_000)
    ancestor = task.parent
    while ancestor is not None and ancestor.task_spec.bpmn_id is None:
        ancestor = ancestor.parent
    parent = element_of(ancestor) if ancestor is not None else None
    state = STATES[task._state]
    return Visit(scope.spec.name, element_of(task), state, at, parent, caller, _fired(task))


def _fired(task: SwiftTask) -> Fired | None:
    rule = task.internal_data.get("rule")
    return None if not rule else Fired(rule, tuple(sorted(task.data.items())))
