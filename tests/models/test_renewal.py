"""When a certificate may be renewed and until when it is valid then, day by day."""

from datetime import date, timedelta

import pytest

from models.renewal import RenewalRule
from tests import builders

RULE = RenewalRule(opens_days=90, closes_days=30, validity_years=5)


def test_shipped_numbers_say_where_they_come_from():
    assert builders.standard().renewal == RULE


@pytest.mark.parametrize(
    ("ends", "first", "last"),
    [
        (date(2026, 12, 31), date(2026, 10, 2), date(2026, 12, 1)),
        (date(2028, 3, 1), date(2027, 12, 2), date(2028, 1, 31)),
    ],
)
def test_window_is_ninety_to_thirty_days_before_the_end(ends, first, last):
    assert (RULE.first_day(ends), RULE.last_day(ends)) == (first, last)


@pytest.mark.parametrize(
    ("ends", "renewed"),
    [
        (date(2026, 12, 31), date(2031, 12, 31)),
        (date(2026, 11, 30), date(2031, 11, 30)),
        (date(2028, 2, 28), date(2033, 2, 28)),  # the next term begins on 29 February
        (date(2028, 2, 29), date(2033, 2, 28)),
        (date(2027, 2, 28), date(2032, 2, 29)),
    ],
)
def test_next_term_is_five_years_from_the_day_after_the_end(ends, renewed):
    assert RULE.renewed_until(ends) == renewed


def test_term_began_with_the_issue_or_after_the_term_before():
    issued, first = date(2021, 12, 1), date(2026, 11, 30)
    second = RULE.renewed_until(first)
    assert RULE.term_began(issued, first) == issued
    assert RULE.term_began(issued, second) == first + timedelta(days=1)
    assert RULE.term_began(date(2028, 2, 29), date(2033, 2, 28)) == date(2028, 2, 29)
