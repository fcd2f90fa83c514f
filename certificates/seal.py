"""The round seal of an organ as SVG: its name along the arc, a star, 行政许可专用章 below.

A visible mark only. What makes a paper genuine is its signature, not this drawing.
"""

from html import escape
from math import cos, pi, sin

PURPOSE = "行政许可专用章"
_RED = "#c8161d"
_RADIUS = 65


def seal_svg(organ: str) -> str:
    """Return the seal of the organ, 200 units wide, to be shown about 42 mm wide."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200" class="seal">'
        f'<g fill="{_RED}" font-family="Noto Serif SC" font-weight="700">'
        f'<circle r="96" fill="none" stroke="{_RED}" stroke-width="4.2"/>'
        f'<path d="{_star(29)}"/>{_arc(organ)}'
        '<text x="0" y="64" font-size="15.5" letter-spacing="1" text-anchor="middle">'
        f"{PURPOSE}</text>"
        "</g></svg>"
    )


def _star(radius: float) -> str:
    points = (
        (r * sin(step * pi / 5), -r * cos(step * pi / 5))
        for step in range(10)
        for r in [radius if step % 2 == 0 else radius * 0.382]
    )
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"


def _arc(organ: str) -> str:
    """The name clockwise over the top; the longer, the wider the arc and the narrower the type."""
    count = max(len(organ), 2)
    step = min(27.0, 232 / (count - 1))
    width = _RADIUS * step * pi / 180
    size = max(21.0, min(26.0, width))
    return "".join(
        f'<text transform="rotate({(place - (len(organ) - 1) / 2) * step:.2f}) '
        f'translate(0 -{_RADIUS}) scale({min(1, width / size):.3f} 1)" '
        f'font-size="{size:.1f}" text-anchor="middle">{escape(character)}</text>'
        for place, character in enumerate(organ)
    )
