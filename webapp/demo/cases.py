"""Cases of the demo, played through the use cases by the demo's own people on the days it took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn import casework
from bpmn.matter import Matter
from bpmn.office import Office
from models import Account, Case, Notice, Task, WorkingCalendar
from models.calendar import OFFICE_ZONE, office_date
from webapp.demo.dossiers import Writer
from webapp.demo.materials import Target
from webapp.demo.scans import Scan
from webapp.demo.units import DemoUnit, seed_unit


@dataclass(frozen=True)
class Run:
    """One unit's case: what it applies for, how many working days ago, and what was decided.

    `words` are outcomes in their order, "submit" among them; a number before a word lets as many
    working days pass. "claim" is the officer taking the open task, "object" an objection.
    """

    unit: DemoUnit
    certificate_type: str
    specialties: tuple[str, ...]
    days_ago: int
    words: tuple[str | int, ...] = ("submit",)
    on: datetime | None = None
    """When it began, where that is not counted in working days."""


@dataclass
class Player:
    """Plays one run; `now` moves on as it goes."""

    office: Office
    matter: Matter
    case: Case
    specialties: Sequence[str]
    now: datetime
    officers: Mapping[tuple[int, str], Account]
    applicant: Account
    granted: list[str] = field(default_factory=list)

    def play(self, word: str | int) -> None:
        if isinstance(word, int):
            self._wait(word)
        elif word == "object":
            self._object()
        elif word == "claim":
            task = self._open_task()
            casework.claim_task(self._as(self._actor(task)), task.id)
        else:
            self._decide(word)
        self.office.db.flush()
        self.now += timedelta(minutes=37)

    def _decide(self, word: str) -> None:
        task = self._open_task()
        office = self._as(self._actor(task))
        for item in casework.open_corrections(office, self.case) if word == "submit" else ():
            item.answer, item.answered_at = _("已按要求补正。"), self.now
        casework.complete_task(office, task.id, self._answers(word))

    def _answers(self, word: str) -> dict[str, Any]:
        """What the forms of the office would have given for this word, and nothing more."""
        answers: dict[str, Any] = {"outcome": word, "opinion": _OPINIONS.get(word, "")}
        if word in ("grant", "refuse"):
            answers |= self._verdicts(word)
        if word == "return":
            answers["items"] = [
                {
                    "place": "profile",
                    "place_name": _("单位简介"),
                    "problem": _("没有写明内设机构和主要业务。"),
                    "requirement": _("补充内设机构、主要业务和近两年的情况。"),
                }
            ]
        return answers

    def _verdicts(self, word: str) -> dict[str, Any]:
        reason = "" if word == "grant" else _REASON
        return {
            "reasons": reason,
            "granted": list(self.specialties) if word == "grant" else [],
            "refused": {} if word == "grant" else dict.fromkeys(self.specialties, reason),
            "proposals": [
                {"specialty": code, "proposal": word, "reason": reason} for code in self.specialties
            ],
        }

    def _wait(self, working_days: int) -> None:
        """Let days pass, and every timer that falls due in them fire at its time."""
        until = days_on(self.office.calendar, self.now, working_days)
        while self.case.wake_at is not None and self.case.wake_at <= until:
            self.now = self.case.wake_at
            casework.wake_case(self._as(None), self.case.id)
        self.now = until

    def _object(self) -> None:
        query = select(Notice.id).where(Notice.case_id == self.case.id, Notice.closed_at.is_(None))
        casework.object_to_notice(
            self._as(None),
            self.office.db.scalars(query).one(),
            name=_("演示群众"),
            contact="029-00000000",
            content=_("该单位的一名技术人员据称仍在其他单位任职，请核实。"),
        )

    def _open_task(self) -> Task:
        query = select(Task).where(Task.case_id == self.case.id, Task.closed_at.is_(None))
        return self.office.db.scalars(query).one()

    def _actor(self, task: Task) -> Account:
        if task.authority_id is None:
            return self.applicant
        return self.officers[task.authority_id, task.role]

    def _as(self, actor: Account | None) -> Office:
        return replace(self.office, actor=actor, now=self.now)


_REASON = _("人员数量不满足相应专业标准。")
_OPINIONS = {
    "accept": _("材料齐全，符合法定形式。"),
    "return": _("材料需要补正，已列明。"),
    "grant": _("经审查，符合标准。"),
    "agree": _("同意。"),
    "refuse": _REASON,
}


def start(office: Office, matter: Matter, run: Run, scans: Mapping[str, Scan], hashed: str) -> None:
    """Found the unit if need be, fill in its dossier and play its case as far as it has come."""
    begun = run.on or days_on(office.calendar, office.now, -run.days_ago)
    applicant = _applicant(replace(office, now=begun), run.unit, hashed)
    then = replace(office, now=begun, actor=applicant)
    case = casework.open_case(then, matter, run.certificate_type)
    unit = case.unit
    kind = office.standard.certificate_types[run.certificate_type]
    target = Target(kind.certificate_class, run.specialties)
    if unit.approved_dossier_id is None:
        Writer(then, unit, run.unit, scans).fill(case.dossier_id, target)
    officers = officers_by_role(office)
    player = Player(office, matter, case, run.specialties, begun, officers, applicant)
    for word in run.words:
        player.play(word)


def days_on(calendar: WorkingCalendar, moment: datetime, working_days: int) -> datetime:
    """About 10:00 in the office on the nth working day after, or before, the moment's."""
    day, left = office_date(moment), abs(working_days)
    step = timedelta(days=1 if working_days > 0 else -1)
    while left:
        day += step
        left -= calendar.is_worked(day)
    clock = moment.astimezone(OFFICE_ZONE) if working_days > 0 else None
    hour, minute = (clock.hour, clock.minute) if clock else (9, 7)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE_ZONE)


def _applicant(office: Office, known: DemoUnit, hashed: str) -> Account:
    query = select(Account).where(Account.username == known.username)
    found = office.db.scalar(query)
    if found is None:
        seed_unit(office.db, known, hashed, office.now)
        office.db.flush()
        found = office.db.scalars(query).one()
    return found


def officers_by_role(office: Office) -> Mapping[tuple[int, str], Account]:
    # The first of a role is the one who works; a colleague looks into the bad ratings.
    query = select(Account).where(Account.authority_id.is_not(None)).order_by(Account.id.desc())
    return {
        (account.authority_id, role): account
        for account in office.db.scalars(query)
        for role in account.roles
        if account.authority_id is not None
    }
