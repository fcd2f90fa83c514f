"""A diagram as a flat list of things with attributes, so that comparing two is one rule.

A thing is a process, a lane, a node or a flow; those of decision tables are in `tables`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpmn.diagram import Diagram, Flow, Lane, Node, Process

Place = tuple[float, ...]
KNOWN = (
    "form", "role", "clock", "days", "counted", "outcome", "not_by", "not_by_origin", "assignee",
    "sets",
)  # fmt: skip
"""The properties that have words of their own, in the order in which they are told."""
FIELD, PARAMETER = "field.", "parameter."
_USUAL = {"counted": "yes", "not_by_origin": "no"}
"""What holds where a property is not given."""
_PLAIN = ("documentation", "attached_to", "parent", "calls", "event", "message",
          "message_variable", "timer", "default")  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """Something that two versions may have differently.

    `holds` has its attributes as written, those that are absent left out; `place` orders things
    as they are drawn; `drawn` is its layout, which has no meaning.
    """

    process: str
    element: str
    kind: str
    title: str
    place: Place
    holds: Mapping[str, str]
    drawn: object = None


def things_of(diagram: Diagram, process: Process) -> Iterator[Thing]:
    """The process itself, then its lanes, nodes and flows."""
    lanes = {node: lane for lane in process.lanes for node in lane.nodes}
    bands = [lane.id for lane in process.lanes]
    yield _process(process)
    for number, lane in enumerate(process.lanes):
        yield _lane(process, lane, number)
    for node in process.nodes.values():
        own = lanes.get(node.id) or lanes.get(node.parent or "")
        band = bands.index(own.id) if own else 0
        yield _node(diagram, process, node, own, (1, band, *_corner(process, node.id), 0))
    for flow in process.flows.values():
        source = lanes.get(flow.source)
        band = bands.index(source.id) if source else 0
        yield _flow(process, flow, (1, band, *_corner(process, flow.source), 1))


def _process(process: Process) -> Thing:
    pool = process.pool[1] if process.pool else ""
    texts = {"name": process.name, "documentation": process.documentation, "pool": pool}
    holds = _present({**texts, "file": process.file})
    return Thing(process.id, process.id, "process", process.name, (0,), holds)


def _lane(process: Process, lane: Lane, number: int) -> Thing:
    shape = process.shapes.get(lane.id)
    return Thing(
        process.id, lane.id, "lane", lane.name, (0, number), _present({"name": lane.name}), shape
    )


def _node(diagram: Diagram, process: Process, node: Node, lane: Lane | None, place: Place) -> Thing:
    plain = {what: getattr(node, what) or "" for what in _PLAIN}
    holds = {
        "kind": node.kind,
        "name": node.name,
        **plain,
        "lane": lane.id if lane else "",
        "interrupts": "" if node.interrupts else "no",
        **_properties(node),
        **_called(diagram, node),
        **{f"multiple.{part}": value or "yes" for part, value in node.multiple.items()},
    }
    shape = process.shapes.get(node.id)
    return Thing(process.id, node.id, node.kind, node.name, place, _present(holds), shape)


def _properties(node: Node) -> dict[str, str]:
    """The known ones first; a user task's form is its id where none is named."""
    known = {name: node.properties.get(name, "") for name in KNOWN}
    known |= {name: "" for name, usual in _USUAL.items() if known[name] == usual}
    if node.kind == "userTask":
        known["form"] = known["form"] or node.id
    others = {
        name if name.startswith(FIELD) else f"property.{name}": value
        for name, value in node.properties.items()
        if name not in known
    }
    return known | others


def _called(diagram: Diagram, node: Node) -> dict[str, str]:
    service, rule = diagram.service_tasks.get(node.id), diagram.rule_tasks.get(node.id)
    if service is not None:
        given = {f"{PARAMETER}{name}": value for name, value in service.parameters.items()}
        return {"operation": service.operation, **given}
    return {"table": rule.table} if rule is not None else {}


def _flow(process: Process, flow: Flow, place: Place) -> Thing:
    holds = {
        "name": flow.name,
        "source": flow.source,
        "target": flow.target,
        "condition": flow.condition or "",
    }
    edge = process.edges.get(flow.id)
    return Thing(process.id, flow.id, "sequenceFlow", flow.name, place, _present(holds), edge)


def _corner(process: Process, element: str) -> tuple[float, float]:
    shape = process.shapes.get(element)
    return (shape.box.x, shape.box.y) if shape else (0.0, 0.0)


def _present(holds: Mapping[str, str]) -> dict[str, str]:
    return {what: value for what, value in holds.items() if value}
