"""A space walked with a memory: what matters of the way there, beside where one is."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from bpmn.checks.space import Space, Step, Test
from bpmn.errors import Move

Memory = TypeVar("Memory", bound=Hashable)


class Trail(Generic[Memory]):
    """Every step of the space under every memory that one can come to it with.

    `after` is the memory that a step leaves; steps to avoid are not taken.
    """

    def __init__(
        self,
        space: Space,
        begin: Memory,
        after: Callable[[Memory, Step], Memory],
        *,
        avoiding: Test | None = None,
    ) -> None:
        self._space, self._after, self._first = space, after, (0, begin)
        self._avoiding = avoiding
        self._before: dict[tuple[int, Memory], tuple[tuple[int, Memory], Step]] = {}

    def __iter__(self) -> Iterator[tuple[Memory, Step]]:
        """Memory before the step, and the step; the nearest first."""
        seen, waiting = {self._first}, [self._first]
        after, before = self._after, self._before
        for here in waiting:
            memory = here[1]
            for step in self._steps(here[0]):
                yield memory, step
                there = (step.target, after(memory, step))
                if there not in seen:
                    seen.add(there)
                    before[there] = (here, step)
                    waiting.append(there)

    def _steps(self, state: int) -> Iterable[Step]:
        steps = self._space.leaving.get(state, ())
        avoiding = self._avoiding
        return steps if avoiding is None else [step for step in steps if not avoiding(step)]

    def run(self, memory: Memory, step: Step) -> tuple[Move, ...]:
        """The shortest run that ends with the step, coming to it with the memory."""
        return self._space.run([*self._back((step.source, memory)), step])

    def _back(self, here: tuple[int, Memory]) -> Sequence[Step]:
        steps: list[Step] = []
        while here != self._first:
            here, step = self._before[here]
            steps.append(step)
        return steps[::-1]
