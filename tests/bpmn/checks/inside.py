"""Reads a case in the engine's memory: what is open, what waits, what tells two states apart."""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    EndEvent,
    ExclusiveGateway,
    ParallelGateway,
)
from SpiffWorkflow.util.task import TaskState

_HARMLESS = (EndEvent, ExclusiveGateway, ParallelGateway)
_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED
_PASSED = _LIVE | TaskState.COMPLETED


def _name(task: Any) -> str:
    return str(task.task_spec.bpmn_id or "").removesuffix(" [child]")


def open_tasks(case: Any) -> Iterator[tuple[str, str]]:
    """The steps that wait for a person: the task's id for the engine, and its element."""
    for task in case.find_unfinished(TaskState.READY):
        if task.task_spec.manual:
            yield f"{case.prefix}-{task.id}", _name(task)


def waiting_events(case: Any) -> Iterator[tuple[str, Any]]:
    """The timers and messages that something waits for, each once, with an element."""
    seen = set()
    for task in case.event_manager.tasks.values():
        if task._state == TaskState.WAITING:
            event = task.task_spec.event_definition
            kind = (type(event), getattr(event, "clock", None) or event.name)
            if kind not in seen:
                seen.add(kind)
                yield _name(task), event


def path_of(case: Any, parent_id: int) -> tuple[str, ...]:
    """The calls and sub-processes that lead to a scope, each pass by itself."""
    path: list[str] = []
    task = case.get_task_from_id(parent_id)
    while task is not None:
        path.append(f"{_name(task)}#{task.id if task._state & TaskState.FINISHED_MASK else 0}")
        above = getattr(task.workflow, "parent_task_id", None)
        task = None if above is None else case.get_task_from_id(above)
    return tuple(reversed(path))


def canonical(scope: Any) -> Any:
    """What of the scope can make a difference to what happens next."""
    if scope.completed:
        return ()
    facts = []
    for task in scope.tasks.values():
        arrived = _is_join(task) and task.parent._state == TaskState.COMPLETED
        if task._state & _LIVE or arrived:
            parent = task.parent.task_spec.name if task.parent is not None else ""
            facts.append((task.task_spec.name, parent, int(task._state), _data(task)))
    return tuple(sorted(facts))


def _data(task: Any) -> str:
    return repr(sorted((name, value) for name, value in task.data.items() if name[:3] != "of_"))


def _is_join(task: Any) -> bool:
    return isinstance(task.task_spec, ParallelGateway) and len(task.task_spec._inputs) > 1


def entered(scopes: Any) -> Iterator[str]:
    """The elements that were passed."""
    for scope in scopes:
        for task in scope.tasks.values():
            if task.task_spec.bpmn_id and task._state & TaskState.COMPLETED:
                yield _name(task)


def side_by_side(scope: Any, harmless: bool) -> bool:
    """Whether two visits of one element lie side by side, neither having led to the other.

    Passing a merge or an end twice is `harmless`; doing a step twice is not.
    """
    visits: dict[str, list[Any]] = {}
    for task in scope.tasks.values():
        once = task.task_spec.bpmn_id and not task.task_spec.name.endswith(" [child]")
        if _is_join(task) or isinstance(task.task_spec, _HARMLESS) is not harmless:
            continue
        if once and task._state & _PASSED:
            visits.setdefault(_name(task), []).append(task)
    return any(
        not (one.is_descendant_of(other) or other.is_descendant_of(one))
        for tasks in visits.values()
        for place, one in enumerate(tasks)
        for other in tasks[:place]
    )


def tokens_of(scopes: Any) -> frozenset[str]:
    """The elements that hold a token."""
    found = set()
    for scope in scopes:
        for task in scope.tasks.values():
            holds = task._state & _LIVE and task.task_spec.bpmn_id
            if holds and not isinstance(task.task_spec, BoundaryEvent):
                found.add(_name(task))
    return frozenset(found)
