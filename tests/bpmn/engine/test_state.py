"""The bytes of a case: small, of one version only, and exactly what went in."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bpmn import engine
from bpmn.errors import (
    StateMismatch,
    TaskNotOpen,
)
from tests.bpmn.engine.desk import Desk
from tests.bpmn.engine.drawing import (
    bpmn,
    end,
    flows,
    service,
    start,
    user,
)
from tests.bpmn.engine.office import BEGIN
from tests.bpmn.engine.permit import PERMIT


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


def test_threads_share_a_diagram_without_meeting() -> None:
    def walk(number: int) -> tuple[str | None, Any, int]:
        desk = Desk(case_id=number, experts=["a", "b"])
        desk.complete("fill")
        for _number in range(5):
            desk.complete("check", acceptance="return")
            desk.complete("correct")
        desk.complete("check", acceptance="accept")
        desk.complete("technical_review")
        step = desk.send("stop", stop="withdrawn")
        return step.ended, step.variables["case_id"], len(engine.history(desk.diagram, step.state))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(walk, range(24)))

    lengths = {length for *_rest, length in found}
    assert [entry[:2] for entry in found] == [("closed", number) for number in range(24)]
    assert len(lengths) == 1
