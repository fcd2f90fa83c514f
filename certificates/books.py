"""Reading matter as PDF — the manual, a guide — printed from HTML of the program's own making.

Slow work (0.2–2 s): never inside a transaction; keep what came of it.
"""

from functools import lru_cache
from pathlib import Path

from certificates.render import PRESS_IN_USE

_STYLE = Path(__file__).parent / "templates" / "book.css"


def print_book(
    title: str, subtitle: str, body: str, identifier: str, *, look: str = "cover"
) -> bytes:
    """The book as PDF/A-2u; `body` is HTML; `look` is cover (a title page) or slim (a head).

    Raises FetchRefused when the body names anything outside itself, and MissingGlyphs.
    """
    from markupsafe import escape

    from certificates import press

    page = (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>"
        f'<body><header class="{look}"><p class=brand>测资通</p><h1>{escape(title)}</h1>'
        f"<p>{escape(subtitle)}</p></header>{body}</body></html>"
    )
    with PRESS_IN_USE:
        return press.print_page(page, identifier)


@lru_cache(maxsize=1)
def _style() -> str:
    return _STYLE.read_text("utf-8")
