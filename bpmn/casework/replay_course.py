"""A diagram as replays need it: compiled, read, and which outcome leads to which step."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bpmn import engine
from bpmn.casework.vocabulary import VOCABULARY
from bpmn.diagram import Diagram, Flow, UserTask
from bpmn.diagram.titles import Titles, titles_of
from bpmn.operations import DESCRIPTIONS


@dataclass(frozen=True)
class Course:
    """A diagram on which cases are replayed. `sets`: what each element or message is known to set.

    Made once for many cases: it remembers what it has looked up.
    """

    compiled: engine.CompiledDiagram
    words: Diagram
    sets: Mapping[str, Collection[str]]
    _found: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def leads_on(self, task: UserTask, target: str) -> str | None:
        """The outcome of a step from which `target` is nearest; None when none leads there."""
        key = task.element, target
        if key not in self._found:
            self._found[key] = _nearest(self.words, task, target)
        return self._found[key]

    @cached_property
    def titles(self) -> Titles:
        """What its elements are called."""
        return titles_of(self.words)

    @cached_property
    def known(self) -> engine.KnownRuns:
        """What was played on it before."""
        return engine.KnownRuns(self.compiled, self.words.reads, self.sets)

    @cached_property
    def ways(self) -> frozenset[tuple[str, str]]:
        """Each element and what may come after it: by a flow, or attached to what a flow enters."""
        nodes = [node for one in self.words.processes.values() for node in one.nodes.values()]
        flows = [flow for one in self.words.processes.values() for flow in one.flows.values()]
        drawn = {(flow.source, flow.target) for flow in flows}
        attached = {
            (flow.source, node.id)
            for node in nodes
            for flow in flows
            if node.attached_to == flow.target
        }
        return frozenset(drawn | attached)


def course_of(compiled: engine.CompiledDiagram, words: Diagram) -> Course:
    sets: dict[str, Collection[str]] = {name: [*found] for name, found in _messages()}
    sets |= {name: [*known.sets] for name, known in DESCRIPTIONS.items()}
    sets |= {task.element: task.sets for task in words.service_tasks.values()}
    sets |= {task.element: [task.outcome] for task in words.user_tasks.values() if task.outcome}
    return Course(compiled, words, sets)


def _messages() -> Iterator[tuple[str, Collection[str]]]:
    for name, payload in VOCABULARY.messages.items():
        yield name, [*payload]


def _nearest(words: Diagram, task: UserTask, target: str) -> str | None:
    flows = _flows(words)
    far = [
        (distance, place, outcome.value)
        for place, outcome in enumerate(task.outcomes)
        if (distance := _distance(flows, task, outcome.value, target)) is not None
    ]
    return min(far)[2] if far else None


def _distance(
    flows: Mapping[str, list[Flow]], task: UserTask, value: str, target: str
) -> int | None:
    """How many flows away the target is when the step's outcome is this value."""
    far, left = {task.element: 0}, deque([task.element])
    while left:
        here = left.popleft()
        for flow in flows.get(here, ()):
            if flow.variable == task.outcome and flow.value not in (None, value):
                continue
            if flow.target == target:
                return far[here] + 1
            if flow.target not in far:
                far[flow.target] = far[here] + 1
                left.append(flow.target)
    return None


def _flows(words: Diagram) -> dict[str, list[Flow]]:
    """The flows out of each node; into what it calls or holds, from an end back out.

    What may interrupt a node counts as behind it: a case that was withdrawn ends there.
    """
    found: dict[str, list[Flow]] = {}
    for process in words.processes.values():
        for flow in process.flows.values():
            found.setdefault(flow.source, []).append(flow)
        for node in process.nodes.values():
            for source, target in _ways(words, process.id, node.id):
                found.setdefault(source, []).append(_way(source, target))
    return found


def _way(source: str, target: str) -> Flow:
    return Flow("", "", source, target, None, None, None, 0)


def _ways(words: Diagram, process: str, element: str) -> Iterator[tuple[str, str]]:
    outside = words.processes[process]
    host = outside.nodes[element].attached_to
    if host is not None:
        yield host, element
    called = words.processes.get(outside.nodes[element].calls or "")
    if called is None and outside.nodes[element].kind != "subProcess":
        return
    parent = None if called else element
    # What follows the whole stands behind the flows of the call itself.
    behind = [flow.target for flow in outside.flows.values() if flow.source == element]
    for one in (called or outside).nodes.values():
        if one.parent == parent and one.kind == "startEvent":
            yield element, one.id
        elif one.parent == parent and one.kind == "endEvent":
            yield from ((one.id, target) for target in behind)
