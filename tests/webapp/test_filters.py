"""How days are written on the screen."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from models import NO_LIMIT
from webapp.filters import last_day


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 11, 27, 16, tzinfo=UTC), "2026-11-27"),
        (datetime(2027, 1, 1, 16, tzinfo=UTC), "2027-01-01（暂按）"),
        (NO_LIMIT, ""),
        (None, ""),
    ],
)
def test_a_day_of_a_year_without_announced_holidays_is_marked(app: Flask, due, words):
    with app.app_context():
        with app.extensions["premises"].reading():
            pass

        assert last_day(due) == words
