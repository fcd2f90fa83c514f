"""The rule of promotion against a judge who walks the calendar day by day and counts in fen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.policy import load_standards
from models.promotion import Holding, ProjectRecord, promotion_problems, read_promotion_rule

RULE = read_promotion_rule(load_standards())
NAMES = {"GCCL": "工程测量", "DDCL": "大地测量", "DHDT": "导航电子地图制作"}
DAY = timedelta(days=1)
DAYS = st.one_of(
    st.dates(date(2021, 1, 1), date(2029, 12, 31)),
    st.sampled_from([date(2024, 2, 28), date(2024, 2, 29), date(2026, 2, 28), date(2028, 2, 29)]),
)
CODES = st.sampled_from(sorted(NAMES))
HOLDINGS = st.builds(Holding, CODES, st.sampled_from("ABCD"), DAYS, st.booleans())
FEN = st.sampled_from(
    [1, 49_999_999, 50_000_000, 50_000_001, 300_000_000, 599_999_999, 600_000_000]
)
PROJECTS = st.builds(
    ProjectRecord,
    CODES,
    FEN.map(lambda fen: Decimal(fen) / 100),
    DAYS,
    st.none() | DAYS,
    st.booleans(),
)


def is_that_day(day: date, of: date) -> bool:
    """Whether a day has the month and day of another; 28 February stands in for the 29th."""
    if (day.month, day.day) == (of.month, of.day):
        return True
    is_last = (day + DAY).month == 3
    return (of.month, of.day) == (2, 29) and (day.month, day.day) == (2, 28) and is_last


def two_years_from(start: date, step: timedelta) -> date:
    """The second such day, walking forward or back one day at a time."""
    day, met = start, 0
    while met < 2:
        day += step
        met += is_that_day(day, start)
    return day


def may_count_years(held: list[Holding], today: date) -> bool:
    if any(one.level == "A" for one in held):
        return True
    return any(one.level == "B" and two_years_from(one.approved_on, DAY) <= today for one in held)


def has_performed(projects: list[ProjectRecord], today: date) -> bool:
    first = two_years_from(today, -DAY)
    total, largest = 0, 0
    for one in projects:
        day = one.signed_on if one.completed_on is None else one.completed_on
        if not one.counts or day < first or today < day:
            continue
        fen = int(one.amount * 100)
        total += fen
        if one.completed_on is not None:
            largest = max(largest, fen)
    return total >= 600_000_000 and largest >= 50_000_000


@pytest.mark.requirement("R033")
@pytest.mark.requirement("R034")
@pytest.mark.requirement("R035")
@pytest.mark.requirement("R036")
@pytest.mark.requirement("R037")
@pytest.mark.requirement("R089")
@settings(deadline=None, max_examples=300)
@given(st.lists(HOLDINGS, max_size=5), st.lists(PROJECTS, max_size=6), DAYS)
def test_the_rule_agrees_with_a_judge_who_counts_days(
    holdings: list[Holding], projects: list[ProjectRecord], today: date
) -> None:
    found = promotion_problems(RULE, NAMES, holdings, projects, today)
    told = {(one.specialty, one.kind) for one in found}
    expected = set()
    for code in NAMES:
        held = [one for one in holdings if one.specialty == code]
        if code == "DHDT" or any(one.level == "A" and not one.former for one in held):
            continue
        if not may_count_years(held, today):
            expected.add((code, "years"))
        if not has_performed([one for one in projects if one.specialty == code], today):
            expected.add((code, "performance"))
    assert told == expected
