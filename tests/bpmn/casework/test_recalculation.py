"""Going through the open cases for a change of the calendar, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bpmn.casework.calendar_changes import confirm_change, propose_change
from bpmn.casework.recalculation import look_on
from bpmn.operations.clocks import suspend_clock
from models import CalendarDay, CalendarMove, Case, Message, Task
from models.calendar import end_of_day, load_calendar
from tests import builders
from tests.walks.desk import Desk

HANDED_IN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOLIDAY = {"day": "2026-11-26", "worked": False, "name": "示例", "source": "示例通知"}


@pytest.fixture
def desk(db):
    desk = Desk(db, certificate_type="class_b")
    desk.now = HANDED_IN
    desk.take(["submit"])
    return desk


def whole_pass(desk, change):
    while look_on(desk.office(), change.id, batch=1):
        desk.db.flush()
    desk.db.flush()
    desk.db.expire_all()


def loaded(desk, *days):
    change = propose_change(desk.office(), "示例", days)
    whole_pass(desk, change)
    confirm_change(desk.office(), change.id)
    whole_pass(desk, change)
    return change


def dates(desk):
    case = desk.db.get_one(Case, desk.case.id)
    query = select(Task.due_at).where(Task.case_id == case.id, Task.closed_at.is_(None))
    return case.wake_at, desk.db.scalars(query).one()


def test_the_task_and_the_timer_move_together(desk):
    before = end_of_day(date(2026, 11, 30))
    assert dates(desk) == (before, before)

    change = loaded(desk, HOLIDAY)

    after = end_of_day(date(2026, 12, 1))
    assert dates(desk) == (after, after)
    assert (change.status, change.looked, change.moved) == ("done", 1, 1)
    move = desk.db.scalars(select(CalendarMove)).one()
    assert (move.clock, move.old_due, move.new_due) == ("acceptance", before, after)


def test_an_act_after_it_finds_nothing_left_to_move(desk):
    """The projections say what whoever acts on the case would count anew."""
    loaded(desk, HOLIDAY)
    calendar = load_calendar(desk.db)
    desk.now += timedelta(days=1)
    office = builders.an_office(desk.db, now=desk.now, calendar=calendar)
    before = dates(desk)
    suspend_clock(office, desk.case, kind="correction")  # of another clock: it changes nothing

    assert dates(desk) == before


def test_a_case_that_stands_or_is_closed_does_not_move(desk):
    suspend_clock(desk.office(), desk.case, kind="acceptance")

    change = loaded(desk, HOLIDAY)

    assert (change.looked, change.moved) == (1, 0)
    told = select(Message).where(Message.subject.contains("重新计算"))
    assert desk.db.scalars(told).all() == []


def test_loading_and_taking_back_leaves_everything_as_it_was(desk):
    before = dates(desk)
    loaded(desk, HOLIDAY)
    desk.now += timedelta(minutes=1)
    loaded(desk, {**HOLIDAY, "worked": None, "name": "", "source": ""})

    assert dates(desk) == before
    assert desk.db.scalars(select(CalendarDay)).all() == []
