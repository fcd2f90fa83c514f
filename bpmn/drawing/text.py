"""Setting Chinese labels in boxes: breaking lines, escaping, placing them."""

from bpmn.diagram import Box

SIZE = 12.0
LEADING = 15.0
_DRAWN_AT = 11.0
"""The size of type at which bpmn.io's modelers, ours too, measure the bounds of a label."""
_NEVER_FIRST = "，。、；：？！）》」』】％"
_NEVER_LAST = "（《「『【"


def escape(text: str) -> str:
    table = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
    return "".join(table.get(character, character) for character in text)


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide the text is: an ideograph is one em, a Latin letter a bit over half."""
    return sum(size if ord(character) > 0x2E80 else size * 0.56 for character in text)


def wrap(text: str, room: float, size: float = SIZE) -> list[str]:
    """Lines no wider than the room, of about equal length, with no stray punctuation.

    Room for one character there is always: what is drawn may be a box without any width.
    """
    room = max(room, size)
    count = max(1, -int(-width_of(text, size) // room))
    even = max(width_of(text, size) / count + size * 0.6, size)
    lines, line = [], ""
    for index, character in enumerate(text):
        is_full = width_of(line + character, size) > min(room, even) + 0.5
        if line and is_full and _may_break(line[-1], character) and index:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def _may_break(before: str, after: str) -> bool:
    is_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return not is_word and before not in _NEVER_LAST and after not in _NEVER_FIRST


def text_block(
    lines: list[str], x: float, middle: float, colour: str, *, size: float = SIZE
) -> str:
    """Centred lines around a middle."""
    leading = size * LEADING / SIZE
    first = middle - (len(lines) - 1) * leading / 2 + size * 0.36
    spans = "".join(
        f'<tspan x="{x:g}" y="{first + i * leading:g}">{escape(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    return f'<text text-anchor="middle" font-size="{size:g}" fill="{colour}">{spans}</text>'


def label(text: str, box: Box, colour: str, ground: str = "#ffffff") -> str:
    """A label about the bounds that the diagram gives it, readable where a line passes."""
    x, middle = box.centre
    lines = wrap(text, box.width * SIZE / _DRAWN_AT)
    width, height = max(map(width_of, lines)), LEADING * len(lines)
    # Not a halo: WeasyPrint paints a stroke over the letters whatever paint-order says.
    sheet = (
        f'<rect x="{x - width / 2:g}" y="{middle - height / 2 + 1:g}" width="{width:g}"'
        f' height="{height - 2:g}" fill="{ground}" fill-opacity="0.85"/>'
    )
    return sheet + text_block(lines, x, middle, colour)


def upright(text: str, x: float, middle: float, colour: str, size: float = 13) -> str:
    """Chinese from top to bottom, as lanes and pools are titled."""
    return text_block(list(text), x, middle, colour, size=size)
