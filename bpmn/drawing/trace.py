"""From the engine's history of a case to the marks on its diagrams."""

from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _

from bpmn.diagram import Diagram, Node, Process
from bpmn.drawing.marks import Answers, Mark, flow_marks
from bpmn.engine import Visit

_STEPS = {"userTask", "manualTask", "callActivity", "subProcess"}
_UNDER_WAY = {"waiting", "ready", "started"}
_NOTHING: Mapping[str, str] = {}


def trace_marks(
    diagram: Diagram,
    visits: Sequence[Visit],
    badges: Mapping[str, str] = _NOTHING,
    answers: Answers = frozenset(),
) -> dict[str, Mark]:
    """Marks of every element and flow of a case: done, current, waiting, returned, skipped.

    `visits` in the order of `engine.history`; `badges` are words for single elements, such as
    a date or the days left; `answers` as for `flow_marks`. What can no longer be reached counts
    as skipped.
    """
    marks = _visited(diagram, visits, badges)
    for element in (lost := set(_out_of_reach(diagram, marks))):
        marks.setdefault(element, Mark("skipped"))
    pairs = [(visit.parent, visit.element) for visit in visits if visit.parent is not None]
    return {**marks, **_skipped_flows(diagram, marks, lost), **flow_marks(diagram, pairs, answers)}


def _visited(
    diagram: Diagram, visits: Sequence[Visit], badges: Mapping[str, str]
) -> dict[str, Mark]:
    seen: dict[str, list[Visit]] = {}
    for visit in visits:
        seen.setdefault(visit.element, []).append(visit)
    marks = {}
    for process in diagram.processes.values():
        for element in process.nodes.keys() & seen.keys():
            mark = _mark(process.nodes[element], seen[element], badges.get(element, ""))
            if mark is not None:
                marks[element] = mark
    return marks


def _skipped_flows(diagram: Diagram, marks: Mapping[str, Mark], lost: set[str]) -> dict[str, Mark]:
    skipped = {element for element in lost if marks[element].state == "skipped"}
    return {
        flow.id: Mark("skipped")
        for process in diagram.processes.values()
        for flow in process.flows.values()
        if flow.source in skipped or flow.target in skipped
    }


def _mark(node: Node, seen: Sequence[Visit], badge: str) -> Mark | None:
    newest, times = seen[-1].state, len(seen)
    if newest in _UNDER_WAY:
        if node.kind == "boundaryEvent":
            return None
        return Mark("current" if node.kind in _STEPS else "waiting", times, badge)
    if newest == "cancelled":
        return _cancelled(node, badge)
    if node.kind in _STEPS and times > 1:
        return Mark("returned", times - 1, badge)
    return Mark("done", times, badge)


def _cancelled(node: Node, badge: str) -> Mark | None:
    """A step that an event cut short; a border event that never happened tells nothing."""
    return Mark("skipped", 1, badge or _("已中止")) if node.kind in _STEPS else None


def _out_of_reach(diagram: Diagram, marks: Mapping[str, Mark]) -> Iterable[str]:
    """The elements that nothing under way can lead to any more."""
    ahead: set[str] = set()
    waiting = [diagram.main]
    looked_at: set[str] = set()
    while waiting:
        process = diagram.processes[waiting.pop()]
        looked_at.add(process.id)
        ahead |= _ahead(process, marks)
        calls = {n.calls for n in process.nodes.values() if n.calls and _is_live(n, ahead, marks)}
        waiting.extend(id for id in calls if id in diagram.processes and id not in looked_at)
        ahead |= _called_anew(diagram, process, ahead)
    for process in diagram.processes.values():
        yield from (element for element in process.nodes if element not in ahead)


def _is_live(node: Node, ahead: set[str], marks: Mapping[str, Mark]) -> bool:
    mark = marks.get(node.id)
    return node.id in ahead or (mark is not None and mark.state == "current")


def _ahead(process: Process, marks: Mapping[str, Mark]) -> set[str]:
    """The elements of one process that lie ahead of those under way in it."""
    ways = _ways(process)
    active = [n for n in process.nodes if n in marks and marks[n].state in ("current", "waiting")]
    waiting = [target for node in active for target in ways.get(node, [])]
    seen: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(ways.get(node, []))
    return seen


def _ways(process: Process) -> dict[str, list[str]]:
    """Where each node leads: along its flows, to the events on its border, and inside."""
    pairs = [(flow.source, flow.target) for flow in process.flows.values()]
    for node in process.nodes.values():
        pairs += [(owner, node.id) for owner in (node.attached_to, node.parent) if owner]
    ways: dict[str, list[str]] = {}
    for source, target in pairs:
        ways.setdefault(source, []).append(target)
    return ways


def _called_anew(diagram: Diagram, process: Process, ahead: set[str]) -> set[str]:
    """All elements of the processes that a call ahead would run from their start."""
    called = {n.calls for n in process.nodes.values() if n.calls and n.id in ahead}
    return {
        element
        for id in called
        if id in diagram.processes
        for element in diagram.processes[id].nodes
    }
