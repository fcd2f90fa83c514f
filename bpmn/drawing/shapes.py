"""Drawing the nodes of a diagram: tasks, calls, events, gateways, and the badges on them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bpmn.diagram import Box, Node, Shape
from bpmn.drawing.icons import EVENT_ICONS, GATEWAY_ICONS, PLUS, TASK_ICONS, icon
from bpmn.drawing.marks import LOOKS, Look, Mark, badge_words, look_of, sign_words, state_words
from bpmn.drawing.text import escape, label, text_block, width_of, wrap

_EVENTS = {"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent"}


@dataclass(frozen=True)
class Drawn:
    """A node with all that its picture depends on."""

    node: Node
    shape: Shape
    mark: Mark | None
    caption: str
    link: str | None
    prefix: str = ""
    """Of the ids of marked nodes; without one they have none."""

    @property
    def look(self) -> Look:
        return look_of(self.mark)


def draw_node(drawn: Drawn) -> str:
    """The node as one group with its title; a link around it where one is given."""
    body = _painter(drawn.node)(drawn)
    title = drawn.node.name
    if drawn.mark is not None:
        title = f"{title}：{state_words(drawn.mark)}"
    state = f' data-state="{drawn.mark.state}"' if drawn.mark else ""
    name = f' id="{escape(drawn.prefix + drawn.node.id)}"' if drawn.prefix and drawn.mark else ""
    opening = f'<g{name} data-element="{escape(drawn.node.id)}"{state}>'
    group = f"{opening}<title>{escape(title)}</title>{body}</g>"
    return f'<a href="{escape(drawn.link)}">{group}</a>' if drawn.link else group


def draw_badge(drawn: Drawn, edge: float | None) -> str:
    """The pill under a task, or over an event; it ends before `edge` (a boundary event's left)."""
    words = badge_words(drawn.mark) if drawn.mark else ""
    if not words:
        return ""
    box = drawn.shape.box
    is_small = _is_small(drawn.node)
    room = max(box.width, 90) if is_small or edge is None else edge - box.x - 14
    lines = wrap(words, room, 11)
    width = max(width_of(line, 11) for line in lines) + 12
    height = 3 + 14.0 * len(lines)
    x = box.centre[0] - width / 2 if is_small else box.x
    y = box.y - height - 3 if is_small else box.y + box.height + 4
    pill = (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="8"'
        f' fill="{_pill_colour(drawn.look)}"/>'
    )
    return pill + text_block(lines, x + width / 2, y + height / 2, "#ffffff", size=11)


def _pill_colour(look: Look) -> str:
    """The state's own colour, or its text's where white letters would be too faint on it."""
    return look.text if look == LOOKS["skipped"] else look.stroke


def draw_sign(drawn: Drawn) -> str:
    """The round sign at the upper right corner; small skipped nodes are told by their dashes."""
    mark, box, look = drawn.mark, drawn.shape.box, drawn.look
    if mark is None or (mark.state == "skipped" and _is_small(drawn.node)):
        return ""
    count = sign_words(mark)
    room = width_of(count, 11) + 4 if count else 0
    x, y, radius = _corner(box, is_small=_is_small(drawn.node))
    fill = look.stroke if mark.state == "current" else "none"
    ground = (
        f'<rect x="{x - radius:g}" y="{y - radius:g}" width="{2 * radius + room:g}"'
        f' height="{2 * radius:g}" rx="{radius:g}"'
        f' fill="#ffffff" stroke="{look.stroke}" stroke-width="1.6"/>'
    )
    sign = (
        f'<path d="{look.sign}" transform="translate({x:g} {y:g})" fill="{fill}"'
        f' stroke="{look.stroke}" stroke-width="1.8" stroke-linecap="round"'
        ' stroke-linejoin="round"/>'
    )
    words = text_block([count], x + 6 + room / 2, y, look.stroke, size=11) if count else ""
    return ground + sign + words


def _corner(box: Box, *, is_small: bool) -> tuple[float, float, float]:
    """Where the sign's middle lies and its radius: nearer to the middle of round and edgy nodes."""
    if is_small:
        x, y = box.centre
        return x + box.width * 0.34, y - box.height * 0.34, 7.5
    return box.x + box.width - 3, box.y + 3, 9.0


def _is_small(node: Node) -> bool:
    return node.kind in _EVENTS or node.kind.endswith("Gateway")


def _painter(node: Node) -> Callable[[Drawn], str]:
    if node.kind in _EVENTS:
        return _event
    if node.kind.endswith("Gateway"):
        return _gateway
    return _sub_process if node.kind == "subProcess" else _task


def _stroke(look: Look, width: float | None = None) -> str:
    dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
    return (
        f'fill="{look.fill}" stroke="{look.stroke}" stroke-width="{width or look.width:g}"{dashes}'
    )


def _rectangle(box: Box, radius: float, paint: str) -> str:
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
        f' rx="{radius:g}" {paint}/>'
    )


def _task(drawn: Drawn) -> str:
    box, look, is_call = drawn.shape.box, drawn.look, drawn.node.kind == "callActivity"
    parts = [_rectangle(box, 8, _stroke(look, max(look.width, 3) if is_call else None))]
    x, middle = box.centre
    sign = TASK_ICONS.get(drawn.node.kind)
    if sign:
        parts.append(icon(sign, box.x + 14, box.y + 14, look.stroke))
        middle += 6
    if drawn.caption:
        room = box.x + 26 + width_of(drawn.caption, 10) / 2
        parts.append(text_block([drawn.caption], room, box.y + 13, look.text, size=10))
    if is_call:
        parts.append(icon(PLUS, x, box.y + box.height - 11, look.stroke))
        middle -= 8
    lines = wrap(drawn.node.name, box.width - 12, 13)
    return "".join(parts) + text_block(lines, x, middle, look.text, size=13)


def _sub_process(drawn: Drawn) -> str:
    box, look = drawn.shape.box, drawn.look
    lines = text_block([drawn.node.name], box.centre[0], box.y + 17, look.text, size=13)
    return _rectangle(box, 10, _stroke(look)) + lines


def _event(drawn: Drawn) -> str:
    box, look, kind = drawn.shape.box, drawn.look, drawn.node.kind
    x, y = box.centre
    radius = box.width / 2
    width = max(look.width, 3.5) if kind == "endEvent" else None
    parts = [f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {_stroke(look, width)}/>']
    if kind in ("boundaryEvent", "intermediateCatchEvent"):
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{radius - 3.5:g}" fill="none"'
            f' stroke="{look.stroke}" stroke-width="1.2"/>'
        )
    parts.append(icon(EVENT_ICONS.get(drawn.node.event or "", ""), x, y, look.stroke))
    return "".join(parts) + _outer_label(drawn)


def _gateway(drawn: Drawn) -> str:
    box, look = drawn.shape.box, drawn.look
    x, y = box.centre
    half = box.width / 2
    diamond = (
        f'<path d="M{x:g} {y - half:g}L{x + half:g} {y:g}L{x:g} {y + half:g}L{x - half:g} {y:g}Z"'
        f' {_stroke(look)} stroke-linejoin="round"/>'
    )
    sign = GATEWAY_ICONS.get(drawn.node.kind, "")
    return diamond + icon(sign, x, y, look.stroke) + _outer_label(drawn)


def _outer_label(drawn: Drawn) -> str:
    if not drawn.node.name:
        return ""
    box = drawn.shape.label or _below(drawn.shape.box)
    if drawn.node.parent is not None:
        return text_block(wrap(drawn.node.name, box.width), *box.centre, drawn.look.text)
    return label(drawn.node.name, box, drawn.look.text)


def _below(box: Box) -> Box:
    return Box(box.centre[0] - 40, box.y + box.height + 4, 80, 15)


def boundary_edges(nodes: Mapping[str, Node], shapes: Mapping[str, Shape]) -> dict[str, float]:
    """For each task with boundary events on its lower edge, the left of the leftmost one."""
    edges: dict[str, float] = {}
    for node in nodes.values():
        shape, host = shapes.get(node.id), shapes.get(node.attached_to or "")
        if shape is None or host is None or shape.box.centre[1] < host.box.centre[1]:
            continue
        edges[host.element] = min(shape.box.x, edges.get(host.element, shape.box.x))
    return edges
