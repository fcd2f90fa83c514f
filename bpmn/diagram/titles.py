"""Which element is meant: its name, or what tells it from the others where it has none.

Identifiers are made up by the editor and mean nothing to anybody: they are said only where there
is nothing else to go by.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _

from bpmn.diagram.labels import KINDS
from bpmn.diagram.words import Diagram
from bpmn.diagram.xml import Element, find, tag_of

_FLOW, _RULE = "sequenceFlow", "rule"


@dataclass(frozen=True)
class Drawn:
    """As much of an element as it takes to say which one it is.

    `source` and `target` are a flow's; `host` has an event on its border.
    """

    kind: str
    name: str
    source: str = ""
    target: str = ""
    host: str = ""


class Titles:
    """What the elements of a diagram, or of one of its files, are called; `lanes` by element."""

    def __init__(self, drawn: Mapping[str, Drawn], lanes: Mapping[str, str]) -> None:
        self._drawn, self._lanes = drawn, lanes

    def title(self, element: str) -> str:
        """复核; 意见 → 签发（同意）; 未命名的人工环节（在‘复核’之后）."""
        one = self._drawn.get(element)
        if one is None:
            return element
        if one.kind == _FLOW:
            way = f"{self._end(one.source)} → {self._end(one.target)}"
            return _("{way}（{name}）").format(way=way, name=one.name) if one.name else way
        return one.name or self._unnamed(element, one.kind)

    def words(self, element: str) -> str:
        """The title with its kind, and told from all that is called the same: 人工环节“复核”（部）.

        Empty for what is not drawn.
        """
        one = self._drawn.get(element)
        if one is None:
            return ""
        title = self.title(element)
        if one.kind != _RULE and (one.name or one.kind == _FLOW):
            title = _("{kind}“{title}”").format(kind=_kind(one.kind), title=title)
        return f"{title}{self._apart(element)}"

    def _end(self, element: str) -> str:
        """Of a flow; one that hangs on another flow is not asked for its own ends."""
        one = self._drawn.get(element)
        return self.title(element) if one is not None and one.kind != _FLOW else _("未连接")

    def _unnamed(self, element: str, kind: str) -> str:
        before, after = self._neighbours
        host = self._drawn[element].host
        words = _("未命名的{kind}").format(kind=_kind(kind))
        if name := self._name(host):
            return _("{words}（在‘{name}’的边上）").format(words=words, name=name)
        if name := self._name(before.get(element, "")):
            return _("{words}（在‘{name}’之后）").format(words=words, name=name)
        if name := self._name(after.get(element, "")):
            return _("{words}（在‘{name}’之前）").format(words=words, name=name)
        return _("{words}（编号 {id}）").format(words=words, id=element)

    def _name(self, element: str) -> str:
        return self._drawn[element].name if element in self._drawn else ""

    def _apart(self, element: str) -> str:
        alike = self._alike[self._known_as(element)]
        lane = self._lanes.get(element, "")
        if len(alike) < 2:
            return ""
        if lane and [self._lanes.get(other) for other in alike].count(lane) == 1:
            return _("（{lane}）").format(lane=lane)
        return _("（编号 {id}）").format(id=element)

    def _known_as(self, element: str) -> tuple[str, str]:
        return self._drawn[element].kind, self.title(element)

    @cached_property
    def _alike(self) -> Mapping[tuple[str, str], list[str]]:
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for element in self._drawn:
            found[self._known_as(element)].append(element)
        return found

    @cached_property
    def _neighbours(self) -> tuple[dict[str, str], dict[str, str]]:
        """Of each element the first one before it, and the first one behind."""
        flows = [one for one in self._drawn.values() if one.kind == _FLOW]
        before = {one.target: one.source for one in reversed(flows)}
        return before, {one.source: one.target for one in reversed(flows)}


def _kind(kind: str) -> str:
    return KINDS.get(kind, _("元素"))


def titles_of(diagram: Diagram) -> Titles:
    """Of all files of a diagram that was read."""
    drawn: dict[str, Drawn] = {}
    lanes: dict[str, str] = {}
    for process in diagram.processes.values():
        drawn[process.id] = Drawn("process", process.name)
        drawn |= {
            node.id: Drawn(node.kind, node.name.strip(), host=node.attached_to or "")
            for node in process.nodes.values()
        }
        for flow in process.flows.values():
            drawn[flow.id] = Drawn(_FLOW, flow.name.strip(), flow.source, flow.target)
        lanes |= {node: lane.name for lane in process.lanes for node in lane.nodes}
    return Titles(drawn, lanes)


def titles_in(root: Element) -> Titles:
    """Of one file, a diagram or a table, whatever is drawn in it."""
    lanes = {
        (inside.text or "").strip(): lane.get("name", "")
        for lane in find(root, ".//bpmn:lane")
        for inside in find(lane, "bpmn:flowNodeRef")
    }
    return Titles(dict(_drawn_in(root)), lanes)


def _drawn_in(root: Element) -> Iterator[tuple[str, Drawn]]:
    rules = 0
    for one in root.iter("{*}*"):
        kind, name = tag_of(one), (one.get("name") or one.get("label") or "").strip()
        if kind == _RULE:
            rules += 1
            name = _("第 {number} 条规则").format(number=rules)
        kind = "table" if kind == "decision" else kind
        if one.get("id") and (name or kind in KINDS):
            near = (one.get(to, "") for to in ("sourceRef", "targetRef", "attachedToRef"))
            yield one.get("id", ""), Drawn(kind, name, *near)
