"""Opening, seeing, stopping and deleting a case; claiming and completing its tasks."""

import pytest
from sqlalchemy import select

from bpmn import casework, errors
from models import AccountRole, Case, Event, Notice, Objection, Task
from tests import builders
from tests.walks.desk import Desk

PROPOSED = ("submit", "accept", "grant", "agree")


@pytest.fixture
def desk(db):
    return Desk(db, certificate_type="class_b")


def officer(desk, level, role):
    return next(
        account
        for account in desk.officers.values()
        if account.authority.level == level and role in account.roles
    )


@pytest.mark.requirement("R055")
@pytest.mark.requirement("R118")
def test_unit_with_an_open_case_cannot_open_another(desk):
    with pytest.raises(errors.OpenCaseExists):
        casework.open_case(desk.office(desk.applicant), builders.MATTER, "class_a")


@pytest.mark.requirement("R007")
def test_unit_opens_another_case_after_the_first_has_ended(desk):
    desk.take(("submit", "refuse"))

    again = casework.open_case(desk.office(desk.applicant), builders.MATTER, "class_b")

    assert again.number != desk.case.number


@pytest.mark.requirement("R054")
def test_draft_is_deleted_and_its_trail_stays(db, desk):
    number = desk.case.number

    casework.delete_case(desk.office(desk.applicant), desk.case)

    assert db.scalar(select(Case).where(Case.number == number)) is None
    kinds = db.scalars(select(Event.kind).where(Event.stream == number).order_by(Event.position))
    assert kinds.all() == ["opened", "deleted"]


def test_submitted_case_is_not_deleted(desk):
    desk.take(["submit"])

    with pytest.raises(errors.CaseAlreadySubmitted):
        casework.delete_case(desk.office(desk.applicant), desk.case)


@pytest.mark.parametrize("role", ["window", "reviewer", "checker", "approver"])
def test_officer_sees_the_cases_of_the_own_organ_only(desk, role):
    desk.take(["submit"])

    casework.find_case(desk.office(officer(desk, "city", role)), desk.case.number)
    for level in ("province", "ministry"):
        with pytest.raises(errors.CaseNotFound):
            casework.find_case(desk.office(officer(desk, level, role)), desk.case.number)


def test_officers_do_not_see_a_draft(desk):
    with pytest.raises(errors.CaseNotFound):
        casework.find_case(desk.office(officer(desk, "city", "window")), desk.case.number)


@pytest.mark.parametrize(
    ("level", "role"), [("province", "window"), ("city", "reviewer"), ("city", "approver")]
)
def test_task_is_closed_to_other_roles_and_organs(desk, level, role):
    desk.take(["submit"])

    with pytest.raises(errors.NotPermitted):
        casework.complete_task(
            desk.office(officer(desk, level, role)), desk.open_task().id, {"outcome": "accept"}
        )


def test_claimed_task_is_left_to_the_one_who_claimed_it(db, desk):
    desk.take(["submit"])
    window, task = officer(desk, "city", "window"), desk.open_task()
    colleague = builders.an_officer(db, role="window", authority=window.authority, username="two")

    casework.claim_task(desk.office(window), task.id)

    with pytest.raises(errors.TaskClaimed, match=window.name):
        casework.complete_task(desk.office(colleague), task.id, {"outcome": "accept"})
    with pytest.raises(errors.TaskClaimed, match=window.name):
        casework.claim_task(desk.office(colleague), task.id)
    casework.release_task(desk.office(window), task.id)
    casework.claim_task(desk.office(colleague), task.id)


def test_second_of_two_reads_who_was_faster(db, desk):
    desk.take(["submit"])
    window, task = officer(desk, "city", "window"), desk.open_task()
    colleague = builders.an_officer(db, role="window", authority=window.authority, username="two")
    answers = {"outcome": "accept", "opinion": ""}
    casework.complete_task(desk.office(window), task.id, answers)

    with pytest.raises(errors.TaskDone, match=window.name):
        casework.complete_task(desk.office(colleague), task.id, answers)


def test_reviewer_may_not_check_the_own_review(db, desk):
    desk.take(("submit", "accept"))
    reviewer = officer(desk, "city", "reviewer")
    reviewer.grants.append(AccountRole(role="checker"))
    db.flush()
    desk.take(["grant"])
    office, task = desk.office(reviewer), desk.open_task()

    for attempt in (casework.claim_task, casework.release_task):
        with pytest.raises(errors.SamePerson, match="经办审查"):
            attempt(office, task.id)
    with pytest.raises(errors.SamePerson):
        casework.complete_task(office, task.id, {"outcome": "agree"})

    desk.take(["return"])
    casework.claim_task(office, desk.open_task().id)


def test_outcome_that_the_diagram_has_not_is_refused(desk):
    desk.take(["submit"])

    with pytest.raises(errors.OutcomeUnknown):
        casework.complete_task(
            desk.office(officer(desk, "city", "window")), desk.open_task().id, {"outcome": "burn"}
        )


def test_timer_fires_once(desk):
    desk.take(PROPOSED)
    desk.take(["wait"])

    assert not casework.wake_case(desk.office(), desk.case.id)


def test_draft_of_an_officer_is_kept_until_the_task_is_done(desk):
    desk.take(["submit"])
    office = desk.office(officer(desk, "city", "window"))
    task = desk.open_task()

    casework.save_draft(office, task.id, {"opinion": "写了一半"})

    assert casework.find_draft(office, task).values == {"opinion": "写了一半"}
    desk.take(["accept"])
    assert casework.find_draft(office, task) is None


@pytest.mark.requirement("R305")
def test_objection_after_the_period_is_told_that_it_is_late(db, desk):
    desk.take((*PROPOSED, "object", "dismissed", "wait"))
    notice_id = db.scalars(select(Notice.id)).one()

    with pytest.raises(errors.NoticeClosed):
        casework.object_to_notice(desk.office(), notice_id, name="某", contact="1", content="迟")


def test_second_objection_joins_the_one_being_handled(db, desk):
    desk.take((*PROPOSED, "object", "object"))

    assert len(casework.open_objections(desk.office(), desk.case.id)) == 2
    assert db.scalars(select(Task.name).where(Task.closed_at.is_(None))).all() == ["核实处理异议"]
    numbers = db.scalars(select(Objection.number).order_by(Objection.id)).all()
    assert numbers == ["西安测资异〔2026〕1号", "西安测资异〔2026〕2号"]


def test_withdrawal_is_the_units_and_termination_the_heads(desk):
    desk.take(["submit"])
    window = officer(desk, "city", "window")

    for actor, stop in ((window, "terminated"), (window, "withdrawn"), (None, "withdrawn")):
        with pytest.raises(errors.NotPermitted):
            casework.stop_case(desk.office(actor), desk.case, stop, "理由")


def test_closed_case_cannot_be_withdrawn(desk):
    desk.take(("submit", "refuse"))

    with pytest.raises(errors.MessageNotExpected):
        casework.stop_case(desk.office(desk.applicant), desk.case, "withdrawn", "理由")
