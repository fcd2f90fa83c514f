"""The manual: chapters written in docs/manual, shown as pages and printed as one PDF."""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

from certificates.books import print_book

FOLDER = Path(__file__).parents[1] / "docs" / "manual"
CHAPTERS = (
    "notice",
    "old-system",
    "applicants",
    "reviewers",
    "admins",
    "verification",
    "faq",
    "about",
)
PREVAILS = _("本手册的内容与相关政策或者主管部门的要求不一致的，以后者为准。")
PICTURES = FOLDER.parent / "pictures"
_PICTURE = re.compile(r'src="\.\./pictures/(\w+\.png)"')
_EDITION = re.compile(r"<!-- edition: (\d{4}-\d{2}-\d{2}) -->\n")


@dataclass(frozen=True)
class Chapter:
    """One chapter; `edition` is the ISO day on which its words were last gone over."""

    slug: str
    title: str
    edition: str
    html: Markup
    summary: str


@lru_cache(maxsize=1)
def chapters() -> dict[str, Chapter]:
    """All chapters in their order, by slug; read once, they come with the program."""
    return {slug: _chapter(slug) for slug in CHAPTERS if (FOLDER / f"{slug}.md").exists()}


def edition() -> str:
    """The day of the newest chapter."""
    return max(chapter.edition for chapter in chapters().values())


def manual_pdf(cache: Path) -> bytes:
    """The whole manual."""
    body = _contents() + "".join(chapter.html for chapter in chapters().values())
    return printed(cache, manual_title(), f"{imprint()}\n{PREVAILS}", body)


def printed(cache: Path, title: str, subtitle: str, body: str, look: str = "cover") -> bytes:
    """A PDF: printed when its words are new, kept in the folder by their digest."""
    digest = hashlib.sha256("\0".join((title, subtitle, body, look)).encode()).hexdigest()
    kept = cache / f"{digest[:32]}.pdf"
    if not kept.exists():
        content = print_book(title, subtitle, body, digest, look=look)
        cache.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_bytes(content)
        fresh.replace(kept)  # whole or not at all, whoever prints at the same time
    return kept.read_bytes()


def manual_title() -> str:
    return _("测资通操作手册")


def imprint() -> str:
    """The release, and the day of the newest words."""
    try:
        release = version("cartouche")
    except PackageNotFoundError:  # run from a tree that was not installed
        release = _("开发版")
    return _("版本 {release}　修订日期 {day}").format(release=release, day=edition())


def _contents() -> str:
    lines = "".join(f"<li>{chapter.title}</li>" for chapter in chapters().values())
    return f"<nav class=contents><h2>{_('目录')}</h2><ol>{lines}</ol></nav>"


def _chapter(slug: str) -> Chapter:
    text = (FOLDER / f"{slug}.md").read_text("utf-8")
    edition_of = _EDITION.match(text)
    if edition_of is None:
        raise ValueError(f"{slug}.md does not begin with its edition")
    words = text[edition_of.end() :]
    title, _line, rest = words.partition("\n")
    summary = next(line for line in rest.splitlines() if line and not line.startswith(("#", ">")))
    # The chapters are the program's own text; HTML in them is shown, not run, all the same.
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(words)
    html = _PICTURE.sub(_with_content, html)
    return Chapter(
        slug=slug,
        title=title.removeprefix("# ").strip(),
        edition=edition_of[1],
        html=Markup(html),  # noqa: S704 — see above
        summary=summary,
    )


def _with_content(picture: re.Match[str]) -> str:
    """A chapter has its pictures in it: printing fetches nothing."""
    content = base64.b64encode((PICTURES / picture[1]).read_bytes()).decode()
    return f'src="data:image/png;base64,{content}"'
