"""Everything that can happen in a diagram, as states and the steps between them.

The other checks of soundness and law read it: whatever they find comes with a run.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from bpmn.errors import Move

Test = Callable[["Step"], bool]


@dataclass(frozen=True)
class Step:
    """One thing that happens: `element` (in `process`) acts and leaves by `flow`, if by any.

    `kind` is the BPMN tag of the element; `words` are what an officer reads of it.
    """

    source: int
    target: int
    element: str
    process: str
    kind: str
    flow: str
    words: str


@dataclass(frozen=True)
class Trouble:
    """What keeps a case from going on as drawn, at `element`; `state` is where that shows.

    `kind` is one of twice (two tokens at one place), unset (a variable has no value here),
    unmatched (a gateway has no branch for the value; an empty one stands for whatever text) and
    ruleless (no rule of the table holds).
    """

    kind: str
    element: str
    variable: str = ""
    value: str = ""
    state: int = 0


@dataclass(frozen=True)
class Space:
    """The reachable states, numbered from 0, where every run begins, in the order of distance.

    `tokens` are the elements that hold a token in each state, none once the case has ended;
    `complete` is False where the exploration stopped at its limit, and then nothing is proved of
    what was not seen. From a state of trouble twice or unset nothing was explored.
    `automatic` are the states in which nobody can act, because a step of the machine is next.
    """

    steps: Sequence[Step]
    tokens: Sequence[tuple[str, ...]]
    complete: bool
    leaving: Mapping[int, Sequence[Step]] = field(repr=False)
    troubles: Sequence[Trouble] = ()
    automatic: Set[int] = frozenset()

    def run(self, steps: Sequence[Step]) -> tuple[Move, ...]:
        """The steps as a run that can be played on the canvas."""
        return tuple(Move(s.element, s.words, s.flow, self.tokens[s.target]) for s in steps)

    def without(self, left_out: Test) -> "Space":
        """The same states with those steps left out: what can happen though they do not."""
        steps = [step for step in self.steps if not left_out(step)]
        leaving: dict[int, list[Step]] = {}
        for step in steps:
            leaving.setdefault(step.source, []).append(step)
        return replace(self, steps=steps, leaving=leaving)

    def find(
        self, wanted: Test, *, avoiding: Test | None = None, start: int = 0
    ) -> list[Step] | None:
        """The shortest run from `start` whose last step is wanted, by no step to avoid."""
        before: dict[int, Step | None] = {start: None}
        waiting = [start]
        for state in waiting:
            for step in self.leaving.get(state, ()):
                if avoiding is not None and avoiding(step):
                    continue
                if wanted(step):
                    return [*_back(before, state), step]
                if step.target not in before:
                    before[step.target] = step
                    waiting.append(step.target)
        return None

    def reached(self, starts: Sequence[int], *, avoiding: Test | None = None) -> set[int]:
        """The states that can follow, the starts among them, by no step to avoid."""
        seen, waiting = set(starts), list(starts)
        for state in waiting:
            for step in self.leaving.get(state, ()):
                if step.target not in seen and not (avoiding and avoiding(step)):
                    seen.add(step.target)
                    waiting.append(step.target)
        return seen


NOT_PLAYED = Space((), ((),), False, {})
"""Of a diagram whose names or graph are wrong: nothing can be said of its runs."""


def _back(before: Mapping[int, Step | None], state: int) -> Iterator[Step]:
    steps = []
    step = before[state]
    while step is not None:
        steps.append(step)
        step = before[step.source]
    yield from reversed(steps)
