"""WeasyPrint, set up once: packaged fonts only, nothing fetched, no blanks for missing glyphs.

Importing this module needs Pango; ask `fonts.startup_problems()` first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

from certificates import fonts
from certificates.facts import MissingGlyphs

fonts.use_only_packaged_fonts()

from weasyprint import HTML  # noqa: E402 — it reads the font settings when imported
from weasyprint.css import ColorProfile  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: E402

from certificates.place import keep_place  # noqa: E402

VARIANT = "pdf/a-2u"
# One for the process: a new one per paper costs a third of the time and twice the memory.
_FONTS = FontConfiguration()
_SRGB = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


@dataclass(frozen=True)
class Backdrop:
    """A page as a form, with the file it lives in."""

    file: pikepdf.Pdf
    form: pikepdf.Object


class FetchRefused(RuntimeError):
    """A page asked for something outside itself; `addresses` says what."""

    def __init__(self, addresses: list[str]) -> None:
        """Keep the addresses asked for."""
        super().__init__("a paper may not fetch " + ", ".join(addresses))
        self.addresses = addresses


class _NothingOutside(URLFetcher):  # type: ignore[misc]
    """Fetches data: addresses only, and remembers what else was asked for."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        if not url.lower().startswith("data:"):
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        return super().fetch(url, headers)


def print_page(html: str, identifier: str) -> bytes:
    """Return the page as PDF/A-2u; the same page and identifier give the same bytes.

    Raises FetchRefused, and MissingGlyphs should a character have slipped through the check.
    """
    fetcher = _NothingOutside()
    try:
        document = HTML(string=html, url_fetcher=fetcher).render(font_config=_FONTS)
        document.color_profiles["srgb"] = _srgb()
        pdf = document.write_pdf(
            finisher=keep_place,
            pdf_variant=VARIANT,
            output_intent="",
            pdf_identifier=identifier.encode(),
        )
    except FatalURLFetchingError:
        raise FetchRefused(fetcher.refused) from None
    # Inside inline SVG, WeasyPrint 70 swallows the refusal and goes on.
    if fetcher.refused:
        raise FetchRefused(fetcher.refused)
    _require_glyphs(document)
    return bytes(pdf)


def lay_over(pdf: bytes, backdrop: Backdrop) -> bytes:
    """Return the one-page PDF with the backdrop under it."""
    with pikepdf.open(BytesIO(pdf)) as paper:
        page = paper.pages[0]
        # Not Page.add_underlay: pikepdf 10 gives the form a random name, so no two were equal.
        page.add_resource(paper.copy_foreign(backdrop.form), Name.XObject, Name.Backdrop)
        page.contents_add(b"q /Backdrop Do Q", prepend=True)
        merged = BytesIO()
        paper.save(
            merged,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return merged.getvalue()


def backdrop_of(pdf: bytes) -> Backdrop:
    """Return the first page as a form, to be laid under others."""
    file = pikepdf.open(BytesIO(pdf))
    page = file.pages[0]
    return Backdrop(file, page.as_form_xobject())


def _srgb() -> ColorProfile:
    """The colours' profile that PDF/A demands; WeasyPrint 70's own leaves the file open."""
    rgb = (["r"], ["g"], ["b"])
    return ColorProfile(BytesIO(_SRGB), "sRGB2014.icc", "relative-colorimetric", rgb)


def _require_glyphs(document: Any) -> None:
    missing = {code for font in document.fonts.values() for code in font.missing}
    if missing:
        raise MissingGlyphs({"文书": "".join(chr(code) for code in sorted(missing))})
