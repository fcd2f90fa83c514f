"""Cases open when the office was upgraded go on to their end, and their papers are signed.

They keep the diagrams that they were opened on: the steps, clocks and words of the release before.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn import casework
from certificates.signatures import examine
from config.settings import read_settings
from models import Account, Case, Document, Notice, Objection, Task
from tests import builders
from tests.test_migrations import empty_engine  # noqa: F401 - the fixture
from tests.upgrades.old_database import bring_up
from tests.walks.desk import Desk
from webapp import signing
from webapp.app import open_premises
from webapp.jobs.work import work_off
from webapp.offices import Premises
from webapp.storage import FileStore

CASES = {
    "received": "CH2026000001",
    "correcting": "CH2026000002",
    "reviewing": "CH2026000003",
    "checking": "CH2026000004",
    "noticed": "CH2026000005",
    "objected": "CH2026000006",
    "deciding": "CH2026000007",
}


class OldDesk(Desk):
    """Everyone who may touch a case that is there already."""

    def __init__(self, db: Session, number: str) -> None:
        self.db, self.now, self.objections = db, builders.NOW, 1
        self.case = db.scalars(select(Case).where(Case.number == number)).one()
        self.unit = self.case.unit
        self.applicant = db.get_one(Account, self.case.opened_by)
        self.officers = {
            (account.authority_id, account.grants[0].role): account
            for account in db.scalars(select(Account).where(Account.authority_id.is_not(None)))
        }
        self.specialty = "GCCL"
        self.granting = [self.specialty]


@pytest.fixture
def old_office(empty_engine, tmp_path: Path) -> Iterator[Premises]:  # noqa: F811
    bring_up(empty_engine)
    url = empty_engine.url.render_as_string(hide_password=False)
    folder = {"CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": str(tmp_path)}
    casework.forget_diagrams()
    found = open_premises(read_settings({**folder, "CARTOUCHE_DATABASE_URL": url}))
    yield found
    found.engine.dispose()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(f"file://{tmp_path / 'files'}")


@pytest.mark.parametrize(
    ("state", "words", "end"),
    [
        ("received", ("accept", "grant", "agree", "wait", "grant"), "granted_city"),
        ("received", ("wait", "grant", "agree", "wait", "grant"), "granted_city"),
        ("received", ("refuse",), "not_accepted_city"),
        ("correcting", ("submit", "accept", "refuse", "agree", "refuse"), "refused_city"),
        ("correcting", ("wait",), "lapsed_city"),
        ("reviewing", ("grant", "agree", "wait", "grant"), "granted_city"),
        ("checking", ("agree", "wait", "refuse"), "refused_city"),
        ("noticed", ("wait", "grant"), "granted_city"),
        ("noticed", ("object", "dismissed", "wait", "grant"), "granted_city"),
        ("noticed", ("withdraw",), "withdrawn_city"),
        ("objected", ("dismissed", "wait", "grant"), "granted_city"),
        ("objected", ("upheld", "refuse", "agree", "refuse"), "refused_city"),
        ("deciding", ("grant",), "granted_city"),
        ("deciding", ("return", "grant", "agree", "wait", "grant"), "granted_city"),
    ],
)
def test_a_case_of_the_release_before_goes_on_to_its_end(old_office, state, words, end):
    with old_office.engine.execution_options(writes=True).begin() as connection:
        desk = OldDesk(Session(connection), CASES[state])

        desk.take(words)

        left = select(Task).where(Task.case_id == desk.case.id, Task.closed_at.is_(None))
        assert desk.case.ended == end
        assert desk.case.wake_at is None
        assert desk.db.scalars(left).all() == []


def test_papers_of_the_release_before_are_signed_by_their_organ(old_office, store):
    work_off(old_office, store)

    with old_office.reading() as office:
        papers = office.db.scalars(select(Document)).all()
        known = signing.trusted(office)
    assert len(papers) == 6
    for paper in papers:
        report = examine(store.get(paper.digest or ""), known)
        assert report.is_genuine
        assert report.organ == paper.facts["organ"]


def test_an_upgraded_database_keeps_every_row_that_others_name(old_office):
    """SQLite changes a table by making it anew, and does not look at references meanwhile."""
    with old_office.reading() as office:
        objections = office.db.scalars(select(Objection)).all()
        if old_office.engine.dialect.name == "sqlite":
            checks = ("foreign_keys", [(1,)]), ("foreign_key_check", [])
            for name, expected in checks:
                assert office.db.connection().exec_driver_sql(f"PRAGMA {name}").all() == expected

        assert [one.content for one in objections] == ["第 1 份异议"]
        assert office.db.get_one(Notice, objections[0].notice_id).case_id == 6
