"""Operations on the statutory clock: each appends one entry to the case's ledger."""

from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import bindparam, select

from bpmn.office import Office
from bpmn.operations.answers import reasons_given
from bpmn.operations.registry import Variables, operation
from bpmn.operations.writing import add_row, pending_rows
from models import Case, ClockEntry
from models.clock import EXTEND, FINISH, RESUME, START, SUSPEND

MOST_REASON = 500

# Built once: building a statement costs more than running it.
_LEDGER = (
    select(ClockEntry).where(ClockEntry.case_id == bindparam("case_id")).order_by(ClockEntry.id)
)


@operation(_("起算时限"))
def start_clock(
    office: Office,
    case: Case,
    *,
    kind: str,
    working_days: int,
    article: str = "",
    since: str = "",
    reason: str = "",
) -> Variables:
    """Start the named clock; it counts from the next working day.

    `since` names another clock from whose start it counts: silence of the organ is acceptance
    from the day of receipt (行政许可法 Art. 32).
    """
    at = _start_of(office, case, since) if since else office.legal_now
    return _append(
        office, case, kind, START, at=at, working_days=working_days, article=article, reason=reason
    )


@operation(_("中止时限"))
def suspend_clock(
    office: Office, case: Case, *, kind: str, article: str = "", reason: str = "", paper: str = ""
) -> Variables:
    """Stop counting, as the named article allows (行政许可法 Art. 45).

    `paper` is the kind of paper that tells the unit how long it takes, where the law asks for one.
    """
    return _append(office, case, kind, SUSPEND, article=article, reason=reason, paper=paper)


@operation(_("恢复时限"))
def resume_clock(
    office: Office, case: Case, *, kind: str, article: str = "", reason: str = ""
) -> Variables:
    return _append(office, case, kind, RESUME, article=article, reason=reason)


@operation(_("延长时限"))
def extend_clock(
    office: Office,
    case: Case,
    *,
    kind: str,
    working_days: int,
    article: str = "",
    reason: str = "",
    paper: str = "",
) -> Variables:
    """Add working days, as the head of the organ approved (行政许可法 Art. 42).

    The reason is the one given in the newest decision, unless the diagram names one.
    """
    given = reason or "；".join(reasons_given(office, case))
    return _append(
        office,
        case,
        kind,
        EXTEND,
        working_days=working_days,
        article=article,
        reason=given,
        paper=paper,
    )


@operation(_("结束时限"))
def finish_clock(office: Office, case: Case, *, kind: str, reason: str = "") -> Variables:
    return _append(office, case, kind, FINISH, reason=reason)


def ledger_of(office: Office, case: Case) -> list[ClockEntry]:
    """The case's ledger in its order, with the entries that the running step has yet to write."""
    written = office.db.scalars(_LEDGER, {"case_id": case.id})
    return [*written, *new_entries(office, case)]


def new_entries(office: Office, case: Case) -> list[ClockEntry]:
    """What the running step has added to the case's ledger and not yet written."""
    rows = pending_rows(office, ClockEntry)
    return [ClockEntry(**row) for row in rows if row["case_id"] == case.id]


def _start_of(office: Office, case: Case, clock: str) -> datetime:
    starts = [
        entry.at
        for entry in ledger_of(office, case)
        if entry.clock == clock and entry.kind == START
    ]
    if not starts:
        raise LookupError(f"clock {clock} of case {case.number} never started")
    return starts[-1]


def _append(
    office: Office, case: Case, clock: str, kind: str, *, at: datetime | None = None, **entry: Any
) -> Variables:
    found = {"working_days": 0, "article": "", "reason": "", "paper": "", **entry}
    add_row(
        office,
        ClockEntry,
        case_id=case.id,
        clock=clock,
        kind=kind,
        at=at or office.legal_now,
        recorded_at=office.now,
        actor_id=office.actor_id,
        **{**found, "reason": found["reason"][:MOST_REASON]},
    )
    return {}
