"""Facts in, PDF out. The same facts give the same bytes; nothing is read but templates and fonts.

Rendering is slow work (0.1–0.3 s): do it in a job, never inside a transaction.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from certificates.artwork import backdrop_svg
from certificates.facts import check_facts
from certificates.fonts import prints_bold
from certificates.kinds import KINDS
from certificates.law import cite, law
from certificates.place import SEAL_CLASS
from certificates.sheets import LEADING, SHEETS
from certificates.times import day_words, moment_words
from certificates.verification import is_signed_token
from certificates.wording.writing import wording_html

if TYPE_CHECKING:
    from certificates.press import Backdrop
    from certificates.slips import Slip

# The fonts and the cached backdrops are shared, and neither Pango nor pikepdf promises threads.
PRESS_IN_USE = Lock()
_PLACE_OF_SEAL = Markup(f'<div class="{SEAL_CLASS}"></div>')  # noqa: S704 — no text in it
_MOST_MODULES = 77
"""On the 28 mm of the 副本 each is still 0.36 mm wide."""
_WRITTEN = ("unit_name", "address", "legal_representative", "class_name", "uscc")


def render(kind: str, facts: Mapping[str, Any], wording: str = "") -> bytes:
    """Return the paper as PDF/A-2u; `wording` is the organ's own for its body, if it has one.

    Raises FactsRejected and MissingGlyphs as `check_facts` does, and FetchRefused.
    """
    from certificates import press

    check_facts(kind, facts)
    html = page_html(kind, facts, backdrop=False, wording=wording)
    with PRESS_IN_USE:
        pdf = press.print_page(html, _identifier(kind, facts))
        if kind not in SHEETS:
            return pdf
        return press.lay_over(pdf, _backdrop(kind, facts["organ"]))


def page_html(kind: str, facts: Mapping[str, Any], *, backdrop: bool, wording: str = "") -> str:
    """Return the page of checked facts; a certificate's backdrop is drawn in it when asked for."""
    return _page(
        kind,
        fact={fact.key: facts.get(fact.key) for fact in KINDS[kind].facts},
        qr=Markup(_qr_svg(facts["verify_url"])),  # noqa: S704 — drawn by segno, no text in it
        text=True,
        worded=wording_html(kind, wording, facts) if wording else "",
        type_size=_type_size(kind, facts),
        organ=facts["organ"],
        backdrop=backdrop,
    )


@lru_cache(maxsize=64)
def _backdrop(kind: str, organ: str) -> "Backdrop":
    from certificates import press

    html = _page(kind, organ=organ, text=False, type_size=None, backdrop=True)
    return press.backdrop_of(press.print_page(html, organ))


def slip_html(slip: "Slip") -> str:
    """Return the page of a slip."""
    return _templates().get_template("slip.html").render(slip=slip)


def trace_html(**shown: Any) -> str:
    """Return the pages of a 流程跟踪单."""
    return _templates().get_template("trace_sheet.html").render(**shown)


def _page(kind: str, *, organ: str, backdrop: bool, **context: Any) -> str:
    sheet = SHEETS.get(kind)
    drawing = backdrop_svg(sheet.width, sheet.height, sheet.ornament) if sheet and backdrop else ""
    return (
        _templates()
        .get_template(f"{kind}.html")
        .render(
            kind=KINDS[kind],
            organ=organ,
            backdrop=Markup(drawing),  # noqa: S704 — our own geometry
            seal=_PLACE_OF_SEAL,
            **context,
        )
    )


def _type_size(kind: str, facts: Mapping[str, Any]) -> float | None:
    if kind not in SHEETS:
        return None
    others = ("证书编号", "、".join(facts["specialties"]), "有效期")
    return SHEETS[kind].type_size([*(facts[key] for key in _WRITTEN), *others])


def _identifier(kind: str, facts: Mapping[str, Any]) -> str:
    return f"{kind} {facts.get('document_number') or facts['certificate_number']}"


def _qr_svg(address: str) -> str:
    """The code; one that would be too fine to scan from paper gives up some redundancy."""
    code = _code(address, "m")
    if code.symbol_size(border=0)[0] > _MOST_MODULES:
        code = _code(address, "l")
    return code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None, dark="#1c1a18")


def _code(address: str, error: str) -> segno.QRCode:
    """A signed address is long, so its capitals are written in the denser alphabet of QR codes."""
    place, slash, last = address.rpartition("/")
    content: Any = [place + slash, last] if is_signed_token(last) else address
    # A fixed mask saves two thirds of the time and reads as well (segno 1.6).
    return segno.make(content, error=error, boost_error=False, micro=False, mask=3)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day_words, moment=moment_words)
    environment.tests["bold"] = prints_bold
    environment.filters["listed"] = "、".join
    environment.globals.update(cite=cite, law=law(), leading=LEADING)
    return environment
