"""What is drawn and not written on a certificate: guilloche border, rosette, cartouche.

Pure geometry in millimetres, the same for every certificate of a size, hence cached as a PDF page.
"""

from collections.abc import Iterable, Iterator
from math import cos, sin, tau

BRONZE = "#a9822f"
CINNABAR = "#9a1f1c"
JADE = "#5c8f7f"

Point = tuple[float, float]
Knot = tuple[Point, Point]  # a place on a curve, and the pace there


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
    broad = (
        _curve(_wave(length, swing, periods, k * tau / 6), (BRONZE, JADE)[k % 2], 0.2)
        for k in range(6)
    )
    fine = (
        _curve(_wave(length, swing * 0.5, periods * 2, k * tau / 3), BRONZE, 0.13) for k in range(3)
    )
    return "".join(broad) + "".join(fine)


def _wave(length: float, swing: float, periods: int, phase: float) -> Iterator[Knot]:
    turns = periods * tau
    steps = periods * 3
    for step in range(steps + 1):
        turn = turns * step / steps
        place = (length * step / steps, swing * sin(turn + phase))
        yield place, (length / steps, turns / steps * swing * cos(turn + phase))


def _corners(width: float, height: float, inset: float, radius: float) -> str:
    places = [(x, y) for x in (inset, width - inset) for y in (inset, height - inset)]
    return "".join(
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#fffdf7" stroke="{BRONZE}" '
        f'stroke-width=".3"/>' + _flower(x, y, radius)
        for x, y in places
    )


def _flower(x: float, y: float, radius: float) -> str:
    strands = (
        _curve(_ring(x, y, radius * 0.56, radius * 0.36, 8, k * tau / 3), colour, 0.2)
        for k, colour in enumerate((CINNABAR, BRONZE, JADE))
    )
    return "".join(strands) + f'<circle cx="{x}" cy="{y}" r="{radius * 0.16}" fill="{CINNABAR}"/>'


def _rosette(x: float, y: float, radius: float) -> str:
    """The pale guilloche behind the text, wide enough to be broken by any alteration."""
    rings = ((0.93, 0.07, 36, JADE), (0.74, 0.13, 24, BRONZE), (0.49, 0.15, 18, JADE),
             (0.25, 0.11, 12, BRONZE))  # fmt: skip
    strands = (
        _curve(_ring(x, y, radius * mean, radius * swing, petals, k * tau / 6), colour, 0.15)
        for mean, swing, petals, colour in rings
        for k in range(6)
    )
    return f'<g opacity=".26">{"".join(strands)}</g>'


def _ring(
    x: float, y: float, mean: float, swing: float, petals: int, phase: float
) -> Iterator[Knot]:
    steps = petals * 4
    for step in range(steps + 1):
        turn = step / steps * tau
        reach = mean + swing * cos(petals * turn + phase)
        growth = -swing * petals * sin(petals * turn + phase)
        place = (x + reach * cos(turn), y + reach * sin(turn))
        yield (
            place,
            (
                tau / steps * (growth * cos(turn) - reach * sin(turn)),
                tau / steps * (growth * sin(turn) + reach * cos(turn)),
            ),
        )


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
    return (
        "".join(
            f'<path d="M{side * 23} {lift}H{side * reach}" stroke-width="{stroke}"/>'
            for lift, reach, stroke in ((0, 62, 0.5), (-1.3, 50, 0.25), (1.3, 50, 0.25))
        )
        + f'<circle cx="{side * 64}" r=".9" fill="{CINNABAR}" stroke="none"/>'
    )


def _curve(knots: Iterable[Knot], colour: str, stroke: float) -> str:
    """A smooth line through the knots, in whole twentieths of a millimetre: half the bytes."""
    (place, pace), *others = knots
    path = [f"M{_whole(place)}"]
    for next_place, next_pace in others:
        leave = (place[0] + pace[0] / 3, place[1] + pace[1] / 3)
        arrive = (next_place[0] - next_pace[0] / 3, next_place[1] - next_pace[1] / 3)
        path.append(f"C{_whole(leave)} {_whole(arrive)} {_whole(next_place)}")
        place, pace = next_place, next_pace
    return (
        f'<path d="{"".join(path)}" transform="scale(.05)" stroke="{colour}" '
        f'stroke-width="{stroke * 20:g}"/>'
    )


def _whole(point: Point) -> str:
    return f"{round(point[0] * 20)} {round(point[1] * 20)}"
