"""Going through all open cases for a change of the calendar: a batch, a transaction, and on.

The same pass twice: first only to see which dates move, then to move them. A pass that is cut off
goes on where it stood; nothing here waits for a person.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from gettext import gettext as _
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, delete, func, insert, or_, select, update

from bpmn.casework.clock_words import clock_word, last_day_words
from bpmn.casework.timing import step_due
from bpmn.office import Office
from models import (
    NO_LIMIT,
    CalendarChange,
    CalendarMove,
    Case,
    ClockEntry,
    Message,
    Task,
    WorkingCalendar,
)
from models.calendar import load_calendar
from models.calendar_changes import DONE, LOOKING, MOVING, READY, worked_days
from models.clock import FINISH, START, fold_run

BATCH = 1000
"""Cases in one transaction: others wait for one of them no longer than that takes."""

Line = Any
"""A row of some columns: reading whole objects would cost more than all else."""
_TASKS, _CASES = cast(Table, Task.__table__), cast(Table, Case.__table__)
_MOVE_TASK = update(_TASKS).where(_TASKS.c.id == bindparam("one")).values(due_at=bindparam("due"))
_MOVE_CASE = update(_CASES).where(_CASES.c.id == bindparam("one")).values(wake_at=bindparam("due"))


def changes_under_way() -> Select[int]:
    """The query for the ids of the changes that want a pass."""
    return select(CalendarChange.id).where(CalendarChange.status.in_((LOOKING, MOVING)))


def begin_pass(office: Office, change: CalendarChange, status: str) -> None:
    """Start a pass from the first case."""
    change.status, change.position, change.looked, change.moved = status, 0, 0, 0
    query = select(func.count()).select_from(Case).where(Case.closed_at.is_(None))
    change.total = office.db.scalar(query) or 0


def look_on(office: Office, change_id: int, batch: int = BATCH) -> bool:
    """Look at the next cases, and move their dates if that was confirmed. False at the end."""
    change = office.db.get_one(CalendarChange, change_id, with_for_update=True)
    if change.status not in (LOOKING, MOVING):
        return False
    cases = _next_cases(office, change, batch)
    if not cases:
        _finish(office, change)
        return False
    before, after = _calendars(office, change)
    runs = _runs_of(office, cases)
    dues = {key: _due(run, after) for key, run in runs.items()}
    moves = [
        {"case_id": key[0], "clock": key[1], "old_due": old, "new_due": dues[key]}
        for key, run in runs.items()
        if (old := _due(run, before)) != dues[key]
    ]
    _note(office, change, cases, moves)
    if change.status == MOVING:
        _write(office, cases, dues, after)
        _tell_units(office, cases, moves, after)
    change.position, change.looked = cases[-1].id, change.looked + len(cases)
    change.moved += len({move["case_id"] for move in moves})
    return True


def _next_cases(office: Office, change: CalendarChange, batch: int) -> Sequence[Line]:
    wanted = Case.closed_at.is_(None), Case.id > change.position
    columns = Case.id, Case.number, Case.unit_id, Case.wake_at, Case.wake_fixed_at, Case.wake_clocks
    query = select(*columns).where(*wanted).order_by(Case.id).limit(batch)
    if change.status == MOVING:
        query = query.with_for_update()
    return office.db.execute(query).all()


def _calendars(office: Office, change: CalendarChange) -> tuple[WorkingCalendar, WorkingCalendar]:
    """Before and after the change, which is in the table only once it was confirmed."""
    stored = load_calendar(office.db)
    if change.status == MOVING:
        return stored.changed(worked_days(change.before)), stored
    return stored, stored.changed(worked_days(change.days))


def _runs_of(office: Office, cases: Sequence[Line]) -> dict[tuple[int, str], list[Line]]:
    """The newest run of each clock of each case."""
    columns = ClockEntry.case_id, ClockEntry.clock, ClockEntry.kind, ClockEntry.working_days
    query = (
        select(*columns, ClockEntry.article, ClockEntry.at)
        .join(Case, Case.id == ClockEntry.case_id)
        .where(ClockEntry.case_id.between(cases[0].id, cases[-1].id), Case.closed_at.is_(None))
        .order_by(ClockEntry.case_id, ClockEntry.id)
    )
    found: dict[tuple[int, str], list[Line]] = {}
    for entry in office.db.execute(query):
        key = entry.case_id, entry.clock
        if entry.kind == START:
            found[key] = [entry]
        elif key in found:
            found[key].append(entry)
    return found


def _due(run: Sequence[Line], calendar: WorkingCalendar) -> datetime:
    """When what goes by the clock is due; NO_LIMIT where it stands or is over."""
    return NO_LIMIT if run[-1].kind == FINISH else fold_run(run, calendar).due_at


def _note(
    office: Office,
    change: CalendarChange,
    cases: Sequence[Line],
    moves: Sequence[Mapping[str, Any]],
) -> None:
    """Write down the moves of these cases, over what the pass before found for them."""
    these = CalendarMove.case_id.between(cases[0].id, cases[-1].id)
    office.db.execute(delete(CalendarMove).where(CalendarMove.change_id == change.id, these))
    if moves:
        rows = [{**move, "change_id": change.id} for move in moves]
        office.db.execute(insert(CalendarMove), rows)


def _write(
    office: Office,
    cases: Sequence[Line],
    dues: Mapping[tuple[int, str], datetime],
    calendar: WorkingCalendar,
) -> None:
    """Give open tasks and waiting cases their new times, where these differ."""
    tasks = [
        {"one": task.id, "due": due}
        for task in office.db.execute(_open_tasks(cases))
        if (due := _task_due(task, dues, calendar)) != task.due_at
    ]
    woken = [
        {"one": case.id, "due": wake}
        for case in cases
        if (wake := _wake_at(case, dues)) != case.wake_at
    ]
    for statement, rows in ((_MOVE_TASK, tasks), (_MOVE_CASE, woken)):
        if rows:
            office.db.connection().execute(statement, rows)


def _open_tasks(cases: Sequence[Line]) -> Any:
    """Those that go by a clock or have a limit of their own."""
    columns = Task.id, Task.case_id, Task.clock, Task.days, Task.opened_at, Task.due_at
    return select(*columns).where(
        Task.case_id.between(cases[0].id, cases[-1].id),
        Task.closed_at.is_(None),
        or_(Task.clock != "", Task.days.is_not(None)),
    )


def _task_due(
    task: Line, dues: Mapping[tuple[int, str], datetime], calendar: WorkingCalendar
) -> datetime:
    """As `timing` reckons it; a task whose clock never ran keeps what it has."""
    limit = step_due(calendar, task.opened_at, task.days)
    found = dues.get((task.case_id, task.clock), NO_LIMIT if task.days else task.due_at)
    return min(found, limit)


def _wake_at(case: Line, dues: Mapping[tuple[int, str], datetime]) -> datetime | None:
    """As `timing.wake_at`, for a case of which only these columns were read."""
    if not case.wake_clocks:
        kept: datetime | None = case.wake_at
        return kept
    followed = [dues.get((case.id, clock), NO_LIMIT) for clock in case.wake_clocks.split()]
    times = [due for due in (case.wake_fixed_at or NO_LIMIT, *followed) if due != NO_LIMIT]
    return min(times, default=None)


def _tell_units(
    office: Office,
    cases: Sequence[Line],
    moves: Sequence[Mapping[str, Any]],
    calendar: WorkingCalendar,
) -> None:
    """One message for a case, however many of its dates move."""
    # Words are looked up once for all cases: a look-up costs more than the reckoning.
    told: dict[int, list[str]] = {}
    words, clocks = _("{clock}的最后一日由 {old} 改为 {new}"), lru_cache(clock_word)
    day = lru_cache(partial(last_day_words, calendar=calendar))
    for move in moves:
        clock = clocks(move["clock"])
        said = words.format(clock=clock, old=day(move["old_due"]), new=day(move["new_due"]))
        told.setdefault(move["case_id"], []).append(said)
    subject = _("办理期限重新计算")
    body = _("节假日安排有变动，办件 {number} 的期限随之重新计算：{moves}。")
    rows = [
        {
            "unit_id": case.unit_id,
            "case_id": case.id,
            "subject": subject,
            "body": body.format(number=case.number, moves="；".join(told[case.id])),
            "created_at": office.now,
        }
        for case in cases
        if case.id in told
    ]
    if rows:
        office.db.execute(insert(Message), rows)


def _finish(office: Office, change: CalendarChange) -> None:
    if change.status == LOOKING:
        change.status = READY
        return
    change.status, change.finished_at = DONE, office.now
    _tell_organs(office, change)


def _tell_organs(office: Office, change: CalendarChange) -> None:
    """One message for an organ: its work list shows each case's new date."""
    count = func.count(func.distinct(CalendarMove.case_id))
    query = (
        select(Case.authority_id, count)
        .join(CalendarMove, CalendarMove.case_id == Case.id)
        .where(CalendarMove.change_id == change.id, Case.authority_id.is_not(None))
        .group_by(Case.authority_id)
    )
    body = _(
        "工作日历有变动（{title}），本机关 {count} 件在办办件的期限已重新计算，请以待办列表为准。"
    )
    rows = [
        {
            "authority_id": authority_id,
            "subject": _("在办办件期限重新计算"),
            "body": body.format(title=change.title, count=moved),
            "created_at": office.now,
        }
        for authority_id, moved in office.db.execute(query)
    ]
    if rows:
        office.db.execute(insert(Message), rows)
