"""Every loop back passes a new submission, and no loop goes round without a person."""

from collections.abc import Iterator
from gettext import gettext as _
from itertools import chain
from typing import NamedTuple

from bpmn.checks.law.components import components
from bpmn.checks.law.meaning import elements_doing, fault, flows_answering, name_of
from bpmn.checks.law.rules import Rules
from bpmn.checks.law.trail import Trail
from bpmn.checks.space import Space, Step
from bpmn.diagram import Diagram
from bpmn.errors import Problem


class _Memory(NamedTuple):
    """Whether the unit has yet to hand in again, and whether the newest answer was of the role
    that may send materials back."""

    owing: bool
    answered: bool


def check_returns(diagram: Diagram, rules: Rules, space: Space) -> Iterator[Problem]:
    """Officers' steps that materials come back to without the unit having handed in again."""
    signs = _Signs(diagram, rules)
    told: set[str] = set()
    trail = Trail(space, _Memory(False, False), signs.after)
    for memory, step in trail:
        if memory.owing and step.element in signs.officers and step.element not in told:
            told.add(step.element)
            message = _("材料退回后没有经过申请单位重新提交，就回到“{name}”（{article}）").format(
                name=name_of(diagram, step.element), article=rules.returns.article
            )
            run = trail.run(memory, step)
            yield fault(diagram, step.element, message, rules.returns.mend, run)


class _Signs:
    def __init__(self, diagram: Diagram, rules: Rules) -> None:
        people = diagram.user_tasks.values()
        self._acts = elements_doing(diagram, rules.returns.acts)
        self._flows = flows_answering(diagram, rules.returns.answers)
        self._answering = {t.element for t in people if t.role == rules.returns.answers.role}
        self._units = {t.element for t in people if t.role in rules.unit_roles}
        self.officers = {t.element for t in people} - self._units

    def after(self, memory: _Memory, step: Step) -> _Memory:
        if step.element in self._units:
            return _Memory(False, False)
        if step.element in self.officers:
            return _Memory(memory.owing, step.element in self._answering)
        if step.element in self._acts or (memory.answered and step.flow in self._flows):
            return _Memory(True, memory.answered)
        return memory


def check_loops(diagram: Diagram, space: Space) -> Iterator[Problem]:
    """Loops that no person is part of: they would go round for ever by themselves."""
    alone = [step for step in space.steps if step.element not in diagram.user_tasks]
    onward: dict[int, list[int]] = {state: [] for state in range(len(space.tokens))}
    for step in alone:
        onward[step.source].append(step.target)
    of_state = {s: n for n, part in enumerate(components(onward)) for s in part}
    told: set[frozenset[str]] = set()
    for number, steps in _inside(alone, of_state).items():
        elements = frozenset(step.element for step in steps)
        if not told.intersection([elements]):
            told.add(elements)
            yield _round_and_round(diagram, space, steps, of_state, number)


def _inside(alone: list[Step], of_state: dict[int, int]) -> dict[int, list[Step]]:
    """The steps that stay within a component, by its number."""
    found: dict[int, list[Step]] = {}
    for step in alone:
        if of_state[step.source] == of_state[step.target]:
            found.setdefault(of_state[step.source], []).append(step)
    return found


def _round_and_round(
    diagram: Diagram, space: Space, steps: list[Step], of_state: dict[int, int], number: int
) -> Problem:
    first = steps[0]
    way = space.find(lambda step: step is first) or [first]

    def leaves(step: Step) -> bool:
        inside = of_state.get(step.source) == number == of_state.get(step.target)
        return step.element in diagram.user_tasks or not inside

    back = space.find(lambda s: s.target == first.source, avoiding=leaves, start=first.target)
    run = list(chain(way, () if first.target == first.source else back or ()))
    names = "、".join(dict.fromkeys(name_of(diagram, step.element) for step in run[len(way) - 1 :]))
    message = _("这里的回路没有任何人办理，会自己转个不停：{names}").format(names=names)
    mend = _("在回路中加一个由人办理的环节，或者去掉走回去的连线。")
    return fault(diagram, first.element, message, mend, space.run(run))
