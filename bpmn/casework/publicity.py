"""What anyone may look up: where a case stands, and what was published. No persons, no content."""

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from sqlalchemy import Select, func, select

from bpmn.casework.running import load_diagram
from bpmn.office import Office
from models import Authority, Case, Notice, Task
from models.base import NO_LIMIT
from models.calendar import office_date

NOTICE, ANNOUNCEMENT = "notice", "announcement"


@dataclass(frozen=True)
class PublicStatus:
    """Where a case stands, as told to whoever knows its number (R190)."""

    number: str
    matter: str
    state: str
    """current, returned, done or closed."""
    words: str
    organ: str
    since: datetime


@dataclass(frozen=True)
class NoticePeriod:
    """The period of a notice at one moment; days are working days, 0 is the last one."""

    is_open: bool
    days_left: int
    last_day: str


def public_status(office: Office, number: str) -> PublicStatus | None:
    """What the public may know of the case with this number; None when there is none."""
    case = office.db.scalar(select(Case).where(Case.number == number.strip().upper()))
    if case is None:
        return None
    state, words, since = _closed(office, case) if case.closed_at else _open(office, case)
    organ = case.authority.name if case.authority else ""
    return PublicStatus(case.number, case.matter, state, words, organ, since)


def search_notices(kind: str, words: str) -> Select[tuple[Notice]]:
    """The published notices of a kind (any, when empty) whose title holds the words, newest first."""
    query = select(Notice).order_by(Notice.published_at.desc(), Notice.id.desc())
    if kind:
        query = query.where(Notice.kind == kind)
    if words:
        query = query.where(Notice.title.contains(words, autoescape=True))
    return query


def related_notices(office: Office, notice: Notice) -> list[Notice]:
    """What else was published in the same case, newest first."""
    query = search_notices("", "").where(Notice.case_id == notice.case_id, Notice.id != notice.id)
    return list(office.db.scalars(query))


def notice_period(office: Office, notice: Notice) -> NoticePeriod:
    """Whether objections are still received, and how many working days are left."""
    until = notice.until or NO_LIMIT
    is_open = notice.kind == NOTICE and notice.closed_at is None and office.now < until
    days = office.calendar.days_left(office.now, until) if is_open else 0
    last = _last_day(notice.until) if notice.until else ""
    return NoticePeriod(is_open, max(days, 0), last)


def _last_day(until: datetime) -> str:
    """A period ends at a midnight; people are told the day before it."""
    return office_date(datetime.fromtimestamp(until.timestamp() - 1, until.tzinfo)).isoformat()


def organ_of(office: Office, notice: Notice) -> Authority:
    return office.db.get_one(Authority, notice.authority_id)


def _closed(office: Office, case: Case) -> tuple[str, str, datetime]:
    """The name of the end that the case reached, in its own version of the diagram."""
    words = load_diagram(office, case.diagram_version_id).words
    nodes = (n for p in words.processes.values() for n in p.nodes.values() if n.id == case.ended)
    node = next(nodes, None)
    return "closed", node.name if node else _("已办结"), case.closed_at or office.now


def _open(office: Office, case: Case) -> tuple[str, str, datetime]:
    query = (
        select(Task)
        .where(Task.case_id == case.id, Task.closed_at.is_(None))
        .order_by(Task.opened_at)
    )
    task = office.db.scalars(query).first()
    if case.submitted_at is None:
        return "empty", _("填报中，尚未提交"), case.opened_at
    if task is None:
        return _waiting(office, case)
    if task.authority_id is None:
        return "returned", _("等待申请单位：{task}").format(task=task.name), task.opened_at
    return "current", task.name, task.opened_at


def _waiting(office: Office, case: Case) -> tuple[str, str, datetime]:
    """Nobody has a task: the notice period runs, or a job is about to go on."""
    query = search_notices(NOTICE, "").where(Notice.case_id == case.id, Notice.closed_at.is_(None))
    notice = office.db.scalars(query).first()
    if notice is not None:
        return "current", _("公示中"), notice.published_at
    newest = func.max(Task.closed_at)
    since = office.db.scalar(select(newest).where(Task.case_id == case.id))
    return "current", _("办理中"), since or case.submitted_at or case.opened_at
