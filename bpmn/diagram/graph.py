"""Reading one process: its nodes, flows and lanes, and where they are drawn."""

from bpmn.diagram.words import Box, Edge, Flow, Lane, Node, Process, Shape
from bpmn.diagram.xml import (
    Element,
    comparison_in,
    find,
    line_of,
    tag_of,
    text_of,
    walk_flow_elements,
)


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
    message = element.find("{*}messageEventDefinition")
    variable = "bpmn:messageEventDefinition/bpmn:extensionElements/spiffworkflow:messageVariable"
    return Node(
        id=element.get("id", ""),
        kind=tag_of(element),
        name=element.get("name", ""),
        documentation=text_of(element, "bpmn:documentation") or "",
        parent=parent,
        lane=lane,
        attached_to=element.get("attachedToRef"),
        calls=element.get("calledElement"),
        event=_event(element),
        message=None if message is None else messages.get(message.get("messageRef", "")),
        message_variable=text_of(element, variable),
        timer=_timer(element),
        default=element.get("default"),
        line=line_of(element),
        interrupts=element.get("cancelActivity") != "false",
    )


def _event(element: Element) -> str | None:
    definitions = [tag_of(e) for e in element if tag_of(e).endswith("EventDefinition")]
    return definitions[0].removesuffix("EventDefinition") if definitions else None


def _timer(element: Element) -> str | None:
    for kind in ("timeDate", "timeDuration", "timeCycle"):
        text = text_of(element, f"bpmn:timerEventDefinition/bpmn:{kind}")
        if text is not None:
            return text
    return None


def _box(element: Element | None) -> Box | None:
    if element is None:
        return None
    bounds = element.find("{*}Bounds")
    if bounds is None:
        return None
    return Box(*(float(bounds.get(side, "0")) for side in ("x", "y", "width", "height")))


def _shapes(root: Element) -> dict[str, Shape]:
    shapes = {}
    for drawn in find(root, ".//bpmndi:BPMNShape"):
        element, box = drawn.get("bpmnElement", ""), _box(drawn)
        if box is not None:
            shapes[element] = Shape(element, box, _box(drawn.find("{*}BPMNLabel")))
    return shapes


def _edges(root: Element) -> dict[str, Edge]:
    edges = {}
    for drawn in find(root, ".//bpmndi:BPMNEdge"):
        element = drawn.get("bpmnElement", "")
        points = tuple(
            (float(point.get("x", "0")), float(point.get("y", "0")))
            for point in find(drawn, "di:waypoint")
        )
        edges[element] = Edge(element, points, _box(drawn.find("{*}BPMNLabel")))
    return edges
