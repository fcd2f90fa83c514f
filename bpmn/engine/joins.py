"""The second half of `speed`: joins look up what the library finds by walking the whole tree."""

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, _EndJoin
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.util.task import TaskState


class SwiftEndJoin(_EndJoin):
    """The end of a process: waits until nothing else is open."""

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        # "End" only ever follows this join, so it is not something else that is open.
        return all(
            task is my_task or task.task_spec.name == "End"
            for task in my_task.workflow.unfinished.values()
        )


class SwiftBoundaryEventJoin(BoundaryEventJoin):
    """Finds its other instances by their spec instead of walking everything behind the split."""

    def _find_tasks(self, my_task: Any) -> list[Any]:
        split = my_task.find_ancestor(self.split_task) or my_task.workflow.task_tree
        return [
            task
            for task in my_task.workflow.tasks.values()
            if task.task_spec is self and self._reaches(task, split)
            if not task.is_descendant_of(my_task)
        ]

    def _reaches(self, task: Any, split: Any) -> bool:
        current = task.parent if task.id > split.id else None
        while current is not None and current is not split and current.task_spec is not self:
            current = current.parent
        return current is split


class SwiftParallelGateway(ParallelGateway):
    """Waits for one token of each input; `grammar` refuses the loops that would need more."""

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        arrived = {
            task.parent.task_spec.name
            for task in my_task.workflow.tasks.values()
            if task.task_spec is self and task.parent._state == TaskState.COMPLETED
        }
        return arrived.issuperset(self._inputs)


_SWIFT = {
    _EndJoin: SwiftEndJoin,
    BoundaryEventJoin: SwiftBoundaryEventJoin,
    ParallelGateway: SwiftParallelGateway,
}


def accelerate(specs: Iterable[Any]) -> None:
    """Give parsed specs the classes above: same attributes, so only the type changes."""
    for spec in specs:
        for task_spec in spec.task_specs.values():
            task_spec.__class__ = _SWIFT.get(type(task_spec), type(task_spec))
