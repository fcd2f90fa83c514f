"""Papers as people get them: downloaded from the case's page, and what stands in them."""

import io
import time
from dataclasses import dataclass

import pypdf
from sqlalchemy import create_engine, select

from models import Case, Document
from tests.browser.servers import Site
from tests.browser.visitors import Visitor

SECONDS_TO_RENDER = 60


@dataclass(frozen=True)
class Paper:
    """A downloaded file."""

    content: bytes

    @property
    def text(self) -> str:
        reader = pypdf.PdfReader(io.BytesIO(self.content))
        return "".join(page.extract_text() for page in reader.pages)


def download(person: Visitor, title: str, word: str = "下载") -> Paper:
    """The paper of that title from the case's page, as soon as it has been made."""
    papers = person.page.get_by_role("region", name="文书下载")
    entry = papers.get_by_role("listitem").filter(has_text=title)
    link = entry.get_by_role("link", name=word, exact=True)
    last = time.monotonic() + SECONDS_TO_RENDER
    while not link.count():
        assert time.monotonic() < last, f"{title} is not made"
        person.page.wait_for_timeout(300)
        person.page.reload()
    with person.page.expect_download() as started:
        link.click()
    content = started.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    return Paper(content)


def token_of(site: Site, number: str, kind: str) -> str:
    """What the QR code of a case's paper leads to; tests cannot scan it."""
    engine = create_engine(site.database_url)
    query = select(Document.token).join(Case, Case.id == Document.case_id)
    with engine.connect() as connection:
        token = connection.scalars(query.where(Case.number == number, Document.kind == kind)).one()
    engine.dispose()
    return str(token)
