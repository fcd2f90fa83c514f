"""A diagram with all it calls, laid out flat: one place for each element at each call of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bpmn.diagram import Diagram, Flow, Node, Process
from bpmn.diagram.titles import titles_of

MOST_PLACES = 20_000
"""More than any office draws; diagrams that call each other over and over end here."""
WAITS = frozenset({"userTask", "manualTask", "intermediateCatchEvent"})
JOIN = "parallelGateway"


class TooLarge(ValueError):
    """The diagram, with all it calls, has more places than a proof can be tried for."""


@dataclass(frozen=True, slots=True)
class Way:
    """A flow as seen from its source: the place it leads to, and its bit where that is a join."""

    flow: Flow
    target: int
    bit: int


@dataclass(slots=True)
class Place:
    """An element at one call path (the call activities it is inside of, outermost first).

    `scope` is where its tokens are counted, `turn` its number within that. A call or sub-process
    opens the scope `inner`, and a token comes out of that at the place `leave`. `borders` are the
    events attached to it, and `host` is the place that a border event, or a `leave`, belongs to.
    `full` are all bits of a join. -1 stands for none.
    """

    number: int
    node: Node
    process: str
    path: tuple[str, ...]
    scope: int
    turn: int
    outs: list[Way] = field(default_factory=list)
    borders: list[int] = field(default_factory=list)
    inner: int = -1
    leave: int = -1
    host: int = -1
    full: int = 0

    @property
    def leaves(self) -> bool:
        """Whether this is where a token comes out of a scope, and not an element of its own."""
        return self.host >= 0 and self.node.attached_to is None


@dataclass(slots=True)
class Scope:
    """The inside of a call or sub-process, or the whole; scopes `number` to `last` are in it.

    `ended` is the place that keeps what the paths that ended knew, until the last one ends.
    """

    number: int
    host: int
    start: int = -1
    ended: int = -1
    last: int = -1


class Net:
    """All places and scopes of a diagram. Raises TooLarge."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.titles = titles_of(diagram)
        self.places: list[Place] = []
        self.scopes: list[Scope] = []
        self._ahead: dict[tuple[int, bool], dict[int, int]] = {}
        self._turns: defaultdict[int, int] = defaultdict(int)
        self._shapes = {process.id: _Shape(process) for process in diagram.processes.values()}
        self._lay(self._shapes[diagram.main], None, (), -1)

    def around(self, place: Place) -> Iterator[Place]:
        """The calls and sub-processes that a place is inside of, innermost first."""
        host = self.scopes[place.scope].host
        while host >= 0:
            yield self.places[host]
            host = self.scopes[self.places[host].scope].host

    def comes(self, token: int, place: int, *, beside: bool = False) -> bool:
        """Whether a token at one place can itself come to another one of the same scope.

        What an event at a border starts beside it counts only where `beside` is asked for.
        """
        there, here = self.places[token], self.places[place]
        if there.scope != here.scope:
            return False
        return bool(self.ahead(token, beside=beside) >> here.turn & 1)

    def ahead(self, token: int, *, beside: bool = False) -> int:
        """The places that a token can itself come to, as bits by their turn in its scope."""
        key = (self.places[token].scope, beside)
        if key not in self._ahead:
            self._ahead[key] = self._close(*key)
        return self._ahead[key][token]

    def _close(self, scope: int, beside: bool) -> dict[int, int]:
        places = [place for place in self.places if place.scope == scope]
        onward = {place.number: self._onward(place, beside) for place in places}
        before: defaultdict[int, list[int]] = defaultdict(list)
        for number, targets in onward.items():
            for target in targets:
                before[target].append(number)
        found = dict.fromkeys(onward, 0)
        waiting = dict.fromkeys(reversed(onward))
        while waiting:
            number = next(iter(waiting))
            del waiting[number]
            bits = 0
            for target in onward[number]:
                bits |= 1 << self.places[target].turn | found[target]
            if bits != found[number]:
                found[number] = bits
                waiting.update(dict.fromkeys(before[number]))
        return found

    def _onward(self, place: Place, beside: bool) -> list[int]:
        events = [self.places[border] for border in place.borders]
        leaving = [place, *(event for event in events if beside or event.node.interrupts)]
        return [way.target for one in leaving for way in one.outs]

    def _lay(self, shape: "_Shape", parent: str | None, path: tuple[str, ...], host: int) -> int:
        scope = Scope(len(self.scopes), host)
        self.scopes.append(scope)
        nodes = shape.inside[parent]
        placed = {node.id: self._place(node, shape, path, scope.number) for node in nodes}
        for place in placed.values():
            _connect(shape, place, placed)
            if place.node.kind == "startEvent" and scope.start < 0:
                scope.start = place.number
        scope.ended = self._place(_ENDED, shape, path, scope.number).number
        for place in placed.values():
            self._open(shape, place)
        scope.last = len(self.scopes) - 1
        return scope.number

    def _place(self, node: Node, shape: "_Shape", path: tuple[str, ...], scope: int) -> Place:
        if len(self.places) >= MOST_PLACES:
            raise TooLarge
        place = Place(len(self.places), node, shape.id, path, scope, self._turns[scope])
        self._turns[scope] += 1
        self.places.append(place)
        return place

    def _open(self, shape: "_Shape", place: Place) -> None:
        called = self._shapes.get(place.node.calls or "")
        if called is not None and called.id not in self._calling(place):
            inner = self._lay(called, None, (*place.path, place.node.id), place.number)
        elif place.node.kind == "subProcess":
            inner = self._lay(shape, place.node.id, place.path, place.number)
        else:
            return
        leave = self._place(place.node, shape, place.path, place.scope)
        leave.outs, leave.host = place.outs, place.number
        place.inner, place.leave = inner, leave.number

    def _calling(self, place: Place) -> set[str]:
        """The processes that `place` is inside of: none of them is entered once more."""
        return {place.process, *(host.process for host in self.around(place))}


class _Shape:
    """A process, with what stands where looked up once."""

    def __init__(self, process: Process) -> None:
        self.id = process.id
        self.inside: defaultdict[str | None, list[Node]] = defaultdict(list)
        self.leaving: defaultdict[str, list[Flow]] = defaultdict(list)
        self.sources: defaultdict[str, list[str]] = defaultdict(list)
        for node in process.nodes.values():
            self.inside[node.parent].append(node)
        for flow in process.flows.values():
            self.leaving[flow.source].append(flow)
            # Two flows from one element are one input to the engine's join.
            if flow.source not in self.sources[flow.target]:
                self.sources[flow.target].append(flow.source)


def _connect(shape: _Shape, place: Place, placed: dict[str, Place]) -> None:
    for flow in shape.leaving[place.node.id]:
        target = placed.get(flow.target)
        if target is not None:
            bit = 1 << shape.sources[flow.target].index(flow.source)
            place.outs.append(Way(flow, target.number, bit if target.node.kind == JOIN else 0))
    host = placed.get(place.node.attached_to or "")
    if host is not None:
        host.borders.append(place.number)
        place.host = host.number
    if place.node.kind == JOIN:
        place.full = (1 << len(shape.sources[place.node.id])) - 1


_ENDED = Node("", "ended", "", "", None, None, None, None, None, None, None, None, None, 0)
