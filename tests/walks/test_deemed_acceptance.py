"""Silence of the window is acceptance from the day of receipt (行政许可法 Art. 32(1)(4))."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bpmn import casework
from certificates import render
from certificates.kinds import KINDS
from models import ClockEntry, Document
from models.calendar import end_of_day
from tests.walks.desk import Desk

RECEIVED = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
"""A Friday: the fifth working day is the Friday after."""
SILENT_UNTIL = end_of_day(date(2026, 11, 27))
DECIDED_BY = end_of_day(date(2026, 12, 11))
"""Fifteen working days after the day of receipt, not after the silence."""
LATE = [timedelta(0), timedelta(hours=10), timedelta(days=12)]


def silent(db, late, words=("submit",)):
    desk = Desk(db, certificate_type="class_b")
    desk.now = RECEIVED
    desk.take(words)
    desk.now = SILENT_UNTIL + late
    assert casework.wake_case(desk.office(), desk.case.id)
    return desk


def notice_of(desk):
    query = select(Document).where(Document.case_id == desk.case.id)
    return desk.db.scalars(query.order_by(Document.id.desc())).first()


@pytest.mark.parametrize("late", LATE)
def test_on_day_six_the_case_is_accepted_since_its_receipt_however_late_the_worker(db, late):
    desk = silent(db, late)

    entries = desk.db.scalars(select(ClockEntry).order_by(ClockEntry.id)).all()
    assert [(one.clock, one.kind, one.at) for one in entries] == [
        ("acceptance", "start", RECEIVED),
        ("acceptance", "finish", SILENT_UNTIL),
        ("decision", "start", RECEIVED),
    ]
    assert {one.recorded_at for one in entries[1:]} == {SILENT_UNTIL + late}
    assert desk.open_task().due_at == DECIDED_BY


@pytest.mark.parametrize("late", LATE)
def test_its_paper_says_so_with_its_dates(db, late):
    desk = silent(db, late)
    paper = notice_of(desk)

    assert paper.kind == "acceptance_notice"
    told = {key: paper.facts[key] for key in ("accepted_on", "silent_until", "decision_due_on")}
    assert told == {
        "accepted_on": "2026-11-20",
        "silent_until": "2026-11-27",
        "decision_due_on": "2026-12-11",
    }
    assert paper.facts["issued_on"] == (SILENT_UNTIL + late + timedelta(hours=8)).date().isoformat()
    assert KINDS[paper.kind].title == "受理通知书"
    assert render(paper.kind, paper.facts).startswith(b"%PDF")


def test_who_accepts_in_time_gives_a_paper_that_says_nothing_of_silence(db):
    desk = Desk(db, certificate_type="class_b")
    desk.now = RECEIVED
    desk.take(["submit"])
    desk.now = SILENT_UNTIL - timedelta(seconds=1)
    desk.take(["accept"])

    facts = notice_of(desk).facts
    assert "silent_until" not in facts
    assert facts["accepted_on"] == "2026-11-27"


def test_corrected_materials_are_received_anew(db):
    """Art. 32 was answered by the 补正告知书; the clock starts anew with what is handed in."""
    desk = Desk(db, certificate_type="class_b")
    desk.now = RECEIVED
    desk.take(["submit"])
    desk.now = RECEIVED + timedelta(days=3)
    desk.take(["return"])
    desk.now = RECEIVED + timedelta(days=14)
    desk.take(["submit"])

    assert desk.open_task().due_at == end_of_day(date(2026, 12, 11))
    desk.take(["wait"])
    assert notice_of(desk).facts["accepted_on"] == "2026-12-04"
