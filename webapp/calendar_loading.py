"""A change of the calendar from beginning to end, here and now: for the command line."""

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import Any

from bpmn.casework.calendar_changes import confirm_change, drop_change, propose_change
from bpmn.casework.recalculation import look_on
from models import CalendarChange
from webapp.offices import Premises


def change_calendar(
    premises: Premises, title: str, days: Sequence[dict[str, Any]], *, write: bool
) -> Iterator[str]:
    """Look at the open cases, then write the days and move the dates; says what it did."""
    with premises.transaction() as office:
        change = propose_change(office, title, days)
    if change is None:
        yield _("日历已经是这样，没有需要改动的日子。")
        return
    yield _("{moved} 件在办办件的期限改变。").format(moved=_pass(premises, change.id))
    with premises.transaction() as office:
        if not write:
            drop_change(office, change.id)
            return
        confirm_change(office, change.id)
    _pass(premises, change.id)
    yield _("已载入 {count} 天。").format(count=len(change.days))


def _pass(premises: Premises, change_id: int) -> int:
    """Go through all open cases; how many have a date that moves."""
    goes_on = True
    while goes_on:
        with premises.transaction() as office:
            goes_on = look_on(office, change_id)
    with premises.reading() as office:
        return office.db.get_one(CalendarChange, change_id).moved
