"""Playing everything that can happen in a diagram: the states, breadth first, and their steps."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bpmn.checks.effects import Effects
from bpmn.checks.marking import State
from bpmn.checks.moves import Made, Moves
from bpmn.checks.net import Net, TooLarge
from bpmn.checks.space import Space, Step, Trouble
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Diagram

MOST_STATES = 10_000
MOST_TOKENS = 120_000
"""Tokens looked at in all steps together: with the states, about a second's work.

The shipped diagrams have between 20 and 700 states.
"""


def explore(diagram: Diagram, words: Vocabulary, *, most_states: int = MOST_STATES) -> Space:
    """Every state that a case can come to, and every step between them, from the start.

    Expects a diagram whose graph is sound (`check_graph`). At `most_states` it stops, or where so
    much goes on at once that MOST_TOKENS were looked at, and the space is not complete; so is
    that of a diagram too large to lay out, which has no step at all.
    """
    try:
        net = Net(diagram)
    except TooLarge:
        return Space((), ((),), False, {})
    moves = Moves(net, Effects(net, words))
    return Exploration(moves, most_states).explore(moves.begin())


class Exploration:
    """Numbers each state when it is first seen, so that smaller numbers are not farther away."""

    def __init__(self, moves: Moves, most_states: int) -> None:
        self.moves = moves
        self.most_states = most_states
        self.numbers: dict[tuple[State, Trouble | None], int] = {}
        self.states: list[State] = []
        self.steps: list[Step] = []
        self.troubles: list[Trouble] = []
        self.stopped: set[int] = set()
        self.handled = 0

    def explore(self, first: State) -> Space:
        self._number(first, None)
        for number, state in enumerate(self.states):
            if len(self.states) > self.most_states or self.handled > MOST_TOKENS:
                return self._space(complete=False)
            if number not in self.stopped:
                self._expand(number, state)
        return self._space(complete=True)

    def _expand(self, number: int, state: State) -> None:
        for trouble in self.moves.troubles(state):
            self.troubles.append(replace(trouble, state=number))
        for made in self.moves.of(state):
            self._note(number, made)

    def _note(self, source: int, made: Made) -> None:
        self.handled += len(made.state.ready) + len(made.state.waiting)
        known = len(self.states)
        target = self._number(made.state, made.trouble)
        node, process = made.place.node, made.place.process
        self.steps.append(Step(source, target, node.id, process, node.kind, made.flow, made.words))
        if made.trouble is not None and target == known:
            self.troubles.append(replace(made.trouble, state=target))
            self.stopped.add(target)

    def _number(self, state: State, trouble: Trouble | None) -> int:
        number = self.numbers.setdefault((state, trouble), len(self.states))
        if number == len(self.states):
            self.states.append(state)
        return number

    def _space(self, *, complete: bool) -> Space:
        leaving: defaultdict[int, list[Step]] = defaultdict(list)
        for step in self.steps:
            leaving[step.source].append(step)
        tokens = tuple(self._tokens(state) for state in self.states)
        automatic = frozenset(n for n, state in enumerate(self.states) if state.ready)
        troubles: Sequence[Trouble] = tuple(self.troubles)
        return Space(tuple(self.steps), tokens, complete, dict(leaving), troubles, automatic)

    def _tokens(self, state: State) -> tuple[str, ...]:
        tokens = (*state.ready, *state.waiting)
        nodes = (self.moves.net.places[token.place].node for token in tokens)
        return tuple(dict.fromkeys(node.id for node in nodes if node.id))
