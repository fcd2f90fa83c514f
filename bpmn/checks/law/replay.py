"""A heaviest way told step by step, so that it can be played."""

from collections.abc import Iterator, Mapping

from bpmn.checks.law.heaviest import NONE, Groups, Way
from bpmn.checks.law.stretch import Passage, Stretch


class Replay:
    """A way through groups as passages: round the loops of each group, then on."""

    def __init__(self, stretch: Stretch, groups: Groups, of_node: Mapping[int, int]) -> None:
        self._stretch, self._groups, self._of_node = stretch, groups, of_node

    def passages(self, way: Way) -> Iterator[Passage]:
        """In their order, from where the clock starts."""
        ways = list(way.backwards())[::-1]
        group = ways[0].group
        node = next(entry for entry in self._stretch.entries if self._of_node[entry] == group)
        for one in ways:
            if one.step is not None:
                leaving = self._stretch.passages[one.step]
                yield from self._stretch.way(node, leaving.is_it)
                node = leaving.target
            for passage in self._round(one.group, node):
                yield passage
                node = passage.target

    def _round(self, group: int, node: int) -> Iterator[Passage]:
        missing = set(self._groups.inside.get(group, NONE))
        while missing:
            for passage in self._stretch.way(node, lambda p: self._is_new(p, group, missing)):
                missing.discard(passage.key)
                node = passage.target
                yield passage

    def _is_new(self, passage: Passage, group: int, missing: set[str]) -> bool:
        here, there = self._of_node[passage.source], self._of_node[passage.target]
        return passage.key in missing and here == there == group
