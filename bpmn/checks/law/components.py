"""Graphs of numbered nodes: what goes round together, and which edges close a loop."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

Onward = Mapping[int, Sequence[int]]


def components(onward: Onward) -> list[list[int]]:
    """The nodes in groups that go round together, each group before those it leads to (Kosaraju).

    Every node is a key of `onward`.
    """
    back: dict[int, list[int]] = {node: [] for node in onward}
    for node, targets in onward.items():
        for target in targets:
            back[target].append(node)
    done: set[int] = set()
    found = (_reached(node, back, done) for node in in_order(onward))
    return [part for part in found if part]


def in_order(onward: Onward) -> list[int]:
    """The nodes, what is left for good last coming first: where nothing goes round, each before
    those it leads to."""
    order: list[int] = []
    entered: set[int] = set()
    for root in onward:
        waiting = [(root, False)]
        while waiting:
            node, is_left = waiting.pop()
            if is_left:
                order.append(node)
            elif node not in entered:
                entered.add(node)
                waiting.append((node, True))
                waiting.extend((target, False) for target in onward[node])
    return order[::-1]


def _reached(first: int, onward: Onward, done: set[int]) -> list[int]:
    """What can be come to from `first` and was not done before; it is done now."""
    found: list[int] = []
    waiting = [first]
    while waiting:
        node = waiting.pop()
        if node not in done:
            done.add(node)
            found.append(node)
            waiting.extend(onward[node])
    return found


def closing_edges(starts: Iterable[int], onward: Onward) -> set[tuple[int, int]]:
    """The edges that lead back onto the way that came to them: without them nothing goes round."""
    closing: set[tuple[int, int]] = set()
    done: set[int] = set()
    for start in starts:
        if start not in done:
            closing.update(_closing_from(start, onward, done))
    return closing


def _closing_from(start: int, onward: Onward, done: set[int]) -> Iterator[tuple[int, int]]:
    way, on_way = [(start, iter(onward[start]))], {start}
    while way:
        node, targets = way[-1]
        target = next(targets, None)
        if target is None:
            way.pop()
            on_way.discard(node)
            done.add(node)
        elif target in on_way:
            yield node, target
        elif target not in done:
            way.append((target, iter(onward[target])))
            on_way.add(target)
