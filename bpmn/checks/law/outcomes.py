"""Every path ends in exactly one kind of outcome, and each end of the case stands for one."""

from collections.abc import Iterator
from gettext import gettext as _

from bpmn.checks.law.meaning import elements_doing, ends_of, fault, name_of
from bpmn.checks.law.rules import Rules
from bpmn.checks.law.trail import Trail
from bpmn.checks.space import Space, Step
from bpmn.diagram import Diagram
from bpmn.errors import Move, Problem


def check_outcomes(diagram: Diagram, rules: Rules, space: Space) -> Iterator[Problem]:
    """Paths that end with no outcome or two, and ends that stand for several kinds."""
    check = _Outcomes(diagram, rules)
    told: set[tuple[str, str]] = set()
    trail = Trail(space, "", check.after)
    for passed, step in trail:
        message = check.fault_at(passed, step)
        if message and (step.element, message) not in told:
            told.add((step.element, message))
            yield check.problem(step.element, message, trail.run(passed, step))


class _Outcomes:
    def __init__(self, diagram: Diagram, rules: Rules) -> None:
        self._diagram, self._rules = diagram, rules
        self._names = {one.key: one.name for one in rules.outcomes}
        self._kinds = {
            element: one.key
            for one in rules.outcomes
            for element in elements_doing(diagram, one.acts)
        }
        self._ends = ends_of(diagram)
        self._stands_for: dict[str, str] = {}

    def after(self, passed: str, step: Step) -> str:
        """The first outcome passed."""
        return passed or self._kinds.get(step.element, "")

    def fault_at(self, passed: str, step: Step) -> str:
        """What is wrong with taking this step after that outcome; empty when nothing is."""
        kind = self._kinds.get(step.element)
        if kind is not None and passed:
            message = _("此前已经“{before}”，到这里又“{now}”：一个办件只能有一种结果（{article}）")
            before, now = self._names[passed], self._names[kind]
            return message.format(before=before, now=now, article=self._rules.outcomes_article)
        return self._fault_of_end(passed, step.element) if step.element in self._ends else ""

    def _fault_of_end(self, passed: str, end: str) -> str:
        if not passed:
            message = _("办件走到“{name}”时既没有决定，也没有撤回、终止或者逾期结案（{article}）")
            name = name_of(self._diagram, end)
            return message.format(name=name, article=self._rules.outcomes_article)
        first = self._stands_for.setdefault(end, passed)
        if first != passed:
            message = _("同一个结束事件既表示“{one}”又表示“{other}”，应当分开")
            return message.format(one=self._names[first], other=self._names[passed])
        return ""

    def problem(self, element: str, message: str, run: tuple[Move, ...]) -> Problem:
        return fault(self._diagram, element, message, self._rules.outcomes_mend, run)
