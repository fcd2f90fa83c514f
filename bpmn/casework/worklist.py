"""The officers' queues: which tasks wait for whom. Reads only, and every answer is bounded.

The queue of an organ may be long: nothing here counts or sorts it whole. Each list is read
along an index, a page at a time, and counters stop at COUNT_LIMIT.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bpmn.casework.finding import cases_named
from bpmn.casework.rights import EXPERT
from bpmn.office import Office
from models import NO_LIMIT, Account, Case, Task, Unit

PAGE_SIZE = 50
LAST_PAGE = 20
"""Further down nobody reads: the page asks for narrower conditions instead."""
COUNT_LIMIT = 1000
NEAR_DAYS = 2
"""Working days before its end at which a limit is called near (临期)."""


@dataclass(frozen=True)
class Wanted:
    """What an officer asks of the queue. `view` is all, mine or free; `due` overdue, near, none.

    `matters` are the keys of the matters whose name contains the text, `elements` the steps:
    one name may stand for several, each in a diagram of its own.
    """

    text: str = ""
    matters: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    due: str = ""
    view: str = "all"
    page: int = 1


@dataclass(frozen=True)
class Due:
    """A due time as shown: working days left (None without a limit) and its state."""

    at: datetime | None
    days_left: int | None
    state: str


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue."""

    task_id: int
    number: str
    matter: str
    certificate_type: str
    unit: str
    step: str
    holder: str
    holder_id: int | None
    due: Due
    since: datetime
    outcome: str | None = None
    element: str = ""
    version_id: int = 0


@dataclass(frozen=True)
class QueuePage:
    """One page; `count` is None above COUNT_LIMIT, `cut` says that the list goes on unread."""

    rows: tuple[QueueRow, ...]
    page: int
    pages: int
    count: int | None

    @property
    def cut(self) -> bool:
        return self.count is None


def open_tasks(office: Office, wanted: Wanted) -> QueuePage:
    """The open tasks of the actor's roles at the actor's organ, the most urgent first."""
    narrow = _named(office, wanted)
    lists = [[*_scope(office, role, narrow), *_filters(office, wanted)] for role in _roles(office)]
    count = sum(_count(office, conditions) for conditions in lists)
    pages = max(1, min(LAST_PAGE, -(-count // PAGE_SIZE)))
    page = min(max(wanted.page, 1), pages)
    ids = _merged(office, lists, page)
    known = count if count <= COUNT_LIMIT else None
    return QueuePage(tuple(_rows(office, ids)), page, pages, known)


def counters(office: Office) -> dict[str, int]:
    """How many open tasks there are: all, mine, free and overdue, each at most COUNT_LIMIT + 1."""
    views = {
        "all": Wanted(),
        "mine": Wanted(view="mine"),
        "free": Wanted(view="free"),
        "overdue": Wanted(due="overdue"),
    }
    return {
        name: sum(
            _count(office, [*_scope(office, role, None), *_filters(office, wanted)])
            for role in _roles(office)
        )
        for name, wanted in views.items()
    }


def done_tasks(office: Office, page: int) -> QueuePage:
    """What the actor has completed, the newest first (已办)."""
    mine = [Task.closed_by == office.actor_id]
    count = _count(office, mine)
    pages = max(1, min(LAST_PAGE, -(-count // PAGE_SIZE)))
    page = min(max(page, 1), pages)
    query = select(Task.id).where(*mine).order_by(Task.closed_at.desc(), Task.id.desc())
    found = office.db.scalars(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    known = count if count <= COUNT_LIMIT else None
    return QueuePage(tuple(_rows(office, list(found))), page, pages, known)


def due_of(office: Office, due_at: datetime, clock: str) -> Due:
    """How a task's due time stands now, in working days."""
    if due_at == NO_LIMIT:
        return Due(None, None, "paused" if clock else "normal")
    days = office.calendar.days_left(office.now, due_at)
    if due_at <= office.now:
        return Due(due_at, min(days, -1), "overdue")
    return Due(due_at, days, "near" if days <= NEAR_DAYS else "normal")


def _roles(office: Office) -> list[str]:
    return sorted(office.actor.roles) if office.actor else []


def _scope(office: Office, role: str, narrow: Sequence[int] | None) -> list[ColumnElement[bool]]:
    authority = office.actor.authority_id if office.actor else None
    if role == EXPERT:
        mine = [Task.assignee_id == office.actor_id, Task.role == role, Task.closed_at.is_(None)]
        return [*mine, *([Task.case_id.in_(narrow)] if narrow is not None else [])]
    if narrow is None:
        organ = Task.authority_id == authority
        return [organ, Task.role == role, Task.closed_at.is_(None)]
    # Few cases: read along these, not along the whole queue (the sum keeps its index out).
    organ = Task.authority_id + 0 == authority
    return [Task.case_id.in_(narrow), organ, Task.role == role, Task.closed_at.is_(None)]


def _filters(office: Office, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.view == "mine":
        found.append(Task.assignee_id == office.actor_id)
    if wanted.view == "free":
        found.append(Task.assignee_id.is_(None))
    if wanted.elements:
        found.append(Task.element.in_(wanted.elements))
    if wanted.matters:
        matter = select(Case.matter).where(Case.id == Task.case_id).scalar_subquery()
        found.append(matter.in_(wanted.matters))
    return found + _due_filter(office, wanted.due)


def _due_filter(office: Office, due: str) -> list[ColumnElement[bool]]:
    if due == "overdue":
        return [Task.due_at <= office.now]
    if due == "near":
        soon = office.calendar.deadline(office.now, NEAR_DAYS)
        return [Task.due_at > office.now, Task.due_at <= soon]
    if due == "none":
        return [Task.due_at == NO_LIMIT]
    return []


def _named(office: Office, wanted: Wanted) -> list[int] | None:
    """The open cases that the text names; None when it names none in particular."""
    if not wanted.text or wanted.matters:
        return None
    return cases_named(office, wanted.text, open_only=True)


def _count(office: Office, conditions: Sequence[ColumnElement[bool]]) -> int:
    some = select(Task.id).where(*conditions).limit(COUNT_LIMIT + 1).subquery()
    return office.db.scalar(select(func.count()).select_from(some)) or 0


def _merged(office: Office, lists: Sequence[Sequence[ColumnElement[bool]]], page: int) -> list[int]:
    """The ids of one page over the queues of several roles, each read along its index."""
    first = (page - 1) * PAGE_SIZE
    queries = [
        select(Task.due_at, Task.id).where(*conditions).order_by(Task.due_at, Task.id)
        for conditions in lists
    ]
    if len(queries) == 1:
        found = office.db.execute(queries[0].limit(PAGE_SIZE).offset(first))
        return [task_id for _due, task_id in found]
    queues = [office.db.execute(query.limit(first + PAGE_SIZE)) for query in queries]
    merged = heapq.merge(*([(due, task_id) for due, task_id in queue] for queue in queues))
    return [task_id for _due, task_id in merged][first : first + PAGE_SIZE]


def _rows(office: Office, ids: Sequence[int]) -> list[QueueRow]:
    query = (
        select(Task, Case.number, Case.matter, Case.certificate_type, Case.diagram_version_id)
        .add_columns(Unit.name, Account.name)
        .join(Case, Case.id == Task.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Account, Account.id == func.coalesce(Task.closed_by, Task.assignee_id))
        .where(Task.id.in_(ids))
    )
    found = {row[0].id: _row(office, row) for row in office.db.execute(query)} if ids else {}
    return [found[task_id] for task_id in ids if task_id in found]


def _row(office: Office, row: Any) -> QueueRow:
    task, number, matter, certificate_type, version_id, unit, holder = row
    return QueueRow(
        task_id=task.id,
        number=number,
        matter=matter,
        certificate_type=certificate_type,
        unit=unit,
        step=task.name,
        holder=holder or "",
        holder_id=task.assignee_id,
        due=due_of(office, task.due_at, task.clock),
        since=task.closed_at or task.opened_at,
        outcome=task.outcome,
        element=task.element,
        version_id=version_id,
    )
