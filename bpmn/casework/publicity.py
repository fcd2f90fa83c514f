"""What was published (公示, 公告): found, how it stands, its paper, and what was answered to it.

No persons and no content of objections: that is `objections`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _

from sqlalchemy import ColumnElement, Select, false, select

from bpmn.casework.clock_words import last_day_words
from bpmn.office import Office
from bpmn.operations.notices import CLOCK
from certificates import KINDS
from models import (
    Account,
    Authority,
    Case,
    ClockEntry,
    Document,
    Notice,
    Objection,
)
from models.base import NO_LIMIT
from models.calendar import OFFICE_ZONE, office_date
from models.clock import read_clock

NOTICE, ANNOUNCEMENT = "notice", "announcement"
RESULTS = {
    "passed": ("done", _("公示结束，没有异议成立")),
    "upheld": ("returned", _("异议成立，已撤下公示，退回审查")),
    "withdrawn": ("closed", _("公示终止：申请单位撤回申请")),
    "terminated": ("closed", _("公示终止：审批机关终止办理")),
    "": ("closed", _("公示结束")),
}
"""How a notice ended → its chip and what came of it, in words."""


@dataclass(frozen=True)
class NoticesWanted:
    """What is looked for; what is None or empty is not asked about."""

    kind: str = NOTICE
    words: str = ""
    organ_id: int | None = None
    matter: str = ""
    year: int | None = None


@dataclass(frozen=True)
class NoticeStanding:
    """How a notice stands at one moment; days are working days, 0 is the last one."""

    is_open: bool
    days_left: int
    last_day: str
    """The last day as the ledger and the calendar have it now; empty for an announcement."""
    state: str
    words: str
    was_moved: bool = False
    """The calendar or the ledger was changed since, and the last day with it."""


def search_notices(wanted: NoticesWanted) -> Select[Notice]:
    """The notices of a kind whose title holds every word, newest first."""
    query = select(Notice).where(Notice.kind == wanted.kind)
    if wanted.organ_id is not None:
        query = query.where(Notice.authority_id == wanted.organ_id)
    if wanted.year is not None:
        query = query.where(*_in_year(wanted.year))
    if wanted.matter:
        query = query.join(Case, Case.id == Notice.case_id).where(Case.matter == wanted.matter)
    for word in wanted.words.split():
        query = query.where(Notice.title.contains(word, autoescape=True))
    # In the order of the index, to its end: a page is read without sorting all the others.
    return query.order_by(Notice.published_at.desc(), Notice.title.desc(), Notice.id.desc())


def newest_notices(office: Office, words: str, count: int) -> list[Notice]:
    """The newest of both kinds; each kind is read along its own index, however many there are."""
    found: list[Notice] = []
    for kind in (NOTICE, ANNOUNCEMENT):
        found += office.db.scalars(search_notices(NoticesWanted(kind, words)).limit(count))
    return sorted(found, key=lambda notice: notice.published_at, reverse=True)[:count]


def publishing_organs(office: Office) -> list[Authority]:
    """The organs that publish, to choose from: there are few."""
    return list(office.db.scalars(select(Authority).order_by(Authority.code)))


def published_years(office: Office, kind: str) -> list[int]:
    """The years from the first publication to this one, the newest first."""
    query = select(Notice.published_at).where(Notice.kind == kind)
    first = office.db.scalar(query.order_by(Notice.published_at).limit(1))
    now = office_date(office.now).year
    return list(range(now, (office_date(first).year if first else now) - 1, -1))


def related_notices(office: Office, notice: Notice) -> list[Notice]:
    """What else was published in the same case, newest first."""
    query = select(Notice).where(Notice.case_id == notice.case_id, Notice.id != notice.id)
    return list(office.db.scalars(query.order_by(Notice.id.desc())))


def published_in(office: Office, case: Case) -> list[Notice]:
    """What was published in a case, the oldest first (流程跟踪-公示, -公告: R304, R307)."""
    query = select(Notice).where(Notice.case_id == case.id).order_by(Notice.id)
    return list(office.db.scalars(query))


def standing_of(office: Office, notice: Notice) -> NoticeStanding:
    return standings_of(office, [notice])[notice.id]


def standings_of(office: Office, notices: Sequence[Notice]) -> dict[int, NoticeStanding]:
    """How each stands by its id; the ledgers of those still open are read in one statement."""
    running = [one for one in notices if one.kind == NOTICE and one.closed_at is None]
    ends = _ends_by_ledger(office, running)
    return {one.id: _standing(office, one, ends.get(one.id)) for one in notices}


def paper_of(office: Office, notice: Notice) -> Document | None:
    """The notice's own paper; never another one, whatever number the notice should carry."""
    if not notice.number:
        return None
    query = select(Document).where(
        Document.number == notice.number, Document.case_id == notice.case_id
    )
    found = office.db.scalar(query)
    return found if found is not None and KINDS[found.kind].is_public else None


def columns_of(paper: Document | None) -> tuple[tuple[str, str], ...]:
    """The list on the paper: key and title of each column; none where there is no paper."""
    facts = KINDS[paper.kind].facts if paper else ()
    return next((fact.columns for fact in facts if fact.key == "listed"), ())


def public_answers(office: Office, notice: Notice) -> list[Objection]:
    """The newest objections and statements, of which number, state and answer are public."""
    query = select(Objection).where(Objection.notice_id == notice.id)
    return list(office.db.scalars(query.order_by(Objection.id.desc()).limit(MOST_ANSWERS)))


MOST_ANSWERS = 50
"""Shown on the page of a notice; every other one is told to who looks it up."""


def statements_of(office: Office, notice: Notice, unit_id: int | None) -> list[Objection]:
    """The unit's own statements on a notice, the newest first."""
    query = select(Objection).where(
        Objection.notice_id == notice.id,
        Objection.unit_id == unit_id,
        Objection.kind == "statement",
    )
    return list(office.db.scalars(query.order_by(Objection.id.desc()).limit(MOST_ANSWERS)))


def is_about(actor: Account, office: Office, notice: Notice) -> bool:
    """Whether the notice is about the actor's own unit."""
    case = office.db.get_one(Case, notice.case_id)
    return actor.unit_id is not None and actor.unit_id == case.unit_id


def organ_of(office: Office, notice: Notice) -> Authority:
    return office.db.get_one(Authority, notice.authority_id)


def _in_year(year: int) -> tuple[ColumnElement[bool], ...]:
    """A range, read along the index. No year that cannot be written is looked for."""
    if not 2000 <= year <= 2999:
        return (false(),)
    first, after = (datetime(one, 1, 1, tzinfo=OFFICE_ZONE) for one in (year, year + 1))
    return Notice.published_at >= first, Notice.published_at < after


def _ends_by_ledger(office: Office, notices: Sequence[Notice]) -> dict[int, datetime]:
    cases = {one.case_id for one in notices}
    query = select(ClockEntry).where(ClockEntry.case_id.in_(cases), ClockEntry.clock == CLOCK)
    ledgers: dict[int, list[ClockEntry]] = {case_id: [] for case_id in cases}
    for entry in office.db.scalars(query.order_by(ClockEntry.id)) if cases else ():
        ledgers[entry.case_id].append(entry)
    clocks = {
        case_id: read_clock(CLOCK, ledger, office.calendar) for case_id, ledger in ledgers.items()
    }
    return {one.id: clock.due_at for one in notices if (clock := clocks[one.case_id]) is not None}


def _standing(office: Office, notice: Notice, end: datetime | None) -> NoticeStanding:
    if notice.kind != NOTICE:
        return NoticeStanding(False, 0, "", "announcement", _("已公告"))
    until = end or notice.until or NO_LIMIT
    last, was_moved = last_day_words(until, office.calendar), until != notice.until
    if notice.closed_at is not None:
        return NoticeStanding(False, 0, _last_day(notice.until or until), *RESULTS[notice.ended])
    if office.now >= until:
        words = _("公示期满，异议答复后再作决定")
        return NoticeStanding(False, 0, last, "current", words, was_moved)
    days = max(office.calendar.days_left(office.now, until), 0)
    words = _("今日截止") if days == 0 else _("剩 {days} 个工作日").format(days=days)
    return NoticeStanding(True, days, last, "near" if days <= 1 else "current", words, was_moved)


def _last_day(until: datetime) -> str:
    """A period ends at a midnight; people are told the day before it."""
    return office_date(until - timedelta(seconds=1)).isoformat()
