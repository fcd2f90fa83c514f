"""Putting the tasks of a case onto the specs of another version: what `migration` does in memory.

Only a case that `fitting` found no obstacle for comes here.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from gettext import gettext as _
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.codec import CompiledDiagram
from bpmn.engine.fitting import ARMED, DISARMED, Finding, name_of
from bpmn.engine.position import LIVE
from bpmn.engine.specs import HostClock
from bpmn.engine.speed import SwiftTask, SwiftWorkflow
from bpmn.engine.standing import element_of

_EXPECTED = TaskState.PREDICTED_MASK | TaskState.FUTURE
_SPLIT = "{name}.BoundaryEventSplit"

Times = Mapping[int, datetime | None]
"""When each waiting timer was due, by the id of its task; None while its clock stands."""


def transfer(case: SwiftWorkflow, new: CompiledDiagram, times: Times) -> list[Finding]:
    """Give every task its spec in `new`; returns what was dropped or newly armed on the way."""
    case.subprocess_specs = new.subprocess_specs
    case.spec = new.spec
    notes = list(_transfer_scope(case, new.spec, times))
    # A calling task is older than what it called, so the outer scopes come first.
    for caller_id in sorted(case.subprocesses):
        scope = case.subprocesses[caller_id]
        if _is_called_still(case, caller_id, scope):
            scope.spec = new.subprocess_specs[scope.spec.name]
            notes += _transfer_scope(scope, scope.spec, times)
        else:
            del case.subprocesses[caller_id]
    return notes


def _is_called_still(case: SwiftWorkflow, caller_id: int, scope: Any) -> bool:
    """False for what was finished in a call that the new version lacks, or draws otherwise."""
    owners = [case, *case.subprocesses.values()]
    caller = next((owner.tasks[caller_id] for owner in owners if caller_id in owner.tasks), None)
    called = getattr(caller.task_spec, "spec", None) if caller is not None else None
    return called == scope.spec.name and called in case.subprocess_specs


def _transfer_scope(scope: Any, spec: Any, times: Times) -> Iterator[Finding]:
    _forget_expected(scope, spec)
    kept = {task.id for task in scope.tasks.values() if _has_place(task, spec)}
    for task in list(scope.tasks.values()):
        if task.id in kept:
            task.task_spec = spec.task_specs[task.task_spec.name]
        elif task._state & TaskState.FINISHED_MASK:
            _splice(scope, task)
        else:
            yield from _dropped(task)
            scope._remove_task(task.id)
    for task in list(scope.unfinished.values()):
        _keep_time(task, times)
        yield from _arm_border(scope, spec, task)
    for task in list(scope.unfinished.values()):
        _expect(task)


def _expect(task: SwiftTask) -> None:
    """What may follow, as the engine itself foresees it: of an event at a border one step only."""
    if isinstance(task.task_spec, BoundaryEvent):
        task._sync_children(task.task_spec.outputs, TaskState.MAYBE)
    elif task._state & LIVE:
        task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)


def _forget_expected(scope: Any, spec: Any) -> None:
    """Drop what was expected to follow, for the new version says that anew.

    What comes next stays if it can: where it stands among its siblings decides who goes first.
    """
    for task in [one for one in scope.tasks.values() if one._state & _EXPECTED]:
        if task.id in scope.tasks and not _is_next(task, spec):
            scope._remove_task(task.id)


def _is_next(task: SwiftTask, spec: Any) -> bool:
    before = spec.task_specs.get(task.parent.task_spec.name)
    follows = before is not None and task.task_spec.name in before._outputs
    return follows and not task.parent._state & _EXPECTED


def _has_place(task: SwiftTask, spec: Any) -> bool:
    """An event at a border has one only where that border still bears it."""
    found = spec.task_specs.get(task.task_spec.name)
    if found is None or not isinstance(task.task_spec, BoundaryEvent):
        return found is not None
    return list(found._inputs) == list(task.task_spec._inputs)


def _splice(scope: Any, task: SwiftTask) -> None:
    """Take a finished task out of the tree: what followed it follows what it followed."""
    parent = task.parent
    place = parent._children.index(task.id)
    parent._children[place : place + 1] = task._children
    for child in task.children:
        child._parent = parent.id
    if scope.last_task is task:
        scope.last_task = parent
    del scope.tasks[task.id]


def _dropped(task: SwiftTask) -> Iterator[Finding]:
    if task.task_spec.bpmn_id is not None:
        words = _("新版流程图取消了“{name}”，迁移后不再等待它。").format(name=name_of(task))
        yield Finding(DISARMED, element_of(task), words)


def _keep_time(task: SwiftTask, times: Times) -> None:
    """A timer that followed a clock and is now fixed keeps the moment that it had."""
    due = times.get(task.id)
    event = getattr(task.task_spec, "event_definition", None)
    if due is not None and not isinstance(event, HostClock):
        task.internal_data["event_value"] = due.isoformat()


def _arm_border(scope: Any, spec: Any, task: SwiftTask) -> Iterator[Finding]:
    """Begin to wait for the events that the new version draws at an element where a token is."""
    split_spec = spec.task_specs.get(_SPLIT.format(name=task.task_spec.name))
    if split_spec is None or not task._state & LIVE:
        return
    split = task.parent if task.parent.task_spec is split_spec else None
    split = split or _insert_above(scope, task, split_spec)
    known = {child.task_spec.name for child in split.children}
    for event_spec in split_spec.outputs:
        if isinstance(event_spec, BoundaryEvent) and event_spec.name not in known:
            yield _arm(scope, split, event_spec)


def _arm(scope: Any, split: SwiftTask, event_spec: Any) -> Finding:
    event = SwiftTask(scope, event_spec, split)
    event.data = dict(split.data)
    event._set_state(TaskState.WAITING)
    # Sets the time of a timer. It does not fire here, even if that has passed: the next step does.
    event_spec.event_definition.has_fired(event)
    words = _("新版流程图增加了“{name}”，从迁移时起生效。").format(name=name_of(event))
    return Finding(ARMED, element_of(event), words)


def _insert_above(scope: Any, task: SwiftTask, split_spec: Any) -> SwiftTask:
    """The first event at a border needs the split that the engine draws before the element.

    Ids grow from parent to child, and the open task must keep its own: these go below zero.
    """
    parent = task.parent
    split = SwiftTask(scope, split_spec, parent)
    del scope.tasks[split.id], scope.unfinished[split.id]
    parent._children.remove(split.id)
    split.id, split._state = _lowest_id(scope) - 1, TaskState.COMPLETED
    split.data, split.last_state_change = parent.data, task.last_state_change
    parent._children[parent._children.index(task.id)] = split.id
    split._children, task._parent = [task.id], split.id
    _put_before(scope.tasks, split, task)
    return split


def _lowest_id(scope: Any) -> int:
    top: SwiftWorkflow = scope.top_workflow
    scopes = [top, *top.subprocesses.values()]
    return min([0, *(int(task_id) for one in scopes for task_id in one.tasks)])


def _put_before(tasks: dict[int, SwiftTask], split: SwiftTask, task: SwiftTask) -> None:
    """The bytes are written in this order, and a parent comes before its children."""
    order = list(tasks.values())
    order.insert(order.index(task), split)
    tasks.clear()
    tasks.update((one.id, one) for one in order)
