"""Whether a case that stands somewhere in a diagram can always be brought to its end from there.

The same proof as for a diagram as a whole, begun where the case stands with what it knows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from gettext import gettext as _

from bpmn.checks import marking
from bpmn.checks.causes import by_itself
from bpmn.checks.effects import UNKNOWN, Effects, Env
from bpmn.checks.exploring import Exploration
from bpmn.checks.marking import State
from bpmn.checks.moves import Moves
from bpmn.checks.net import JOIN, Net, Place, TooLarge
from bpmn.checks.space import Space, Trouble
from bpmn.checks.speech import Speech
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Diagram
from bpmn.engine import Position, Token

MOST_STATES = 20_000
MOST_KEPT = 5_000
"""Answers kept for one diagram: cases that stand alike and know alike share one."""


class Arrival:
    """The proofs for one diagram; each is made once."""

    def __init__(self, diagram: Diagram, words: Vocabulary) -> None:
        self.diagram, self.speech = diagram, Speech(diagram, words.labels)
        self.answers: dict[State, str] = {}
        try:
            net = Net(diagram)
        except TooLarge:
            self.moves = None
            return
        self.moves = Moves(net, Effects(net, words))
        self.places = {(_path(net, place), place.node.id): place for place in _elements(net)}

    def doubt(self, position: Position) -> str:
        """Empty where the end is always reached; else a sentence: why not, or that it is open."""
        if self.moves is None:
            return _("新版流程图太大，不能证明办件从这里能够办结。")
        state = self._state(self.moves, position.tokens)
        if state is None:
            return _("新版流程图中没有办件所在的位置。")
        if state not in self.answers:
            if len(self.answers) >= MOST_KEPT:
                self.answers.clear()
            space = Exploration(self.moves, MOST_STATES).explore(state)
            self.answers[state] = self._judge(space)
        return self.answers[state]

    def _state(self, moves: Moves, tokens: Iterable[Token]) -> State | None:
        waiting: dict[int, marking.Token] = {}
        for token in tokens:
            place = self.places.get((token.path, token.element))
            if place is None:
                return None
            env, bits = _known(moves, place, token.variables), _bits(moves.net, place, token)
            waiting[place.number] = marking.Token(place.number, env, bits=bits)
        return State((), tuple(waiting[number] for number in sorted(waiting)))

    def _judge(self, space: Space) -> str:
        if space.troubles:
            return self._trouble(space.troubles[0])
        if not space.complete:
            return _("可能出现的情形太多，不能证明办件从这里能够办结。")
        lost = set(range(len(space.tokens))) - _ending(by_itself(space, self.diagram))
        if lost:
            names = "、".join(map(self._name, space.tokens[min(lost)]))
            return _("从这里办下去，到“{names}”时会到不了结束。").format(names=names)
        return ""

    def _trouble(self, trouble: Trouble) -> str:
        name = self._name(trouble.element)
        told = {
            "variable": self.speech.variable(trouble.variable),
            "givers": self.speech.givers(trouble.variable),
        }
        return _TROUBLES[trouble.kind].format(name=name, **told)

    def _name(self, element: str) -> str:
        return self.speech.title(element)


_TROUBLES = {
    "twice": _("从这里办下去，“{name}”会同时办两遍。"),
    "unset": _("从这里办下去，到“{name}”时缺少一个值：给出它的{givers}已经错过。"),
    "unmatched": _("从这里办下去，“{name}”没有与{variable}的取值相应的分支。"),
    "ruleless": _("从这里办下去，“{name}”查的决策表里没有适用的规则。"),
}


def _elements(net: Net) -> Iterator[Place]:
    return (place for place in net.places if place.node.id and not place.leaves)


def _path(net: Net, place: Place) -> tuple[str, ...]:
    return tuple(reversed([host.node.id for host in net.around(place)]))


def _known(moves: Moves, place: Place, variables: Mapping[str, object]) -> Env:
    """What the token still needs of what it knows; values that decide nothing are all alike."""
    needed = moves.liveness.held[place.number]
    known = {
        name: variables[name] if name in moves.effects.compared else UNKNOWN
        for name in sorted(needed & variables.keys())
    }
    return tuple((name, _told(value)) for name, value in known.items())


def _told(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool)) or value is None else UNKNOWN


def _bits(net: Net, place: Place, token: Token) -> int:
    """Of a join the inputs that have come; of another place the events that have gone off."""
    if place.node.kind != JOIN:
        beside = [net.places[border].node.id for border in place.borders]
        return sum(1 << turn for turn, element in enumerate(beside) if element in token.fired)
    ways = (way for one in net.places if one.node.id in token.arrived for way in one.outs)
    found = 0
    for way in ways:
        found |= way.bit if way.target == place.number else 0
    return found


def _ending(space: Space) -> set[int]:
    """The states from which an end can still come."""
    before: defaultdict[int, list[int]] = defaultdict(list)
    for step in space.steps:
        before[step.target].append(step.source)
    waiting = [number for number, tokens in enumerate(space.tokens) if not tokens]
    found = set(waiting)
    while waiting:
        for source in before[waiting.pop()]:
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found
