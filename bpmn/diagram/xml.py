"""Small readers over BPMN and DMN XML, shared by the modules of this package."""

import ast
from collections.abc import Iterator
from typing import Any

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
NAMESPACES = {
    "bpmn": BPMN,
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "spiffworkflow": SPIFF,
}

Element = etree._Element


def parse_xml(content: bytes) -> Element:
    """The root element; entities, external files and the network are never touched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    return etree.fromstring(content, parser)


def find(element: Element, path: str) -> list[Element]:
    return element.findall(path, namespaces=NAMESPACES)


def line_of(element: Element) -> int:
    """The line of the file that the element begins on; 0 when it is not known."""
    line: Any = element.sourceline
    return int(line or 0)


def tag_of(element: Element) -> str:
    """The tag without its namespace: userTask."""
    return etree.QName(element).localname


def text_of(element: Element, path: str) -> str | None:
    """The stripped text of the first element on the path; None where there is none."""
    found = element.find(path, namespaces=NAMESPACES)
    return None if found is None else (found.text or "").strip()


def extension_properties(element: Element) -> dict[str, str]:
    path = "bpmn:extensionElements/spiffworkflow:properties/spiffworkflow:property"
    return {p.get("name", ""): p.get("value", "") for p in find(element, path)}


def names_in(expression: str) -> tuple[str, ...]:
    """The variables that an expression reads, in order; none when it cannot be parsed."""
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except SyntaxError:
        return ()
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return tuple(dict.fromkeys(names))


def comparison_in(condition: str | None) -> tuple[str, str] | None:
    """The variable and the value of `variable == "value"`; None for any other condition."""
    try:
        tree = ast.parse((condition or "").strip(), mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(tree, ast.Compare) or not isinstance(tree.left, ast.Name):
        return None
    right = tree.comparators[0]
    is_equality = len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)
    if is_equality and isinstance(right, ast.Constant) and isinstance(right.value, str):
        return tree.left.id, right.value
    return None


def walk_flow_elements(
    owner: Element, parent: str | None = None
) -> Iterator[tuple[Element, str | None]]:
    """Every flow node and sequence flow of a process with the sub-process that holds it."""
    for element in owner:
        if element.get("id") is None or tag_of(element) in _NOT_FLOW_ELEMENTS:
            continue
        yield element, parent
        if tag_of(element) == "subProcess":
            yield from walk_flow_elements(element, element.get("id"))


_NOT_FLOW_ELEMENTS = {
    "laneSet",
    "timerEventDefinition",
    "messageEventDefinition",
    "signalEventDefinition",
    "errorEventDefinition",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
    "textAnnotation",
    "association",
    "group",
    "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
    "ioSpecification",
}
