"""Glyphs as outlines, for drawings that need no font where they are shown.

Coordinates are the drawing's own, x to the right and y down, as in SVG.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from certificates.fonts import FONTS

Step = tuple[str, tuple[float, ...]]
"""M x y, L x y, C x1 y1 x2 y2 x y, or Z."""
Turn = tuple[float, float, float, float, float, float]
"""An affine transformation a b c d e f, as SVG writes it."""
_FACES = ("NotoSerifSC-Regular.ttf", "CartoucheRare-Regular.ttf")
"""The first that has the character draws it."""


class _Steps(BasePen):  # type: ignore[misc]
    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.steps: list[Step] = []

    def _moveTo(self, place: tuple[float, float]) -> None:  # noqa: N802 — fontTools' own name
        self.steps.append(("M", place))

    def _lineTo(self, place: tuple[float, float]) -> None:  # noqa: N802
        self.steps.append(("L", place))

    def _curveToOne(  # noqa: N802
        self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]
    ) -> None:
        self.steps.append(("C", (*first, *second, *end)))

    def _closePath(self) -> None:  # noqa: N802
        self.steps.append(("Z", ()))


def glyph(character: str, turn: Turn) -> Iterator[Step]:
    """The outline of a character one unit high and wide, its baseline from the origin, turned.

    A character that no face has is left out.
    """
    for face in _FACES:
        font = _font(face)
        name = font.getBestCmap().get(ord(character))
        if name is not None:
            glyphs, em = font.getGlyphSet(), font["head"].unitsPerEm
            pen = _Steps(glyphs)
            a, b, c, d, e, f = turn
            glyphs[name].draw(TransformPen(pen, (a / em, b / em, -c / em, -d / em, e, f)))
            yield from pen.steps
            return


def svg_path(steps: list[Step]) -> str:
    """The d of an SVG path."""
    return "".join(f"{letter}{' '.join(f'{n:.1f}' for n in numbers)}" for letter, numbers in steps)


def pdf_path(steps: list[Step]) -> str:
    """The same as operators of a PDF content stream."""
    operators = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    return "\n".join(
        " ".join((*(f"{n:.1f}" for n in numbers), operators[letter])) for letter, numbers in steps
    )


@lru_cache(maxsize=len(_FACES))
def _font(face: str) -> TTFont:
    return TTFont(FONTS / face, lazy=True)
