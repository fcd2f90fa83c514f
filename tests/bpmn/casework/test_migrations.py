"""Open cases that are moved to another version of their diagram, on both databases."""

import pytest
from sqlalchemy import select

from bpmn.casework import drafts, migrations
from bpmn.casework.moving import undo_move
from bpmn.casework.story import story_of
from bpmn.casework.tasks import claim_task, save_draft
from bpmn.errors import MigrationRefused, MoveStays, NotPermitted
from models import Account, Event
from models.events import event_digest
from tests.bpmn.casework.moves import as_admin, as_stored, looked, moved, the_move
from tests.edited_diagrams import (
    another_version,
    unchanged,
    with_legal_review,
    with_legal_review_before_signing,
    with_legality_asked_later,
    with_words,
)
from tests.walks.desk import Desk

_TO_REVIEW, _TO_CHECK = ("submit", "accept"), ("submit", "accept", "grant")
_TO_DECIDE = (*_TO_CHECK, "agree", "wait")


@pytest.fixture
def desk(db):
    return Desk(db, certificate_type="class_b")


@pytest.mark.parametrize(
    ("before", "after", "end"),
    [
        ((), ("submit", "accept", "grant", "agree", "agree", "wait", "grant"), "granted_city"),
        (("submit",), ("accept", "grant", "agree", "agree", "wait", "grant"), "granted_city"),
        (("submit", "return"), ("submit", "accept", "grant", "agree", "agree", "wait", "grant"),
         "granted_city"),
        (_TO_REVIEW, ("grant", "agree", "agree", "wait", "grant"), "granted_city"),
        (_TO_REVIEW, ("withdraw",), "withdrawn_city"),
        (_TO_CHECK, ("agree", "return", "grant", "agree", "agree", "wait", "grant"),
         "granted_city"),
        ((*_TO_CHECK, "agree"), ("wait", "grant"), "granted_city"),
        ((*_TO_CHECK, "agree"), ("object", "dismissed", "wait", "grant"), "granted_city"),
        (_TO_DECIDE, ("grant",), "granted_city"),
        (_TO_DECIDE, ("return", "grant", "agree", "agree", "wait", "grant"), "granted_city"),
    ],
)  # fmt: skip
def test_a_moved_case_goes_to_its_end_over_the_new_step(desk, before, after, end):
    desk.take(before)
    another_version(desk.db, with_legal_review)

    move = moved(desk)
    desk.take(after)

    assert (move.verdict, desk.case.ended, desk.case.wake_at) == ("moved", end, None)


@pytest.mark.parametrize("before", [(), ("submit",), _TO_REVIEW, (*_TO_CHECK, "agree"), _TO_DECIDE])
def test_a_move_changes_the_version_and_nothing_that_anybody_counts_on(desk, before):
    desk.take(before)
    row = as_stored(desk)
    version = another_version(desk.db, with_legal_review)

    moved(desk)

    left_out = ("state", "diagram_version_id")
    now = as_stored(desk)
    assert now["diagram_version_id"] == version.id
    assert {k: now[k] for k in now if k not in left_out} == {
        k: row[k] for k in row if k not in left_out
    }


def test_the_record_tells_of_the_move_and_its_chain_holds(desk):
    desk.take(_TO_REVIEW)
    another_version(desk.db, with_legal_review)

    moved(desk)

    events = desk.db.scalars(
        select(Event).where(Event.stream == desk.case.number).order_by(Event.position)
    ).all()
    assert events[-1].kind == "migrated"
    assert events[-1].detail == {"from_version": 1, "version": 2, "reason": "增加法制审核"}
    assert desk.case.event_head == events[-1].digest
    told = [one for one in story_of(desk.office(), desk.case, names=True) if one.text]
    assert (told[-1].title, told[-1].text) == ("改按第 2 版流程图办理", "增加法制审核")
    assert "流程图" not in str(story_of(desk.office(), desk.case, names=False))
    columns = ("stream", "position", "kind", "actor_id", "at", "detail")
    for one in events:
        content = {name: getattr(one, name) for name in columns}
        assert one.digest == event_digest(one.previous, **content)


def test_what_lies_behind_the_case_is_told(desk):
    desk.take(_TO_DECIDE)
    another_version(desk.db, with_legal_review)

    looked(desk)

    move = the_move(desk)
    assert (move.verdict, move.standing) == ("fit", "签发决定")
    assert move.notes == ["新增的“法制审核”只有退回以后才会经过。"]


def test_what_the_case_will_come_by_is_not_told_as_passed(desk):
    """Those whose grant was never proposed come by it without the notice: no sign of a return."""
    desk.take((*_TO_CHECK, "agree"))
    another_version(desk.db, with_legal_review_before_signing)

    move = moved(desk)

    assert (move.standing, move.notes) == ("公示期满", [])
    desk.take(["wait"])
    assert desk.open_task().name == "法制审核"


def test_undone_a_move_leaves_no_trace_but_in_the_record(desk):
    desk.take(_TO_CHECK)
    task = desk.open_task()
    claim_task(desk.office(desk.officers[task.authority_id, task.role]), task.id)
    row = as_stored(desk)
    role = with_words("review.bpmn", 'name="role" value="checker"', 'name="role" value="approver"')
    another_version(desk.db, role)
    move = moved(desk)
    assert as_stored(desk)["tasks"][-1]["role"] == "approver"
    assert as_stored(desk)["tasks"][-1]["assignee_id"] is None

    undo_move(as_admin(desk), move.id)

    assert as_stored(desk) == row
    assert move.verdict == "undone"
    undo_move(as_admin(desk), move.id)
    last = select(Event.kind).where(Event.stream == desk.case.number).order_by(Event.id.desc())
    assert desk.db.scalars(last.limit(2)).all() == ["migration_undone", "migrated"]


def test_who_is_no_administrator_any_more_moves_nothing_back(desk):
    desk.take(_TO_REVIEW)
    another_version(desk.db, with_legal_review)
    move, office = moved(desk), as_admin(desk)
    desk.db.get_one(Account, office.actor_id).active = False

    with pytest.raises(NotPermitted):
        undo_move(office, move.id)
    with pytest.raises(NotPermitted):
        migrations.confirm_migration(office, move.migration_id, "", None)

    assert move.verdict == "moved"


def test_a_move_stays_once_somebody_has_acted(desk):
    desk.take(_TO_REVIEW)
    another_version(desk.db, with_legal_review)
    move = moved(desk)
    desk.take(["grant"])

    with pytest.raises(MoveStays):
        undo_move(as_admin(desk), move.id)

    assert move.verdict == "moved"


def test_a_case_whose_step_is_gone_stays_where_it_is(desk):
    another_version(desk.db, with_legal_review)
    desk.take(_TO_CHECK)
    moved(desk)
    desk.take(["agree"])
    assert desk.open_task().name == "法制审核"
    another_version(desk.db, unchanged)
    row = as_stored(desk)

    migration = looked(desk)

    move = the_move(desk)
    assert (move.verdict, move.reason) == ("unfit", "gone")
    assert "法制审核" in move.words
    with pytest.raises(MigrationRefused):
        migrations.confirm_migration(as_admin(desk), migration.id, "", None)
    assert as_stored(desk) == row


_OTHER_FORM = with_words(
    "review.bpmn",
    '<spiffworkflow:property name="outcome" value="proposal" />',
    '<spiffworkflow:property name="outcome" value="proposal" />'
    '<spiffworkflow:property name="form" value="check_review" />',
)


def test_what_was_typed_into_a_form_that_changes_is_not_lost(desk):
    desk.take(_TO_REVIEW)
    task = desk.open_task()
    officer = desk.office(desk.officers[task.authority_id, task.role])
    another_version(desk.db, _OTHER_FORM)
    looked(desk)
    assert (the_move(desk).verdict, the_move(desk).notes) == ("fit", ["“经办审查”的表单改变。"])

    save_draft(officer, task.id, {"opinion": "拟准予"})
    desk.db.flush()
    looked(desk)
    assert (the_move(desk).verdict, the_move(desk).reason) == ("unfit", "draft")

    drafts.forget_drafts(officer, [task.id])
    assert moved(desk).verdict == "moved"
    assert desk.open_task().form == "check_review"


def test_typing_into_the_other_form_keeps_the_move(desk):
    desk.take(_TO_REVIEW)
    another_version(desk.db, _OTHER_FORM)
    move = moved(desk)
    task = desk.open_task()
    officer = desk.office(desk.officers[task.authority_id, task.role])
    save_draft(officer, task.id, {"opinion": "拟准予"})
    desk.db.flush()

    with pytest.raises(MoveStays):
        undo_move(as_admin(desk), move.id)


def test_a_variable_that_was_never_set_keeps_a_case_from_running_into_it(desk):
    """It has passed the step that would set what a later branch reads."""
    desk.take(_TO_DECIDE)
    another_version(desk.db, with_legality_asked_later)

    looked(desk)

    assert (the_move(desk).verdict, the_move(desk).reason) == ("unfit", "end")
    assert "给出它的“法制审核”已经错过" in the_move(desk).words
