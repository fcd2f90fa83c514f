"""Small readers over BPMN and DMN XML, shared by the modules of this package."""

from collections.abc import Iterator
from functools import lru_cache
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
    """What stands on a path of prefixed tags; one that begins with `.//` stands anywhere below.

    lxml's own paths would sort and look up the namespaces at each call, thousands of times.
    """
    found = [element]
    for tag, is_below in _steps(path):
        found = [
            child
            for one in found
            for child in (one.iterdescendants(tag) if is_below else one.iterchildren(tag))
        ]
    return found


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[tuple[str, bool], ...]:
    """The tags in full, and whether each stands anywhere below the one before."""
    steps, is_below = [], False
    for part in path.removeprefix(".").split("/"):
        prefix, _colon, name = part.rpartition(":")
        if part:
            steps.append((f"{{{NAMESPACES[prefix]}}}{name}" if prefix else name, is_below))
        is_below = not part
    return tuple(steps)


def line_of(element: Element) -> int:
    """The line of the file that the element begins on; 0 when it is not known."""
    line: Any = element.sourceline
    return int(line or 0)


def tag_of(element: Element) -> str:
    """The tag without its namespace: userTask."""
    return _local(str(element.tag))


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def text_of(element: Element, path: str) -> str | None:
    """The stripped text of the first element on the path; None where there is none."""
    found = find(element, path)
    return (found[0].text or "").strip() if found else None


def extension_properties(element: Element) -> dict[str, str]:
    path = "bpmn:extensionElements/spiffworkflow:properties/spiffworkflow:property"
    return {p.get("name", ""): p.get("value", "") for p in find(element, path)}


def walk_flow_elements(
    owner: Element, parent: str | None = None
) -> Iterator[tuple[Element, str | None]]:
    """Every flow node and sequence flow of a process with the sub-process that holds it."""
    for element in owner:
        tag = tag_of(element)
        if tag in _NOT_FLOW_ELEMENTS or element.get("id") is None:
            continue
        yield element, parent
        if tag == "subProcess":
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
