"""The pages of every application by their key, as the modules of this package declare them."""

from collections.abc import Iterator, Mapping

from forms.attachments import ATTACHMENTS
from forms.discovery import declared
from forms.page import Page

__all__ = ["PAGES", "Page"]


def _pages() -> Iterator[Page]:
    for pages in declared("PAGES"):
        yield from pages


PAGES: Mapping[str, Page] = {page.key: page for page in _pages()}
ATTACHMENTS.update({page.place: page.files for page in _pages() if page.place not in ATTACHMENTS})
