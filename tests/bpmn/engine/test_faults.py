"""What a diagram may still get wrong when it runs: a fault at its element, in words."""

from typing import Any

import pytest

from bpmn.errors import (
    DiagramFault,
    ExpressionError,
)
from tests.bpmn.engine.desk import Desk
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
