"""What is drawn and not written on a certificate: guilloche border, rosette, cartouche.

Pure geometry in millimetres, the same for every certificate of a size, hence cached as a PDF page.
"""

from collections.abc import Callable, Iterator
from math import cos, pi, sin, tau

BRONZE = "#a9822f"
CINNABAR = "#9a1f1c"
JADE = "#5c8f7f"

Point = tuple[float, float]


def backdrop_svg(width: float, height: float, ornament: Point) -> str:
    """Return the backdrop of a page of that size, its cartouche centred at `ornament`."""
    inset, band = 11.0, 13.0
    outer, inner = inset, inset + band
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" fill="none">'
        f'<rect width="{width}" height="{height}" fill="#fffdf7"/>'
        + _rosette(width / 2, height / 2 + height * 0.06, min(width, height) * 0.36)
        + _band(width, height, inset + band / 2, band * 0.36)
        + _frame(width, height, outer - 1.2, CINNABAR, 0.9)
        + _frame(width, height, outer, BRONZE, 0.25)
        + _frame(width, height, inner, BRONZE, 0.25)
        + _frame(width, height, inner + 1.3, CINNABAR, 0.45)
        + _corners(width, height, inset + band / 2, band / 2)
        + _cartouche(*ornament)
        + "</svg>"
    )


def _frame(width: float, height: float, inset: float, colour: str, stroke: float) -> str:
    return (
        f'<rect x="{inset}" y="{inset}" width="{width - 2 * inset}" '
        f'height="{height - 2 * inset}" stroke="{colour}" stroke-width="{stroke}"/>'
    )


def _band(width: float, height: float, inset: float, swing: float) -> str:
    """Interlaced waves round the page: whole periods on each side, so that corners meet."""
    sides = (
        (inset, inset, width - 2 * inset, 0),
        (width - inset, inset, height - 2 * inset, 90),
        (width - inset, height - inset, width - 2 * inset, 180),
        (inset, height - inset, height - 2 * inset, 270),
    )
    return "".join(
        f'<g transform="translate({x} {y}) rotate({turn})">{_waves(length, swing)}</g>'
        for x, y, length, turn in sides
    )


def _waves(length: float, swing: float) -> str:
    periods = round(length / 11)
    strands = []
    for strand in range(8):
        phase = strand * tau / 8
        colour = (BRONZE, JADE)[strand % 2]
        strands.append(_curve(_wave(length, swing, periods, phase), colour, 0.18))
        strands.append(_curve(_wave(length, -swing * 0.55, periods * 2, phase), BRONZE, 0.12))
    return "".join(strands)


def _wave(length: float, swing: float, periods: int, phase: float) -> Iterator[Point]:
    steps = periods * 12
    for step in range(steps + 1):
        along = step / steps
        yield length * along, swing * sin(periods * tau * along + phase)


def _corners(width: float, height: float, inset: float, radius: float) -> str:
    places = [(x, y) for x in (inset, width - inset) for y in (inset, height - inset)]
    return "".join(
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#fffdf7" stroke="{BRONZE}" '
        f'stroke-width=".3"/>' + _flower(x, y, radius)
        for x, y in places
    )


def _flower(x: float, y: float, radius: float) -> str:
    def petals(turn: float) -> float:
        return radius * (0.56 + 0.36 * cos(8 * turn))

    strands = [_ring(x, y, petals, shift * pi / 24, 16) for shift in range(3)]
    colours = (CINNABAR, BRONZE, JADE)
    drawn = (_curve(s, c, 0.2) for s, c in zip(strands, colours, strict=True))
    return "".join(drawn) + f'<circle cx="{x}" cy="{y}" r="{radius * 0.16}" fill="{CINNABAR}"/>'


def _rosette(x: float, y: float, radius: float) -> str:
    """The pale guilloche behind the text, wide enough to be broken by any alteration."""
    curves = []
    for strand in range(12):

        def wave(turn: float, strand: int = strand) -> float:
            depth = 0.10 + 0.012 * strand
            return radius * (1 - strand * 0.062 + depth * 0.5 * cos(12 * turn + strand * 0.9))

        colour = (JADE, BRONZE)[strand % 2]
        curves.append(_curve(_ring(x, y, wave, strand * pi / 30, 180), colour, 0.16))
    return f'<g opacity=".30">{"".join(curves)}</g>'


def _ring(
    x: float, y: float, reach: Callable[[float], float], shift: float, per_half: int
) -> Iterator[Point]:
    steps = per_half * 4
    for step in range(steps + 1):
        turn = step / steps * tau
        yield (x + reach(turn) * cos(turn + shift), y + reach(turn) * sin(turn + shift))


def _cartouche(x: float, y: float) -> str:
    """An oval ring round a graticule: the earth measured, in the sign of the program's name."""
    meridians = "".join(
        f'<ellipse rx="{9.2 * k:.2f}" ry="9.2" stroke-width=".22"/>' for k in (0.001, 0.42, 0.78)
    )
    parallels = "".join(
        f'<path d="M{-9.2 * cos(a):.2f} {9.2 * sin(a):.2f}Q0 {9.2 * sin(a) + 1.5 * sin(a):.2f} '
        f'{9.2 * cos(a):.2f} {9.2 * sin(a):.2f}" stroke-width=".22"/>'
        for a in (-0.85, -0.42, 0, 0.42, 0.85)
    )
    beads = "".join(
        f'<circle cx="{19.4 * cos(k * tau / 48):.2f}" cy="{12.9 * sin(k * tau / 48):.2f}" '
        f'r=".42" fill="{CINNABAR}"/>'
        for k in range(48)
    )
    return (
        f'<g transform="translate({x} {y})" stroke="{BRONZE}">'
        f'<ellipse rx="20.6" ry="14.1" fill="#fffdf7" stroke="{CINNABAR}" stroke-width=".7"/>'
        f'<ellipse rx="18.2" ry="11.7" stroke-width=".45"/>'
        f'<g stroke="none">{beads}</g><g stroke="{CINNABAR}"><circle r="9.2" stroke-width=".45"/>'
        f"{meridians}{parallels}</g>{_wings(-1)}{_wings(1)}</g>"
    )


def _wings(side: int) -> str:
    """Rules that taper off beside the oval."""
    return "".join(
        f'<path d="M{side * 23} {lift}H{side * reach}" stroke-width="{stroke}"/>'
        for lift, reach, stroke in ((0, 62, 0.5), (-1.3, 50, 0.25), (1.3, 50, 0.25))
    ) + f'<circle cx="{side * 64}" r=".9" fill="{CINNABAR}" stroke="none"/>'


def _curve(points: Iterator[Point], colour: str, stroke: float) -> str:
    path = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    return f'<path d="{path}" stroke="{colour}" stroke-width="{stroke}"/>'
