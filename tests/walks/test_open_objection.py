"""No decision while an objection is open: tried by everybody and by every timer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bpmn import casework
from bpmn.casework import publicity
from bpmn.errors import NoticeClosed, NotPermitted, ObjectionsOpen, TaskDone, TaskNotFound
from bpmn.operations.clocks import ledger_of
from models import Message, Notice, Objection, Qualification, Task, WorkingCalendar
from models.calendar import office_date
from models.clock import read_clock
from tests.walks.desk import STOPS, Desk

PROPOSED = ("submit", "accept", "grant", "agree")
GRANT = {"outcome": "grant", "opinion": "准予", "granted": ["GCCL"], "refused": {}}


@pytest.fixture
def desk(db) -> Desk:
    desk = Desk(db, certificate_type="class_b")
    desk.take((*PROPOSED, "object"))
    return desk


def approver(desk: Desk):
    return desk.officers[desk.case.authority.id, "approver"]


def decided(desk: Desk) -> tuple[int, list[str]]:
    """How many certificates there are, and what was issued after the notice."""
    certificates = desk.db.scalar(select(func.count()).select_from(Qualification))
    return certificates, desk.titles()


def test_nobody_can_decide_while_an_objection_is_open(desk):
    before = decided(desk)
    task = desk.open_task()
    assert (task.form, task.role) == ("handle_objection", "reviewer")

    with pytest.raises(NotPermitted):
        casework.complete_task(desk.office(approver(desk)), task.id, GRANT)
    closed = desk.db.scalars(select(Task.id).where(Task.closed_at.is_not(None))).all()
    for task_id in closed:
        for officer in desk.officers.values():
            with pytest.raises((NotPermitted, TaskDone)):
                casework.complete_task(desk.office(officer), task_id, GRANT)
    with pytest.raises(TaskNotFound):
        casework.complete_task(desk.office(approver(desk)), 987654321, GRANT)

    assert decided(desk) == before
    assert desk.case.closed_at is None


@pytest.mark.parametrize("days", [0, 5, 6, 30, 400])
def test_no_timer_decides_however_late_a_worker_comes(desk, days):
    before = decided(desk)
    desk.now += timedelta(days=days)

    assert desk.case.wake_at is None
    assert not casework.wake_case(desk.office(), desk.case.id)
    assert desk.case.id not in casework.cases_to_wake(desk.office())

    assert decided(desk) == before
    assert desk.open_task().form == "handle_objection"
    assert desk.db.scalars(select(Notice.closed_at)).one() is None


@pytest.mark.parametrize("verdict", ["dismissed", "upheld"])
def test_the_handler_cannot_go_on_without_an_answer_to_each(desk, verdict):
    desk.take(["object"])
    first, _second = casework.open_objections(desk.office(), desk.case.id)
    reviewer = desk.officers[desk.case.authority.id, "reviewer"]
    office = desk.office(reviewer)
    casework.answer_objections(office, desk.case, {first.id: casework.Answer(verdict, "理由")})

    with pytest.raises(ObjectionsOpen, match="还有 1 件"):
        casework.complete_task(office, desk.open_task().id, {"outcome": verdict})


def test_a_notice_that_ran_out_meanwhile_ends_with_the_answer_and_not_before(desk):
    until = desk.db.scalars(select(Notice.until)).one()
    desk.now = until + timedelta(days=10)
    assert desk.open_task().form == "handle_objection"

    desk.take(["dismissed"])
    if desk.case.wake_at is not None:
        desk.take(["wait"])

    notice = desk.db.scalars(select(Notice)).one()
    assert (notice.ended, notice.closed_at) == ("passed", until + timedelta(days=10))
    assert desk.open_task().role == "approver"


def test_an_objection_after_the_last_moment_is_too_late_though_no_worker_came(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(PROPOSED)
    desk.now = db.scalars(select(Notice.until)).one()

    with pytest.raises(NoticeClosed):
        desk.take(["object"])


def test_a_late_worker_closes_the_notice_at_its_legal_end(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(PROPOSED)
    until = db.scalars(select(Notice.until)).one()
    desk.now = until + timedelta(days=3)

    assert casework.wake_case(desk.office(), desk.case.id)

    notice = db.scalars(select(Notice)).one()
    assert (notice.ended, notice.closed_at) == ("passed", until)
    clock = read_clock("notice", ledger_of(desk.office(), desk.case), desk.office().calendar)
    assert (clock.working_days, clock.due_at, clock.finished_at) == (5, until, until)


def test_a_changed_calendar_moves_the_end_and_with_it_who_is_in_time(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(PROPOSED)
    notice = db.scalars(select(Notice)).one()
    last = office_date(notice.until - timedelta(seconds=1))
    closed = WorkingCalendar({last: False})
    desk.now = notice.until + timedelta(hours=1)
    typed = {"name": "甲", "contact": "13800138000", "content": "请核实"}

    later = replace(desk.office(), calendar=closed)
    assert publicity.standing_of(desk.office(), notice).is_open is False
    told = publicity.standing_of(later, notice)
    assert (told.is_open, told.was_moved) == (True, True)
    with pytest.raises(NoticeClosed):
        casework.object_to_notice(desk.office(), notice.id, **typed)
    assert casework.object_to_notice(later, notice.id, **typed).received_at == desk.now


def test_each_objection_is_answered_by_itself_and_its_sender_is_told(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(PROPOSED)
    notice_id = db.scalars(select(Notice.id)).one()
    sent = [
        casework.object_to_notice(
            desk.office(), notice_id, name="甲", contact=contact, content=contact
        )
        for contact in ("13800138000", "13800138001、b@example.com")
    ]
    answers = {
        sent[0].id: casework.Answer("dismissed", "查无实据。"),
        sent[1].id: casework.Answer("upheld", "情况属实。"),
    }
    reviewer = desk.officers[desk.case.authority.id, "reviewer"]
    casework.answer_objections(desk.office(reviewer), desk.case, answers)
    casework.complete_task(desk.office(reviewer), desk.open_task().id, {"outcome": "upheld"})

    told = db.scalars(select(Message).where(Message.objection_id.is_not(None))).all()
    assert [(one.objection_id, one.unit_id, one.authority_id) for one in told] == [
        (sent[1].id, None, None)
    ]
    assert "情况属实。" in told[0].body
    assert db.scalars(select(Notice.ended)).one() == "upheld"
    assert desk.open_task().form == "review_application"


def test_the_unit_states_in_its_own_notice_and_nobody_else_does(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(PROPOSED)
    notice_id = db.scalars(select(Notice.id)).one()

    with pytest.raises(NotPermitted):
        casework.state_in_notice(desk.office(approver(desk)), notice_id, "陈述")
    stated = casework.state_in_notice(desk.office(desk.applicant), notice_id, "我单位说明如下。")

    assert (stated.kind, stated.unit_id) == ("statement", desk.unit.id)
    assert "测资陈〔" in stated.number
    assert desk.open_task().form == "handle_objection"
    desk.take(["dismissed"])
    bodies = db.scalars(select(Message.body).where(Message.unit_id == desk.unit.id)).all()
    assert any(stated.number in body for body in bodies)


@pytest.mark.parametrize("stop", ["withdraw", "terminate"])
def test_a_case_that_ends_early_ends_its_notice_in_words(desk, stop):
    desk.take([stop])

    assert desk.db.scalars(select(Notice.ended)).one() == STOPS[stop]
    dropped = desk.db.scalars(select(Objection)).one()
    assert (dropped.verdict, dropped.answered_at) == ("", desk.now)
    assert "公示终止" in dropped.answer
