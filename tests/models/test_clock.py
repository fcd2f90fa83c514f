"""The statutory clock: its due time is a fold over what happened."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import NO_LIMIT, ClockEntry, WorkingCalendar
from models.calendar import office_date
from models.clock import EXTEND, FINISH, RESUME, START, SUSPEND, read_clock

CALENDAR = WorkingCalendar()
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def entry(kind: str, at: datetime, days: int = 0) -> ClockEntry:
    return ClockEntry(clock="decision", kind=kind, at=at, working_days=days, article="")


def on_day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("ledger", "last_day"),
    [
        ([entry(START, on_day(0), 15)], "2026-12-14"),
        ([entry(START, on_day(0), 15), entry(EXTEND, on_day(3), 10)], "2026-12-28"),
        (
            [entry(START, on_day(0), 5), entry(SUSPEND, on_day(2)), entry(RESUME, on_day(9))],
            "2026-12-07",
        ),
        ([entry(START, on_day(0), 5), entry(START, on_day(7), 5)], "2026-12-07"),
    ],
)
def test_due_day_follows_from_the_ledger(ledger, last_day):
    clock = read_clock("decision", ledger, CALENDAR)

    assert office_date(clock.last_moment).isoformat() == last_day
    assert clock.is_running


def test_suspended_clock_has_no_limit_and_does_not_run():
    ledger = [entry(START, on_day(0), 5), entry(SUSPEND, on_day(2))]

    clock = read_clock("decision", ledger, CALENDAR)

    assert clock.due_at == NO_LIMIT
    assert not clock.is_running


def test_finished_clock_keeps_its_due_time():
    ledger = [entry(START, on_day(0), 5), entry(FINISH, on_day(2))]

    clock = read_clock("decision", ledger, CALENDAR)

    assert clock.finished_at == on_day(2)
    assert not clock.is_running


def test_clock_that_never_started_is_none():
    assert read_clock("issue", [entry(START, on_day(0), 5)], CALENDAR) is None


@given(
    days=st.integers(1, 30),
    used=st.integers(0, 20),
    pause=st.integers(0, 60),
)
def test_suspending_for_k_working_days_moves_the_end_by_k(days, used, pause):
    stop, resume = on_day(used), on_day(used + pause)
    without = read_clock("decision", [entry(START, MONDAY, days)], CALENDAR)
    if stop >= without.due_at:
        return

    ledger = [entry(START, MONDAY, days), entry(SUSPEND, stop), entry(RESUME, resume)]
    with_pause = read_clock("decision", ledger, CALENDAR)

    moved = CALENDAR.working_days_between(without.last_moment, with_pause.last_moment)
    assert moved == CALENDAR.working_days_between(stop, resume)
