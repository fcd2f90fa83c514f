"""Two units that claim one person, and the conflict case between them, walked word by word."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn import casework
from bpmn.casework import conflicts, evidence
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import Account, Case, Claim, ClaimPeriod, Contest, Document, DossierRow, Message, Task
from tests import builders
from tests.walks.remembered import once

MATTER = MATTERS["ownership_conflict"]
PERSON = {
    "name": "张三丰",
    "id_number": "619999198501010017",
    "category": "mid",
    "mobile": "13800138000",
    "nationality": "中国",
}
MASKED = "张**（身份证号末位 0017）"
CLAIM = {"reasons": "二〇二六年起在本单位", "contact_name": "李四", "contact_mobile": "13800138001"}
STOPS = {"withdraw": "withdrawn", "terminate": "terminated"}
OFFICER_FORMS = ("examine_claims", "decide_ownership")
SCAN = casework.StoredFile("劳动合同.png", "image/png", 100, "0" * 64)


class ConflictDesk:
    """The holder has the person in its open case; the claimant was refused and asks the organ."""

    def __init__(self, db: Session, *, page: str = "staff", **other_place: Any) -> None:
        self.db, self.now, self.page = db, builders.NOW, page
        once(self, repr(other_place), lambda: self._open(other_place))

    def _open(self, other_place: dict[str, Any]) -> None:
        db, page = self.db, self.page
        builders.deployed(db)
        ministry = builders.an_authority(db, level="ministry")
        province = builders.an_authority(db, level="province", superior_id=ministry.id)
        city = builders.an_authority(db, level="city", superior_id=province.id)
        self.officers = {
            (authority.id, role): builders.an_officer(db, role=role, authority=authority)
            for authority in (ministry, province, city)
            for role in builders.OFFICER_ROLES
        }
        self.holder, self.holding = self._unit("持有单位", "holder", **other_place)
        self.claimant, self.origin = self._unit("申请方单位", "claimant")
        self.row = casework.add_row(self.office(self.holder), self.holding, page, PERSON)
        self.case = self.open(self.claimant, self.origin)

    def office(self, actor: Account | None = None) -> Office:
        return builders.an_office(self.db, now=self.now, actor=actor)

    def third(self) -> tuple[Account, Case]:
        return self._unit("第三单位", "third")

    def open(self, claimant: Account, origin: Case) -> Case:
        typed = conflicts.Typed(self.page, PERSON)
        return conflicts.open_conflict(self.office(claimant), origin, MATTER, typed)

    def take(self, words: Sequence[str]) -> None:
        for word in words:
            once(self, word, lambda word=word: self._play(word))

    def open_task(self) -> Task:
        query = select(Task).where(Task.case_id == self.case.id, Task.closed_at.is_(None))
        return self.db.scalars(query).one()

    def holds(self) -> int | None:
        return self.db.scalar(select(Claim.unit_id))

    def periods(self) -> list[tuple[int, Any, Any]]:
        found = self.db.scalars(select(ClaimPeriod))
        return [(one.unit_id, one.held_from, one.held_until) for one in found]

    def rows(self, case: Case) -> list[DossierRow]:
        query = select(DossierRow).where(DossierRow.dossier_id == case.dossier_id)
        return list(self.db.scalars(query.execution_options(populate_existing=True)))

    def contest(self) -> Contest:
        return self.db.scalars(select(Contest).where(Contest.case_id == self.case.id)).one()

    def titles(self) -> list[str]:
        return list(self.db.scalars(select(Document.title).order_by(Document.id)))

    def told(self, unit_id: int) -> str:
        query = select(Message.body).where(Message.unit_id == unit_id).order_by(Message.id)
        return "\n".join(self.db.scalars(query))

    def _unit(self, name: str, username: str, **place: Any) -> tuple[Account, Case]:
        unit = builders.a_unit(self.db, name=name, uscc=None, **place)
        account = builders.an_applicant(self.db, unit=unit, username=username)
        office = self.office(account)
        return account, casework.open_case(office, builders.MATTER, "class_b")

    def _play(self, word: str) -> None:
        if word == "wait":
            self.now = self.case.wake_at or self.now
            assert casework.wake_case(self.office(), self.case.id)
        elif word in STOPS:
            approver = self.officers.get((self.case.authority_id, "approver"))
            actor = self.claimant if word == "withdraw" else approver
            casework.stop_case(self.office(actor), self.case, STOPS[word], "理由")
        elif word == "free":
            casework.remove_row(self.office(self.holder), self.holding, self.row.id)
            assert conflicts.settle_idle_conflict(self.office(), self.case.id)
        elif word == "leave":
            casework.delete_case(self.office(self.claimant), self.origin)
            assert conflicts.settle_idle_conflict(self.office(), self.case.id)
        else:
            self._decide(word)

    def _decide(self, word: str) -> None:
        task = self.open_task()
        if task.role == "applicant":
            self._state(task)
        elif task.role == "respondent":
            self._answer(task, word)
        else:
            actor = self.officers[task.authority_id, task.role]
            answers = {"outcome": word, "opinion": "核实意见", "reasons": "社保由申请方缴纳"}
            given = answers if task.role == "approver" else {**answers, "reasons": None}
            given = {key: value for key, value in given.items() if value is not None}
            casework.complete_task(self.office(actor), task.id, given)

    def _state(self, task: Task) -> None:
        office = self.office(self.claimant)
        saved = casework.find_page(office, self.case.dossier_id, "conflict_claim")
        revision = saved.revision if saved else 0
        casework.save_page(office, self.case, "conflict_claim", CLAIM, revision)
        casework.attach_file(office, self.case, "conflict_claim", None, "labour_contract", SCAN)
        for item in casework.open_corrections(office, self.case):
            item.answer, item.answered_at = "已补充", self.now
        self.db.flush()
        casework.submit(office, self.case, task.id, MATTER, opened_at=office.now)

    def _answer(self, task: Task, word: str) -> None:
        office = self.office(self.holder)
        evidence.attach_evidence(office, self.case, "labour_contract", SCAN)
        self.db.flush()
        posted = {"outcome": word, "statement": "一直在本单位", "confirmed": "y"}
        form = evidence.answer_claim(office, task.id, posted)
        assert not form.errors
