"""Where the time goes, held against a count by hand; on both databases."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bpmn.casework.heat import HeatWanted, called_levels, heat_of, levels_of, months_of, quantile
from bpmn.casework.step_counting import count_next_day, counted_until, days_to_count
from bpmn.diagram import load_files, read_diagram
from models import NO_LIMIT, CalendarDay, StepCount, StepDay, Task
from models.calendar import load_calendar
from tests import builders
from tests.walks.desk import Desk

YEAR = HeatWanted("qualification_application", "2026-01", "2026-12")


@pytest.fixture
def desk(db):
    db.add(CalendarDay(day=date(2026, 10, 10), worked=True, name="调休", source="示例"))
    desk = Desk(db, certificate_type="class_b")
    desk.db.execute(update(Task).values(closed_at=None, closed_by=None))
    return desk


def add_steps(desk, count, seed):
    """Steps of random lengths; returns (element, opened, closed, by whom)."""
    chance, made = random.Random(seed), []
    somebody = desk.applicant.id
    for number in range(count):
        opened = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(80_000))
        closed = opened + timedelta(minutes=chance.randrange(30_000))
        element, who = chance.choice(("read", "check")), chance.choice((somebody, somebody, None))
        made.append((element, opened, closed, who))
        desk.db.add(
            Task(
                case_id=desk.case.id,
                engine_id=f"made-{number}",
                element=element,
                name=element,
                form="review_application",
                role="reviewer",
                opened_at=opened,
                due_at=NO_LIMIT,
                closed_at=closed,
                closed_by=who,
            )
        )
    desk.db.flush()
    return made


def counted(desk):
    """An office whose past days are all counted."""
    office = builders.an_office(desk.db, calendar=load_calendar(desk.db))
    while count_next_day(office):
        pass
    desk.db.expire_all()
    return office


def days_by_hand(calendar, opened, closed):
    """Walks from day to day in the office's zone."""
    day, last = (
        (moment + timedelta(hours=8) - timedelta(microseconds=1)).date()
        for moment in (opened, closed)
    )
    days = 0
    while day < last:
        day += timedelta(days=1)
        days += calendar.is_worked(day)
    return days


@pytest.mark.parametrize("seed", range(3))
def test_counts_and_quantiles_are_those_of_a_count_by_hand(desk, seed):
    today = datetime(2026, 11, 19, 16, tzinfo=UTC)
    made = [one for one in add_steps(desk, 60, seed) if one[2] < today]

    office = counted(desk)
    found = {heat.element: heat for heat in heat_of(office, YEAR)}

    for element in ("read", "check"):
        mine = [one for one in made if one[0] == element]
        lasted = sorted(
            days_by_hand(office.calendar, opened, closed) for _e, opened, closed, _w in mine
        )
        heat = found[element]
        assert heat.count == len(mine)
        assert heat.lapsed == sum(who is None for *_rest, who in mine)
        assert heat.median == lasted[-(-len(lasted) // 2) - 1]
        assert heat.ninetieth == lasted[-(-len(lasted) * 9 // 10) - 1]


def test_a_step_that_its_case_had_taken_before_is_told_apart(desk):
    add_steps(desk, 9, 5)
    found = [heat for heat in heat_of(counted(desk), YEAR) if heat.count]
    assert sum(heat.again for heat in found) == sum(heat.count for heat in found) - len(found) > 0


def test_a_day_is_counted_once_and_only_when_it_is_over(desk):
    add_steps(desk, 30, 4)
    office = counted(desk)
    before = desk.db.scalar(select(func.sum(StepCount.count)))
    days = list(desk.db.scalars(select(StepDay.day).order_by(StepDay.id)))

    assert not count_next_day(office)
    assert desk.db.scalar(days_to_count(office)) is None
    assert days == sorted(set(days))
    assert counted_until(office) == days[-1] < date(2026, 11, 20)
    assert desk.db.scalar(select(func.sum(StepCount.count))) == before

    # A step of today waits for tomorrow.
    desk.db.execute(update(Task).where(Task.engine_id == "made-0").values(closed_at=builders.NOW))
    assert not count_next_day(office)
    tomorrow = builders.an_office(desk.db, now=builders.NOW + timedelta(days=1))
    assert count_next_day(tomorrow)
    assert not count_next_day(tomorrow)


@pytest.mark.parametrize(
    ("closed", "month"),
    [
        (datetime(2026, 10, 31, 15, 59, tzinfo=UTC), "2026-10"),
        (datetime(2026, 10, 31, 16, 0, tzinfo=UTC), "2026-11"),
    ],
)
def test_a_month_ends_at_midnight_in_the_office_s_zone(desk, closed, month):
    add_steps(desk, 1, 1)
    desk.db.execute(update(Task).where(Task.engine_id == "made-0").values(closed_at=closed))
    assert months_of(counted(desk), YEAR.matter) == [month]


def test_other_matters_organs_and_months_are_left_out(desk):
    add_steps(desk, 5, 2)
    office = counted(desk)

    def wanted(**changes):
        return HeatWanted(**{**YEAR.__dict__, **changes})

    assert not heat_of(office, wanted(matter="renewal"))
    assert not heat_of(office, wanted(authority_id=999_999))
    assert not [heat for heat in heat_of(office, wanted(last="2026-08")) if heat.count]


def test_an_open_step_shows_how_many_wait_there(desk):
    (heat,) = heat_of(counted(desk), YEAR)
    assert (heat.name, heat.open, heat.count) == ("填报申请材料", 1, 0)


@pytest.mark.parametrize(
    ("spread", "percent", "days"),
    [
        ({}, 90, 0),
        ({3: 1}, 50, 3),
        ({1: 9, 7: 1}, 90, 1),
        ({1: 8, 7: 2}, 90, 7),
        ({0: 1, 4: 1}, 50, 0),
    ],
)
def test_a_quantile_is_the_nearest_rank(spread, percent, days):
    assert quantile(spread, percent) == days


def test_a_call_is_as_hot_as_the_hottest_step_inside(desk):
    words = read_diagram(load_files("qualification_application"))
    deep = next(task for task in words.user_tasks.values() if words.procedure_of(task.element))
    levels = called_levels(words, {deep.element: 5})
    calling = [node.id for p in words.processes.values() for node in p.nodes.values() if node.calls]
    hot = {element for element in calling if levels.get(element) == 5}
    assert len(hot) >= 4  # the procedure in the review, and the review in each of three lanes
    assert levels_of([]) == {}
