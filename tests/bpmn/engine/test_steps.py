"""The steps of a case: what opens, closes and waits, over called diagrams, timers and messages."""

from datetime import UTC, datetime, timedelta

import pytest

from bpmn import engine
from bpmn.errors import (
    MessageNotExpected,
    TaskNotOpen,
)
from tests.bpmn.engine.desk import VARIABLES, Desk
from tests.bpmn.engine.office import BEGIN, Office
from tests.bpmn.engine.permit import PARALLEL, PERMIT


def test_start_runs_to_the_first_person() -> None:
    desk = Desk()

    task = desk.step.opened[0]
    assert (task.element, task.name) == ("fill", "fill")
    assert task.properties == {"role": "applicant", "form": "application"}
    assert desk.step.wake_at is None
    assert desk.step.ended is None
    assert desk.step.variables == VARIABLES


def test_called_diagram_waits_with_its_timer_and_its_callers_message() -> None:
    desk = Desk()

    step = desk.complete("fill")

    assert [task.element for task in step.opened] == ["check"]
    assert [(task.element, task.completed) for task in step.closed] == [("fill", True)]
    assert step.wake_at == BEGIN + timedelta(days=5)
    assert step.messages == {"stop"}
    parameters = {"kind": "acceptance", "working_days": 5}
    assert desk.office.called == [("publish_notice", {}), ("start_clock", parameters)]


def test_data_of_a_called_diagram_reaches_the_caller() -> None:
    desk = Desk()

    desk.accept()
    desk.complete("technical_review")
    desk.complete("opinion", advice="yes")
    desk.office.pass_days(7)
    step = desk.wake()

    assert [task.element for task in step.opened] == ["decide_city"]
    assert step.variables["reviewed"] is True
    assert step.variables["acceptance"] == "accept"
    assert step.variables["level"] == "city"
    assert step.variables["opinions"] == ["yes"]


def test_timer_fires_at_its_very_moment_and_not_before() -> None:
    desk = Desk()
    desk.complete("fill")
    due = desk.step.wake_at
    assert due is not None

    early = engine.wake(desk.diagram, desk.step.state, desk.office.host(due - timedelta(seconds=1)))
    late = engine.wake(desk.diagram, early.state, desk.office.host(due))

    assert early.closed == early.opened == ()
    assert [(task.element, task.completed) for task in late.closed] == [("check", False)]
    assert late.variables["acceptance"] == "accept"
    assert late.messages == {"stop", "objection"}


def test_waking_twice_does_nothing_twice() -> None:
    desk = Desk()
    desk.complete("fill")
    desk.office.pass_days(6)
    first = desk.wake()
    calls = len(desk.office.called)

    again = desk.wake()

    assert len(desk.office.called) == calls
    assert (again.opened, again.closed, again.wake_at) == ((), (), first.wake_at)


def test_task_whose_time_is_over_is_not_open_any_more() -> None:
    desk = Desk()
    desk.complete("fill")
    desk.office.pass_days(6)

    with pytest.raises(TaskNotOpen):
        desk.complete("check", acceptance="refuse")


def test_clock_of_the_machine_does_not_matter() -> None:
    for now in (datetime(1999, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC)):
        office = Office(now=now)
        diagram = engine.compile_diagram(PERMIT)
        step = engine.start(diagram, VARIABLES, office.host())
        step = engine.complete(diagram, step.state, step.opened[0].id, {}, office.host())

        assert step.wake_at == now + timedelta(days=5)
        visits = engine.history(diagram, step.state)
        assert all(now <= visit.at < now + timedelta(seconds=1) for visit in visits)


def test_withdrawal_cancels_everything_inside() -> None:
    desk = Desk(experts=["a", "b"])
    desk.accept()

    step = desk.send("stop", stop="withdrawn")

    assert {task.element for task in step.closed} == {"technical_review", "opinion"}
    assert not any(task.completed for task in step.closed)
    assert step.ended == "closed"
    assert step.variables["stop"] == "withdrawn"
    assert ("close_case", {"reason": "withdrawn"}) in desk.office.called
    assert (step.wake_at, step.messages) == (None, frozenset())


@pytest.mark.parametrize("name", ["stop", "objection", "nonsense"])
def test_message_nobody_waits_for_is_refused(name: str) -> None:
    with pytest.raises(MessageNotExpected):
        Desk().send(name)


def test_ended_case_takes_no_more_steps() -> None:
    desk = Desk()
    desk.complete("fill")
    task = desk.open["check"]
    desk.send("stop", stop="terminated")

    with pytest.raises(MessageNotExpected):
        desk.send("stop")
    desk.open["check"] = task
    with pytest.raises(TaskNotOpen):
        desk.complete("check")
    assert desk.wake().ended == "closed"


def test_non_interrupting_timer_opens_a_task_beside_the_others() -> None:
    desk = Desk()
    desk.accept()
    desk.office.pass_days(10)

    step = desk.wake()

    assert [task.element for task in step.opened] == ["remind"]
    assert step.closed == ()


def test_objection_leads_back_into_the_notice() -> None:
    desk = Desk()
    desk.accept()

    for _number in range(3):
        assert desk.send("objection").opened[0].element == "handle_objection"
        step = desk.complete("handle_objection")
        assert {task.element for task in step.opened} == {"technical_review", "opinion"}


def test_decision_and_the_case_ends() -> None:
    desk = Desk(certificate_type="class_a_navigation")
    desk.accept()
    desk.complete("technical_review")
    desk.complete("opinion", advice="yes")
    desk.office.pass_days(8)
    desk.wake()

    step = desk.complete("decide_ministry", decision="grant")

    assert step.ended == "granted"
    assert desk.office.called[-1] == (
        "issue_document",
        {"kind": "grant_decision", "level": "ministry"},
    )


def test_cancel_stops_the_case_where_it_stands() -> None:
    desk = Desk()
    desk.accept()
    host = desk.office.host()

    step = engine.cancel(desk.diagram, desk.step.state, host)

    assert step.ended == engine.CANCELLED
    assert {task.element for task in step.closed} == {"technical_review", "opinion"}
    assert (step.wake_at, step.messages) == (None, frozenset())
    again = engine.cancel(desk.diagram, step.state, host)
    assert (again.ended, again.closed) == (engine.CANCELLED, ())


def test_join_waits_for_both_branches_over_returns_in_one() -> None:
    desk = Desk(PARALLEL)
    desk.complete("opinion", advice="yes")
    for _number in range(3):
        step = desk.complete("inspect", acceptance="return")
        assert [task.element for task in step.opened] == ["inspect"]

    step = desk.complete("inspect", acceptance="accept")
    assert {task.element for task in step.opened} == {"sign_city", "sign_province"}

    desk.office.pass_days(3)
    assert [task.element for task in desk.wake().closed] == ["sign_province"]
    assert desk.complete("sign_city").ended == "granted"


def test_history_tells_the_story_in_order() -> None:
    desk = Desk()
    desk.complete("fill")
    desk.complete("check", acceptance="return")
    desk.complete("correct")

    visits = engine.history(desk.diagram, desk.step.state)

    people = [
        (visit.scope, visit.element, visit.state, visit.caller)
        for visit in visits
        if visit.element in {"fill", "check", "correct"}
    ]
    assert people == [
        ("permit", "fill", "completed", None),
        ("acceptance", "check", "completed", "accept"),
        ("acceptance", "correct", "completed", "accept"),
        ("acceptance", "check", "ready", "accept"),
    ]
    flows_taken = {(visit.parent, visit.element) for visit in visits}
    assert {("result", "correct"), ("correct", "again"), ("again", "check")} <= flows_taken
    assert [visit.at for visit in visits] == sorted(visit.at for visit in visits)


def test_history_keeps_finished_called_diagrams() -> None:
    desk = Desk()
    desk.accept()

    elements = {visit.element for visit in engine.history(desk.diagram, desk.step.state)}

    assert {"check", "finish", "checked", "accept"} <= elements
