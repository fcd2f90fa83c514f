"""What a running diagram may ask of its office, and the times that follow from a case's ledger."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn import engine, operations
from bpmn.errors import DiagramFault
from bpmn.office import Office
from bpmn.operations.clocks import ledger_of, new_entries
from models import NO_LIMIT, Case, ClockEntry, Task, WorkingCalendar
from models.clock import read_clock


def host_for(office: Office, case: Case) -> engine.Host:
    """The engine's view of the office: its now is the legal moment, its trace shows the real."""

    def call(name: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        return operations.call(office, case, name, parameters)

    return engine.Host(office.legal_now, _functions(office, case), call, seen_at=office.now)


def due_at(office: Office, clock: str, ledger: Sequence[ClockEntry]) -> datetime:
    """When a task that goes by the named clock is due, aware UTC; NO_LIMIT while it stands."""
    read = read_clock(clock, ledger, office.calendar) if clock else None
    return read.due_at if read and read.finished_at is None else NO_LIMIT


def task_due(
    office: Office,
    clock: str,
    days: int | None,
    opened_at: datetime,
    ledger: Sequence[ClockEntry],
) -> datetime:
    """When a task is due: by its clock or by its own 办理时限, whichever comes first."""
    return min(due_at(office, clock, ledger), step_due(office.calendar, opened_at, days))


def step_due(calendar: WorkingCalendar, opened_at: datetime, days: int | None) -> datetime:
    """The end of a step's own 办理时限, in working days from its opening; NO_LIMIT without one."""
    return NO_LIMIT if days is None else calendar.deadline(opened_at, days)


def wake_at(office: Office, case: Case) -> datetime | None:
    """When the case's next timer is due by its ledger and today's calendar; None without one."""
    if not case.wake_clocks:  # so are all cases that no step has moved since revision 0003
        return case.wake_at
    ledger = ledger_of(office, case)
    followed = [due_at(office, clock, ledger) for clock in case.wake_clocks.split()]
    times = [due for due in (case.wake_fixed_at, *followed) if due not in (None, NO_LIMIT)]
    return min((due for due in times if due is not None), default=None)


def follow_clocks(office: Office, case: Case) -> None:
    """Where the running step changed a clock, give the open tasks that go by it their new time."""
    changed = {entry.clock for entry in new_entries(office, case)}
    if not changed:
        return
    ledger = ledger_of(office, case)
    query = select(Task).where(Task.case_id == case.id, Task.closed_at.is_(None))
    for task in office.db.scalars(query.where(Task.clock.in_(changed))):
        task.due_at = task_due(office, task.clock, task.days, task.opened_at, ledger)


def _functions(office: Office, case: Case) -> Mapping[str, Callable[..., Any]]:
    """What expressions in a diagram may call."""

    def working_days(count: int) -> str:
        return office.calendar.deadline(office.legal_now, count).isoformat()

    def due(clock: str) -> str | None:
        ledger = ledger_of(office, case)
        if not any(entry.clock == clock for entry in ledger):
            raise DiagramFault(None, _("时限“{name}”还没有起算").format(name=clock))
        moment = due_at(office, clock, ledger)
        return None if moment == NO_LIMIT else moment.isoformat()

    return {"due": due, "working_days": working_days}
