"""The stretch of a clock: everything that can happen from its start until it ends."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bpmn.checks.law.clocks import EVERY, EXTEND, FINISH, RESUME, START, SUSPEND, Sign
from bpmn.checks.space import Space, Step
from bpmn.diagram import Diagram, Node

_WAIT = re.compile(r"\s*working_days\((\d+)\)\s*")


class _At(NamedTuple):
    """A state of the space, whether the clock is suspended there, and whether it was extended."""

    state: int
    held: bool
    extended: bool


class Passage(NamedTuple):
    """A step from one node of the stretch to another, and what follows from it by itself.

    `key` is what takes time in the step, if anything does; `then` are the steps behind it that
    mean nothing to any clock and have no other beside them.
    """

    source: int
    target: int
    step: Step
    key: str
    held: bool
    then: tuple[Step, ...] = ()

    def is_it(self, other: "Passage") -> bool:
        """Whether the other is this very passage."""
        return other is self


class Stretch:
    """The nodes and passages while one clock runs, from the step `start` on.

    `days` says how many working days each key takes; `extended` are the nodes behind an
    extension, and `can_extend` tells whether there is one at all.
    """

    def __init__(self, diagram: Diagram, space: Space, signs: Mapping[str, Sign], start: str):
        self.start, self.clock = start, signs[start].clock
        self._space, self._signs = space, signs
        self.days = _days(diagram, signs, self.clock)
        self._kept = _kept_by(diagram)
        self._noted = {*signs, *self.days, *self._kept, *diagram.user_tasks}
        self.passages: list[Passage] = []
        self.leaving: dict[int, list[int]] = defaultdict(list)
        self.extended: set[int] = set()
        self._numbers: dict[_At, int] = {}
        begun = sorted({step.target for step in space.steps if step.element == start})
        self.entries = [self._number(_At(state, False, False)) for state in begun]
        self._explore()

    @property
    def can_extend(self) -> bool:
        return bool(self.extended)

    def onward(self) -> dict[int, list[int]]:
        """Each node with those that a passage leads to."""
        return {
            node: [self.passages[number].target for number in self.leaving.get(node, ())]
            for node in self._numbers.values()
        }

    def state_of(self, node: int) -> int:
        """The state of the space at the node."""
        return list(self._numbers)[node].state

    def way(self, start: int, wanted: Callable[[Passage], bool]) -> list[Passage]:
        """The shortest way from a node whose last passage is wanted; empty where there is none."""
        before: dict[int, Passage | None] = {start: None}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for number in self.leaving.get(node, ()):
                passage = self.passages[number]
                if wanted(passage):
                    return [*_back(before, node), passage]
                if passage.target not in before:
                    before[passage.target] = passage
                    waiting.append(passage.target)
        return []

    def _number(self, at: _At) -> int:
        number = self._numbers.setdefault(at, len(self._numbers))
        if at.extended:
            self.extended.add(number)
        return number

    def _explore(self) -> None:
        waiting = list(self._numbers)
        while waiting:
            at = waiting.pop()
            for step in self._space.leaving.get(at.state, ()):
                after = self._after(at, step)
                if after is None:
                    continue
                then = tuple(self._by_itself(after.state))
                after = after._replace(state=then[-1].target) if then else after
                if after not in self._numbers:
                    waiting.append(after)
                key = "" if at.held else self._key(step)
                number, target = self._numbers[at], self._number(after)
                self.leaving[number].append(len(self.passages))
                self.passages.append(Passage(number, target, step, key, at.held, then))

    def _by_itself(self, state: int) -> Iterator[Step]:
        """The only steps that can follow, as long as none of them means anything to a clock."""
        seen = {state}
        leaving = self._space.leaving.get(state, ())
        while len(leaving) == 1 and leaving[0].element not in self._noted:
            yield leaving[0]
            if leaving[0].target in seen:
                return
            seen.add(leaving[0].target)
            leaving = self._space.leaving.get(leaving[0].target, ())

    def _after(self, at: _At, step: Step) -> _At | None:
        """Where the step leads; None where the clock ends or starts anew with it."""
        sign = self._signs.get(step.element)
        what = sign.what if sign is not None and sign.clock in (self.clock, EVERY) else ""
        if what in (START, FINISH):
            return None
        held = at.held if what not in (SUSPEND, RESUME) else what == SUSPEND
        return _At(step.target, held, at.extended or what == EXTEND)

    def _key(self, step: Step) -> str:
        """The element that took time until this step: itself, or what it broke off."""
        element = self._kept.get(step.element, step.element)
        return element if element in self.days else ""


def _kept_by(diagram: Diagram) -> dict[str, str]:
    """Each event on the border of a person's step, with that step."""
    hosts = ((node.id, node.attached_to or "") for node in _nodes(diagram))
    return {event: host for event, host in hosts if host in diagram.user_tasks}


def _nodes(diagram: Diagram) -> Iterator[Node]:
    return (node for process in diagram.processes.values() for node in process.nodes.values())


def _days(diagram: Diagram, signs: Mapping[str, Sign], clock: str) -> dict[str, int]:
    """What takes how many working days of the clock: steps with a limit, and periods waited for.

    A step that follows another clock takes that clock's days, which are counted at its start.
    """
    people = (t for t in diagram.user_tasks.values() if t.counted and t.clock in (None, clock))
    steps = {task.element: task.days or 0 for task in people}
    others = ((e, s) for e, s in signs.items() if s.what == START and s.clock != clock)
    periods = {element: sign.most or 0 for element, sign in others}
    timers = ((n.id, _WAIT.fullmatch(n.timer or "")) for n in _nodes(diagram) if not n.attached_to)
    waits = {element: int(found[1]) for element, found in timers if found}
    return {key: days for key, days in {**steps, **periods, **waits}.items() if days}


def _back(before: Mapping[int, Passage | None], node: int) -> Sequence[Passage]:
    passages: list[Passage] = []
    passage = before[node]
    while passage is not None:
        passages.append(passage)
        passage = before[passage.source]
    return passages[::-1]
