"""An element is called by words that tell it from all others; by its id only for want of any."""

import pytest

from bpmn.diagram import read_diagram
from bpmn.diagram.titles import titles_in, titles_of
from bpmn.diagram.xml import parse_xml
from tests.bpmn.engine.drawing import bpmn, end, flows, gateway, start, user

UNNAMED = user("check").replace('name="check"', 'name=""')
LATE = '<bpmn:boundaryEvent id="late" attachedToRef="review"/>'
LOST = '<bpmn:userTask id="lost"/><bpmn:scriptTask id="script" name="算"/>'
LANES = (
    '<bpmn:laneSet id="lanes">'
    '<bpmn:lane id="l1" name="省级"><bpmn:flowNodeRef>sign</bpmn:flowNodeRef></bpmn:lane>'
    '<bpmn:lane id="l2" name="部"><bpmn:flowNodeRef>sign2</bpmn:flowNodeRef></bpmn:lane>'
    "</bpmn:laneSet>"
)
SIGN = user("sign") + user("sign2").replace('name="sign2"', 'name="sign"')
DRAWN = bpmn(
    "case",
    LANES + start() + user("review") + LATE + UNNAMED + gateway("choice") + SIGN + end() + LOST
    + flows("start > review > check > choice > sign > end", "choice > sign2 > end"),
)  # fmt: skip
WORDS = {
    "review": "人工环节“review”",
    "check": "未命名的人工环节（在‘review’之后）",
    "late": "未命名的边界事件（在‘review’的边上）",
    "lost": "未命名的人工环节（编号 lost）",
    "sign": "人工环节“sign”（省级）",
    "sign2": "人工环节“sign”（部）",
    "l1": "泳道“省级”",
    "review_to_check": "连线“review → 未命名的人工环节（在‘review’之后）”",
    "nowhere": "",
}


@pytest.mark.parametrize(("element", "words"), WORDS.items())
def test_element_is_told_from_all_others(element: str, words: str) -> None:
    assert titles_in(parse_xml(DRAWN)).words(element) == words


def test_no_two_elements_are_told_alike() -> None:
    titles = titles_in(parse_xml(DRAWN))

    told = [titles.words(element) for element in WORDS]

    assert len(set(told)) == len(told)


@pytest.mark.parametrize("element", ["review", "check", "late", "sign", "review_to_check"])
def test_diagram_and_its_file_call_an_element_the_same(element: str) -> None:
    diagram, file = titles_of(read_diagram({"diagram.bpmn": DRAWN})), titles_in(parse_xml(DRAWN))

    assert diagram.title(element) == file.title(element)


def test_flow_that_hangs_on_itself_has_a_title() -> None:
    flow = '<bpmn:sequenceFlow id="f" sourceRef="f" targetRef="f"/>'

    assert titles_in(parse_xml(bpmn("case", flow))).title("f") == "未连接 → 未连接"
