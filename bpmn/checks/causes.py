"""Where in a space of states each kind of unsoundness starts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from bpmn.checks.net import JOIN
from bpmn.checks.space import Space, Step
from bpmn.diagram import Diagram, Flow, Node

_Links = Mapping[int, list[int]]


def by_itself(space: Space, diagram: Diagram) -> Space:
    """What comes about though nobody calls the case off: 撤回 is no way to finish a stuck one.

    So without the messages that are caught at a border: they may come, or never.
    """
    called_off = {
        node.id
        for process in diagram.processes.values()
        for node in process.nodes.values()
        if node.kind == "boundaryEvent" and node.message is not None
    }
    return space.without(lambda step: step.element in called_off)


def dead_ends(space: Space, diagram: Diagram) -> Iterator[tuple[int, list[str]]]:
    """States in which nothing can happen any more though the case has not ended.

    Each with the joins that wait there in vain.
    """
    sources = {step.source for step in space.steps} | {t.state for t in space.troubles}
    if not space.complete:
        return
    for state, tokens in enumerate(space.tokens):
        if tokens and state not in sources:
            nodes = [found[1] for e in tokens if (found := diagram.find_node(e)) is not None]
            joins = [node.id for node in nodes if node.kind == JOIN]
            yield state, joins[:1] or list(tokens[-1:])


def idle_loops(space: Space) -> Iterator[list[Step]]:
    """The shortest way round each loop of steps that only the machine takes."""
    onward: defaultdict[int, list[int]] = defaultdict(list)
    for step in space.steps:
        if step.source in space.automatic and step.target in space.automatic:
            onward[step.source].append(step.target)
    left = _on_loops(onward)
    while left:
        first = min(left)
        yield _around(space, first)
        left -= _reached(first, onward)


def _around(space: Space, state: int) -> list[Step]:
    def back(step: Step) -> bool:
        return step.target == state

    def acted(step: Step) -> bool:
        return step.target not in space.automatic

    return space.find(back, avoiding=acted, start=state) or []


def _on_loops(onward: _Links) -> set[int]:
    """The states left when all that lead nowhere, or that nothing leads to, are taken away."""
    back = _reversed(onward)
    left = set(onward) | set(back)
    waiting = list(left)
    while waiting:
        state = waiting.pop()
        if state not in left:
            continue
        ahead, behind = onward.get(state, []), back.get(state, [])
        if left.isdisjoint(ahead) or left.isdisjoint(behind):
            left.discard(state)
            waiting += [*ahead, *behind]
    return left


def lost_states(space: Space, troubled: Set[int]) -> Iterator[tuple[int, str]]:
    """The first state of each part that no end can be reached from, and the element it is at."""
    onward: defaultdict[int, list[int]] = defaultdict(list)
    for step in space.steps:
        onward[step.source].append(step.target)
    stops = [n for n in range(len(space.tokens)) if n not in onward or n in troubled]
    ending: set[int] = set()
    back = _reversed(onward)
    for state in stops:
        ending |= _reached(state, back) if state not in ending else set()
    lost = set(range(len(space.tokens))) - ending
    while lost:
        first = min(lost)
        yield first, space.tokens[first][0]
        lost -= _reached(first, onward)


def _reversed(onward: _Links) -> dict[int, list[int]]:
    back: defaultdict[int, list[int]] = defaultdict(list)
    for state, targets in onward.items():
        for target in targets:
            back[target].append(state)
    return back


def _reached(first: int, onward: _Links) -> set[int]:
    seen = {first}
    waiting = [first]
    for state in waiting:
        for target in onward.get(state, ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def ahead_of(diagram: Diagram, elements: Iterable[str]) -> set[str]:
    """The elements, and all that they may lead to: behind them, at their borders, within them."""
    onward: defaultdict[str, list[str]] = defaultdict(list)
    for process in diagram.processes.values():
        for flow in process.flows.values():
            onward[flow.source].append(flow.target)
        for node in process.nodes.values():
            onward[node.attached_to or node.parent or ""].append(node.id)
            onward[node.id] += diagram.processes[node.calls].nodes if node.calls else ()
    seen: set[str] = set()
    waiting = list(elements)
    while waiting:
        element = waiting.pop()
        if element not in seen:
            seen.add(element)
            waiting += onward[element]
    return seen


def dead_nodes(diagram: Diagram, space: Space) -> Iterator[tuple[Node, list[str]]]:
    """Elements that never hold a token, behind one that is left; with all that is before them."""
    alive = {element for tokens in space.tokens for element in tokens}
    alive |= {step.element for step in space.steps}
    left = {step.element for step in space.steps if step.flow}
    for process in diagram.processes.values():
        before: defaultdict[str, list[str]] = defaultdict(list)
        for flow in process.flows.values():
            before[flow.target].append(flow.source)
        for node in process.nodes.values():
            if node.id not in alive and (node.attached_to in alive or left & {*before[node.id]}):
                yield node, [*before[node.id], node.attached_to or ""]


def untaken_flows(diagram: Diagram, space: Space) -> Iterator[Flow]:
    """Branches of decisions that are reached, none of which any case ever takes."""
    taken = {step.flow for step in space.steps}
    acted = {step.element for step in space.steps} & diagram.decisions.keys()
    for process in diagram.processes.values():
        for flow in process.flows.values():
            if flow.source in acted and flow.id not in taken:
                yield flow
