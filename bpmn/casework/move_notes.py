"""What a move to another version changes for the people, as sentences: steps, roles, forms, limits.

Reads the two diagrams only, so that what it finds holds for every case that stands alike.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from gettext import gettext as _

from bpmn.diagram import Diagram, Node, Process, UserTask

_STEPS = frozenset({"userTask", "manualTask", "serviceTask", "businessRuleTask", "callActivity"})
_Ways = Mapping[str, Set[str]]


def notes_of(old: Diagram, new: Diagram, elements: Set[str]) -> tuple[str, ...]:
    """For a case that stands at the elements (its calls among them) and moves from old to new."""
    return (*_passed_by(old, new, elements), *_open_steps(old, new, elements))


def _passed_by(old: Diagram, new: Diagram, elements: Set[str]) -> Iterator[str]:
    """New steps between the start and the case: it comes by them only if it is sent back."""
    onward = _ways(new)
    here = {element for element in elements if _after(element) not in onward}
    passed = _reached(onward, [new.main], avoiding=here) & _reached(_backward(onward), here)
    again = _reached(onward, here)
    ahead = _ahead(onward, new.main, here)
    for process in new.processes.values():
        for node in process.nodes.values():
            is_new = node.kind in _STEPS and old.find_node(node.id) is None
            if is_new and node.id in passed - ahead:
                words = _("新增的“{name}”不会再经过。")
                if node.id in again:
                    words = _("新增的“{name}”只有退回以后才会经过。")
                yield words.format(name=node.name or node.id)


def _ahead(onward: _Ways, main: str, here: Set[str]) -> set[str]:
    """What the case can still come to without being sent back.

    Sent back is who comes again to what every case has come by that stands here.
    """
    # What is on every way is on this one: nothing else need be tried.
    between = _on_one_way(onward, main, here)
    by_all = {one for one in between if not _reached(onward, [main], avoiding={one}) & here}
    return _reached(onward, here, avoiding=by_all) - by_all


def _on_one_way(ways: _Ways, start: str, ends: Set[str]) -> list[str]:
    """What lies on a shortest way from the start to one of the ends; empty without a way."""
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for one in ways.get(here, ()):
            if one in ends:
                return list(_back(before, here, start))
            if one not in before:
                before[one] = here
                waiting.append(one)
    return []


def _back(before: Mapping[str, str], here: str, start: str) -> Iterator[str]:
    while here != start:
        yield here
        here = before[here]


def _reached(ways: _Ways, starts: Iterable[str], avoiding: Set[str] = frozenset()) -> set[str]:
    """What can be reached by at least one step, not going on from what is avoided."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        for one in ways.get(waiting.pop(), ()):
            if one not in seen:
                seen.add(one)
                waiting += [one] if one not in avoiding else []
    return seen


def _ways(diagram: Diagram) -> _Ways:
    """Where each element leads: along flows, over borders, into calls and out of them."""
    ways: dict[str, set[str]] = {}
    for source, target in _pairs(diagram):
        ways.setdefault(source, set()).add(target)
    return ways


def _backward(ways: _Ways) -> _Ways:
    back: dict[str, set[str]] = {}
    for source, targets in ways.items():
        for target in targets:
            back.setdefault(target, set()).add(source)
    return back


def _pairs(diagram: Diagram) -> Iterator[tuple[str, str]]:
    for process in diagram.processes.values():
        inside = {node.id: _inside(diagram, process, node) for node in process.nodes.values()}
        for flow in process.flows.values():
            yield _after(flow.source) if inside[flow.source] else flow.source, flow.target
        for node in process.nodes.values():
            if node.attached_to is not None:
                yield node.attached_to, node.id
            yield from _into(node.id, inside[node.id])
    yield from _into(diagram.main, _top(diagram.processes[diagram.main]))


def _inside(diagram: Diagram, process: Process, node: Node) -> list[Node]:
    """What a call or sub-process holds; empty for every other element."""
    called = diagram.processes.get(node.calls or "")
    if called is not None:
        return _top(called)
    return [one for one in process.nodes.values() if one.parent == node.id]


def _top(process: Process) -> list[Node]:
    return [one for one in process.nodes.values() if one.parent is None]


def _into(owner: str, inside: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """From a call to the start of what it calls, and from its ends to behind the call."""
    for one in inside:
        if one.kind == "startEvent":
            yield owner, one.id
        if one.kind == "endEvent":
            yield one.id, _after(owner)


def _after(element: str) -> str:
    """The place behind a call, where its flows begin: what is inside lies between."""
    return f"{element}>"


def _open_steps(old: Diagram, new: Diagram, elements: Set[str]) -> Iterator[str]:
    for element in sorted(elements & old.user_tasks.keys() & new.user_tasks.keys()):
        yield from _changed(old.user_tasks[element], new.user_tasks[element])


def _changed(old: UserTask, new: UserTask) -> Iterator[str]:
    for field, words in _CHANGES.items():
        if getattr(old, field) != getattr(new, field):
            yield words.format(name=new.name or new.element, old=old.name)


_CHANGES = {
    "name": _("“{old}”改称“{name}”。"),
    "role": _("“{name}”改由另一个岗位办理；已认领的放回待领。"),
    "assignee": _("“{name}”的指定办理人改变。"),
    "form": _("“{name}”的表单改变。"),
    "fields": _("“{name}”要求填写的内容改变。"),
    "outcomes": _("“{name}”可选的办理结果改变。"),
    "days": _("“{name}”的办理时限改变；本件已开始办理，到期日不变。"),
    "clock": _("“{name}”所随的法定时限改变；本件已开始办理，到期日不变。"),
}
