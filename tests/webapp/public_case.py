"""A case in the demo office that is walked as far as a test of the public pages needs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bpmn import casework
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import Account, Case, Document, Notice, Qualification, Task
from webapp import clock
from webapp.offices import Premises

TO_NOTICE = ("submit", "accept", "grant", "agree")
TO_GRANT = (*TO_NOTICE, "wait", "grant")
SPECIALTY = "GCCL"
ANSWER = "经核实，异议不成立：人员社保记录齐全。"


class PublicCase:
    """The case of one unit; `take` plays what its people decide, each in a transaction."""

    def __init__(self, premises: Premises, username: str = "unit_ready") -> None:
        self.premises = premises
        with premises.transaction() as office:
            self.applicant_id = _account_id(office, username)
        with premises.transaction(self.applicant_id) as office:
            case = casework.open_case(office, MATTERS["qualification_application"], "class_b")
            pages = {
                "application": {"chosen_specialties": [SPECIALTY]},
                "unit_basics": {
                    "uscc": case.unit.uscc,
                    "registered_address": "西安市示例路 1 号",
                    "legal_representative": "秘密人",
                },
            }
            for key, answers in pages.items():
                casework.save_page(office, case, key, answers, 0)
            self.id, self.number = case.id, case.number

    def take(self, words: Sequence[str]) -> None:
        for word in words:
            self._wait() if word == "wait" else self._decide(word)

    def one(self, table: type[Any], **facts: Any) -> Any:
        """The only row of a table that belongs to the case."""
        with self.premises.reading() as office:
            return office.db.scalars(
                select(table).where(table.case_id == self.id).filter_by(**facts)
            ).one()

    def notice(self, kind: str = "notice") -> Notice:
        found: Notice = self.one(Notice, kind=kind)
        return found

    def document(self, kind: str) -> Document:
        found: Document = self.one(Document, kind=kind)
        return found

    def qualification(self) -> Qualification:
        found: Qualification = self.one(Qualification)
        return found

    def task(self, office: Office) -> Task:
        query = select(Task).where(Task.case_id == self.id, Task.closed_at.is_(None))
        return office.db.scalars(query).one()

    def _decide(self, word: str) -> None:
        with self.premises.reading() as office:
            actor_id, task_id = self._actor(office), self.task(office).id
        with self.premises.transaction(actor_id) as office:
            if word in ("dismissed", "upheld"):
                found = casework.open_objections(office, self.id)
                answers = {one.id: casework.Answer(word, ANSWER) for one in found}
                casework.answer_objections(office, office.db.get_one(Case, self.id), answers)
            casework.complete_task(office, task_id, _answers(word))

    def _actor(self, office: Office) -> int:
        task = self.task(office)
        if task.authority_id is None:
            return self.applicant_id
        accounts = office.db.scalars(
            select(Account).where(Account.authority_id == task.authority_id)
        )
        return next(one.id for one in accounts if task.role in one.roles)

    def _wait(self) -> None:
        """The demo clock moves on to the case's next timer, which fires."""
        with self.premises.transaction() as office:
            case = office.db.get_one(Case, self.id)
            assert case.wake_at is not None
            clock.move_demo_clock(office.db, case.wake_at)
        with self.premises.transaction() as office:
            assert casework.wake_case(office, self.id)


def move_clock(premises: Premises, to: datetime) -> None:
    with premises.transaction() as office:
        clock.move_demo_clock(office.db, to)


def _account_id(office: Office, username: str) -> int:
    return office.db.scalars(select(Account.id).where(Account.username == username)).one()


def _answers(word: str) -> dict[str, Any]:
    if word == "submit":
        return {}
    granted = {"granted": [SPECIALTY], "refused": {}} if word == "grant" else {}
    item = {"place": "profile", "place_name": "单位简介", "problem": "太短", "requirement": "补"}
    return {
        "outcome": word,
        "opinion": "内部意见不公开",
        "reasons": "不符合标准",
        "items": [item],
        **granted,
    }
