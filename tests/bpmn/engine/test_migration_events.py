"""What a move does to timers, messages and other events that a case waits for."""

from datetime import timedelta

import pytest

from bpmn import engine
from bpmn.engine.migration import move
from bpmn.errors import DiagramFault
from tests.bpmn.engine.desk import Desk
from tests.bpmn.engine.drawing import (
    boundary,
    message,
    timer,
    user,
)
from tests.bpmn.engine.migrating import WAY, at, finish, kinds, moved, office
from tests.bpmn.engine.office import BEGIN

_LATE = (*WAY, "late > end")


def _bordered(timing: str) -> dict[str, bytes]:
    return office({"late": boundary("late", "review", timing)}, _LATE)


def test_a_waiting_timer_keeps_its_time():
    files = _bordered(timer("working_days(10)"))
    desk = at("review", files)
    due = desk.step.wake_at
    desk.office.pass_days(4)

    found = moved(desk, _bordered(timer("working_days(30)")))

    assert found.after.wake_at == due == BEGIN + timedelta(days=11)
    assert kinds(found.notes) == [("retimed", "late")]
    desk.office.pass_days(7)
    assert desk.wake().ended == "end"


def test_a_timer_that_followed_its_variable_follows_the_ledger_if_both_agree():
    desk = at("review", _bordered(timer("working_days(10)")))
    desk.office.clocks["decision"] = desk.step.wake_at.isoformat()

    found = moved(desk, _bordered(timer("due('decision')")))

    assert found.reasons == ()
    assert found.after.clocks == ("decision",)
    later = desk.step.wake_at + timedelta(days=5)
    desk.office.clocks["decision"] = later.isoformat()
    assert desk.wake().wake_at == later


@pytest.mark.parametrize("clock", [None, (BEGIN + timedelta(days=12)).isoformat()])
def test_no_move_puts_a_legal_date_elsewhere(clock):
    desk = at("review", _bordered(timer("working_days(10)")))
    desk.office.clocks["decision"] = clock

    found = moved(desk, _bordered(timer("due('decision')")))

    assert kinds(found.reasons) == [("timer", "late")]


def test_a_timer_of_the_ledger_that_becomes_fixed_keeps_its_moment():
    desk = Desk(_bordered(timer("due('decision')")))
    due = BEGIN + timedelta(days=20)
    desk.office.clocks["decision"] = due.isoformat()
    desk.complete("fill")

    found = moved(desk, _bordered(timer("working_days(3)")))

    assert (found.after.fixed_at, found.after.clocks) == (due, ())


@pytest.mark.parametrize("standing", ["review", "inside"])
def test_the_first_event_at_a_border_is_armed_where_the_case_stands(standing):
    host = {"review": "review", "inside": "inner"}[standing]
    files = office(
        {"late": boundary("late", host, timer("working_days(10)")),
         "stop": boundary("stop", host, message("stop"))},
        (*WAY, "late > decide", "stop > end"),
    )  # fmt: skip
    for act, rest in (("wait", ["decide"]), ("send", []), ("go on", None)):
        desk = at(standing)
        found = moved(desk, files)
        assert kinds(found.notes) == [("armed", "late"), ("armed", "stop")]
        assert found.after.messages == {"stop"}
        assert found.after.wake_at == desk.office.now + timedelta(days=10)

        if act == "wait":
            desk.office.pass_days(10)
            desk.wake()
        elif act == "send":
            desk.send("stop")

        assert finish(desk) == (rest if rest is not None else _after(standing))


def _after(standing: str) -> list[str]:
    order = ["review", "inside", "aside", "decide"]
    return order[order.index(standing) :]


def test_a_further_event_is_armed_beside_the_others_and_a_removed_one_is_dropped():
    desk = at("review", _bordered(timer("working_days(10)")))
    parts = {"stop": boundary("stop", "review", message("stop"))}

    found = moved(desk, office(parts, (*WAY, "stop > end")))

    assert kinds(found.notes) == [("disarmed", "late"), ("armed", "stop")]
    assert (found.after.wake_at, found.after.messages) == (None, {"stop"})
    assert finish(desk) == ["review", "inside", "aside", "decide"]


def test_the_last_event_at_a_border_is_dropped():
    desk = at("review", _bordered(timer("working_days(10)")))

    found = moved(desk, office())

    assert kinds(found.notes) == [("disarmed", "late")]
    assert finish(desk) == ["review", "inside", "aside", "decide"]


def test_an_event_that_has_gone_off_beside_its_task_is_not_armed_again():
    remind = boundary("late", "review", timer("working_days(2)"), interrupting=False)
    way = (*WAY, "late > remind > end")
    files = office({"late": remind, "remind": user("remind")}, way)
    desk = at("review", files)
    desk.office.pass_days(2)
    desk.wake()
    assert set(desk.open) == {"review", "remind"}

    found = moved(desk, office({"late": remind, "remind": user("remind", role="x")}, way))

    assert (found.reasons, found.notes, found.after.wake_at) == ((), (), None)
    assert set(finish(desk)) == {"remind", "review", "inside", "aside", "decide"}


def test_a_new_timer_of_a_clock_that_never_began_keeps_the_case_where_it_is():
    desk = at("review")
    desk.office.clocks.clear()
    host = desk.office.host()

    def due(clock: str) -> str:
        raise DiagramFault(None, clock)

    functions = {**host.functions, "due": due}
    new = engine.compile_diagram(_bordered(timer("due('decision')")))
    asked = engine.Host(host.now, functions, host.call)

    found = move(desk.diagram, new, desk.step.state, asked)

    assert kinds(found.reasons) == [("timer", "")]
