"""流程跟踪单 (policy §9, 22): a case's way as a table and as drawings, printed whenever asked for.

No paper of its own: without number, seal or QR, but with the time of printing and the digest of
the case's record. Knows nothing of diagrams: it is handed finished SVG drawings.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from certificates.facts import MissingGlyphs
from certificates.fonts import missing_characters
from certificates.render import PRESS_IN_USE, trace_html

_ROOM = (271.0, 163.0)
"""Width and height in millimetres that a landscape A4 page leaves to a drawing."""
_PIXEL = 25.4 / 96
_READABLE = 0.56
"""The scale under which the drawings' letters of 12 px would be smaller than 5 pt."""
_GRIDS = ((2, 1), (1, 2), (2, 2), (3, 2), (3, 3), (4, 3), (4, 4), (6, 6))
_OVERLAP = 24.0
"""Pixels of a part that its neighbours show as well."""
_ROOT = re.compile(
    r'viewBox="([-\d.e]+) ([-\d.e]+) ([\d.e]+) ([\d.e]+)" width="[^"]+" height="[^"]+"'
)
_LINK = re.compile(r"</?a\b[^>]*>")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Table:
    """A title, the heads of its columns with their widths in millimetres (0: the rest), rows."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class TraceSheet:
    """What is printed: facts in pairs, tables, drawings as (title, SVG), and the closing note."""

    title: str
    number: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    drawings: Sequence[tuple[str, str]]
    note: str


@dataclass(frozen=True)
class Figure:
    """A drawing, or one part of it, as it stands on a page: `svg` is a whole file."""

    title: str
    svg: str

    @property
    def address(self) -> str:
        """The drawing as a data: address.

        As a picture none of its thousands of elements is styled and laid out as the page's own.
        """
        return "data:image/svg+xml;base64," + b64encode(self.svg.encode()).decode()


def print_trace(sheet: TraceSheet) -> bytes:
    """The sheet as PDF/A-2u: A4 upright for the tables, across for the drawings.

    Slow work (about 1 s): outside any transaction. Raises MissingGlyphs.
    """
    from certificates import press

    texts = [text for _label, text in sheet.facts]
    texts += [cell for table in sheet.tables for row in table.rows for cell in row]
    if missing := missing_characters("".join(texts)):
        raise MissingGlyphs({sheet.title: missing})
    figures = [figure for title, svg in sheet.drawings for figure in figures_of(title, svg)]
    html = trace_html(sheet=sheet, figures=figures)
    with PRESS_IN_USE:
        return press.print_page(html, f"{sheet.title} {sheet.number}")


def figures_of(title: str, svg: str) -> Iterator[Figure]:
    """The drawing on one page; one too large to be read there as a whole and then in parts."""
    found = _ROOT.search(svg)
    if found is None:
        raise ValueError("a drawing must begin with its viewBox, width and height")
    left, top, width, height = (float(number) for number in found.groups())
    scale = _fit(width, height)
    yield Figure(title, _cut(svg, (left, top, width, height), scale))
    if scale >= _READABLE:
        return
    columns, rows = _grid(width, height)
    wide, tall = width / columns, height / rows
    for number, (row, column) in enumerate(product(range(rows), range(columns)), start=1):
        box = _part((left, top, width, height), (column * wide, row * tall, wide, tall))
        name = f"{title}（{number}/{columns * rows}）"
        yield Figure(name, _cut(svg, box, _fit(box[2], box[3])))


def _fit(width: float, height: float) -> float:
    return min(1.0, _ROOM[0] / (width * _PIXEL), _ROOM[1] / (height * _PIXEL))


def _grid(width: float, height: float) -> tuple[int, int]:
    """Into how many columns and rows a drawing is cut so that each part can be read."""
    readable = (grid for grid in _GRIDS if _scale_in(grid, width, height) >= _READABLE)
    return next(readable, _GRIDS[-1])


def _scale_in(grid: tuple[int, int], width: float, height: float) -> float:
    return _fit(width / grid[0] + 2 * _OVERLAP, height / grid[1] + 2 * _OVERLAP)


def _part(whole: Box, part: Box) -> Box:
    """A part of the drawing with its overlap, inside the whole."""
    left, top, width, height = whole
    x, y = max(part[0] - _OVERLAP, 0), max(part[1] - _OVERLAP, 0)
    right = min(part[0] + part[2] + _OVERLAP, width)
    bottom = min(part[1] + part[3] + _OVERLAP, height)
    return left + x, top + y, right - x, bottom - y


def _cut(svg: str, box: Box, scale: float) -> str:
    """The drawing through a window, in millimetres; links lead nowhere on paper."""
    width, height = box[2] * _PIXEL * scale, box[3] * _PIXEL * scale
    view = " ".join(f"{number:g}" for number in box)
    root = f'viewBox="{view}" width="{width:.2f}mm" height="{height:.2f}mm"'
    return _LINK.sub("", _ROOT.sub(root, svg, count=1))
