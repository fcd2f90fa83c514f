"""Whether the people of each organ can take every path, nobody doing two things kept apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from gettext import gettext as _

from bpmn.checks.law.assigning import Hands, can_do, hands_of
from bpmn.checks.law.level import Level
from bpmn.checks.law.meaning import fault, name_of
from bpmn.checks.law.rules import Rules
from bpmn.checks.space import Space
from bpmn.checks.work import TooMany, Work
from bpmn.diagram import Diagram, UserTask
from bpmn.errors import Move, Problem

MOST_WORK = 3_000_000
"""Steps looked at for all organs together: given to somebody on trial, or passed on a run."""
MOST_STEPS = 200
"""Steps of people of one organ that are given out together, one inside of the other."""


@dataclass(frozen=True)
class Organ:
    """An organ of a level (city, province, ministry) with who has each role there."""

    name: str
    level: str
    people: Mapping[str, frozenset[str]]


def check_staffing(
    diagram: Diagram, rules: Rules, space: Space, organs: Iterable[Organ]
) -> Iterator[Problem]:
    """Organs at which a path needs a role that nobody has, or more people than there are.

    Of each organ every missing role is told, or else one smallest group of steps that its
    people cannot do without one person doing two that are kept apart. All organs share the work
    that is done at most; those it does not suffice for are told as undecided.
    """
    work = Work(MOST_WORK)
    level_of = cache(lambda name: Level(diagram, rules, space, name, work))
    for organ in organs:
        yield from _Staffing(diagram, rules, organ, level_of(organ.level), work).problems()


class _Staffing:
    def __init__(
        self, diagram: Diagram, rules: Rules, organ: Organ, level: Level, work: Work
    ) -> None:
        self._diagram, self._duties = diagram, rules.duties
        self._organ, self._level, self._work = organ, level, work

    def problems(self) -> Iterator[Problem]:
        """Every role that is missing; or else the steps that cannot be kept apart."""
        reached = self._level.reached
        empty = {task.role: task for task in reached if not self._candidates(task)}
        for role, task in empty.items():
            message = _("“{organ}”没有“{role}”的人，无法办理“{name}”").format(
                organ=self._organ.name,
                role=self._duties.roles[role],
                name=name_of(self._diagram, task.element),
            )
            yield self._problem(task.element, message, self._run_to(task))
        if not empty:
            try:
                yield from self._not_apart(reached)
            except TooMany:
                yield self._undecided()

    def _run_to(self, task: UserTask) -> tuple[Move, ...]:
        """A run that comes to the step; none where the work no longer suffices to find it."""
        try:
            return self._level.way_through(frozenset({task.element})) or ()
        except TooMany:
            return ()

    def _undecided(self) -> Problem:
        message = _(
            "“{organ}”的人怎样分工情形太多，没有算完，不能证明应当分开的环节能由不同的人办理"
        )
        mend = _("减少指定“不得由同一人办理”的环节；确认人手足够的，由管理员签字负责")
        main = self._diagram.main
        told = fault(self._diagram, main, message.format(organ=self._organ.name), mend)
        return replace(told, undecided=True)

    def _not_apart(self, tasks: tuple[UserTask, ...]) -> Iterator[Problem]:
        found = self._find_core(tasks)
        if found is None:
            return
        core, run = found
        people = sorted({person for task in core for person in self._candidates(task)})
        message = _(
            "“{organ}”的人不够：{steps}应当由不同的人办理，现在能办理的只有{people}（{article}）"
        ).format(
            organ=self._organ.name,
            steps="、".join(f"“{name_of(self._diagram, task.element)}”" for task in core),
            people="、".join(people),
            article=self._duties.article,
        )
        yield self._problem(run[-1].element, message, run)

    def _problem(self, element: str, message: str, run: tuple[Move, ...]) -> Problem:
        return fault(self._diagram, element, message, self._duties.mend, run)

    def _find_core(
        self, tasks: tuple[UserTask, ...]
    ) -> tuple[tuple[UserTask, ...], tuple[Move, ...]] | None:
        """Steps of one path that cannot be done together, none of which could be left out."""
        if self._can_do(tasks):
            return None
        core = tasks
        for task in reversed(tasks):  # so that the nearest steps are the ones told
            fewer = tuple(one for one in core if one is not task)
            core = core if self._can_do(fewer) else fewer
        run = self._level.way_through(frozenset(task.element for task in core))
        if run is not None:
            return core, run
        parts = (tuple(one for one in tasks if one is not task) for task in core)
        return next((found for part in parts if (found := self._find_core(part))), None)

    def _can_do(self, tasks: tuple[UserTask, ...]) -> bool:
        """Whether everybody can be given steps so that what is kept apart is. Raises TooMany."""
        if len(tasks) > MOST_STEPS:
            raise TooMany
        return can_do(self._hands, {task.element for task in tasks}, self._work)

    @cached_property
    def _hands(self) -> Hands:
        reached = self._level.reached
        people = {task.element: self._candidates(task) for task in reached}
        return hands_of(people, self._level.apart)

    def _candidates(self, task: UserTask) -> frozenset[str]:
        return self._organ.people.get(task.role, frozenset())
