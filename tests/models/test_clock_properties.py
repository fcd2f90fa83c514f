"""Ten thousand ledgers and calendars: a count day by day, made apart from the program, agrees."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from models import NO_LIMIT, ClockEntry, WorkingCalendar
from models.clock import EXTEND, RESUME, START, SUSPEND, days_used, read_clock

FIRST = date(2026, 1, 1)
SPAN = 900
CASES = 10_000
BEIJING = timedelta(hours=8)
HOLIDAYS = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")


def at(day: date, minute: int) -> datetime:
    """A minute of the office's day, as UTC."""
    return datetime.combine(day, time(), tzinfo=UTC) + timedelta(minutes=minute) - BEIJING


def entry(kind: str, moment: datetime, days: int = 0) -> ClockEntry:
    return ClockEntry(clock="decision", kind=kind, at=moment, working_days=days, article="")


def a_calendar(choice: random.Random) -> dict[date, bool]:
    """Days off and worked weekends strewn over it, some in blocks of up to nine."""
    days: dict[date, bool] = {}
    for _block in range(choice.randrange(40)):
        begin, worked = choice.randrange(SPAN), choice.random() < 0.4
        for number in range(choice.randint(1, 9)):
            days[FIRST + timedelta(days=begin + number)] = worked
    return days


def a_ledger(choice: random.Random) -> list[ClockEntry]:
    """A start, then suspensions and resumptions in turns, with extensions in between."""
    day, minute = FIRST + timedelta(days=choice.randrange(300)), choice.randint(1, 1439)
    ledger = [entry(START, at(day, minute), choice.randint(1, 30))]
    pausing = False
    for _step in range(choice.randrange(9)):
        day += timedelta(days=choice.choice([0, 0, 1, 2, 5, 20]))
        minute = choice.randint(1, 1439)
        if at(day, minute) < ledger[-1].at:
            continue
        if choice.random() < 0.25:
            ledger.append(entry(EXTEND, at(day, minute), choice.randint(1, 10)))
        else:
            ledger.append(entry(RESUME if pausing else SUSPEND, at(day, minute)))
            pausing = not pausing
    return ledger


def counted(ledger: list[ClockEntry], days: dict[date, bool]) -> datetime | None:
    """The end, by walking the days: None while suspended before it was reached."""
    total = sum(one.working_days for one in ledger)
    marks = [((one.at + BEIJING).date(), one) for one in ledger if one.kind != EXTEND]
    used, day = 0, marks[0][0]
    for (begun, one), (ended, other) in [*pairwise(marks), (marks[-1], (date.max, None))]:
        if one.kind == SUSPEND:
            continue
        day = begun
        while used < total and day < ended and day < date(2040, 1, 1):
            day += timedelta(days=1)
            used += days.get(day, day.isoweekday() < 6 and f"{day:%m-%d}" not in HOLIDAYS)
        end = at(day, 24 * 60)
        if used == total and (other is None or end <= other.at):
            return end
    return None


def test_an_independent_count_of_the_days_agrees_on_every_ledger():
    choice = random.Random(20261121)
    for number in range(CASES):
        days, ledger = a_calendar(choice), a_ledger(choice)
        clock = read_clock("decision", ledger, WorkingCalendar(days))

        assert clock is not None
        assert clock.due_at == (counted(ledger, days) or NO_LIMIT), number


def test_a_pause_of_k_working_days_moves_the_end_by_exactly_k():
    choice = random.Random(7)
    for number in range(2000):
        calendar = WorkingCalendar(a_calendar(choice))
        start = entry(START, at(FIRST, 600), choice.randint(1, 30))
        stop = at(FIRST + timedelta(days=choice.randrange(40)), choice.randint(1, 1439))
        goes = stop + timedelta(days=choice.randrange(80), minutes=1)
        plain = read_clock("decision", [start], calendar)
        if stop <= start.at or stop >= plain.due_at:
            continue
        paused = read_clock(
            "decision", [start, entry(SUSPEND, stop), entry(RESUME, goes)], calendar
        )

        k = calendar.working_days_between(stop, goes)
        moved = calendar.working_days_between(plain.last_moment, paused.last_moment)
        assert moved == k, number


def test_an_extension_adds_exactly_its_days_whenever_it_is_granted():
    choice = random.Random(11)
    for number in range(2000):
        calendar = WorkingCalendar(a_calendar(choice))
        ledger = a_ledger(choice)
        longer = [*ledger, entry(EXTEND, ledger[-1].at, 10)]
        plain, more = (read_clock("decision", one, calendar) for one in (ledger, longer))
        if plain.due_at == NO_LIMIT or plain.suspended_at:
            continue
        assert more.working_days == plain.working_days + 10
        if plain.due_at > ledger[-1].at:
            moved = calendar.working_days_between(plain.last_moment, more.last_moment)
            assert moved == 10, number


def test_what_is_used_and_what_is_left_is_the_whole():
    choice = random.Random(13)
    for number in range(2000):
        calendar, ledger = WorkingCalendar(a_calendar(choice)), a_ledger(choice)
        clock = read_clock("decision", ledger, calendar)
        if clock.suspended_at or clock.due_at <= ledger[-1].at:
            continue
        assert days_used(ledger, clock.last_moment, calendar) == clock.working_days, number


def test_resuming_on_a_holiday_counts_from_the_first_working_day_after_it():
    week = {date(2026, 10, n): False for n in range(1, 8)}
    ledger = [
        entry(START, at(date(2026, 9, 28), 600), 5),
        entry(SUSPEND, at(date(2026, 9, 29), 600)),
        entry(RESUME, at(date(2026, 10, 3), 600)),
    ]
    clock = read_clock("decision", ledger, WorkingCalendar(week))

    assert clock.due_at == at(date(2026, 10, 13), 24 * 60)


def test_a_clock_suspended_on_its_last_day_does_not_run_out_that_night():
    last = date(2026, 11, 27)
    ledger = [entry(START, at(date(2026, 11, 20), 600), 5), entry(SUSPEND, at(last, 600))]
    assert read_clock("decision", ledger, WorkingCalendar()).due_at == NO_LIMIT

    ledger.append(entry(RESUME, at(date(2026, 12, 2), 600)))
    assert read_clock("decision", ledger, WorkingCalendar()).due_at == at(date(2026, 12, 2), 1440)
