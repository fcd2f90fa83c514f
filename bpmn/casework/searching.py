"""办件查询: an organ's cases, newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from bpmn.casework.finding import cases_named
from bpmn.casework.running import load_diagram
from bpmn.casework.status import open_tasks_of, status_state, status_words
from bpmn.casework.worklist import COUNT_LIMIT, LAST_PAGE, PAGE_SIZE
from bpmn.office import Office
from models import Case


@dataclass(frozen=True)
class CasesWanted:
    """What is asked for; `status` is open, closed or anything for both."""

    text: str = ""
    status: str = ""
    page: int = 1


@dataclass(frozen=True)
class CaseSeen:
    case: Case
    status: str
    state: str


@dataclass(frozen=True)
class CasesPage:
    """One page; `count` is None above COUNT_LIMIT."""

    rows: tuple[CaseSeen, ...]
    page: int
    pages: int
    count: int | None


def cases_at_organ(office: Office, wanted: CasesWanted) -> CasesPage:
    """The cases that the actor's organ has or had; none without an organ."""
    conditions = _conditions(office, wanted)
    some = select(Case.id).where(*conditions).limit(COUNT_LIMIT + 1).subquery()
    count = office.db.scalar(select(func.count()).select_from(some)) or 0
    pages = max(1, min(LAST_PAGE, -(-count // PAGE_SIZE)))
    page = min(max(wanted.page, 1), pages)
    query = select(Case).where(*conditions).order_by(Case.submitted_at.desc())
    cases = list(office.db.scalars(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)))
    known = count if count <= COUNT_LIMIT else None
    return CasesPage(tuple(_seen(office, cases)), page, pages, known)


def _conditions(office: Office, wanted: CasesWanted) -> list[ColumnElement[bool]]:
    authority = office.actor.authority_id if office.actor else None
    found: list[ColumnElement[bool]] = [Case.authority_id == authority]
    if wanted.text:
        # Few cases: read along these, not along all of the organ's (the sum keeps its index out).
        found = [Case.authority_id + 0 == authority, Case.id.in_(cases_named(office, wanted.text))]
    if wanted.status == "open":
        found.append(Case.closed_at.is_(None))
    if wanted.status == "closed":
        found.append(Case.closed_at.is_not(None))
    return found


def _seen(office: Office, cases: Sequence[Case]) -> list[CaseSeen]:
    tasks = open_tasks_of(office, [case.id for case in cases])
    return [
        CaseSeen(
            case,
            status_words(case, tasks[case.id], load_diagram(office, case.diagram_version_id).words),
            status_state(case, tasks[case.id]),
        )
        for case in cases
    ]
