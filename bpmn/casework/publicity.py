"""What anyone may look up: where a case stands, and what was published. No persons, no content."""

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from sqlalchemy import Select, func, select

from bpmn.casework import story
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
    """empty (not submitted), current, returned, done, refused or closed."""
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
    if case is None or case.respondent_id is not None:  # two units' conflict is theirs alone
        return None
    organ = case.authority.name if case.authority else ""
    if case.submitted_at is None:
        words = _("填报中，尚未提交")
        return PublicStatus(case.number, case.matter, "empty", words, organ, case.opened_at)
    tasks = story.open_tasks_of(office, [case.id])[case.id]
    diagram = load_diagram(office, case.diagram_version_id).words
    return PublicStatus(
        number=case.number,
        matter=case.matter,
        state=story.status_state(case, tasks),
        words=story.status_words(case, tasks, diagram),
        organ=organ,
        since=_since(office, case, tasks),
    )


def search_notices(kind: str, words: str = "") -> Select[Notice]:
    """The notices of a kind whose title holds every word, newest first."""
    query = select(Notice).where(Notice.kind == kind)
    for word in words.split():
        query = query.where(Notice.title.contains(word, autoescape=True))
    return query.order_by(Notice.published_at.desc(), Notice.id.desc())


def newest_notices(office: Office, words: str, count: int) -> list[Notice]:
    """The newest of both kinds; each kind is read along its own index, however many there are."""
    found: list[Notice] = []
    for kind in (NOTICE, ANNOUNCEMENT):
        found += office.db.scalars(search_notices(kind, words).limit(count))
    return sorted(found, key=lambda notice: notice.published_at, reverse=True)[:count]


def related_notices(office: Office, notice: Notice) -> list[Notice]:
    """What else was published in the same case, newest first."""
    query = select(Notice).where(Notice.case_id == notice.case_id, Notice.id != notice.id)
    return list(office.db.scalars(query.order_by(Notice.id.desc())))


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


def _since(office: Office, case: Case, tasks: list[Task]) -> datetime:
    """When the present step began; while nobody has a task, when the last one was done."""
    if case.closed_at is not None:
        return case.closed_at
    if tasks:
        return min(task.opened_at for task in tasks)
    newest = func.max(Task.closed_at)
    done = office.db.scalar(select(newest).where(Task.case_id == case.id))
    return done or case.submitted_at or case.opened_at
