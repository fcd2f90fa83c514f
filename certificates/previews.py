"""Papers before they are issued: made as they will be, then marked 预览·未生效 on every page."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Name, OutlineItem

from certificates.render import PRESS_IN_USE, render

if TYPE_CHECKING:
    from certificates.press import Backdrop

WORDS = "预览·未生效"
_POINT = 72 / 25.4


@dataclass(frozen=True)
class Draft:
    """A paper that was not issued: what `render` would be given for it."""

    kind: str
    title: str
    facts: Mapping[str, Any]
    wording: str = ""


def print_drafts(drafts: Sequence[Draft]) -> bytes:
    """All drafts in one file, each with its title among the bookmarks. No PDF/A, not signed.

    Slow work (0.1–0.3 s each): outside any transaction. Raises FactsRejected as `render` does.
    """
    printed = [(draft.title, render(draft.kind, draft.facts, draft.wording)) for draft in drafts]
    with PRESS_IN_USE, ExitStack() as open_files:
        merged = open_files.enter_context(pikepdf.new())
        with merged.open_outline() as outline:
            for title, content in printed:
                paper = open_files.enter_context(pikepdf.open(BytesIO(content)))
                outline.root.append(OutlineItem(title, len(merged.pages)))
                _leave_no_field(paper)
                merged.pages.extend(paper.pages)
        for page in merged.pages:
            _mark(merged, page)
        file = BytesIO()
        merged.save(file)
    return file.getvalue()


def _leave_no_field(paper: pikepdf.Pdf) -> None:
    """Without the empty field that waits for the organ's signature: nobody signs a preview."""
    if Name.AcroForm in paper.Root:
        del paper.Root.AcroForm
    for page in paper.pages:
        if Name.Annots in page.obj:
            del page.obj.Annots


def _mark(file: pikepdf.Pdf, page: pikepdf.Page) -> None:
    _left, _bottom, width, height = (float(side) for side in page.mediabox)
    stamp = _stamp(round(width / _POINT), round(height / _POINT))
    page.add_resource(file.copy_foreign(stamp.form), Name.XObject, Name.Preview)
    page.contents_add(b"q", prepend=True)  # whatever the paper leaves behind, the stamp is upright
    page.contents_add(b"Q q /Preview Do Q")


@lru_cache(maxsize=8)
def _stamp(width: int, height: int) -> "Backdrop":
    """The words all over a page of so many millimetres."""
    from certificates import press

    step = 62
    words = "".join(
        f'<text transform="translate({x} {y}) rotate(-32)">{WORDS}</text>'
        for row, y in enumerate(range(30, height + step, step))
        for x in range(-10 - row % 2 * 50, width, 100)
    )
    html = (
        f"<!doctype html><style>@page {{ size: {width}mm {height}mm; margin: 0 }} "
        "body { margin: 0 } svg { display: block }</style>"
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}"><g font-family="Noto Sans SC" font-size="13" '
        f'font-weight="500" fill="#c8161d" fill-opacity="0.17">{words}</g></svg>'
    )
    return press.backdrop_of(press.print_page(html, WORDS))
