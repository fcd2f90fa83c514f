"""No certificate without what the law asks for before it: each act finds its milestones passed."""

from collections import defaultdict
from collections.abc import Iterator
from gettext import gettext as _

from bpmn.checks.law.meaning import (
    elements_doing,
    fault,
    flows_answering,
    flows_comparing,
    name_of,
)
from bpmn.checks.law.rules import Milestone, Rules
from bpmn.checks.law.trail import Trail
from bpmn.checks.space import Space, Step
from bpmn.diagram import Diagram
from bpmn.errors import Problem

_Passed = frozenset[str]
"""Milestones passed, and of the steps that another one may not be done with, those done."""


def check_milestones(diagram: Diagram, rules: Rules, space: Space) -> Iterator[Problem]:
    """Acts that can be come to with a milestone missing."""
    signs = _Signs(diagram, rules)
    told: set[tuple[str, str]] = set()
    trail = Trail(space, frozenset[str](), signs.after)
    for passed, step in trail:
        for key in signs.needs.get(step.element, ()):
            if key not in passed and (step.element, key) not in told:
                told.add((step.element, key))
                milestone = rules.milestones[key]
                message = _("走到“{name}”之前没有经过“{missing}”（{article}）").format(
                    name=name_of(diagram, step.element),
                    missing=milestone.name,
                    article=milestone.article,
                )
                run = trail.run(passed, step)
                yield fault(diagram, step.element, message, milestone.mend, run)


class _Signs:
    """Which elements and flows win or lose a milestone in this diagram."""

    def __init__(self, diagram: Diagram, rules: Rules) -> None:
        self._wins: dict[str, set[str]] = defaultdict(set)
        self._loses: dict[str, set[str]] = defaultdict(set)
        self._second: dict[str, tuple[str, str]] = {}
        self.needs: dict[str, tuple[str, ...]] = {}
        for milestone in rules.milestones.values():
            self._read(diagram, milestone)
        for need in rules.needs:
            for element in elements_doing(diagram, [need.act]):
                self.needs[element] = need.milestones

    def _read(self, diagram: Diagram, milestone: Milestone) -> None:
        won, lost = elements_doing(diagram, milestone.acts), frozenset[str]()
        lost |= elements_doing(diagram, milestone.lost_by)
        won |= flows_comparing(diagram, *milestone.excused_by)
        if milestone.answers is not None:
            won |= flows_answering(diagram, milestone.answers)
            lost |= flows_answering(diagram, milestone.answers, others=True)
        for sign in won:
            self._wins[sign].add(milestone.key)
        for sign in lost - won:
            self._loses[sign].add(milestone.key)
        if milestone.second_person:
            self._read_second(diagram, milestone)

    def _read_second(self, diagram: Diagram, milestone: Milestone) -> None:
        for task in diagram.user_tasks.values():
            if task.not_by is not None and task.not_by in diagram.user_tasks:
                self._wins[task.not_by].add(_done(task.not_by))
                self._second[task.element] = (_done(task.not_by), milestone.key)
                for flow in flows_comparing(diagram, task.outcome or "", milestone.sends_back):
                    self._loses[flow].add(milestone.key)

    def after(self, passed: _Passed, step: Step) -> _Passed:
        """What has been passed after the step."""
        for sign in (step.element, step.flow):
            lost, won = self._loses.get(sign), self._wins.get(sign)
            if lost:
                passed -= lost
            if won:
                passed |= won
        first, milestone = self._second.get(step.element, ("", ""))
        return passed | {milestone} if first in passed else passed


def _done(element: str) -> str:
    """The mark in a memory that a step was done; no milestone has such a key."""
    return f"done {element}"
