"""Which routing variables a token still needs at each place: the others tell no states apart."""

from collections import defaultdict

from bpmn.checks.effects import Effects
from bpmn.checks.net import Net, Place

Names = frozenset[str]


class Liveness:
    """`live` is what a token needs when it comes to a place, `held` while it waits there.

    They differ for calls and sub-processes alone: what happens inside has its own copy, and the
    call keeps what its border events need.
    """

    def __init__(self, net: Net, effects: Effects) -> None:
        self.net = net
        self.reads = [frozenset(effects.reads(place)) for place in net.places]
        self._sets = [effects.sets(place) for place in net.places]
        self.live: list[Names] = [frozenset()] * len(net.places)
        self._solve()
        self.held = [self._held(place) for place in net.places]

    def _solve(self) -> None:
        readers: defaultdict[int, list[int]] = defaultdict(list)
        for place in self.net.places:
            for target in _onward(self.net, place):
                readers[target].append(place.number)
        waiting = dict.fromkeys(range(len(self.net.places) - 1, -1, -1))
        while waiting:
            number = next(iter(waiting))
            del waiting[number]
            found = self._needed(self.net.places[number])
            if found != self.live[number]:
                self.live[number] = found
                waiting.update(dict.fromkeys(readers[number]))

    def _needed(self, place: Place) -> Names:
        onward = self.after(place) - self._sets[place.number]
        borders = (self.live[border] for border in place.borders)
        return onward.union(self.reads[place.number], *borders)

    def after(self, place: Place) -> Names:
        """What is needed once the place has done its part."""
        found = [self.live[target] for target in _next(self.net, place)]
        return frozenset().union(*found)

    def _held(self, place: Place) -> Names:
        if place.inner < 0:
            return self.live[place.number]
        return frozenset().union(*(self.live[border] for border in place.borders))


def _next(net: Net, place: Place) -> list[int]:
    """Where what a place knows goes: along its flows, into its scope, or out of it."""
    if place.inner >= 0:
        start = net.scopes[place.inner].start
        return [start if start >= 0 else place.leave]
    if place.outs:
        return [way.target for way in place.outs]
    host = net.scopes[place.scope].host
    return [net.places[host].leave] if host >= 0 else []


def _onward(net: Net, place: Place) -> list[int]:
    return [*_next(net, place), *place.borders]
