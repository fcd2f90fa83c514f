"""A migration at work while something else happens: every case moves once, whole, or stays."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.casework import migrations
from bpmn.casework.calendar_changes import confirm_change, propose_change
from bpmn.casework.recalculation import look_on
from bpmn.errors import MigrationRefused
from models import Case, CaseMove, ClockEntry, DiagramVersion, Event, Migration, Task
from models.calendar import legal_date, load_calendar
from models.clock import read_clock
from models.moves import MOVED, MOVING
from tests.edited_diagrams import another_version, with_legal_review
from tests.webapp.live import ANSWERS, LiveOffice
from tests.webapp.studio_admins import add_admins
from tests.webapp.test_races import _at_once
from webapp.jobs import attempts
from webapp.jobs.work import work_off

DIES = """
import os, signal, sys
from bpmn.casework import migrations
from config.settings import read_settings
from webapp.app import open_premises
from webapp.jobs import kinds
from webapp.jobs.work import work_off
from webapp.storage import FileStore

premises = open_premises(read_settings(os.environ))
after, moved, real = int(sys.argv[1]), [], migrations.move_case

def move_case(office, move, migration):
    real(office, move, migration)
    moved.append(move.id)
    if len(moved) == after:
        office.db.flush()
        os.kill(os.getpid(), signal.SIGKILL)

migrations.move_case = move_case
work_off(premises, FileStore(premises.settings.attachment_url))
"""


@pytest.fixture
def cases(live: LiveOffice) -> list[int]:
    """Cases at the window, on the first version."""
    opened = [live.open_case(applicant) for applicant in live.applicants]
    for case_id in opened:
        live.decide(case_id)
    return opened


def confirmed(live: LiveOffice) -> int:
    """A migration to a second version, looked through and confirmed."""
    (admin,) = add_admins(live, 1)
    second_version(live)
    migration = looked(live, admin)
    confirm(live, admin, migration)
    return migration


def second_version(live: LiveOffice) -> None:
    with live.premises.transaction() as office:
        another_version(office.db, with_legal_review)


def looked(live: LiveOffice, admin: int) -> int:
    """This administrator's look at the open cases, done."""
    with live.premises.transaction(admin) as office:
        migration = migrations.ask_migration(office, "qualification_application").id
    while step(live, migration):
        pass
    return migration


def confirm(live: LiveOffice, admin: int, migration: int) -> str:
    with live.premises.transaction(admin) as office:
        return migrations.confirm_migration(office, migration, "增加法制审核", None).status


def step(live: LiveOffice, migration: int) -> bool:
    with live.premises.transaction() as office:
        return migrations.go_on(office, migration)


def finish(live: LiveOffice, migration: int) -> None:
    while step(live, migration):
        pass
    with live.premises.reading() as office:
        assert office.db.get_one(Migration, migration).status == "done"


def moves_of(live: LiveOffice) -> Counter[tuple[int, str]]:
    """How often each case was moved, by its own record and by the migration's rows."""
    with live.premises.reading() as office:
        told = select(Case.id, Event.kind).join(Event, Event.stream == Case.number)
        rows = select(CaseMove.case_id, CaseMove.verdict).where(CaseMove.verdict == MOVED)
        return Counter(
            (case_id, what)
            for query in (told.where(Event.kind == "migrated"), rows)
            for case_id, what in office.db.execute(query)
        )


def versions_of(live: LiveOffice, cases: list[int]) -> list[int]:
    with live.premises.reading() as office:
        query = (
            select(DiagramVersion.number)
            .join(Case, Case.diagram_version_id == DiagramVersion.id)
            .where(Case.id.in_(cases))
            .order_by(Case.id)
        )
        return list(office.db.scalars(query))


@pytest.mark.parametrize("after", [1, 3])
def test_a_worker_killed_while_moving_leaves_no_case_half_moved(
    live: LiveOffice, cases: list[int], after: int
) -> None:
    """A real process and kill -9 within the nth move: that one is undone, the others stand."""
    migration = confirmed(live)
    inherited = dict(os.environ)  # noqa: TID251 - handed on to the worker, not read
    killed = subprocess.run(  # noqa: S603
        [sys.executable, "-c", DIES, str(after)],
        env={**inherited, **live.environment()},
        timeout=200,
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    assert versions_of(live, cases).count(2) == after - 1
    live.let_seconds_pass(attempts.HELD.total_seconds() + 1)
    work_off(live.premises, live.store)

    assert versions_of(live, cases) == [2] * len(cases)
    assert moves_of(live) == Counter(
        [(case, kind) for case in cases for kind in ("migrated", MOVED)]
    )
    with live.premises.reading() as office:
        assert office.db.get_one(Migration, migration).status == "done"
    for case_id in cases:
        live.decide(case_id, "accept")


def test_an_officer_who_completes_the_task_at_that_moment_loses_nothing(
    live: LiveOffice, cases: list[int]
) -> None:
    migration = confirmed(live)

    def accept() -> str:
        with live.premises.reading() as office:
            query = select(Task.id).where(Task.case_id == cases[0], Task.closed_at.is_(None))
            task_id = office.db.scalars(query).one()
        with live.premises.transaction(live.officers["window"]) as office:
            casework.complete_task(office, task_id, {**ANSWERS, "outcome": "accept"})
        return "accepted"

    came = _at_once(accept, lambda: step(live, migration))
    finish(live, migration)

    assert came[0] == "accepted", "whichever was first, the officer's work is kept"
    assert versions_of(live, cases) == [2] * len(cases)
    assert set(moves_of(live).values()) == {1}
    with live.premises.reading() as office:
        open_tasks = select(Task.role).where(Task.case_id == cases[0], Task.closed_at.is_(None))
        assert office.db.scalars(open_tasks).all() == ["reviewer"]
        kinds = office.db.scalars(
            select(Event.kind)
            .join(Case, Case.number == Event.stream)
            .where(Case.id == cases[0])
            .order_by(Event.position)
        ).all()
        assert kinds.count("migrated") == 1
    for outcome in ("grant", "agree"):
        live.decide(cases[0], outcome)


def test_of_two_who_confirm_at_once_one_migration_moves_the_cases(
    live: LiveOffice, cases: list[int]
) -> None:
    one, other = add_admins(live, 2)
    second_version(live)
    first, second = looked(live, one), looked(live, other)

    came = _at_once(lambda: confirm(live, one, first), lambda: confirm(live, other, second))

    refused = next(said for said in came if said != MOVING)
    assert came.count(MOVING) == 1
    assert isinstance(refused, MigrationRefused)
    assert "另一批迁移正在进行" in str(refused)
    finish(live, first if came[0] == MOVING else second)
    assert versions_of(live, cases) == [2] * len(cases)
    assert set(moves_of(live).values()) == {1}


def test_days_off_that_come_while_cases_move_count_for_all_of_them(
    live: LiveOffice, cases: list[int]
) -> None:
    migration = confirmed(live)
    with live.premises.reading() as office:
        off = legal_date(office.calendar.deadline(office.now, 2)).isoformat()
        before = office.db.scalars(select(Task.due_at).where(Task.closed_at.is_(None))).all()
    with live.premises.transaction() as office:
        days = [{"day": off, "worked": False, "name": "示例", "source": "示例"}]
        change = propose_change(office, "临时放假", days)
        assert change is not None
        change_id = change.id

    def count() -> str:
        while recount(live, change_id):
            pass
        with live.premises.transaction() as office:
            confirm_change(office, change_id)
        while recount(live, change_id):
            pass
        return "counted"

    def move() -> str:
        finish(live, migration)
        return "moved"

    assert _at_once(count, move) == ["counted", "moved"]

    assert versions_of(live, cases) == [2] * len(cases)
    assert set(moves_of(live).values()) == {1}
    with live.premises.reading() as office:
        calendar = load_calendar(office.db)
        tasks = office.db.scalars(select(Task).where(Task.closed_at.is_(None))).all()
        for task in tasks:
            query = select(ClockEntry).where(ClockEntry.case_id == task.case_id)
            entries = office.db.scalars(query.order_by(ClockEntry.id)).all()
            clock = read_clock("acceptance", entries, calendar)
            case = office.db.get_one(Case, task.case_id)
            assert clock is not None
            assert task.due_at == clock.due_at == case.wake_at
        assert {task.due_at for task in tasks}.isdisjoint(before), "a day later than before"


def recount(live: LiveOffice, change_id: int) -> bool:
    with live.premises.transaction() as office:
        return look_on(office, change_id, batch=1)
