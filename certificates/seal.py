"""The round seal of an organ: its name along the arc, a star, 行政许可专用章 below.

Drawn in outlines 200 units wide, the same for a page and for a file. A visible mark only: what
makes a paper genuine is the signature whose appearance this is.
"""

from collections.abc import Iterator
from functools import lru_cache
from math import cos, pi, radians, sin

from certificates.outlines import Step, glyph, pdf_path, svg_path

PURPOSE = "行政许可专用章"
WIDTH = 200
_RED = "#c8161d"
_RED_PARTS = "0.784 0.086 0.114"
_RADIUS = 65
_RING = 96
_STROKE = 4.2
_CIRCLE = 0.5523 * _RING
"""How far the handles of a circle's four curves reach."""


@lru_cache(maxsize=256)
def seal_svg(organ: str) -> str:
    """The seal as SVG, to be shown about 42 mm wide."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200" class="seal">'
        f'<circle r="{_RING}" fill="none" stroke="{_RED}" stroke-width="{_STROKE}"/>'
        f'<path fill="{_RED}" d="{svg_path(_outline(organ))}"/></svg>'
    )


@lru_cache(maxsize=256)
def seal_operators(organ: str) -> bytes:
    """The seal as operators of a PDF content stream, from -100 to 100 and y up."""
    return "\n".join(
        (
            "1 0 0 -1 0 0 cm",
            f"{_RED_PARTS} RG {_STROKE} w",
            pdf_path(list(_ring())),
            f"S {_RED_PARTS} rg",
            pdf_path(_outline(organ)),
            "f",
        )
    ).encode("ascii")


def _outline(organ: str) -> list[Step]:
    return [*_star(29), *_arc(organ), *_line(PURPOSE, 64, 15.5)]


def _ring() -> Iterator[Step]:
    r, k = _RING, _CIRCLE
    yield "M", (r, 0)
    yield "C", (r, k, k, r, 0, r)
    yield "C", (-k, r, -r, k, -r, 0)
    yield "C", (-r, -k, -k, -r, 0, -r)
    yield "C", (k, -r, r, -k, r, 0)
    yield "Z", ()


def _star(radius: float) -> Iterator[Step]:
    for step in range(10):
        r = radius if step % 2 == 0 else radius * 0.382
        yield "L" if step else "M", (r * sin(step * pi / 5), -r * cos(step * pi / 5))
    yield "Z", ()


def _arc(organ: str) -> Iterator[Step]:
    """The name clockwise over the top; the longer, the wider the arc and the narrower the type."""
    count = max(len(organ), 2)
    step = min(27.0, 232 / (count - 1))
    width = _RADIUS * step * pi / 180
    size = max(21.0, min(26.0, width))
    narrow = min(1, width / size) * size
    for place, character in enumerate(organ):
        turn = radians((place - (len(organ) - 1) / 2) * step)
        c, s = cos(turn), sin(turn)
        left = -narrow / 2  # the character stands in the middle of its place
        origin = (left * c + _RADIUS * s, left * s - _RADIUS * c)
        yield from glyph(character, (narrow * c, narrow * s, -size * s, size * c, *origin))


def _line(text: str, baseline: float, size: float) -> Iterator[Step]:
    pace = size + 1
    begin = -(pace * len(text) - 1) / 2
    for place, character in enumerate(text):
        yield from glyph(character, (size, 0, 0, size, begin + place * pace, baseline))
