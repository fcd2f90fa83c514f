"""No decision while an objection is open: proved on the graph, and each way round it refused."""

import re

import pytest

from bpmn.casework import diagram_problems
from bpmn.checks.law.objections import check_objections
from bpmn.checks.space import NOT_PLAYED
from bpmn.diagram import load_files, read_diagram
from bpmn.matters import MATTERS
from tests.bpmn.checks.law.changes import replace, retarget, without

WITH_NOTICE = ["qualification_application", "review_exchange", "specialty_change"]
FILE = "public_notice.bpmn"
OBJECTED = "objection_received_to_handle_objection"


def fork_after_publishing(text: str) -> str:
    beside = '<bpmn:sequenceFlow id="beside" sourceRef="open_notice" targetRef="end_notice" />'
    return text.replace("</bpmn:process>", f"{beside}</bpmn:process>")


FAULTS = {
    "the objection does not interrupt": (
        replace('cancelActivity="true"', 'cancelActivity="false"'),
        ("objection_received", "异议没有中断公示期间"),
    ),
    "nothing receives objections": (
        without("objection_received", "boundaryEvent"),
        ("notice_period", "没有接收异议的边界事件"),
    ),
    "the boundary waits for another message": (
        replace('name="objection"', 'name="complaint"'),
        ("notice_period", "没有接收异议的边界事件"),
    ),
    "the objection stands on another element": (
        replace('attachedToRef="notice_period"', 'attachedToRef="handle_objection"'),
        ("notice_period", "没有接收异议的边界事件"),
    ),
    "the objection ends the notice": (
        retarget(OBJECTED, "end_notice"),
        ("objection_received", "不经核实处理就结束公示"),
    ),
    "the objection leads back into the notice": (
        retarget(OBJECTED, "notice_period"),
        ("objection_received", "不经核实处理就回到公示期间"),
    ),
    "the objection leads to the end": (
        retarget(OBJECTED, "notice_passed"),
        ("objection_received", "不经核实处理就走到“公示通过”"),
    ),
    "the objection is handled by a machine": (
        replace("bpmn:userTask", "bpmn:serviceTask"),
        ("objection_received", "不经核实处理就结束公示"),
    ),
    "the period is left out": (
        retarget("open_notice_to_notice_period", "end_notice"),
        ("open_notice", "没有直接进入公示期间"),
    ),
    "the period ends without its timer": (
        retarget("notice_opened_to_notice_expires", "notice_elapsed"),
        ("notice_period", "不经过定时事件就能结束"),
    ),
    "the notice passes without being closed": (
        retarget("notice_period_to_end_notice", "notice_passed"),
        ("notice_passed", "没有结束公示就走到这里"),
    ),
    "handled, it passes without being closed": (
        retarget("resume_notice_to_notice_period", "notice_passed"),
        ("notice_passed", "没有结束公示就走到这里"),
    ),
    "a paper is issued while the notice is open": (
        replace(
            'serviceTaskOperator id="resume_notice"', 'serviceTaskOperator id="issue_document"'
        ),
        ("resume_notice", "公示还没有结束"),
    ),
    "something runs beside the notice": (
        fork_after_publishing,
        ("open_notice", "不能有并行的分支"),
    ),
}


@pytest.mark.parametrize("matter", MATTERS)
def test_shipped_diagrams_keep_the_law(matter):
    assert list(check_objections(read_diagram(load_files(matter)), NOT_PLAYED)) == []


@pytest.mark.parametrize("matter", WITH_NOTICE)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_way_round_an_open_objection_is_refused(matter, fault):
    change, (element, words) = FAULTS[fault]
    files = load_files(matter)
    files[FILE] = change(files[FILE].decode()).encode()

    problems = list(check_objections(read_diagram(files), NOT_PLAYED))

    assert any(p.element == element and words in p.message for p in problems), problems
    assert all(p.file == FILE and p.line for p in problems if p.element == element)


@pytest.mark.parametrize("matter", WITH_NOTICE)
def test_nothing_may_run_beside_the_call_of_the_notice(matter):
    """A non-interrupting timer on the call would decide while the notice goes on."""
    files = load_files(matter)
    top = files["diagram.bpmn"].decode()
    call = re.search(r'<bpmn:callActivity id="(\w+)"[^>]*calledElement="public_notice"', top)
    assert call
    border = f'<bpmn:boundaryEvent id="beside" attachedToRef="{call[1]}" cancelActivity="false" />'
    files["diagram.bpmn"] = top.replace("</bpmn:process>", f"{border}</bpmn:process>").encode()

    problems = list(check_objections(read_diagram(files), NOT_PLAYED))

    assert [p.element for p in problems] == ["beside"]
    assert "并行走到公示" in problems[0].message


def test_the_check_of_a_whole_diagram_asks_the_law():
    """What `cartouche diagram check` and a deployment ask."""
    files = load_files("qualification_application")
    change, (element, _words) = FAULTS["handled, it passes without being closed"]
    files[FILE] = change(files[FILE].decode()).encode()
    files[FILE] = re.sub(
        rb"<bpmn:incoming>resume_notice_to_notice_period</bpmn:incoming>", b"", files[FILE]
    ).replace(
        b"<bpmn:incoming>end_notice_to_notice_passed</bpmn:incoming>",
        b"<bpmn:incoming>end_notice_to_notice_passed</bpmn:incoming>"
        b"<bpmn:incoming>resume_notice_to_notice_period</bpmn:incoming>",
    )

    assert element in {problem.element for problem in diagram_problems(files)}
