"""What stands beside an element of the XML: its scope's nodes and flows, looked up once."""

from functools import cached_property
from typing import Any

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
MOST_DEEP = 8
"""Sub-processes within one another: SpiffWorkflow 3.2.0 parses each by recursion."""


def tag_of(node: Any) -> str:
    """The tag without its namespace: userTask."""
    return str(node.tag).rpartition("}")[2]


class Scope:
    """The children of one process or sub-process."""

    def __init__(self, parent: Any) -> None:
        self.nodes: dict[str, Any] = {}
        self.leaving: dict[str, list[Any]] = {}
        self._following: dict[str, list[str]] = {}
        for child in parent.iterchildren(f"{{{BPMN}}}*"):
            self.nodes.setdefault(child.get("id"), child)
            if child.get("sourceRef"):
                self.leaving.setdefault(child.get("sourceRef"), []).append(child)
            source = child.get("sourceRef") or child.get("attachedToRef")
            target = child.get("targetRef") or child.get("id")
            if source and target:
                self._following.setdefault(source, []).append(target)

    def returns_to(self, element: str) -> bool:
        """Whether the element can follow itself."""
        reached: set[str] = set()
        ahead = [*self._following.get(element, ())]
        while ahead and element not in reached:
            current = ahead.pop()
            if current not in reached:
                reached.add(current)
                ahead += self._following.get(current, ())
        return element in reached

    def circles(self, element: str) -> bool:
        """Whether flows lead from the element back to it, and past no exclusive gateway."""
        reached: set[str] = set()
        ahead = [element]
        while ahead and element not in reached:
            for flow in self.leaving.get(ahead.pop(), ()):
                target = flow.get("targetRef")
                if target not in reached and not self._chooses(target):
                    reached.add(target)
                    ahead.append(target)
        return element in reached

    def _chooses(self, element: str) -> bool:
        node = self.nodes.get(element)
        return node is not None and node.tag == f"{{{BPMN}}}exclusiveGateway"


class Scopes:
    """The scopes of one file."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._known: dict[Any, Scope] = {}

    def around(self, node: Any) -> Scope:
        """The scope that an element stands in."""
        parent = node.getparent()
        if parent not in self._known:
            self._known[parent] = Scope(parent)
        return self._known[parent]

    def is_too_deep(self, node: Any) -> bool:
        """Whether the sub-process lies in more others than the engine is asked to take."""
        outer = node.iterancestors(f"{{{BPMN}}}subProcess")
        return sum(1 for _one in outer) >= MOST_DEEP

    @cached_property
    def messages(self) -> dict[str, str]:
        """The name of each message by its id."""
        found = self._root.iter(f"{{{BPMN}}}message")
        return {message.get("id"): message.get("name") for message in found}
