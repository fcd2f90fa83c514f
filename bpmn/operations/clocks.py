"""Operations on the statutory clock: each appends one entry to the case's ledger."""

from sqlalchemy import bindparam, select

from bpmn.office import Office
from bpmn.operations.registry import Variables, operation
from bpmn.operations.writing import add_row, pending_rows
from models import Case, ClockEntry
from models.clock import FINISH, RESUME, START, SUSPEND

# Built once: building a statement costs more than running it.
_LEDGER = (
    select(ClockEntry).where(ClockEntry.case_id == bindparam("case_id")).order_by(ClockEntry.id)
)


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
    written = office.db.scalars(_LEDGER, {"case_id": case.id})
    return [*written, *(ClockEntry(**row) for row in pending_rows(office, ClockEntry))]


def _append(
    office: Office, case: Case, clock: str, kind: str, working_days: int, article: str
) -> Variables:
    add_row(
        office,
        ClockEntry,
        case_id=case.id,
        clock=clock,
        kind=kind,
        working_days=working_days,
        article=article,
        at=office.now,
        actor_id=office.actor_id,
    )
    return {}
