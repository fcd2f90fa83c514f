"""A diagram as one SVG, drawn on the server from its own layout: for traces, papers and mail.

It needs no script and takes its font from the page. Editing diagrams is bpmn-js's work.
"""

from collections.abc import Iterator, Mapping

from bpmn.diagram import Box, Diagram, Lane, Process
from bpmn.drawing.edges import draw_edge, draw_edge_label, draw_edge_sign, is_walked
from bpmn.drawing.marks import CHANGES, Mark, State, flow_marks, summary
from bpmn.drawing.shapes import Drawn, boundary_edges, draw_badge, draw_node, draw_sign
from bpmn.drawing.text import escape, upright
from bpmn.drawing.trace import trace_marks

__all__ = ["CHANGES", "Mark", "State", "draw", "flow_marks", "trace_marks"]

_MARGIN = 24
_NOTHING: Mapping[str, str] = {}


def draw(
    diagram: Diagram,
    process_id: str,
    marks: Mapping[str, Mark],
    *,
    roles: Mapping[str, str] = _NOTHING,
    links: Mapping[str, str] = _NOTHING,
    prefix: str = "",
) -> str:
    """The SVG of one process. Marks are by element or flow id.

    `roles` are the words written on user tasks, by role; `links` the addresses that elements
    lead to, by element (a call activity to the drawing of what it calls). With a `prefix` every
    marked element has an id, and several drawings of one process can stand on a page. An element
    without a shape is left out. Raises KeyError for an unknown process.
    """
    process = diagram.processes[process_id]
    captions = {t.element: roles.get(t.role, "") for t in diagram.user_tasks.values()}
    nodes = [
        Drawn(
            node,
            process.shapes[node.id],
            marks.get(node.id),
            captions.get(node.id, ""),
            links.get(node.id),
            prefix,
        )
        for node in process.nodes.values()
        if node.id in process.shapes
    ]
    parts = [
        *_ground(process),
        *_nodes(nodes, under=True),
        *_flows(process, marks, prefix),
        *_nodes(nodes, under=False),
        *_labels(process, marks),
        *_badges(process, nodes),
    ]
    return _frame(process, marks, "".join(parts), prefix, has_links=bool(links))


def _frame(
    process: Process, marks: Mapping[str, Mark], body: str, prefix: str, *, has_links: bool
) -> str:
    box = _extent(process)
    role = "group" if has_links else "img"
    name = escape(prefix + process.id)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="{role}"'
        f' viewBox="{box.x:g} {box.y:g} {box.width:g} {box.height:g}"'
        f' width="{box.width:g}" height="{box.height:g}" data-process="{escape(process.id)}"'
        f' aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(process.name)}</title>'
        f'<desc id="{name}-desc">{escape(summary(process, marks) or process.documentation)}</desc>'
        f"{body}</svg>"
    )


def _extent(process: Process) -> Box:
    boxes = [shape.box for shape in process.shapes.values()]
    boxes += [shape.label for shape in process.shapes.values() if shape.label]
    points = [point for edge in process.edges.values() for point in edge.points]
    if not boxes and not points:  # drawn by nobody: an empty picture under its name
        return Box(0, 0, _MARGIN, _MARGIN)
    left = min([box.x for box in boxes] + [x for x, _ in points]) - _MARGIN
    top = min([box.y for box in boxes] + [y for _, y in points]) - _MARGIN
    right = max([box.x + box.width for box in boxes] + [x for x, _ in points]) + _MARGIN
    bottom = max([box.y + box.height for box in boxes] + [y for _, y in points]) + _MARGIN
    return Box(left, top, right - left, bottom - top)


def _ground(process: Process) -> Iterator[str]:
    """Pool and lanes, titled from top to bottom at their left."""
    if process.pool is not None and process.pool[0] in process.shapes:
        yield _band(process.shapes[process.pool[0]].box, process.pool[1], "#dfe7f1", 14)
    for lane in _drawn_lanes(process):
        yield _band(process.shapes[lane.id].box, lane.name, "#eef2f7", 13)


def _drawn_lanes(process: Process) -> list[Lane]:
    return [lane for lane in process.lanes if lane.id in process.shapes]


def _band(box: Box, name: str, colour: str, size: float) -> str:
    frame = 'stroke="#a9b4c0" stroke-width="1"'
    outline = (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
        f' fill="#ffffff" {frame}/>'
        f'<rect x="{box.x:g}" y="{box.y:g}" width="30" height="{box.height:g}"'
        f' fill="{colour}" {frame}/>'
    )
    return outline + upright(name, box.x + 15, box.y + box.height / 2, "#22405f", size)


def _flows(process: Process, marks: Mapping[str, Mark], prefix: str) -> Iterator[str]:
    """Walked flows last, so that they lie on top where lines share a way."""
    drawn = [flow for flow in process.flows.values() if flow.id in process.edges]
    drawn.sort(key=lambda flow: is_walked(marks.get(flow.id)))
    for flow in drawn:
        if len(process.edges[flow.id].points) > 1:
            yield draw_edge(flow, process.edges[flow.id], marks.get(flow.id), prefix)


def _nodes(nodes: list[Drawn], *, under: bool) -> Iterator[str]:
    """Sub-processes lie under the flows, all else over them, boundary events on top."""
    for drawn in sorted(nodes, key=lambda drawn: drawn.node.kind == "boundaryEvent"):
        if (drawn.node.kind == "subProcess") == under:
            yield draw_node(drawn)


def _labels(process: Process, marks: Mapping[str, Mark]) -> Iterator[str]:
    for flow in process.flows.values():
        if flow.id in process.edges:
            if len(process.edges[flow.id].points) > 1:
                yield draw_edge_sign(process.edges[flow.id], marks.get(flow.id))
            yield draw_edge_label(flow, process.edges[flow.id], marks.get(flow.id))


def _badges(process: Process, nodes: list[Drawn]) -> Iterator[str]:
    edges = boundary_edges(process.nodes, process.shapes)
    for drawn in nodes:
        yield draw_sign(drawn)
        yield draw_badge(drawn, edges.get(drawn.node.id))
