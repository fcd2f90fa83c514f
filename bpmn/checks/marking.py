"""A board of tokens, and what moving one does: the rules of the game as our engine plays it.

Automatic steps run one by one in the order they became ready, before anybody can act; each token
has its own copy of the variables, and where tokens meet the later one's values win.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bpmn.checks.effects import Env
from bpmn.checks.liveness import Liveness, Names
from bpmn.checks.net import JOIN, WAITS, Net, Place
from bpmn.checks.space import Trouble


class Token(NamedTuple):
    """A token at a place, with the variables it needs.

    `barred` are places that another token has passed beside it, as bits by their turn in the
    scope: when it comes there too, the same is done twice. `bits` are the inputs that a join
    has, or the border events that have come.
    """

    place: int
    env: Env = ()
    barred: int = 0
    bits: int = 0


class State(NamedTuple):
    """Tokens about to act, first come first; and those that wait, by place."""

    ready: tuple[Token, ...] = ()
    waiting: tuple[Token, ...] = ()


class Board:
    """A state, taken apart to make moves on. A trouble that a move meets is kept."""

    def __init__(self, net: Net, liveness: Liveness, state: State) -> None:
        self.net = net
        self.liveness = liveness
        self.ready = list(state.ready)
        self.waiting = {token.place: token for token in state.waiting}
        self.trouble: Trouble | None = None

    def state(self) -> State:
        return State(tuple(self.ready), tuple(sorted(self.waiting.values(), key=_by_place)))

    def go_on(self, token: Token, place: Place) -> None:
        """Put a token behind the place by each of its flows; without any, its path is over."""
        for way in place.outs:
            self.put(way.target, token, way.bit)
        for way in place.outs[:-1]:
            self._bar_others(self.net.places[way.target])
        if not place.outs:
            self._end_path(place, token.env)

    def put(self, target: int, token: Token, bit: int = 0) -> None:
        """The token comes to a place."""
        place = self.net.places[target]
        env = _keep(token.env, self.liveness.live[target])
        known = {name for name, _value in env}
        for name in sorted(self.liveness.reads[target] - known):
            self.trouble = Trouble("unset", place.node.id, name)
        if place.node.kind == JOIN:
            self._join(place, env, bit)
            return
        barred = token.barred and token.barred & self.net.ahead(target)
        if token.barred >> place.turn & 1:
            self.trouble = Trouble("twice", place.node.id)
        self._bar_others(place)
        self._hold(Token(target, env, barred))

    def enter(self, place: Place, token: Token) -> None:
        """A call or sub-process begins: its token stays, and one starts inside."""
        held = _keep(token.env, self.liveness.held[place.number])
        self._wait(token._replace(env=held))
        start = self.net.scopes[place.inner].start
        if start >= 0:
            self.put(start, Token(start, token.env))

    def _hold(self, token: Token) -> None:
        if self.net.places[token.place].node.kind in WAITS:
            self._wait(token)
        else:
            self._make_ready(token)

    def _bar_others(self, place: Place) -> None:
        """Whoever else is in the scope, and could come here too, must not."""
        if place.node.kind == JOIN:
            return
        bit = 1 << place.turn
        for turn, token in enumerate(self.ready):
            if self._could_come(token, place):
                self.ready[turn] = token._replace(barred=token.barred | bit)
        for number, token in self.waiting.items():
            if self._could_come(token, place):
                self.waiting[number] = token._replace(barred=token.barred | bit)

    def _could_come(self, token: Token, place: Place) -> bool:
        there = self.net.places[token.place]
        return (
            there.scope == place.scope
            and there is not place
            and there.node.kind != JOIN
            and self.net.comes(token.place, place.number)
        )

    def interrupt(self, host: Place) -> None:
        """What waits at the place is over, with everything inside."""
        del self.waiting[host.number]
        if host.inner >= 0:
            self._clear(range(host.inner, self.net.scopes[host.inner].last + 1))

    def _clear(self, scopes: Iterable[int]) -> None:
        places = self.net.places
        inside = [number for number in self.waiting if places[number].scope in scopes]
        for number in inside:
            del self.waiting[number]
        self.ready = [token for token in self.ready if places[token.place].scope not in scopes]

    def _wait(self, token: Token) -> None:
        if token.place in self.waiting:
            self.trouble = Trouble("twice", self.net.places[token.place].node.id)
        self.waiting[token.place] = token

    def _make_ready(self, token: Token) -> None:
        if any(other.place == token.place for other in self.ready):
            self.trouble = Trouble("twice", self.net.places[token.place].node.id)
        self.ready.append(token)

    def _join(self, place: Place, env: Env, bit: int) -> None:
        """The engine remembers what came to a join as long as something can still come to it."""
        before = self.waiting.pop(place.number, Token(place.number))
        token = before._replace(bits=before.bits | bit, env=merged(before.env, env))
        if token.bits == place.full:
            self._make_ready(Token(place.number, token.env))
        if token.bits != place.full or self._comes_again(place):
            self.waiting[place.number] = token

    def _comes_again(self, place: Place) -> bool:
        tokens = {token.place for token in self.ready} | self.waiting.keys()
        others = (token for token in tokens if token != place.number)
        return any(self.net.comes(token, place.number, beside=True) for token in others)

    def _end_path(self, place: Place, env: Env) -> None:
        """The engine ends a scope when nothing is left in it that could go on."""
        scope = self.net.scopes[place.scope]
        before = self.waiting.get(scope.ended, Token(scope.ended))
        known = merged(before.env, _keep(env, self.liveness.live[place.number]))
        self.waiting[scope.ended] = before._replace(env=known)
        if any(self._open_in(scope.number, scope.ended)):
            return
        self._clear((scope.number,))
        if scope.host >= 0:
            host = self.waiting.pop(scope.host)
            leave = self.net.places[scope.host].leave
            self.ready.append(Token(leave, _keep(known, self.liveness.live[leave]), host.barred))

    def _open_in(self, scope: int, ended: int) -> Iterator[int]:
        """The places of the scope that hold what can still go on."""
        places = self.net.places
        yield from (token.place for token in self.ready if places[token.place].scope == scope)
        for number, token in self.waiting.items():
            place = places[number]
            passed = place.node.kind == JOIN and token.bits == place.full
            if place.scope == scope and number != ended and not passed:
                yield number


def merged(before: Env, after: Env) -> Env:
    """Where two tokens meet, what came later wins."""
    return tuple(sorted({**dict(before), **dict(after)}.items(), key=_by_name)) if before else after


def assigned(env: Env, sets: Mapping[str, object]) -> Env:
    """The variables after a step has set some."""
    return merged(env, tuple(sorted(sets.items(), key=_by_name))) if sets else env


def _keep(env: Env, names: Names) -> Env:
    return tuple(pair for pair in env if pair[0] in names)


def _by_name(pair: tuple[str, object]) -> str:
    return pair[0]


def _by_place(token: Token) -> int:
    return token.place
