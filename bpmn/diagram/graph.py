"""Reading one process: its nodes, flows and lanes, and where they are drawn."""

from bpmn.diagram.expressions import comparison_in
from bpmn.diagram.words import Box, Edge, Flow, Lane, Node, Process, Shape
from bpmn.diagram.xml import (
    Element,
    extension_properties,
    find,
    line_of,
    tag_of,
    text_of,
    walk_flow_elements,
)

_FARTHEST = 1_000_000


def read_process(root: Element, process: Element, file: str) -> Process:
    """The process with its graph and its drawing; `file` is only noted."""
    lanes = tuple(_lane(lane) for lane in find(process, "bpmn:laneSet/bpmn:lane"))
    lane_of = {node: lane.name for lane in lanes for node in lane.nodes}
    messages = {m.get("id", ""): m.get("name", "") for m in find(root, "bpmn:message")}
    nodes: dict[str, Node] = {}
    flows: dict[str, Flow] = {}
    for element, parent in walk_flow_elements(process):
        if tag_of(element) == "sequenceFlow":
            flows[element.get("id", "")] = _flow(element)
        else:
            lane = lane_of.get(element.get("id", ""), lane_of.get(parent or ""))
            nodes[element.get("id", "")] = _node(element, parent, lane, messages)
    return Process(
        id=process.get("id", ""),
        name=process.get("name", ""),
        documentation=text_of(process, "bpmn:documentation") or "",
        file=file,
        pool=_pool(root, process.get("id", "")),
        lanes=lanes,
        nodes=nodes,
        flows=flows,
        shapes=_shapes(root),
        edges=_edges(root),
    )


def _lane(element: Element) -> Lane:
    nodes = frozenset((ref.text or "").strip() for ref in find(element, "bpmn:flowNodeRef"))
    return Lane(element.get("id", ""), element.get("name", ""), nodes)


def _pool(root: Element, process: str) -> tuple[str, str] | None:
    for participant in find(root, "bpmn:collaboration/bpmn:participant"):
        if participant.get("processRef") == process:
            return participant.get("id", ""), participant.get("name", "")
    return None


def _flow(element: Element) -> Flow:
    condition = text_of(element, "bpmn:conditionExpression")
    variable, value = comparison_in(condition) or (None, None)
    return Flow(
        id=element.get("id", ""),
        name=element.get("name", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        condition=condition,
        variable=variable,
        value=value,
        line=line_of(element),
    )


def _node(element: Element, parent: str | None, lane: str | None, messages: dict[str, str]) -> Node:
    # Looked through once: a search for each part costs more than all the rest.
    parts = {tag_of(part): part for part in reversed(element)}
    event = _event(element)
    message = parts.get("messageEventDefinition") if event == "message" else None
    variable = "bpmn:extensionElements/spiffworkflow:messageVariable"
    documentation = parts.get("documentation")
    return Node(
        id=element.get("id", ""),
        kind=tag_of(element),
        name=element.get("name", ""),
        documentation="" if documentation is None else (documentation.text or "").strip(),
        parent=parent,
        lane=lane,
        attached_to=element.get("attachedToRef"),
        calls=element.get("calledElement"),
        event=event,
        message=None if message is None else messages.get(message.get("messageRef", "")),
        message_variable=None if message is None else text_of(message, variable),
        timer=_timer(element) if event == "timer" else None,
        default=element.get("default"),
        line=line_of(element),
        interrupts=element.get("cancelActivity") != "false",
        properties=extension_properties(element) if "extensionElements" in parts else {},
        multiple=_multiple(element) if "multiInstanceLoopCharacteristics" in parts else {},
    )


def _multiple(element: Element) -> dict[str, str]:
    parts = find(element, "bpmn:multiInstanceLoopCharacteristics/*")
    return {tag_of(part): (part.text or part.get("name") or "").strip() for part in parts}


def _event(element: Element) -> str | None:
    tags = (tag_of(part) for part in element)
    first = next((tag for tag in tags if tag.endswith("EventDefinition")), None)
    return first and first.removesuffix("EventDefinition")


def _timer(element: Element) -> str | None:
    for kind in ("timeDate", "timeDuration", "timeCycle"):
        text = text_of(element, f"bpmn:timerEventDefinition/bpmn:{kind}")
        if text is not None:
            return text
    return None


def _box(element: Element | None) -> Box | None:
    if element is None:
        return None
    bounds = _child(element, "{*}Bounds")
    if bounds is None:
        return None
    return Box(*[_place(bounds, side) for side in ("x", "y", "width", "height")])


def _child(element: Element, tag: str) -> Element | None:
    return next(element.iterchildren(tag), None)


def _place(element: Element, side: str) -> float:
    """Where it is drawn: BPMN's numbers may be NaN and INF, and no picture is that large."""
    found = float(element.get(side, "0"))
    return found if abs(found) < _FARTHEST else 0.0


def _shapes(root: Element) -> dict[str, Shape]:
    shapes = {}
    for drawn in find(root, ".//bpmndi:BPMNShape"):
        element, box = drawn.get("bpmnElement", ""), _box(drawn)
        if box is not None:
            shapes[element] = Shape(element, box, _box(_child(drawn, "{*}BPMNLabel")))
    return shapes


def _edges(root: Element) -> dict[str, Edge]:
    edges = {}
    for drawn in find(root, ".//bpmndi:BPMNEdge"):
        element = drawn.get("bpmnElement", "")
        points = tuple(
            (_place(point, "x"), _place(point, "y")) for point in find(drawn, "di:waypoint")
        )
        edges[element] = Edge(element, points, _box(_child(drawn, "{*}BPMNLabel")))
    return edges
