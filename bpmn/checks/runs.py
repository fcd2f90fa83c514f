"""The shortest runs from the start to each state of a space."""

from collections import Counter
from collections.abc import Set

from bpmn.checks.space import Space, Step
from bpmn.errors import Move


class Runs:
    """Looks up how each state was first come to: the states are numbered by their distance."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self._first: dict[int, Step] = {}
        for step in space.steps:
            if step.target > 0:
                self._first.setdefault(step.target, step)

    def steps(self, state: int) -> list[Step]:
        """The steps of the shortest run to the state."""
        found: list[Step] = []
        while state in self._first:
            found.append(self._first[state])
            state = self._first[state].source
        return found[::-1]

    def to(self, state: int) -> tuple[Move, ...]:
        """The same as it is played on the canvas."""
        return self.space.run(self.steps(state))

    def passes_twice(self, state: int, elements: Set[str]) -> bool:
        """Whether one of the elements acts more than once on the way to the state."""
        acted = Counter(step.element for step in self.steps(state))
        return any(acted[element] > 1 for element in elements)

    def grows(self, state: int, element: str) -> bool:
        """Whether all that was there before is there again, and one token more at the element."""
        tokens = set(self.space.tokens[state])
        before = (set(self.space.tokens[step.source]) for step in self.steps(state))
        return any(element in there and there <= tokens for there in before)

    @property
    def depth(self) -> int:
        """The number of steps up to which every run was played, of a space not complete."""
        return max(len(self.steps(len(self.space.tokens) - 1)) - 1, 0)
