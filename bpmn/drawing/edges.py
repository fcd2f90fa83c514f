"""Drawing sequence flows: rounded orthogonal lines with an arrowhead and a label."""

from collections.abc import Sequence
from math import hypot

from bpmn.diagram import Edge, Flow
from bpmn.drawing.marks import LOOKS, Mark
from bpmn.drawing.text import escape, label

_RADIUS = 6.0
_PLAIN = ("#8a949f", "#3c4650")
_SKIPPED = ("#c2c9d1", "#667079")
_WALKED = (LOOKS["done"].stroke, LOOKS["done"].stroke)

Point = tuple[float, float]


def draw_edge(flow: Flow, edge: Edge, mark: Mark | None) -> str:
    """The flow as drawn; a walked one is thicker and coloured."""
    colour, width = _colours(mark)[0], 2.4 if is_walked(mark) else 1.4
    line = (
        f'<path d="{_rounded(edge.points)}" fill="none" stroke="{colour}"'
        f' stroke-width="{width:g}"/>'
    )
    head = f'<path d="{_arrowhead(edge.points[-2], edge.points[-1])}" fill="{colour}"/>'
    walked = ' data-state="done"' if is_walked(mark) else ""
    return f'<g data-element="{escape(flow.id)}"{walked}>{line}{head}</g>'


def draw_edge_label(flow: Flow, edge: Edge, mark: Mark | None) -> str:
    if not flow.name or edge.label is None:
        return ""
    return label(flow.name, edge.label, _colours(mark)[1])


def is_walked(mark: Mark | None) -> bool:
    return mark is not None and mark.state != "skipped"


def _colours(mark: Mark | None) -> tuple[str, str]:
    """The colour of a flow's line, and of its label."""
    if mark is None:
        return _PLAIN
    return _WALKED if is_walked(mark) else _SKIPPED


def _rounded(points: Sequence[Point]) -> str:
    commands = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        commands.append(f"L{start[0]:g} {start[1]:g}")
        commands.append(f"Q{corner[0]:g} {corner[1]:g} {end[0]:g} {end[1]:g}")
    commands.append(f"L{points[-1][0]:g} {points[-1][1]:g}")
    return "".join(commands)


def _towards(start: Point, end: Point) -> Point:
    length = hypot(end[0] - start[0], end[1] - start[1])
    share = min(_RADIUS, length / 2) / length if length else 0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _arrowhead(before: Point, tip: Point) -> str:
    length = hypot(tip[0] - before[0], tip[1] - before[1]) or 1
    dx, dy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    x, y = tip[0] - dx * 9, tip[1] - dy * 9
    left, right = (x - dy * 4.5, y + dx * 4.5), (x + dy * 4.5, y - dx * 4.5)
    return f"M{tip[0]:g} {tip[1]:g}L{left[0]:g} {left[1]:g}L{right[0]:g} {right[1]:g}Z"
