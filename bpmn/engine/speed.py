"""The same engine with less work: own task tree walks, integer ids, no log records.

Subclasses only; `tests/bpmn/engine/test_walks.py` compares every state with the stock engine.
"""

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.util.task import BpmnTaskFilter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from bpmn.errors import DiagramFault

MAX_ROUNDS = 2000
"""Automatic steps in one go; more means a loop of the diagram that no person ever interrupts."""


class SwiftTask(Task):
    """A task with an integer id, counted within its case, and times in microseconds UTC."""

    thread_id = 0
    _path: tuple[int, ...] | None = None

    def __init__(
        self,
        workflow: Any,
        task_spec: Any,
        parent: Any = None,
        state: int = TaskState.MAYBE,
        id: int | None = None,  # noqa: A002
    ) -> None:
        top = workflow.top_workflow
        self.id = top.next_id()
        self.workflow = workflow
        self._parent = parent.id if parent is not None else None
        self._children: list[int] = []
        self._state = state
        self.triggered = False
        self.task_spec = task_spec
        self.data: dict[str, Any] = {}
        self.internal_data: dict[str, Any] = {}
        self.last_state_change = top.tick()
        workflow.tasks[self.id] = self
        workflow.unfinished[self.id] = self
        if parent is not None:
            parent._children.append(self.id)

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> "SwiftTask":
        child = SwiftTask(self.workflow, task_spec, self, state)
        if state == TaskState.READY:
            child._ready()
        return child

    def _set_state(self, value: int) -> None:
        if value == self._state:
            return
        self._state = value
        self.last_state_change = self.workflow.top_workflow.tick()
        if value & TaskState.FINISHED_MASK:
            self.workflow.unfinished.pop(self.id, None)
        else:
            self.workflow.unfinished[self.id] = self

    # The library's own two recurse once for every task above: too deep after 300 returns.
    def is_descendant_of(self, task: Any) -> bool:
        current = self.parent if self.id > task.id else None
        while current is not None and current is not task:
            current = current.parent
        return current is task

    def find_ancestor(self, spec_name: str) -> Any:
        current = self.parent
        while current is not None and current.task_spec.name != spec_name:
            current = current.parent
        return current

    def collect_log_extras(self, dct: Any = None) -> dict[str, Any]:
        return {}

    def __iter__(self) -> Any:
        return _walk(self, BpmnTaskFilter(), None, True)

    def path(self) -> tuple[int, ...]:
        """The ids from the root of the case: tasks sorted by it are in the engine's tree order."""
        if self._path is None:
            ids, current = [], self
            while current is not None:
                ids.append(current.id)
                current = current.parent
            self._path = (*self.workflow.root_path(), *reversed(ids))
        return self._path


class _SwiftScope:
    """What the case and its sub-processes share."""

    tasks: dict[int, SwiftTask]
    unfinished: dict[int, SwiftTask]

    def begin(self: Any) -> None:
        self.task_tree = SwiftTask(self, self.spec.start, state=TaskState.FUTURE)
        self.task_tree.task_spec._predict(self.task_tree, mask=TaskState.NOT_FINISHED_MASK)
        self.task_tree._ready()

    def get_tasks_iterator(self: Any, first_task: Any = None, **wanted: Any) -> Iterator[Any]:
        skip = wanted.pop("skip_subprocesses", False)
        end_at = wanted.pop("end_at_spec", None)
        if first_task is None and end_at is None and wanted.keys() == {"spec_name"}:
            name = wanted["spec_name"]
            return iter(_in_order([t for t in self.tasks.values() if t.task_spec.name == name]))
        task_filter = wanted.pop("task_filter", None) or BpmnTaskFilter(**wanted)
        return _walk(first_task or self.task_tree, task_filter, end_at, skip)

    def update_waiting_tasks(self: Any) -> None:
        waiting = [t for t in self.unfinished.values() if t._state == TaskState.WAITING]
        for task in _in_order(waiting):
            if task._state == TaskState.WAITING:
                task.task_spec._update(task)

    def _task_removed_notify(self: Any, task: Any) -> None:
        self.unfinished.pop(task.id, None)

    def collect_log_extras(self, dct: Any = None) -> dict[str, Any]:
        return {}


class SwiftSubWorkflow(_SwiftScope, BpmnSubWorkflow):
    """A called diagram or sub-process of a SwiftWorkflow."""

    def __init__(self, spec: Any, parent_task_id: int, top_workflow: Any) -> None:
        self.unfinished = {}
        super().__init__(spec, parent_task_id, top_workflow, deserializing=True)

    def root_path(self) -> tuple[int, ...]:
        parent: SwiftTask = self.top_workflow.get_task_from_id(self.parent_task_id)
        return (*parent.path(), 0)


class SwiftWorkflow(_SwiftScope, BpmnWorkflow):
    """One case in memory. `now_us` is the Host's now in microseconds since 1970."""

    def __init__(self, spec: Any, subprocess_specs: Any, script_engine: Any, now_us: int) -> None:
        self.unfinished = {}
        self.frozen: dict[int, bytes] = {}
        self.prefix = ""
        self.last_id = 0
        self.rounds = 0
        self.now_us = now_us
        super().__init__(spec, subprocess_specs, script_engine, deserializing=True)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def tick(self) -> int:
        """A microsecond later at every change, so that the order within one step is kept."""
        self.now_us += 1
        return self.now_us

    def root_path(self) -> tuple[int, ...]:
        return ()

    def create_subprocess(self, my_task: Any, spec_name: str) -> Any:
        scope = SwiftSubWorkflow(self.subprocess_specs[spec_name], my_task.id, self)
        self.subprocesses[my_task.id] = scope
        scope.begin()
        return scope

    def find_unfinished(self, mask: int, within: Any = None) -> list[SwiftTask]:
        """Tasks in a state of `mask`, in tree order: of one scope and those inside it, or all."""
        scopes = [self, *self.get_active_subprocesses()]
        found = [
            task
            for scope in scopes
            if within is None or within is self or _is_inside(scope, within)
            for task in scope.unfinished.values()
            if task._state & mask
        ]
        return _in_order(found)

    def _do_engine_steps(self, will: Any = None, did: Any = None) -> bool:
        active = self.get_active_subprocesses()
        for scope in sorted(active, key=lambda scope: scope.depth, reverse=True):
            while self._run_automatic(scope):
                pass
            parent = self.get_task_from_id(scope.parent_task_id)
            parent.task_spec._update(parent)
        count = self._run_automatic(self)
        return count > 0 or len(self.get_active_subprocesses()) > len(active)

    def _run_automatic(self, scope: Any) -> int:
        count = 0
        for task in self.find_unfinished(TaskState.READY, scope):
            if task._state == TaskState.READY and not task.task_spec.manual:
                self.rounds += 1
                if self.rounds > MAX_ROUNDS:
                    raise DiagramFault(task.task_spec.bpmn_id, _("循环中没有人工环节"))
                task.run()
                count += 1
        return count


def _is_inside(scope: Any, outer: Any) -> bool:
    while scope is not None and scope is not outer:
        scope = scope.parent_workflow
    return scope is outer


def _in_order(tasks: list[SwiftTask]) -> list[SwiftTask]:
    return sorted(tasks, key=SwiftTask.path) if len(tasks) > 1 else tasks


def _walk(task: Any, wanted: Any, end_at: str | None, skip: bool) -> Iterator[Any]:
    """Depth first like the library's iterator, but linear and without its limit of depth."""
    lowest = _lowest_state(wanted.state)
    subprocesses = {} if skip else task.workflow.top_workflow.subprocesses
    stack = [task]
    while stack:
        current = stack.pop()
        inner = subprocesses.get(current.id)
        if current.task_spec.name != end_at and (current._state >= lowest or inner is not None):
            stack.extend(reversed(current.children))
            if inner is not None:
                stack.append(inner.task_tree)
        if wanted.matches(current):
            yield current


def _lowest_state(mask: int) -> int:
    if mask & TaskState.PREDICTED_MASK:
        return int(TaskState.MAYBE)
    return int(TaskState.FUTURE if mask & TaskState.DEFINITE_MASK else TaskState.COMPLETED)
