"""On every path the sum of the limits keeps the statutory one, and the longest path is shown.

Two sums are asked of each clock, in working days, each step and each period counted once:

* going round no loop, the path keeps the clock's own days (and its extension, once granted);
* going round every loop once (procedures that an officer chooses, returns, a second notice), it
  keeps them with the extension that the diagram offers on the way.

Where silence was acceptance (行政许可法 Art. 32) the days of that silence are gone already: the
organ is late by its own doing, and the path without loops keeps the days with the extension.
What passes while the clock is suspended is not counted (Art. 45).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _

from bpmn.checks.law.clocks import START, Sign, read_clocks
from bpmn.checks.law.components import closing_edges, components, in_order
from bpmn.checks.law.heaviest import NONE, Edge, Groups, heaviest_ways
from bpmn.checks.law.meaning import fault, name_of
from bpmn.checks.law.replay import Replay
from bpmn.checks.law.rules import Limit, Rules
from bpmn.checks.law.stretch import Passage, Stretch
from bpmn.checks.space import Space
from bpmn.diagram import Diagram, UserTask
from bpmn.errors import Move, Problem

_Limit = Callable[[int], int]
"""The working days that a path may take to a node."""


@dataclass(frozen=True)
class LongestPath:
    """The path of a clock that leaves the fewest days: `days` of `limit`, made up of `parts`.

    `element` is the step that starts the clock. `loops` tells whether its loops are gone round,
    `has_loops` whether there are any; `extended` whether the limit is that with an extension.
    `parts` name what takes time, with its working days; `run` can be played from the start.
    """

    clock: str
    name: str
    element: str
    limit: int
    days: int
    loops: bool
    extended: bool
    parts: tuple[tuple[str, str, int], ...]
    run: tuple[Move, ...]
    has_loops: bool = False


def longest_paths(diagram: Diagram, rules: Rules, space: Space) -> list[LongestPath]:
    """For each start of a statutory clock the longest path, without loops and with."""
    return [path for stretch in _stretches(diagram, rules, space) for path in stretch.longest()]


def check_durations(diagram: Diagram, rules: Rules, space: Space) -> Iterator[Problem]:
    """Paths that take longer than they may, and steps left out of account that do count."""
    for stretch in _stretches(diagram, rules, space):
        yield from stretch.uncounted()
        over = [path for path in stretch.longest() if path.days > path.limit]
        yield from (stretch.problem(path) for path in over[:1])


def _stretches(diagram: Diagram, rules: Rules, space: Space) -> Iterator["_Measured"]:
    signs = read_clocks(diagram, rules)
    for element, sign in signs.items():
        limit = rules.limits.get(sign.clock)
        if sign.what == START and limit is not None and limit.most is not None:
            yield _Measured(diagram, space, signs, element, limit)


class _Measured:
    """One start of a clock, measured."""

    def __init__(
        self, diagram: Diagram, space: Space, signs: Mapping[str, Sign], start: str, limit: Limit
    ) -> None:
        self._diagram, self._space, self._limit = diagram, space, limit
        self._stretch = Stretch(diagram, space, signs, start)
        self._own = signs[start].most or 0
        since = signs[start].since
        gone = (s.most or 0 for s in signs.values() if s.what == START and s.clock == since)
        self._gone = max(gone, default=0) if since else 0

    def longest(self) -> Iterator[LongestPath]:
        """Without loops; and with each loop once, where there is one."""
        if not self._stretch.entries:
            return
        nodes = self._stretch.onward()
        closing = closing_edges(self._stretch.entries, nodes)
        paths = self._by_days(nodes, closing) if self._takes_time() else [self._nothing_to_add()]
        yield from (replace(path, has_loops=bool(closing)) for path in paths)

    def _takes_time(self) -> bool:
        return any(passage.key for passage in self._stretch.passages)

    def _by_days(
        self, nodes: Mapping[int, list[int]], closing: set[tuple[int, int]]
    ) -> Iterator[LongestPath]:
        offered = self._limit.extension if self._stretch.can_extend else 0
        straight = _cut(nodes, closing)
        one_by_one = [[node] for node in in_order(straight)]
        if self._gone:
            yield self._path(one_by_one, closing, lambda node: self._own + offered)
            return
        yield self._path(one_by_one, closing, self._limit_at)
        if closing:
            yield self._path(components(nodes), None, lambda node: self._own + offered)

    def _nothing_to_add(self) -> LongestPath:
        """Where no step has a limit and no period is waited for."""
        run, parts = self._run([]), self._parts([])
        stretch = self._stretch
        words = (stretch.clock, self._limit.name, stretch.start, self._own, self._gone)
        return LongestPath(*words, loops=False, extended=False, parts=parts, run=run)

    def _limit_at(self, node: int) -> int:
        extended = node in self._stretch.extended
        return self._own + (self._limit.extension if extended else 0)

    def _path(
        self, parts: list[list[int]], closing: set[tuple[int, int]] | None, limit: _Limit
    ) -> LongestPath:
        """The longest path through groups of nodes; without `closing` their loops are gone."""
        groups, of_node = self._groups(parts, closing or set())
        first = [part[0] for part in parts]
        starts = list(dict.fromkeys(of_node[entry] for entry in self._stretch.entries))
        ways = heaviest_ways(groups, starts, self._stretch.days)
        group, way = max(ways.items(), key=lambda found: found[1].weight - limit(first[found[0]]))
        passages = _up_to_the_last(Replay(self._stretch, groups, of_node).passages(way))
        return LongestPath(
            clock=self._stretch.clock,
            name=self._limit.name,
            element=self._stretch.start,
            limit=limit(first[group]),
            days=way.weight + self._gone,
            loops=closing is None,
            extended=limit(first[group]) > self._own,
            parts=self._parts(passages),
            run=self._run(passages),
        )

    def _groups(
        self, parts: list[list[int]], closing: set[tuple[int, int]]
    ) -> tuple[Groups, dict[int, int]]:
        """The passages between the groups and within them, and the group of each node."""
        of_node = {node: number for number, part in enumerate(parts) for node in part}
        inside: dict[int, frozenset[str]] = {}
        edges: dict[int, list[Edge]] = defaultdict(list)
        for number, passage in enumerate(self._stretch.passages):
            here, there = of_node[passage.source], of_node[passage.target]
            if (passage.source, passage.target) in closing:
                continue
            if here != there:
                edges[here].append(Edge(there, number, passage.key))
            elif passage.key:
                inside[here] = inside.get(here, NONE) | {passage.key}
        return Groups(range(len(parts)), inside, edges), of_node

    def _parts(self, passages: list[Passage]) -> tuple[tuple[str, str, int], ...]:
        keys = dict.fromkeys(passage.key for passage in passages if passage.key)
        named = [(key, name_of(self._diagram, key), self._stretch.days[key]) for key in keys]
        if self._gone:
            start = self._stretch.start
            named.insert(0, (start, name_of(self._diagram, start), self._gone))
        return tuple(named)

    def _run(self, passages: list[Passage]) -> tuple[Move, ...]:
        """From the start of the case to the clock's, and on along the passages."""
        entry = passages[0].source if passages else self._stretch.entries[0]
        state = self._stretch.state_of(entry)
        begun = self._space.find(
            lambda step: step.element == self._stretch.start and step.target == state
        )
        steps = [step for passage in passages for step in (passage.step, *passage.then)]
        behind = len(passages[-1].then) if passages else 0
        return self._space.run([*(begun or ()), *steps[: len(steps) - behind]])

    def uncounted(self) -> Iterator[Problem]:
        """Steps marked as not counted that can be taken while the clock is running."""
        tasks, told = self._diagram.user_tasks, set[str]()
        for passage in self._stretch.passages:
            task = tasks.get(passage.step.element)
            if task is None or not self._is_left_out(task, passage) or task.element in told:
                continue
            told.add(task.element)
            message = _(
                "“{name}”写明不计入时限，但走到这里时{clock}没有中止（行政许可法第四十五条）"
            )
            yield fault(
                self._diagram,
                task.element,
                message.format(name=name_of(self._diagram, task.element), clock=self._limit.name),
                _("改为计入时限，或者在它之前中止时限、之后恢复时限。"),
                self._run(self._way_to(passage)),
            )

    def _is_left_out(self, task: UserTask, passage: Passage) -> bool:
        """Whether the step says that it does not count while the clock it follows is running."""
        follows = task.clock in (None, self._stretch.clock)
        return follows and not task.counted and not passage.held

    def _way_to(self, passage: Passage) -> list[Passage]:
        ways = (self._stretch.way(one, passage.is_it) for one in self._stretch.entries)
        return next(way for way in ways if way)

    def problem(self, path: LongestPath) -> Problem:
        """The path as a fault, at its longest step."""
        people = [part for part in path.parts if part[0] in self._diagram.user_tasks]
        element = max(people, key=lambda part: part[2])[0] if people else path.element
        sums = " + ".join(f"{name} {days}" for _key, name, days in path.parts)
        text = (
            _("每个回路走一次，{clock}要 {days} 个工作日（{sums}），超过 {limit} 个（{article}）")
            if path.loops
            else _("{clock}内最长的路径要 {days} 个工作日（{sums}），超过 {limit} 个（{article}）")
        )
        message = text.format(
            clock=path.name,
            days=path.days,
            sums=sums,
            limit=path.limit,
            article=self._limit.cited,
        )
        mend = _("缩短这条路径上环节的办理时限，或者在依法不计入的环节前后中止和恢复时限。")
        return fault(self._diagram, element, message, mend, path.run)


def _cut(onward: Mapping[int, list[int]], closing: set[tuple[int, int]]) -> dict[int, list[int]]:
    return {
        node: [target for target in targets if (node, target) not in closing]
        for node, targets in onward.items()
    }


def _up_to_the_last(passages: Iterable[Passage]) -> list[Passage]:
    """The passages until the last one in which something takes time for the first time."""
    found, counted, last = list(passages), set[str](), 0
    for number, passage in enumerate(found, 1):
        if passage.key and passage.key not in counted:
            counted.add(passage.key)
            last = number
    return found[:last]
