"""Nothing is decided while an objection to a public notice is open.

行政许可法 Art. 36; policy 2.2: an objection is investigated before the decision. It is proved on
the graph from the step that publishes the notice; the space only gives each finding its run.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from bpmn.checks.law.meaning import fault, name_of
from bpmn.checks.space import Space
from bpmn.diagram import Diagram, Node, Process
from bpmn.errors import Problem

PUBLISHES, CLOSES, OBJECTION = "publish_notice", "close_notice", "objection"
"""The operations that open and close a notice, and the message that an objection sends."""
_WAITS = frozenset({"subProcess", "callActivity"})
_MEANWHILE = frozenset(
    {
        "start_clock",
        "suspend_clock",
        "resume_clock",
        "extend_clock",
        "finish_clock",
        "resume_notice",
    }
)
"""What may be done while the notice is open: none of it decides anything."""
_CHOOSES = frozenset({"exclusiveGateway", "eventBasedGateway"})

_Found = Iterator[tuple[str, str]]
"""Element and sentence."""


def check_objections(diagram: Diagram, space: Space) -> Iterator[Problem]:
    """Every way in which a decision could pass by an open objection; none when there is none."""
    for task in diagram.service_tasks.values():
        if task.operation == PUBLISHES:
            notice = _Notice(diagram, diagram.processes[task.process], task.element)
            for element, message in sorted({*_check_notice(notice), *_check_beside(notice)}):
                yield _problem(diagram, space, element, message)


def _problem(diagram: Diagram, space: Space, element: str, message: str) -> Problem:
    way = space.find(lambda step: step.element == element)
    cited = _("{message}（行政许可法第三十六条）").format(message=message)
    mend = _("公示期间在一个子流程里等待期满，异议由中断它的边界事件接收，经人核实处理后再继续。")
    return fault(diagram, element, cited, mend, space.run(way or ()))


@dataclass(frozen=True)
class _Notice:
    """A process that publishes a notice, and the element that does."""

    diagram: Diagram
    process: Process
    published: str

    @property
    def nodes(self) -> Mapping[str, Node]:
        return self.process.nodes

    def onward(self, element: str) -> list[str]:
        """Where the element's own flows lead."""
        return [flow.target for flow in self.process.flows.values() if flow.source == element]

    def reached(self, first: Iterable[str], stops: Collection[str]) -> set[str]:
        """What is come to from `first`, going along flows and off borders, up to `stops`."""
        seen: set[str] = set()
        waiting = list(first)
        while waiting:
            element = waiting.pop()
            if element not in seen:
                seen.add(element)
                if element not in stops:
                    waiting += [*self.onward(element), *_border(self.process, element)]
        return seen

    def closing(self) -> set[str]:
        """The steps that close the notice."""
        return {
            node.id
            for node in self.nodes.values()
            if (task := self.diagram.service_tasks.get(node.id)) and task.operation == CLOSES
        }

    def of_kind(self, *kinds: str) -> set[str]:
        return {node.id for node in self.nodes.values() if node.kind in kinds}


def _border(process: Process, element: str) -> list[str]:
    return [node.id for node in process.nodes.values() if node.attached_to == element]


def _check_notice(notice: _Notice) -> _Found:
    """The notice waits in one element; each way out of it is the timer's or a person's."""
    waiting = _waiting_element(notice)
    if waiting is None:
        yield notice.published, _("发布公示后没有直接进入公示期间，异议无处提出")
        return
    if not _ends_by_timer(notice, waiting):
        yield waiting, _("公示期间不经过定时事件就能结束")
    yield from _check_borders(notice, waiting)
    yield from _check_end(notice)


def _check_borders(notice: _Notice, waiting: str) -> _Found:
    """An objection ends the wait; what else may end it leads no further without a person."""
    borders = [notice.nodes[border] for border in _border(notice.process, waiting)]
    if not any(border.message == OBJECTION for border in borders):
        yield waiting, _("公示期间没有接收异议的边界事件，收到异议后仍可作出决定")
    for border in borders:
        if not border.interrupts:
            yield border.id, _("异议没有中断公示期间：期满后不等核实就会作出决定")
        if border.event != "timer":
            yield from _check_way_out(notice, waiting, border)


def _waiting_element(notice: _Notice) -> str | None:
    """The element that the notice waits in, directly behind the step that publishes it."""
    onward = notice.onward(notice.published)
    found = onward[0] if len(onward) == 1 else ""
    return found if found in notice.of_kind("subProcess") else None


def _ends_by_timer(notice: _Notice, waiting: str) -> bool:
    inside = [node for node in notice.nodes.values() if node.parent == waiting]
    starts = [node.id for node in inside if node.kind == "startEvent"]
    timers = {n.id for n in inside if n.kind == "intermediateCatchEvent" and n.event == "timer"}
    passed = notice.reached(starts, timers) - timers
    return bool(timers) and not passed & notice.of_kind("endEvent", *_WAITS)


def _check_way_out(notice: _Notice, waiting: str, border: Node) -> _Found:
    """From the border every way meets a person before the notice goes on, ends or decides."""
    people = notice.of_kind("userTask")
    passed = notice.reached([border.id], people) - people
    words = {
        _("收到异议后不经核实处理就走到“{name}”"): notice.of_kind("endEvent", "callActivity"),
        _("收到异议后不经核实处理就结束公示"): notice.closing(),
        _("收到异议后不经核实处理就回到公示期间"): {waiting},
    }
    for message, wrong in words.items():
        for element in passed & wrong:
            yield border.id, message.format(name=name_of(notice.diagram, element))


def _check_end(notice: _Notice) -> _Found:
    """However it ends, the notice is closed; and until it is, no operation decides anything."""
    closing = notice.closing()
    open_at = notice.reached(notice.onward(notice.published), closing) - closing
    for element in open_at:
        node, task = notice.nodes[element], notice.diagram.service_tasks.get(element)
        if node.kind == "endEvent":
            yield element, _("没有结束公示就走到这里，异议可能还没有处理")
        elif node.kind == "businessRuleTask" or (task and task.operation not in _MEANWHILE):
            yield element, _("公示还没有结束，不能办理这个环节")


def _check_beside(notice: _Notice) -> _Found:
    """Nothing runs beside the notice: not in its process, nor in those that call it."""
    for element in _forks(notice.process, notice.nodes):
        yield element, _("公示流程里不能有并行的分支：公示期间会有别的环节同时办理")
    for process, call in _callers(notice.diagram, notice.process.id):
        caller = _Notice(notice.diagram, process, call)
        for element in _forks(process, process.nodes):
            if call in caller.reached([element], ()) or process.nodes[element].attached_to == call:
                yield element, _("从这里并行走到公示：公示期间会有别的环节同时办理")


def _callers(diagram: Diagram, called: str) -> Iterator[tuple[Process, str]]:
    """Every process that calls this one, directly or not, with its call activity."""
    for process in diagram.processes.values():
        for node in process.nodes.values():
            if node.calls == called:
                yield process, node.id
                yield from _callers(diagram, process.id)


def _forks(process: Process, nodes: Mapping[str, Node]) -> list[str]:
    """Where more than one thing goes on at once."""
    leaving = dict.fromkeys(nodes, 0)
    for flow in process.flows.values():
        leaving[flow.source] = leaving.get(flow.source, 0) + 1
    return [
        node.id
        for node in nodes.values()
        if (leaving[node.id] > 1 and node.kind not in _CHOOSES)
        or (node.kind == "boundaryEvent" and not node.interrupts)
    ]
