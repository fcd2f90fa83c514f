"""Operations on the statutory clock: each appends one entry to the case's ledger."""

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.registry import Variables, operation
from models import Case, ClockEntry
from models.clock import FINISH, RESUME, START, SUSPEND


@operation
def start_clock(
    office: Office, case: Case, *, kind: str, working_days: int, article: str = ""
) -> Variables:
    """Start the named clock; it counts from the next working day."""
    return _append(office, case, kind, START, working_days, article)


@operation
def suspend_clock(office: Office, case: Case, *, kind: str, article: str = "") -> Variables:
    """Stop counting, as the named article allows (行政许可法 Art. 45)."""
    return _append(office, case, kind, SUSPEND, 0, article)


@operation
def resume_clock(office: Office, case: Case, *, kind: str) -> Variables:
    return _append(office, case, kind, RESUME, 0, "")


@operation
def finish_clock(office: Office, case: Case, *, kind: str) -> Variables:
    return _append(office, case, kind, FINISH, 0, "")


def ledger_of(office: Office, case: Case) -> list[ClockEntry]:
    """The case's ledger in its order, with the entries that the running step has yet to write."""
    query = select(ClockEntry).where(ClockEntry.case_id == case.id).order_by(ClockEntry.id)
    pending = [row for row in office.db.new if isinstance(row, ClockEntry)]
    return [*office.db.scalars(query), *(row for row in pending if row.case_id == case.id)]


def _append(
    office: Office, case: Case, clock: str, kind: str, working_days: int, article: str
) -> Variables:
    office.db.add(
        ClockEntry(
            case_id=case.id,
            clock=clock,
            kind=kind,
            working_days=working_days,
            article=article,
            at=office.now,
            actor_id=office.actor_id,
        )
    )
    return {}
