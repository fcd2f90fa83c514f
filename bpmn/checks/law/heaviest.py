"""The heaviest way through a graph of groups in which each key is counted once.

A plain longest path would count a step anew at each state that it is taken in; here what has been
counted is remembered as far as it can still be met, so that the answer is exact.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Keys = frozenset[str]
NONE: Keys = frozenset()


class Edge(NamedTuple):
    """A way from one group to another by step number `step`, which counts `key` (or nothing)."""

    target: int
    step: int
    key: str


@dataclass(frozen=True)
class Groups:
    """Groups of states in an order in which edges lead forward only.

    `inside` are the keys counted by whoever comes into the group: all its loops once each.
    """

    order: Sequence[int]
    inside: Mapping[int, Keys]
    edges: Mapping[int, Sequence[Edge]]


class Way(NamedTuple):
    """A way to a group: what it weighs, by which step from where; None at its beginning."""

    weight: int
    group: int
    counted: Keys
    step: int | None = None
    before: "Way | None" = None

    def backwards(self) -> Iterator["Way"]:
        """This way and what it came from, the newest first."""
        way: Way | None = self
        while way is not None:
            yield way
            way = way.before


def heaviest_ways(groups: Groups, starts: Sequence[int], days: Mapping[str, int]) -> dict[int, Way]:
    """To each group that can be come to from the starts, the heaviest way."""
    later = _later(groups)
    ways: dict[int, dict[Keys, Way]] = {}
    for start in starts:
        keys = groups.inside.get(start, NONE)
        _keep(ways, later, Way(_weigh(keys, days), start, keys))
    for group in groups.order:
        edges = groups.edges.get(group, ())
        for way in list(ways.get(group, {}).values()):
            for edge in edges:
                _keep(ways, later, _along(way, edge, groups, days))
    return {g: max(found.values(), key=lambda way: way.weight) for g, found in ways.items()}


def _along(way: Way, edge: Edge, groups: Groups, days: Mapping[str, int]) -> Way:
    """The way, gone on along the edge; most edges take no time."""
    inside = groups.inside.get(edge.target)
    if not inside and not edge.key:
        return Way(way.weight, edge.target, way.counted, edge.step, way)
    new = (inside or NONE) | ({edge.key} if edge.key else NONE)
    weight = way.weight + _weigh(new - way.counted, days)
    return Way(weight, edge.target, way.counted | new, edge.step, way)


def _keep(ways: dict[int, dict[Keys, Way]], later: Mapping[int, Keys], way: Way) -> None:
    """Of ways that have counted the same of what is still to come, the heavier one."""
    found = ways.setdefault(way.group, {})
    counted = way.counted & later[way.group] if way.counted else NONE
    if counted not in found or found[counted].weight < way.weight:
        found[counted] = Way(way.weight, way.group, counted, way.step, way.before)


def _weigh(keys: Keys, days: Mapping[str, int]) -> int:
    return sum(days[key] for key in keys)


def _later(groups: Groups) -> dict[int, Keys]:
    """The keys that can still be counted behind each group."""
    later: dict[int, Keys] = {}
    for group in reversed(groups.order):
        keys = NONE
        for edge in groups.edges.get(group, ()):
            inside = groups.inside.get(edge.target, NONE)
            for more in (later[edge.target], inside, {edge.key} if edge.key else NONE):
                keys = keys | more if more and not more <= keys else keys
        later[group] = keys
    return later
