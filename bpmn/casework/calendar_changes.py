"""Changing the working days: proposed, looked at, then confirmed or dropped by an officer."""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Any

from sqlalchemy import delete, insert, select

from bpmn.casework.recalculation import begin_pass
from bpmn.errors import CalendarBusy
from bpmn.office import Office
from bpmn.operations.trail import record_office
from models import CalendarChange, CalendarDay, CalendarMove
from models.calendar_changes import DROPPED, LOOKING, MOVING, READY, worked_days
from models.settings import write_setting

REVISION = "calendar_revision"
"""The setting that changes with the days: a process with older ones reads them anew."""


def propose_change(
    office: Office, title: str, days: Sequence[Mapping[str, Any]]
) -> CalendarChange | None:
    """Keep days for their preview; a worker looks at the open cases. None if nothing differs."""
    wanted = {day["day"]: dict(day) for day in days}
    before = _as_they_are(office, wanted)
    differing = [day for key, day in sorted(wanted.items()) if day != before[key]]
    if not differing:
        return None
    change = CalendarChange(
        title=title[:200],
        days=differing,
        created_at=office.now,
        created_by=office.actor_id,
    )
    begin_pass(office, change, LOOKING)
    office.db.add(change)
    office.db.flush()  # its number is its page's address
    return change


def confirm_change(office: Office, change_id: int) -> CalendarChange:
    """Write the days; a worker then moves the dates of the open cases.

    Raises CalendarBusy while another change moves dates, or if the preview is out of date.
    """
    change = _held(office, change_id)
    if change.status == MOVING or change.finished_at is not None:
        return change  # confirmed twice: once is enough
    _record(office, change)
    _require_current(office, change)
    change.before = [*_as_they_are(office, worked_days_of(change)).values()]
    keys = list(worked_days(change.days))
    office.db.execute(delete(CalendarDay).where(CalendarDay.day.in_(keys)))
    rows = [
        {**day, "day": key}
        for key, day in zip(keys, change.days, strict=True)
        if day["worked"] is not None
    ]
    if rows:
        office.db.execute(insert(CalendarDay), rows)
    change.confirmed_at = office.now
    begin_pass(office, change, MOVING)
    write_setting(office.db, REVISION, str(change.id))
    return change


def drop_change(office: Office, change_id: int) -> None:
    """Forget a change that was not confirmed, with what its preview found."""
    change = _held(office, change_id)
    if change.confirmed_at is None:
        change.status = DROPPED
        office.db.execute(delete(CalendarMove).where(CalendarMove.change_id == change_id))


def worked_days_of(change: CalendarChange) -> dict[str, Any]:
    """The days of a change by their ISO date."""
    return {day["day"]: day for day in change.days}


def _held(office: Office, change_id: int) -> CalendarChange:
    return office.db.get_one(CalendarChange, change_id, with_for_update=True)


def _require_current(office: Office, change: CalendarChange) -> None:
    if change.status != READY:
        raise CalendarBusy(_("预览还没有完成，请稍候再确认。"))
    later = select(CalendarChange.id).where(CalendarChange.id != change.id)
    if office.db.scalar(later.where(CalendarChange.status == MOVING).limit(1)) is not None:
        raise CalendarBusy(_("另一次日历变动正在重新计算期限，完成后再确认。"))
    written = CalendarChange.confirmed_at > change.created_at
    if office.db.scalar(later.where(written).limit(1)) is not None:
        raise CalendarBusy(_("预览之后日历又有变动，预览已经过时：请放弃后重新载入。"))


def _as_they_are(office: Office, days: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What the table says of these days now; `worked` None where it says nothing."""
    wanted = worked_days([{"day": key, "worked": None} for key in days])
    query = select(CalendarDay).where(CalendarDay.day.in_(list(wanted)))
    found = {row.day.isoformat(): row for row in office.db.scalars(query)}
    return {key: _as_is(key, found.get(key)) for key in days}


def _as_is(key: str, row: CalendarDay | None) -> dict[str, Any]:
    if row is None:
        return {"day": key, "worked": None, "name": "", "source": ""}
    return {"day": key, "worked": row.worked, "name": row.name, "source": row.source}


def _record(office: Office, change: CalendarChange) -> None:
    """First of all: the office's chain is held from here, so that two confirmations queue up."""
    days = sorted(change.days, key=lambda day: str(day["day"]))
    words = {"first": days[0]["day"], "last": days[-1]["day"], "title": change.title}
    record_office(office, "calendar_changed", count=len(days), **words)
