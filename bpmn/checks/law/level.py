"""What a case comes to at the organs of a level: their people's steps, and ways through them."""

from collections.abc import Mapping, Set
from functools import cache, cached_property
from typing import NamedTuple

from bpmn.checks.law.meaning import elements_calling, flows_comparing
from bpmn.checks.law.rules import Rules
from bpmn.checks.law.trail import Trail
from bpmn.checks.space import Space, Step
from bpmn.checks.work import Work
from bpmn.diagram import Diagram, UserTask
from bpmn.errors import Move

_PASSING = 30
"""What passing a step on a run costs, beside looking at one that is given to somebody."""


class _Memory(NamedTuple):
    """Which of some tasks have been done, and whether the case is at another organ now."""

    done: frozenset[str]
    away: bool


class Level:
    """The same for all organs of a level, so it is walked once for all of them."""

    def __init__(
        self, diagram: Diagram, rules: Rules, space: Space, level: str, work: Work
    ) -> None:
        self._diagram, self._duties, self._space = diagram, rules.duties, space
        self._level, self._work = level, work
        self._tasks = {
            task.element: task
            for task in diagram.user_tasks.values()
            if task.role in rules.duties.roles and task.assignee is None
        }
        self._leaves = elements_calling(diagram, rules.duties.leaves_organ)
        self._returns = elements_calling(diagram, rules.duties.returns_to_organ)
        self._other_levels = self._flows_of_other_levels()
        self.reached = self._reached()
        """The steps that a case at an organ may come to, in the order of their distance."""
        self.way_through = cache(self._way_through)

    def _flows_of_other_levels(self) -> frozenset[str]:
        name = self._duties.level_variable
        flows = (f for p in self._diagram.processes.values() for f in p.flows.values())
        levels = {flow.value for flow in flows if flow.variable == name and flow.value}
        return flows_comparing(self._diagram, name, levels - {self._level})

    def _reached(self) -> tuple[UserTask, ...]:
        trail = self._trail(frozenset())
        found = {step.element: None for memory, step in trail if self._acts(memory, step)}
        return tuple(self._tasks[element] for element in found)

    def _acts(self, memory: _Memory, step: Step) -> bool:
        return step.element in self._tasks and not memory.away and not self._is_elsewhere(step)

    def _is_elsewhere(self, step: Step) -> bool:
        return step.flow in self._other_levels

    def _trail(self, wanted: frozenset[str]) -> Trail[_Memory]:
        def after(memory: _Memory, step: Step) -> _Memory:
            if step.element in wanted and not memory.away:
                return memory._replace(done=memory.done | {step.element})
            if step.element in self._leaves or step.element in self._returns:
                return memory._replace(away=step.element in self._leaves)
            return memory

        return Trail(self._space, _Memory(frozenset(), False), after, avoiding=self._is_elsewhere)

    def _way_through(self, wanted: frozenset[str]) -> tuple[Move, ...] | None:
        """The shortest run that passes all of the steps at one organ; None where none does.

        Raises TooMany: every choice of the steps may be a memory to come to a place with.
        """
        trail = self._trail(wanted)
        for memory, step in trail:
            self._work.spend(_PASSING)
            if self._acts(memory, step) and memory.done | {step.element} >= wanted:
                return trail.run(memory, step)
        return None

    @cached_property
    def apart(self) -> Mapping[str, Set[str]]:
        """For each step reached, those that another person has to do."""
        return {
            one.element: {other.element for other in self.reached if self._apart(one, other)}
            for one in self.reached
        }

    def _apart(self, one: UserTask, other: UserTask) -> bool:
        named = one.not_by == other.element or other.not_by == one.element
        return named or frozenset((one.role, other.role)) in self._duties.apart
