"""The steps of a case: what opens, closes and waits, over called diagrams, timers and messages."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bpmn import engine
from bpmn.errors import (
    DiagramFault,
    ExpressionError,
    MessageNotExpected,
    StateMismatch,
    TaskNotOpen,
)
from tests.bpmn.engine.drawing import (
    bpmn,
    catch,
    end,
    flows,
    gateway,
    message,
    service,
    start,
    timer,
    user,
)
from tests.bpmn.engine.office import BEGIN, Office
from tests.bpmn.engine.permit import PERMIT

VARIABLES = {"case_id": 7, "certificate_type": "class_b", "experts": ["a"]}


class Desk:
    """A case of the permit in the hands of one test."""

    def __init__(self, files: Mapping[str, bytes] = PERMIT, **variables: Any) -> None:
        self.office = Office()
        self.diagram = engine.compile_diagram(files)
        self.step = engine.start(self.diagram, VARIABLES | variables, self.office.host())
        self.open = {task.element: task for task in self.step.opened}

    def take(self, step: engine.Step) -> engine.Step:
        closed = {task.id for task in step.closed}
        self.open = {name: task for name, task in self.open.items() if task.id not in closed}
        self.open |= {task.element: task for task in step.opened}
        self.step = step
        return step

    def complete(self, element: str, **answers: Any) -> engine.Step:
        task, host = self.open[element].id, self.office.host()
        return self.take(engine.complete(self.diagram, self.step.state, task, answers, host))

    def send(self, name: str, **payload: Any) -> engine.Step:
        host = self.office.host()
        return self.take(engine.send(self.diagram, self.step.state, name, payload, host))

    def wake(self) -> engine.Step:
        return self.take(engine.wake(self.diagram, self.step.state, self.office.host()))

    def accept(self) -> None:
        self.complete("fill")
        self.complete("check", acceptance="accept")


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


@pytest.mark.parametrize("returns", [20, 100])
def test_returns_over_a_called_diagram_keep_the_state_small(returns: int) -> None:
    desk = Desk()
    desk.complete("fill")

    for _number in range(returns):
        desk.complete("check", acceptance="return")
        desk.complete("correct")
    desk.complete("check", acceptance="accept")

    assert set(desk.open) == {"technical_review", "opinion"}
    assert len(desk.step.state) < 4096


def test_fresh_case_is_small() -> None:
    desk = Desk()
    desk.complete("fill")

    assert len(desk.step.state) < 1024


def test_ids_are_unique_over_cases_and_never_used_again() -> None:
    first, second = Desk(), Desk()
    assert first.open["fill"].id != second.open["fill"].id

    seen = {first.open["fill"].id}
    first.complete("fill")
    for _number in range(10):
        for element, answers in (("check", {"acceptance": "return"}), ("correct", {})):
            assert first.open[element].id not in seen
            seen.add(first.open[element].id)
            first.complete(element, **answers)


def test_stale_forged_or_foreign_task_id_is_refused() -> None:
    desk, other = Desk(), Desk()
    stale = desk.open["fill"].id
    desk.complete("fill")
    waiting = f"{stale.rpartition('-')[0]}-1"

    host = desk.office.host()
    for task_id in (stale, other.open["fill"].id, waiting, "", "x", "1", "-1"):
        with pytest.raises(TaskNotOpen) as error:
            engine.complete(desk.diagram, desk.step.state, task_id, {}, host)
        assert error.value.task_id == task_id


def test_state_of_another_version_is_refused() -> None:
    desk = Desk()
    changed = dict(PERMIT)
    changed["diagram.bpmn"] = PERMIT["diagram.bpmn"].replace(b'name="fill"', b'name="fill in"')
    version_2 = engine.compile_diagram(changed)

    for step in (engine.wake, engine.cancel):
        with pytest.raises(StateMismatch):
            step(version_2, desk.step.state, desk.office.host())
    with pytest.raises(StateMismatch):
        engine.history(version_2, desk.step.state)


@pytest.mark.parametrize("damage", [b"", b"x", b"C1", b"C1" + b"0" * 40])
def test_damaged_state_is_refused(damage: bytes) -> None:
    desk = Desk()
    cut = desk.step.state[:-7]

    for state in (damage, cut, desk.step.state[:34] + damage):
        with pytest.raises(StateMismatch):
            engine.wake(desk.diagram, state, desk.office.host())


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


SMALL = start() + service("note", "note", given="given") + user("work") + end()
NOTE = {"diagram.bpmn": bpmn("note_case", SMALL + flows("start > note > work > end"))}


@pytest.mark.parametrize(
    "value",
    [None, True, 1, -1.5, "省", [1, ["a"]], {"a": {"b": None}}, 2**63 - 1, []],
)
def test_variable_comes_back_as_it_went_in(value: Any) -> None:
    desk = Desk(NOTE, given=value)

    step = engine.wake(desk.diagram, desk.step.state, desk.office.host())

    assert step.variables["given"] == value
    assert type(step.variables["given"]) is type(value)


@pytest.mark.parametrize(
    "value",
    [BEGIN, object(), b"bytes", {1: 2}, 2**64, "x" * 3000, list(range(2000)), {1, 2}, [BEGIN]],
)
def test_variable_the_state_cannot_store_is_a_fault(value: Any) -> None:
    desk = Desk(NOTE, given=1)

    with pytest.raises((TypeError, ValueError)):
        Desk(NOTE, given=value)
    with pytest.raises((TypeError, ValueError)):
        desk.complete("work", given=value)


def test_change_of_type_only_is_stored() -> None:
    desk = Desk(NOTE, given=1)
    desk.office.operations["note"] = lambda office, parameters: {"given": True}
    step = engine.start(desk.diagram, {"given": 1}, desk.office.host())

    again = engine.wake(desk.diagram, step.state, desk.office.host())

    assert again.variables["given"] is True


@pytest.mark.parametrize("due", ["tomorrow", 5, None, "2026-12-01T00:00:00"])
def test_timer_without_a_time_and_zone_is_a_fault(due: Any) -> None:
    body = start() + catch("wait", timer("due")) + end() + flows("start > wait > end")

    with pytest.raises(DiagramFault) as fault:
        Desk({"diagram.bpmn": bpmn("case", body)}, due=due)

    assert fault.value.element == "wait"


@pytest.mark.parametrize("length", ["P", "14D", "-P1D", "PT", 5])
def test_timer_without_a_duration_is_a_fault(length: Any) -> None:
    body = start() + catch("wait", timer("length", "timeDuration")) + end()
    files = {"diagram.bpmn": bpmn("case", body + flows("start > wait > end"))}

    with pytest.raises(DiagramFault):
        Desk(files, length=length)


def test_message_may_be_awaited_in_the_flow() -> None:
    body = start() + catch("wait", message("paid")) + end() + flows("start > wait > end")
    desk = Desk({"diagram.bpmn": bpmn("case", body, "paid")})
    assert desk.step.messages == {"paid"}

    assert desk.send("paid", amount=3).variables["amount"] == 3
    assert desk.step.ended == "end"


GATE = start() + user("work") + gateway("choose") + end("a") + end("b")
GATE += flows("start > work > choose", 'choose > a : x == "a"', 'choose > b : x == "b"')
CHOICE = {"diagram.bpmn": bpmn("choice", GATE)}


def test_gateway_without_a_way_out_is_a_fault_at_its_place() -> None:
    with pytest.raises(DiagramFault) as fault:
        Desk(CHOICE).complete("work", x="c")

    assert fault.value.element == "choose"


def test_missing_variable_is_an_error_in_words() -> None:
    with pytest.raises(ExpressionError, match="变量“x”没有值"):
        Desk(CHOICE).complete("work")


def test_loop_without_a_person_is_stopped() -> None:
    body = start() + gateway("again") + service("note", "note") + gateway("choose") + end()
    body += flows("start > again > note > choose", "choose > again : go", "choose > end : not go")

    with pytest.raises(DiagramFault, match="人工"):
        Desk({"diagram.bpmn": bpmn("case", body)}, go=True)
