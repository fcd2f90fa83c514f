"""Drawing sequence flows: rounded orthogonal lines with an arrowhead and a label."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from bpmn.diagram import Box, Edge, Flow
from bpmn.drawing.marks import CHANGES, LOOKS, Mark, look_of
from bpmn.drawing.text import escape, label

_RADIUS = 6.0
_SIGN = 7.5
_SHARES = (0.5, 0.3, 0.7, 0.2)
_PLAIN = ("#8a949f", "#3c4650")
_SKIPPED = ("#c2c9d1", "#667079")
_WALKED = (LOOKS["done"].stroke, LOOKS["done"].stroke)

Point = tuple[float, float]


def draw_edge(flow: Flow, edge: Edge, mark: Mark | None, prefix: str = "") -> str:
    """The flow as drawn; one that is walked or differs is thicker and coloured.

    With a `prefix` a marked one has an id.
    """
    colour, width = _colours(mark)[0], 2.4 if is_walked(mark) else 1.4
    line = (
        f'<path d="{_rounded(edge.points)}" fill="none" stroke="{colour}"'
        f' stroke-width="{width:g}"{_dashes(mark)}/>'
    )
    head = f'<path d="{_arrowhead(edge.points[-2], edge.points[-1])}" fill="{colour}"/>'
    state = "done" if mark is None or mark.state not in CHANGES else mark.state
    marked = f' data-state="{state}"' if is_walked(mark) else ""
    name = f' id="{escape(prefix + flow.id)}"' if prefix and mark else ""
    return f'<g{name} data-element="{escape(flow.id)}"{marked}>{line}{head}</g>'


def draw_edge_sign(edge: Edge, mark: Mark | None) -> str:
    """The sign of a flow that differs, on its line and beside its words."""
    if mark is None or mark.state not in CHANGES:
        return ""
    look = look_of(mark)
    x, y = _place_of_sign(edge)
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{_SIGN:g}" fill="#ffffff" stroke="{look.stroke}"'
        f' stroke-width="1.4"/><path d="{look.sign}" transform="translate({x:g} {y:g}) scale(.85)"'
        f' fill="none" stroke="{look.stroke}" stroke-width="1.8" stroke-linecap="round"/>'
    )


def _place_of_sign(edge: Edge) -> Point:
    """On the longest stretch, clear of corners and of the arrowhead: in the middle, if it may."""
    start, end = max(pairwise(edge.points), key=lambda pair: hypot(
        pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]
    ))  # fmt: skip
    places = [
        (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
        for share in _SHARES
    ]
    return next((place for place in places if _is_clear(place, edge.label)), places[0])


def _is_clear(place: Point, words: Box | None) -> bool:
    if words is None:
        return True
    (x, y), (middle_x, middle_y) = place, words.centre
    is_aside = abs(x - middle_x) > words.width / 2 + _SIGN
    return is_aside or abs(y - middle_y) > words.height / 2 + _SIGN


def _dashes(mark: Mark | None) -> str:
    dashes = look_of(mark).dashes if mark is not None and mark.state in CHANGES else ""
    return f' stroke-dasharray="{dashes}"' if dashes else ""


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
    if mark.state in CHANGES:
        return look_of(mark).stroke, look_of(mark).text
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
