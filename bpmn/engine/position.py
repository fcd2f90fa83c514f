"""The position of a case between two steps, as values: for those who compare two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.speed import SwiftTask, SwiftWorkflow
from bpmn.engine.standing import element_of, messages_of, open_tasks, timers_of, variables_of

LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


@dataclass(frozen=True)
class Token:
    """One token: the calls that it is inside of (outermost first), its element, what it knows.

    At a join that waits, `arrived` are the elements from which tokens have come there; `fired`
    are the events at its border that have gone off beside it.
    """

    path: tuple[str, ...]
    element: str
    arrived: frozenset[str] = frozenset()
    fired: frozenset[str] = frozenset()
    variables: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Position:
    """What a case between two steps holds.

    `open` is each open task's id and element. The times are as in `Step`.
    """

    tokens: frozenset[Token]
    open: Mapping[str, str]
    messages: frozenset[str]
    wake_at: datetime | None
    fixed_at: datetime | None
    clocks: tuple[str, ...]
    variables: Mapping[str, Any]

    @property
    def elements(self) -> frozenset[str]:
        """Every element that has a token, called diagrams and waiting joins among them."""
        return frozenset(token.element for token in self.tokens)


def position_of(case: SwiftWorkflow) -> Position:
    """Where the case in memory stands."""
    fixed_at, followed = timers_of(case)
    live = [task for task in case.find_unfinished(LIVE) if task.task_spec.bpmn_id is not None]
    return Position(
        tokens=frozenset(_token(task) for task in live if not _is_border(task)),
        open={key: element_of(task) for key, task in open_tasks(case).items()},
        messages=messages_of(case),
        wake_at=min((due for due in (fixed_at, *followed.values()) if due), default=None),
        fixed_at=fixed_at,
        clocks=tuple(sorted(followed)),
        variables=variables_of(case),
    )


def arrivals_of(join: SwiftTask) -> Iterator[str]:
    """The names of the specs from which tokens have come to a join that waits."""
    for task in join.workflow.tasks.values():
        if task.task_spec is join.task_spec and task.parent._state == TaskState.COMPLETED:
            yield task.parent.task_spec.name


def _is_border(task: SwiftTask) -> bool:
    return isinstance(task.task_spec, BoundaryEvent)


def _token(task: SwiftTask) -> Token:
    joins = isinstance(task.task_spec, UnstructuredJoin)
    arrived = frozenset(arrivals_of(task) if joins else ())
    fired = frozenset(_fired_beside(task))
    return Token(_path(task), element_of(task), arrived, fired, task.data)


def _path(task: SwiftTask) -> tuple[str, ...]:
    found: list[str] = []
    scope = task.workflow
    while scope is not scope.top_workflow:
        caller = scope.top_workflow.get_task_from_id(scope.parent_task_id)
        found.append(element_of(caller))
        scope = caller.workflow
    return tuple(reversed(found))


def _fired_beside(task: SwiftTask) -> Iterator[str]:
    for other in task.parent.children:
        if _is_border(other) and other._state == TaskState.COMPLETED:
            yield element_of(other)
