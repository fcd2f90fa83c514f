"""An office of a test's own on either database, with committed data and several connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from bpmn import casework
from bpmn.office import Office
from config.settings import read_settings
from models import Account, Case, Document, Message, Task
from models.settings import read_setting, write_setting
from tests import builders
from tests.databases import migrated_database
from webapp.app import open_premises
from webapp.clock import DEMO_OFFSET
from webapp.demo.cases import days_on
from webapp.demo.units import DemoUnit
from webapp.jobs.queue import open_queue
from webapp.jobs.worker import Jobs
from webapp.offices import Premises
from webapp.storage import FileStore

ANSWERS = {
    "opinion": "意见",
    "reasons": "",
    "granted": ["GCCL"],
    "refused": {},
    "proposals": [],
    "items": [
        {"place": "profile", "place_name": "单位简介", "problem": "太短", "requirement": "补"}
    ],
}


@dataclass
class LiveOffice:
    """Premises whose changes are committed, and the people of one city."""

    premises: Premises
    store: FileStore
    folder: Path
    database_url: str
    officers: dict[str, int]
    applicants: list[int]

    def jobs(self) -> Jobs:
        """The tasks of one process on this office's queue."""
        return Jobs(self.premises, self.store, open_queue(self.premises.settings.queue_url))

    def environment(self) -> dict[str, str]:
        """What a process of its own needs to work in this office."""
        return {
            "CARTOUCHE_DEMO": "yes",
            "CARTOUCHE_DATA_DIR": str(self.folder),
            "CARTOUCHE_DATABASE_URL": self.database_url,
        }

    def open_case(self, applicant: int) -> int:
        with self.premises.transaction(applicant) as office:
            case = builders.a_case(office.db, applicant=_actor(office))
            office.db.flush()
            basics = {
                "uscc": case.unit.uscc,
                "registered_address": "示例路",
                "legal_representative": "示例人",
            }
            casework.save_page(office, case, "unit_basics", basics, 1)
            return case.id

    def decide(self, case_id: int, outcome: str | None = None) -> None:
        """Whoever may do the open task does it."""
        with self.premises.reading() as office:
            query = select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))
            task = office.db.scalars(query).one()
            applicant = office.db.get_one(Case, case_id).opened_by
        actor = applicant if task.authority_id is None else self.officers[task.role]
        with self.premises.transaction(actor) as office:
            answers = {**ANSWERS, "outcome": outcome} if outcome else {}
            casework.complete_task(office, task.id, answers)

    def granted_case(self, applicant: int) -> int:
        """A case with all its papers pending."""
        case_id = self.open_case(applicant)
        for outcome in (None, "accept", "grant", "agree"):
            self.decide(case_id, outcome)
        self.let_days_pass(10)
        with self.premises.transaction() as office:
            casework.wake_case(office, case_id)
        self.decide(case_id, "grant")
        return case_id

    def let_days_pass(self, working_days: int) -> None:
        with self.premises.transaction() as office:
            until = days_on(office.calendar, office.now, working_days)
            seconds = (until - office.now).total_seconds()
            offset = seconds + self._offset(office)
            write_setting(office.db, DEMO_OFFSET, str(offset))

    def let_seconds_pass(self, seconds: float) -> None:
        with self.premises.transaction() as office:
            write_setting(office.db, DEMO_OFFSET, str(self._offset(office) + seconds))

    def statuses(self) -> dict[str, set[str]]:
        with self.premises.reading() as office:
            return {
                "documents": set(office.db.scalars(select(Document.status))),
                "messages": set(office.db.scalars(select(Message.status))),
            }

    def _offset(self, office: Office) -> float:
        return float(read_setting(office.db, DEMO_OFFSET, "0"))


@contextmanager
def live_office(kind: str, folder: Path, applicants: int = 4) -> Iterator[LiveOffice]:
    """Tables, diagrams, one city with its officers and some units, on an empty database."""
    with migrated_database(kind, folder) as url:
        environment = {
            "CARTOUCHE_DEMO": "yes",
            "CARTOUCHE_DATA_DIR": str(folder),
            "CARTOUCHE_DATABASE_URL": url,
        }
        premises = open_premises(read_settings(environment))
        casework.forget_diagrams()
        try:
            yield _furnish(premises, folder, url, applicants)
        finally:
            premises.engine.dispose()


def _furnish(premises: Premises, folder: Path, url: str, applicants: int) -> LiveOffice:
    store = FileStore(premises.settings.attachment_url)
    with premises.transaction() as office:
        db = office.db
        builders.deployed(db)
        province = builders.an_authority(db, level="province")
        city = builders.an_authority(db, level="city", superior_id=province.id)
        officers = {
            role: builders.an_officer(db, role=role, authority=city).id
            for role in builders.OFFICER_ROLES
        }
        units = [
            builders.a_unit(db, name=known.name, uscc=known.uscc)
            for known in (
                DemoUnit(f"unit_{n}", f"示例测绘{n}有限公司", n) for n in range(applicants)
            )
        ]
        accounts = [
            builders.an_applicant(db, unit=unit, username=f"unit_{number}").id
            for number, unit in enumerate(units)
        ]
    return LiveOffice(premises, store, folder, url, officers, accounts)


def _actor(office: Office) -> Account:
    assert office.actor is not None
    return office.actor
