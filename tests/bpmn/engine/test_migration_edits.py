"""What an edit of the diagram does to a case that stands in it: one edit, one case, one verdict."""

from collections.abc import Mapping

import pytest

from bpmn import engine
from bpmn.engine.migration import move
from bpmn.engine.position import Token
from bpmn.errors import StateMismatch
from tests.bpmn.engine.desk import Desk
from tests.bpmn.engine.drawing import (
    bpmn,
    call,
    catch,
    end,
    flows,
    gateway,
    message,
    multiple,
    service,
    start,
    sub,
    timer,
    user,
)
from tests.bpmn.engine.migrating import at, finish, kinds, moved, office

_LEGAL = {"legal": user("legal")}


@pytest.mark.parametrize(
    ("standing", "files", "rest"),
    [
        ("review", office(_LEGAL, ("start > fill > review > inner > legal > decide > end",)),
         ["review", "inside", "aside", "legal", "decide"]),
        ("inside", office(_LEGAL, ("start > fill > review > inner > legal > decide > end",)),
         ["inside", "aside", "legal", "decide"]),
        ("review", office(_LEGAL, ("start > legal > fill > review > inner > decide > end",)),
         ["review", "inside", "aside", "decide"]),
        ("review", office({"decide": ""}, ("start > fill > review > inner > end",)),
         ["review", "inside", "aside"]),
        ("inside", office({"fill": "", "review": ""}, ("start > inner > decide > end",)),
         ["inside", "aside", "decide"]),
        ("decide", office({"inner": ""}, ("start > fill > review > decide > end",)), ["decide"]),
        ("inside", office(called={"aside": ""}, called_way=("begin > inside > over",)),
         ["inside", "decide"]),
        ("review", office(called={"new": user("new")},
                          called_way=("begin > new > inside > aside > over",)),
         ["review", "new", "inside", "aside", "decide"]),
        ("aside", office(called={"inside": ""}, called_way=("begin > aside > over",)),
         ["aside", "decide"]),
        ("decide", office({"inner": user("inner")}), ["decide"]),
    ],
    ids=["step ahead", "step ahead of a call", "step behind", "later step removed",
         "done steps removed", "done call removed", "later step of a call removed",
         "step in a call to come", "done step of a call removed", "done call is now a task"],
)  # fmt: skip
def test_a_moved_case_goes_on_by_the_new_version(standing, files, rest):
    desk = at(standing)
    task = desk.open[standing].id

    found = moved(desk, files)

    assert found.reasons == ()
    assert desk.open[standing].id == task
    assert finish(desk) == rest


_OTHER = bpmn("other", start("b") + user("there") + end("o") + flows("b > there > o"))


@pytest.mark.parametrize(
    ("standing", "files", "reason"),
    [
        ("review", office({"review": ""}, ("start > fill > inner > decide > end",)),
         ("gone", "review")),
        ("review", office({"review": service("review", "look")}), ("kind", "review")),
        ("review", office({"review": user("review", multiple("experts", "expert"))}),
         ("kind", "review")),
        ("inside", office({"inner": call("inner", "other")}, **{"other.bpmn": _OTHER}),
         ("calls", "inner")),
        ("inside", office({"inner": ""}, ("start > fill > review > decide > end",)),
         ("gone", "inner")),
        ("aside", office(called={"aside": ""}, called_way=("begin > inside > over",)),
         ("gone", "aside")),
    ],
    ids=["step removed", "now a service", "now many", "call of another diagram",
         "call removed", "step of the call removed"],
)  # fmt: skip
def test_a_case_that_has_no_place_in_the_new_version_stays(standing, files, reason):
    desk = at(standing)

    found = moved(desk, files)

    assert found.state is None
    assert reason in kinds(found.reasons)
    assert all(finding.words.endswith("。") for finding in found.reasons)


def test_another_process_is_not_another_version():
    desk = at("review")
    other = {"diagram.bpmn": _OTHER}

    assert kinds(moved(desk, other).reasons) == [("kind", "other")]


def test_a_damaged_state_is_refused():
    desk = at("review")

    with pytest.raises(StateMismatch):
        move(engine.compile_diagram(office(_LEGAL, ("start > fill > legal > end",))),
             desk.diagram, desk.step.state, desk.office.host())  # fmt: skip


_FORK = {
    "fork": gateway("fork", "parallel"),
    "left": user("left"),
    "right": user("right"),
    "join": gateway("join", "parallel"),
}
_FORKED = ("start > fill > fork > left > join > end", "fork > right > join")


def _forked(extra: Mapping[str, str], way: tuple[str, ...]) -> dict[str, bytes]:
    parts = {"review": "", "inner": "", "decide": ""}
    return office(_FORK | parts | dict(extra), way)


def _half_arrived() -> Desk:
    desk = at("left", _forked({}, _FORKED))
    desk.complete("left")
    return desk


def test_a_join_half_arrived_waits_on_for_the_other():
    desk = _half_arrived()

    found = moved(desk, _forked({"right": user("right", role="other")}, _FORKED))

    assert Token((), "join", frozenset({"left"})) in found.after.tokens
    assert finish(desk) == ["right"]


@pytest.mark.parametrize(
    "way",
    [
        ("start > fill > fork > left > check > join > end", "fork > right > join"),
        ("start > fill > fork > left > join > end", "fork > right > join", "fork > check > join"),
    ],
    ids=["another way in", "one more way in"],
)
def test_a_join_half_arrived_cannot_change(way):
    desk = _half_arrived()

    found = moved(desk, _forked({"check": user("check")}, way))

    assert kinds(found.reasons) == [("join", "join")]


def test_experts_keep_their_names_and_what_they_said():
    def files(**properties: str) -> dict[str, bytes]:
        many = multiple("experts", "expert", "opinions", "advice")
        return office({"review": user("review", many, **properties)})

    desk = Desk(files(), experts=["a", "b", "c"])
    desk.complete("fill")
    first, *others = desk.step.opened
    answers = {"advice": "yes"}
    host = desk.office.host()
    desk.take(engine.complete(desk.diagram, desk.step.state, first.id, answers, host))
    new = engine.compile_diagram(files(role="expert"))

    found = move(desk.diagram, new, desk.step.state, desk.office.host())

    assert found.reasons == ()
    assert set(found.after.open) == {task.id for task in others}
    state = found.state
    for task in others:
        step = engine.complete(new, state, task.id, {"advice": "no"}, desk.office.host())
        state = step.state
    assert step.variables["opinions"] == ["yes", "no", "no"]
    assert [task.element for task in step.opened] == ["inside"]


@pytest.mark.parametrize(
    "many",
    [multiple("others", "expert"), multiple("experts", "person"),
     multiple("experts", "expert", until="True")],
)  # fmt: skip
def test_open_experts_keep_the_case_where_their_number_would_change(many):
    desk = Desk(office({"review": user("review", multiple("experts", "expert"))}))
    desk.complete("fill")

    found = moved(desk, office({"review": user("review", many)}))

    assert kinds(found.reasons) == [("instances", "review")]


def test_an_event_that_is_waited_for_is_the_same_in_the_new_version():
    def files(definition: str) -> dict[str, bytes]:
        return office({"review": catch("review", definition)})

    desk = Desk(files(message("go")))
    desk.complete("fill")

    for definition in (message("stop"), timer("working_days(1)")):
        assert kinds(moved(desk, files(definition)).reasons) == [("event", "review")]


def test_a_sub_process_keeps_what_is_under_way_in_it():
    inner = start("s2") + user("deep") + end("e2") + flows("s2 > deep > e2")
    more = start("s2") + user("deep") + user("more") + end("e2") + flows("s2 > deep > more > e2")
    desk = at("deep", office({"inner": sub("inner", inner)}))

    found = moved(desk, office({"inner": sub("inner", more)}))

    assert found.reasons == ()
    assert finish(desk) == ["deep", "more", "decide"]


def test_the_trace_loses_what_the_new_version_does_not_know_and_nothing_else():
    desk = at("decide")
    before = {visit.element for visit in engine.history(desk.diagram, desk.step.state)}

    moved(desk, office({"review": ""}, ("start > fill > inner > decide > end",)))

    after = {visit.element for visit in engine.history(desk.diagram, desk.step.state)}
    assert before - after == {"review"}
    assert {"inside", "aside", "fill"} <= after
