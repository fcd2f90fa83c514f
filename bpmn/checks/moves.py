"""The moves that a state allows: one automatic step, or else whatever people and time may do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from bpmn.checks.effects import UNKNOWN, Effect, Effects, Env
from bpmn.checks.liveness import Liveness
from bpmn.checks.marking import Board, State, Token, assigned
from bpmn.checks.net import Net, Place, Way
from bpmn.checks.space import Trouble


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made: what acted, by which flow, in which words, and what came of it."""

    place: Place
    flow: str
    words: str
    state: State
    trouble: Trouble | None


class Moves:
    """All moves of a net."""

    def __init__(self, net: Net, effects: Effects) -> None:
        self.net = net
        self.effects = effects
        self.liveness = Liveness(net, effects)
        self._apart: dict[tuple[int, Env], Sequence[tuple[Effect, str]]] = {}

    def begin(self) -> State:
        """Before anything has happened: the start event is about to act."""
        start = self.net.scopes[0].start
        return State((Token(start),) if start >= 0 else ())

    def of(self, state: State) -> Iterator[Made]:
        """Every move, in a fixed order."""
        if state.ready:
            yield from self._automatic(state)
            return
        for token in state.waiting:
            yield from self._at(state, token)
        for catching in self._messages(state).values():
            yield from self._fire(state, catching)

    def troubles(self, state: State) -> Iterator[Trouble]:
        """What keeps the step that is next from coming out at all, or for some value."""
        for token in state.ready[:1]:
            place, env = self.net.places[token.place], token.env
            if len(place.outs) > 1 and place.node.kind == "exclusiveGateway":
                yield from self._unmatched(place, dict(env))
            elif not self.effects.of(place, env):
                yield Trouble("ruleless", place.node.id)

    def _unmatched(self, place: Place, env: dict[str, object]) -> Iterator[Trouble]:
        variables = {way.flow.variable for way in place.outs}
        if None in variables or place.node.default is not None:
            return
        for name in sorted(name for name in variables if name is not None):
            value = env.get(name, UNKNOWN)
            if value is UNKNOWN:
                yield Trouble("unmatched", place.node.id, name)
            elif value not in {way.flow.value for way in place.outs}:
                yield Trouble("unmatched", place.node.id, name, str(value))

    def _board(self, state: State) -> Board:
        return Board(self.net, self.liveness, state)

    def _automatic(self, state: State) -> Iterator[Made]:
        token = state.ready[0]
        rest = state._replace(ready=state.ready[1:])
        place = self.net.places[token.place]
        if place.inner >= 0:
            board = self._board(rest)
            board.enter(place, token)
            yield Made(place, "", self._words(place), board.state(), board.trouble)
        elif place.node.kind == "exclusiveGateway" and len(place.outs) > 1:
            yield from self._choose(rest, place, token)
        else:
            yield from self._act(rest, place, token)

    def _choose(self, rest: State, place: Place, token: Token) -> Iterator[Made]:
        chosen = [way for way in place.outs if _may_take(way, dict(token.env))]
        if not chosen:
            chosen = [way for way in place.outs if way.flow.id == place.node.default]
        for way in chosen:
            board = self._board(rest)
            known = {} if way.flow.variable is None else {way.flow.variable: way.flow.value}
            board.put(way.target, token._replace(env=assigned(token.env, known)), way.bit)
            words = self._words(place, way.flow.name)
            yield Made(place, way.flow.id, words, board.state(), board.trouble)

    def _act(self, rest: State, place: Place, token: Token) -> Iterator[Made]:
        """The token goes on from the place, with everything that the step may set."""
        for effect, words in self._told_apart(place, token.env):
            board = self._board(rest)
            board.go_on(token._replace(env=assigned(token.env, effect.sets)), place)
            flow = place.outs[0].flow.id if place.outs else ""
            yield Made(place, flow, words, board.state(), board.trouble)

    def _told_apart(self, place: Place, env: Env) -> Sequence[tuple[Effect, str]]:
        """What the step may set, with its words: only what is still needed behind it matters."""
        key = (place.number, env)
        if key not in self._apart:
            is_first = place.number == self.net.scopes[0].start
            effects = self.effects.at_start() if is_first else self.effects.of(place, env)
            needed = self.liveness.after(place)
            found: dict[tuple[object, ...], Effect] = {}
            for effect in effects:
                kept = tuple(value for name, value in effect.sets.items() if name in needed)
                found.setdefault(kept, effect)
            several = len(found) > 1
            self._apart[key] = [
                (one, self._words(place, one.word if several else "")) for one in found.values()
            ]
        return self._apart[key]

    def _at(self, state: State, token: Token) -> Iterator[Made]:
        """What a person, or time, may do with a token that waits."""
        place = self.net.places[token.place]
        if place.node.kind in ("userTask", "manualTask") or place.node.event == "timer":
            yield from self._act(_without(state, token), place, token)
        for turn, border in enumerate(place.borders):
            if self.net.places[border].node.event == "timer" and not token.bits >> turn & 1:
                yield from self._fire(state, [border])

    def _messages(self, state: State) -> dict[str, list[int]]:
        """The places that wait for each message, those around others first."""
        found: dict[str, list[int]] = {}
        for token in state.waiting:
            borders = self.net.places[token.place].borders
            open_borders = (b for turn, b in enumerate(borders) if not token.bits >> turn & 1)
            for catching in (token.place, *open_borders):
                message = self.net.places[catching].node.message
                if message:
                    found.setdefault(message, []).append(catching)
        return {
            message: sorted(places, key=lambda number: self.net.places[number].scope)
            for message, places in sorted(found.items())
        }

    def _fire(self, state: State, events: list[int]) -> Iterator[Made]:
        """A timer is due, or a message comes: to everything that waits for it at once."""
        first = self.net.places[events[0]]
        for effect, words in self._told_apart(first, ()):
            board = self._board(state)
            for number in events:
                self._let_happen(board, self.net.places[number], effect)
            flow = first.outs[0].flow.id if first.outs else ""
            yield Made(first, flow, words, board.state(), board.trouble)

    def _let_happen(self, board: Board, event: Place, effect: Effect) -> None:
        waiting = event.number if event.host < 0 else event.host
        if waiting not in board.waiting:
            return
        host, token = self.net.places[waiting], board.waiting[waiting]
        if event.host < 0 or event.node.interrupts:
            board.interrupt(host)
        else:
            bit = 1 << host.borders.index(event.number)
            board.waiting[waiting] = token._replace(bits=token.bits | bit)
        board.go_on(token._replace(env=assigned(token.env, effect.sets), bits=0), event)

    def _words(self, place: Place, outcome: str = "") -> str:
        kind = place.node.event or place.node.kind
        if place.inner >= 0:
            kind = "enter"
        elif place.leaves:
            kind = "leave"
        name = place.node.name or self.net.titles.title(place.node.id)
        words = _WORDS.get(kind, "“{name}”").format(name=name)
        return f"{words}：{outcome}" if outcome else words


def _may_take(way: Way, env: dict[str, object]) -> bool:
    if way.flow.variable is None:
        return way.flow.condition is None
    value = env.get(way.flow.variable, UNKNOWN)
    return value is UNKNOWN or value == way.flow.value


def _without(state: State, gone: Token) -> State:
    return state._replace(waiting=tuple(token for token in state.waiting if token is not gone))


_WORDS = {
    "enter": _("进入“{name}”"),
    "leave": _("“{name}”办理完毕"),
    "timer": _("“{name}”到期"),
    "message": _("收到“{name}”"),
    "userTask": _("办结“{name}”"),
    "manualTask": _("办结“{name}”"),
    "startEvent": _("开始：{name}"),
    "endEvent": _("到达结束：{name}"),
    "serviceTask": _("自动办理“{name}”"),
    "businessRuleTask": _("查表“{name}”"),
    "parallelGateway": _("并行网关“{name}”"),
}
