"""What is shown does not hang on the order in which a database happens to give its rows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from bpmn.casework.heat import HeatWanted, heat_of
from bpmn.casework.standing import standings_of
from bpmn.casework.step_counting import count_next_day
from models import NO_LIMIT, Task
from models.calendar import load_calendar
from tests import builders
from tests.walks.desk import Desk

OCTOBER = HeatWanted("qualification_application", "2026-10", "2026-10")


@pytest.fixture(params=["as they come", "the other way round"])
def desk(db, request):
    """A case whose own tasks are over; rows come in either order where nobody asks for one."""
    if db.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL cannot be told in which order to give rows")
    desk = Desk(db, certificate_type="class_b")
    db.execute(update(Task).values(closed_at=datetime(2026, 9, 1, tzinfo=UTC)))
    db.execute(text(f"PRAGMA reverse_unordered_selects = {request.param != 'as they come'}"))
    yield desk
    db.execute(text("PRAGMA reverse_unordered_selects = 0"))


def add_task(desk, name, opened, closed=None):
    desk.db.add(
        Task(
            case_id=desk.case.id,
            engine_id=name,
            element="read",
            name=name,
            form="review_application",
            role="reviewer",
            opened_at=opened,
            due_at=NO_LIMIT,
            closed_at=closed,
        )
    )
    desk.db.flush()


def test_of_two_open_tasks_the_older_one_is_where_the_case_stands(desk):
    for name in ("先开的", "后开的"):
        add_task(desk, name, builders.NOW)

    [standing] = standings_of(builders.an_office(desk.db), [desk.case])

    assert "先开的" in str(standing)


def test_a_step_is_called_as_it_was_called_last(desk):
    noon = datetime(2026, 10, 20, 4, tzinfo=UTC)
    add_task(desk, "新名", noon - timedelta(days=7), noon + timedelta(minutes=2))
    add_task(desk, "旧名", noon - timedelta(days=7), noon + timedelta(minutes=1))
    office = builders.an_office(desk.db, calendar=load_calendar(desk.db))
    while count_next_day(office):
        pass

    assert {heat.name for heat in heat_of(office, OCTOBER)} == {"新名"}
