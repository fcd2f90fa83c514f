"""Working days: the law's counting, and an independent day-by-day count that must agree."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import OFFICE_ZONE, WorkingCalendar, end_of_day, office_date

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOLIDAY_WEEK = WorkingCalendar(
    {
        date(2026, 1, 1): False,
        **{date(2026, 10, n): False for n in range(1, 8)},
        date(2026, 9, 27): True,
        date(2026, 10, 10): True,
    }
)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (FRIDAY, 1, date(2026, 11, 23)),
        (FRIDAY, 5, date(2026, 11, 27)),
        (FRIDAY, 0, date(2026, 11, 20)),
        (datetime(2026, 9, 30, 1, 0, tzinfo=UTC), 1, date(2026, 10, 8)),
        (datetime(2026, 9, 30, 1, 0, tzinfo=UTC), 3, date(2026, 10, 10)),
        (datetime(2026, 9, 26, 1, 0, tzinfo=UTC), 1, date(2026, 9, 27)),
        (datetime(2026, 11, 20, 16, 30, tzinfo=UTC), 1, date(2026, 11, 23)),
        (datetime(2026, 11, 22, 16, 30, tzinfo=UTC), 1, date(2026, 11, 24)),
    ],
)
def test_period_ends_with_its_last_working_day(start, days, last):
    due = HOLIDAY_WEEK.deadline(start, days)

    assert due == end_of_day(last)
    assert due.astimezone(OFFICE_ZONE).time().isoformat() == "00:00:00"


def test_year_without_notice_is_provisional():
    assert HOLIDAY_WEEK.is_provisional(date(2027, 3, 1))
    assert not HOLIDAY_WEEK.is_provisional(date(2026, 3, 1))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
calendars = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.booleans(), max_size=60
).map(WorkingCalendar)


@given(calendar=calendars, start=moments, days=st.integers(0, 40))
def test_counting_day_by_day_gives_the_same_deadline(calendar, start, days):
    counted, day = 0, (start + timedelta(hours=8)).date()
    while counted < days:
        day = date.fromordinal(day.toordinal() + 1)
        is_holiday = f"{day:%m-%d}" in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
        if calendar.days.get(day, day.isoweekday() not in (6, 7) and not is_holiday):
            counted += 1

    due = calendar.deadline(start, days)

    assert office_date(due - timedelta(seconds=1)) == day
    assert calendar.days_left(start, due) == days


@given(calendar=calendars, first=moments, last=moments)
def test_days_between_are_the_same_backwards(calendar, first, last):
    forth = calendar.working_days_between(first, last)

    assert forth == -calendar.working_days_between(last, first)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 12, 31), date(2027, 1, 4)),
        (date(2027, 9, 30), date(2027, 10, 4)),
    ],
)
def test_a_holiday_of_fixed_date_is_off_before_the_notice_of_its_year(start, last):
    """No limit is told to end on 元旦 or 国庆节 because the notice is still to come."""
    begun = datetime.combine(start, time(12), tzinfo=OFFICE_ZONE)

    assert office_date(WorkingCalendar().deadline(begun, 1) - timedelta(seconds=1)) == last
    assert WorkingCalendar({date(2027, 1, 1): True}).is_worked(date(2027, 1, 1))
