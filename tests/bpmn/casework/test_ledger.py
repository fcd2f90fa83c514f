"""The ledger of a case in words: each entry with its day, its article and what it left."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from bpmn import casework
from bpmn.casework.ledger import ledger_runs
from bpmn.operations.clocks import extend_clock, resume_clock, suspend_clock
from models import CalendarChange, CalendarMove, Document, WorkingCalendar
from models.calendar import end_of_day
from tests import builders
from tests.walks.desk import Desk

HANDED_IN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NOTICED = {date(2026, 1, 1): False, date(2027, 1, 1): False}


@pytest.fixture
def desk(db):
    desk = Desk(db, certificate_type="class_b")
    desk.now = HANDED_IN
    desk.take(["submit"])
    return desk


def told(desk, calendar=None):
    office = builders.an_office(
        desk.db, now=desk.now, calendar=calendar or WorkingCalendar(NOTICED)
    )
    return ledger_runs(office, desk.case)


def lines(run):
    return [(line.on, line.what, line.used, line.left, line.last_day) for line in run.lines]


def test_each_entry_says_what_is_used_and_left_and_where_it_ends(desk):
    desk.now = HANDED_IN + timedelta(days=2)
    desk.take(["accept"])
    desk.now = HANDED_IN + timedelta(days=4)
    reason = "专家评审"
    suspend_clock(desk.office(), desk.case, kind="decision", article="第四十五条", reason=reason)
    desk.now = HANDED_IN + timedelta(days=14)
    resume_clock(desk.office(), desk.case, kind="decision")
    extend_clock(desk.office(), desk.case, kind="decision", working_days=10, reason="案情复杂。")

    acceptance, decision = told(desk)
    assert (acceptance.name, acceptance.state, acceptance.used) == ("受理时限", "closed", 2)
    assert lines(acceptance) == [
        ("2026-11-23", "起算", 0, 5, "2026-11-30"),
        ("2026-11-25", "结束", 2, 3, ""),
    ]
    assert (decision.state, decision.working_days) == ("normal", 25)
    assert (decision.used, decision.left) == (2, 23)
    assert lines(decision) == [
        ("2026-11-25", "起算", 0, 15, "2026-12-16"),
        ("2026-11-27", "中止", 2, 13, ""),
        ("2026-12-07", "恢复", 2, 13, "2026-12-24"),
        ("2026-12-07", "延长", 2, 23, "2027-01-08"),
    ]
    assert [line.reason for line in decision.lines] == ["", reason, "", "案情复杂"]


def test_a_clock_that_stands_says_so(desk):
    suspend_clock(desk.office(), desk.case, kind="acceptance", article="第四十五条")
    desk.now = HANDED_IN + timedelta(days=30)

    (run,) = told(desk)
    assert (run.state, run.used, run.left, run.last_day) == ("paused", 0, 5, "")


def test_a_silence_ran_out_at_midnight_and_says_when_it_was_noticed(desk):
    desk.now = end_of_day(date(2026, 11, 30)) + timedelta(days=3)
    assert casework.wake_case(desk.office(), desk.case.id)

    acceptance, decision = told(desk)
    assert lines(acceptance)[-1] == ("2026-11-30 24:00", "届满", 5, 0, "")
    assert acceptance.lines[-1].recorded_at == desk.now
    assert decision.lines[0].on == "2026-11-23"


def test_a_day_in_a_year_without_a_notice_is_marked(desk):
    (run,) = told(desk, WorkingCalendar())
    assert run.last_day == "2026-11-30（暂按）"


def test_the_paper_that_told_the_unit_is_named_by_its_number(desk):
    facts = {"token": "t", "facts": {}, "case_id": desk.case.id, "title": "告知书"}
    for number, moment in (
        ("甲〔2026〕1号", HANDED_IN),
        ("甲〔2026〕2号", HANDED_IN + timedelta(9)),
    ):
        row = {"kind": "extension_notice", "number": number, "created_at": moment, **facts}
        desk.db.execute(insert(Document), row)
    extend_clock(
        desk.office(), desk.case, kind="acceptance", working_days=1, paper="extension_notice"
    )
    assert told(desk)[0].lines[-1].paper == "甲〔2026〕1号"


def test_a_changed_calendar_is_told_with_both_days(desk):
    change = CalendarChange(title="2027.csv", days=[], created_at=HANDED_IN)
    change.confirmed_at = HANDED_IN + timedelta(hours=1)
    desk.db.add(change)
    desk.db.flush()
    days = {"old_due": end_of_day(date(2026, 11, 30)), "new_due": end_of_day(date(2026, 12, 1))}
    move = {"change_id": change.id, "case_id": desk.case.id, "clock": "acceptance", **days}
    desk.db.execute(insert(CalendarMove), move)

    line = told(desk)[0].lines[-1]
    assert (line.what, line.last_day, line.used) == ("重新计算", "2026-12-01", None)
    assert "2027.csv" in line.reason
    assert "2026-11-30 改为 2026-12-01" in line.reason


def test_a_clock_started_again_is_a_run_of_its_own(desk):
    desk.take(["return", "submit"])
    assert [run.name for run in told(desk)] == ["受理时限", "补正期限", "受理时限"]
