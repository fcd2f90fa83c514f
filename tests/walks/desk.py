"""An office with its people, and a case that is walked through the use cases one word at a time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn import casework
from bpmn.casework.running import lock_case
from bpmn.matters import MATTERS
from bpmn.office import Office
from certificates import KINDS
from models import Account, Case, Document, Notice, Task, Unit
from tests import builders
from tests.walks.procedures import procedure_answers
from tests.walks.remembered import once

SPECIALTY = {"class_a_navigation": "DHDT", "class_a": "GCCL", "class_b": "GCCL"}
STATEMENT = "陈述申辩告知书"
"""The paper that comes before every refusal of what was reviewed."""
GRANTED = ("submit", "accept", "grant", "agree", "wait", "grant")
"""From 提交 to the certificate, in the words of the diagram's branches."""
STOPS = {"withdraw": "withdrawn", "terminate": "terminated"}


class Desk:
    """Everyone who may touch one case; `take` plays what they decide, in order."""

    def __init__(
        self,
        db: Session,
        *,
        certificate_type: str,
        matter: str = builders.MATTER.key,
        before: Callable[[Session, Unit], Any] = lambda db, unit: None,
        **unit: Any,
    ) -> None:
        """`before` writes what must be known of the unit when it opens the case: a function of a
        module, by which the step is known again."""
        self.db, self.now, self.objections = db, builders.NOW, 0
        opening = (certificate_type, matter, repr(unit), repr(before))
        once(self, opening, lambda: self._open(certificate_type, matter, before, unit))

    def _open(self, certificate_type: str, matter: str, before: Any, facts: dict[str, Any]) -> None:
        db = self.db
        builders.deployed(db)
        ministry = builders.an_authority(db, level="ministry")
        province = builders.an_authority(db, level="province", superior_id=ministry.id)
        city = builders.an_authority(db, level="city", superior_id=province.id)
        self.officers = {
            (authority.id, role): builders.an_officer(db, role=role, authority=authority)
            for authority in (ministry, province, city)
            for role in builders.OFFICER_ROLES
        }
        self.expert = builders.an_expert(db)
        self.unit = builders.a_unit(db, **facts)
        self.applicant = builders.an_applicant(db, unit=self.unit)
        before(db, self.unit)
        self.specialty = SPECIALTY[certificate_type]
        self.granting = [self.specialty]
        self.case = builders.a_case(
            db,
            applicant=self.applicant,
            certificate_type=certificate_type,
            now=self.now,
            matter=matter,
        )

    @classmethod
    def of_holder(cls, db: Session, *, certificate_type: str, **unit: Any) -> "Desk":
        """A desk whose unit has just been granted its certificate; `begin` opens the next case."""
        desk = cls(db, certificate_type=certificate_type, **unit)
        desk.take(GRANTED)
        return desk

    def begin(self, matter: str, pages: Mapping[str, Mapping[str, Any]]) -> None:
        """Open a case of another matter for the same certificate and save its pages."""
        once(self, (matter, repr(pages)), lambda: self._begin(matter, pages))

    def _begin(self, matter: str, pages: Mapping[str, Mapping[str, Any]]) -> None:
        office = self.office(self.applicant)
        kind = self.case.certificate_type
        self.case = casework.open_case(office, MATTERS[matter], kind)
        for page, values in pages.items():
            saved = casework.find_page(office, self.case.dossier_id, page)
            revision = saved.revision if saved else 0
            casework.save_page(office, self.case, page, values, revision)

    def take(self, words: Sequence[str]) -> None:
        for word in words:
            once(self, word, lambda word=word: self._play(word))

    def office(self, actor: Account | None = None) -> Office:
        return builders.an_office(self.db, now=self.now, actor=actor)

    def open_task(self) -> Task:
        query = select(Task).where(Task.case_id == self.case.id, Task.closed_at.is_(None))
        return self.db.scalars(query).one()

    def titles(self) -> list[str]:
        """The papers by which the organ tells the unit something, in their order."""
        return [paper.title for paper in self.papers() if KINDS[paper.kind].told]

    def papers(self) -> list[Document]:
        """Every paper of the case: also receipts, pledges and what stays in the organ."""
        query = select(Document).where(Document.case_id == self.case.id)
        return list(self.db.scalars(query.order_by(Document.id)))

    def _play(self, word: str) -> None:
        if word == "wait":
            self._wait()
        elif word == "object":
            self._object()
        elif word in STOPS:
            self._stop(STOPS[word])
        else:
            self._decide(word)

    def _decide(self, word: str) -> None:
        task = self.open_task()
        actor = self._actor(task)
        self._answer_objections(actor, word)
        for item in casework.open_corrections(self.office(actor), self.case):
            item.answer, item.answered_at = "已补正", self.now
        answers = {**self._answers(word), **procedure_answers(task.form, word, self)}
        casework.complete_task(self.office(actor), task.id, answers)

    def _actor(self, task: Task) -> Account:
        if task.role == "expert":
            return self.expert
        if task.authority_id is None:
            return self.applicant
        return self.officers[task.authority_id, task.role]

    def _answer_objections(self, actor: Account, verdict: str) -> None:
        office = self.office(actor)
        found = casework.open_objections(office, self.case.id)
        given = {one.id: casework.Answer(verdict, "经核实答复") for one in found}
        casework.answer_objections(office, self.case, given)

    def _answers(self, word: str) -> dict[str, Any]:
        if word == "submit":
            return {}
        item = {
            "place": "profile",
            "place_name": "单位简介",
            "problem": "太短",
            "requirement": "补",
        }
        answers = {"outcome": word, "opinion": "意见", "reasons": "不符合标准", "items": [item]}
        if word == "grant":
            return {**answers, "granted": [*self.granting], "refused": {}, "proposals": []}
        if word == "refuse":
            refused = {self.specialty: "不符合标准"}
            return {**answers, "granted": [], "refused": refused, "proposals": []}
        return answers

    def _wait(self) -> None:
        """Go on to the moment at which the next timer is due, and let it fire."""
        wake_at = self.db.scalar(select(Case.wake_at).where(Case.id == self.case.id))
        assert wake_at is not None
        self.now = wake_at
        assert casework.wake_case(self.office(), self.case.id)

    def _stop(self, stop: str) -> None:
        approver = self.officers[self.case.authority.id, "approver"]
        actor = self.applicant if stop == "withdrawn" else approver
        casework.stop_case(self.office(actor), self.case, stop, "理由")

    def _object(self) -> None:
        query = select(Notice.id).where(Notice.case_id == self.case.id, Notice.closed_at.is_(None))
        notice_id = self.db.scalars(query).one()
        self.objections += 1
        content = f"第 {self.objections} 份异议"
        casework.object_to_notice(
            self.office(), notice_id, name="示例人", contact="13800138000", content=content
        )


def state_of(desk: Desk) -> tuple[bytes, datetime | None]:
    case = lock_case(desk.office(), desk.case.id)
    return case.state, case.wake_at
