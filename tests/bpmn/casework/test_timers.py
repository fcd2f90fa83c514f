"""Timers that follow a clock: the ledger alone says when they fire, whatever the worker does."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bpmn import casework
from bpmn.casework.running import fire_due, lock_case
from bpmn.errors import TaskLapsed
from bpmn.operations.clocks import extend_clock, resume_clock, suspend_clock
from models import Case, ClockEntry, Task, WorkingCalendar
from models.calendar import end_of_day
from tests import builders
from tests.walks.desk import Desk

HANDED_IN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A Monday: five working days end with the Monday after."""
DUE = end_of_day(datetime(2026, 11, 30).date())


@pytest.fixture
def desk(db):
    desk = Desk(db, certificate_type="class_b")
    desk.now = HANDED_IN
    desk.take(["submit"])
    return desk


def ledger(desk, clock):
    query = select(ClockEntry).where(ClockEntry.case_id == desk.case.id, ClockEntry.clock == clock)
    return list(desk.db.scalars(query.order_by(ClockEntry.id)))


def wake(desk, moment):
    desk.now = moment
    return casework.wake_case(desk.office(), desk.case.id)


def test_a_timer_fires_at_the_end_of_its_clock_and_not_before(desk):
    assert desk.case.wake_at == DUE
    assert (desk.case.wake_fixed_at, desk.case.wake_clocks) == (None, "acceptance")

    assert not wake(desk, DUE - timedelta(seconds=1))
    assert wake(desk, DUE)
    assert not wake(desk, DUE)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=9), timedelta(days=6)])
def test_a_late_worker_writes_the_legal_moment_and_when_it_wrote(desk, late):
    assert wake(desk, DUE + late)

    finished = ledger(desk, "acceptance")[-1]
    assert (finished.kind, finished.at, finished.recorded_at) == ("finish", DUE, DUE + late)
    assert finished.actor_id is None


def test_a_suspended_clock_lets_no_timer_fire_until_it_runs_again(desk):
    desk.now = HANDED_IN + timedelta(days=1)
    suspend_clock(desk.office(), desk.case, kind="acceptance", article="行政许可法第四十五条")
    assert not wake(desk, DUE + timedelta(days=30))
    assert lock_case(desk.office(), desk.case.id).wake_at is None

    resume_clock(desk.office(), desk.case, kind="acceptance")
    fire_due(desk.office(), desk.case)
    # Four of five days are left after Wednesday, 2026-12-30.
    assert desk.case.wake_at == end_of_day(datetime(2027, 1, 6).date())


def test_an_extended_clock_moves_its_timer(desk):
    extend_clock(desk.office(), desk.case, kind="acceptance", working_days=3, reason="材料繁多")

    assert not wake(desk, DUE)
    assert desk.case.wake_at == end_of_day(datetime(2026, 12, 3).date())
    assert wake(desk, desk.case.wake_at)


def test_a_changed_calendar_moves_the_timer(desk):
    closed = WorkingCalendar({datetime(2026, 11, 30).date(): False})
    office = builders.an_office(desk.db, now=DUE, calendar=closed)

    assert not casework.wake_case(office, desk.case.id)
    assert desk.case.wake_at == end_of_day(datetime(2026, 12, 1).date())


def test_who_decides_after_the_clock_ran_out_reads_when_it_did_and_changes_nothing(desk):
    desk.now = DUE + timedelta(minutes=5)
    with pytest.raises(TaskLapsed, match="2026-11-30 24:00"), desk.db.begin_nested():
        desk.take(["accept"])

    desk.db.expire_all()
    assert len(ledger(desk, "acceptance")) == 1
    assert desk.open_task().name == "初步核查材料"
    assert wake(desk, desk.now)


def test_a_timer_set_before_clocks_were_followed_keeps_its_moment(desk):
    """As an upgraded row has it: walked to its end in tests/upgrades."""
    desk.db.execute(update(Case).values(wake_at=DUE - timedelta(days=1), wake_clocks=""))
    desk.db.expire_all()

    assert casework.wake_case(desk.office(), desk.case.id) is False
    assert desk.case.wake_at == DUE - timedelta(days=1)


def test_the_open_task_is_due_when_its_clock_is(desk):
    desk.take(["accept"])
    task = desk.open_task()
    assert (task.clock, task.due_at) == ("decision", end_of_day(datetime(2026, 12, 14).date()))
    assert desk.db.scalar(select(Task.due_at).where(Task.id == task.id)) == task.due_at
