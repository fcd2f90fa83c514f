"""One-fault diagrams and the exact problem that is found in each."""

import re
from dataclasses import replace

import pytest

from bpmn.casework.vocabulary import diagram_problems
from bpmn.checks import OperationWords, Vocabulary, check_diagram
from bpmn.diagram import load_files, read_diagram
from bpmn.diagram.labels import Labels
from bpmn.matters import MATTERS

OFFICERS = frozenset({"window", "reviewer", "checker", "approver", "expert"})
WORDS = Vocabulary(
    forms=frozenset({"review_application", "application"}),
    roles=OFFICERS | {"applicant"},
    operations={"issue_document": OperationWords({"kind": ("str", True)}, {})},
    clocks=frozenset({"decision"}),
    lanes={"经办": frozenset({"reviewer"}), "其他": OFFICERS},
    given={"case_id": ()},
    messages={},
)

SOUND = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" targetNamespace="x">
 <process id="matter" name="事项" isExecutable="true">
  <laneSet id="lanes">
   <lane id="lane" name="经办">
    <flowNodeRef>review_application</flowNodeRef>
   </lane>
  </laneSet>
  <startEvent id="begin" name="开始" />
  <userTask id="review_application" name="审查">
   <extensionElements>
    <spiffworkflow:properties>
     <spiffworkflow:property name="role" value="reviewer" />
     <spiffworkflow:property name="clock" value="decision" />
    </spiffworkflow:properties>
   </extensionElements>
  </userTask>
  <exclusiveGateway id="choice" name="意见" />
  <serviceTask id="write_paper" name="出文书">
   <extensionElements>
    <spiffworkflow:serviceTaskOperator id="issue_document">
     <spiffworkflow:parameters>
      <spiffworkflow:parameter id="kind" type="str" value="case_id" />
     </spiffworkflow:parameters>
    </spiffworkflow:serviceTaskOperator>
   </extensionElements>
  </serviceTask>
  <endEvent id="granted" name="准予" />
  <endEvent id="refused" name="不予" />
  <sequenceFlow id="f1" sourceRef="begin" targetRef="review_application" />
  <sequenceFlow id="f2" sourceRef="review_application" targetRef="choice" />
  <sequenceFlow id="f3" name="准予" sourceRef="choice" targetRef="write_paper">
   <conditionExpression>decision == "grant"</conditionExpression>
  </sequenceFlow>
  <sequenceFlow id="f4" name="不予" sourceRef="choice" targetRef="refused">
   <conditionExpression>decision == "refuse"</conditionExpression>
  </sequenceFlow>
  <sequenceFlow id="f5" sourceRef="write_paper" targetRef="granted" />
 </process>
</definitions>
"""

USER_TASK = '<userTask id="review_application" name="审查">'
LANE_REF = "<flowNodeRef>review_application</flowNodeRef>"
FAULTS = [
    (
        'name="role" value="reviewer"',
        'name="rolle" value="reviewer"',
        [
            ("review_application", "没有名为“rolle”的属性"),
            ("review_application", "没有指定角色"),
        ],
    ),
    (
        'value="reviewer"',
        'value="approver"',
        [("review_application", "角色“approver”不属于泳道“经办”")],
    ),
    (
        'value="reviewer"',
        'value="king"',
        [
            ("review_application", "没有名为“king”的角色"),
        ],
    ),
    ('name="经办"', 'name="街道"', [("review_application", "没有名为“街道”的泳道")]),
    (
        'name="clock" value="decision"',
        'name="clock" value="lunch"',
        [("review_application", "没有名为“lunch”的时限")],
    ),
    (
        'name="clock" value="decision"',
        'name="form" value="poem"',
        [("review_application", "没有名为“poem”的表单")],
    ),
    (
        'name="clock" value="decision"',
        'name="not_by" value="nobody"',
        [("review_application", "没有名为“nobody”的环节")],
    ),
    (
        '<endEvent id="granted"',
        '<boundaryEvent id="late" name="逾期" attachedToRef="review_application">'
        '<timerEventDefinition id="when"><timeDate>decision</timeDate></timerEventDefinition>'
        '</boundaryEvent><sequenceFlow id="f6" sourceRef="late" targetRef="refused" />'
        '<endEvent id="granted"',
        [("late", "“意见”的取值“准予”不是时间，办件会停在这里")],
    ),
    (
        'serviceTaskOperator id="issue_document"',
        'serviceTaskOperator id="shell"',
        [("write_paper", "没有名为“shell”的操作")],
    ),
    (
        'serviceTaskOperator id="issue_document"',
        'serviceTaskOperator id=""',
        [("write_paper", "没有指定操作")],
    ),
    ('value="case_id"', 'value="reason"', [("write_paper", "没有任何环节给出“reason”")]),
    ('id="granted" name="准予"', 'id="granted" name=""', [("granted", "没有名称")]),
    (
        '<sequenceFlow id="f4" name="不予"',
        '<sequenceFlow id="f4"',
        [("f4", "排他网关的分支没有名称")],
    ),
    (
        'name="意见" />',
        'name="意见" default="f4" />',
        [("choice", "排他网关不能有默认分支：意料之外的取值会悄悄走过去")],
    ),
    (
        'decision == "refuse"',
        'decision == "grant"',
        [("choice", "取值“grant”有 2 个分支：“准予”、“不予”")],
    ),
    ('decision == "refuse"', 'decision != "grant"', [("f4", "条件应当写成：变量 == “取值”")]),
    (
        'decision == "refuse"',
        'decision == "refuse" or True',
        [("f4", "条件应当写成：变量 == “取值”")],
    ),
    (
        'decision == "refuse"',
        'case_id == "refuse"',
        [("choice", "一个排他网关只能比较一个变量，现有：case_id、decision")],
    ),
    (
        '<sequenceFlow id="f5" sourceRef="write_paper" targetRef="granted" />',
        "",
        [("write_paper", "从这里走不到任何结束事件"), ("granted", "从开始事件走不到这里")],
    ),
    (
        '<sequenceFlow id="f2" sourceRef="review_application" targetRef="choice" />',
        '<boundaryEvent id="late" name="逾期" attachedToRef="review_application">'
        "<timerEventDefinition><timeDate>due('decision')</timeDate></timerEventDefinition>"
        '</boundaryEvent><sequenceFlow id="f2" sourceRef="late" targetRef="choice" />',
        [
            ("review_application", "办完以后没有连线出去，办件会停在这里"),
            ("f3", "没有任何环节给出“意见”"),
        ],
    ),
    (
        '<startEvent id="begin" name="开始" />',
        '<startEvent id="begin" name="开始" /><startEvent id="again" name="又一次" />',
        [("matter", "应当有且只有一个开始事件，现有 2 个")],
    ),
    (
        'sourceRef="begin" targetRef="review_application"',
        'sourceRef="begin" targetRef="begin"',
        [
            ("begin", "从这里走不到任何结束事件"),
            ("review_application", "从开始事件走不到这里"),
            ("choice", "从开始事件走不到这里"),
            ("write_paper", "从开始事件走不到这里"),
            ("granted", "从开始事件走不到这里"),
            ("refused", "从开始事件走不到这里"),
        ],
    ),
    (
        '<endEvent id="refused" name="不予" />',
        '<callActivity id="refused" name="不予" calledElement="nowhere" />',
        [("refused", "没有找到被调用的流程“nowhere”"), ("refused", "从这里走不到任何结束事件")],
    ),
]


def _problems_of(files):
    """Of names and graph: what the law asks of a whole matter is not asked of these few steps."""
    return [p for p in check_diagram(read_diagram(files), WORDS) if p.rule != "law"]


def _problems(xml: str) -> list[tuple[str | None, str]]:
    found = _problems_of({"diagram.bpmn": xml.encode()})
    return [(problem.element, problem.message) for problem in found]


def test_sound_diagram_has_no_problems():
    assert _problems(SOUND) == []


@pytest.mark.parametrize(("sound", "faulty", "problems"), FAULTS)
def test_fault_is_found_with_its_element(sound, faulty, problems):
    assert SOUND.count(sound) == 1

    assert sorted(_problems(SOUND.replace(sound, faulty))) == sorted(problems)


def test_new_step_is_asked_for_its_form_not_for_one_of_its_own_id():
    new = SOUND.replace("review_application", "Activity_1x")

    assert _problems(new) == [("Activity_1x", "没有指定表单")]


LABELLED = replace(
    WORDS,
    labels=Labels(
        roles={"applicant": "申请单位", "reviewer": "经办", "window": "受理窗口"},
        clocks={"decision": "决定时限"},
        parameters={("issue_document", "kind"): ("文书", {})},
    ),
)


@pytest.mark.parametrize(
    ("sound", "faulty", "said"),
    [
        ('name="role" value="reviewer"', 'name="role" value=""',
         "可以用：申请单位、经办、受理窗口、approver、checker、expert"),
        ('value="reviewer"', 'value="revewer"', "是不是：经办（reviewer）"),
        ('value="reviewer"', 'value="window"', "角色“受理窗口”不属于泳道“经办”"),
        ('value="reviewer"', 'value="window"', "移到别的泳道，或者换这个泳道的角色：经办"),
        ('name="clock" value="decision"', 'name="clock" value="lunch"', "可以用：决定时限"),
        ('id="kind" type="str" value="case_id"', 'id="kind" type="str" value=""', "缺少参数“文书”"),
        ('name="不予" sourceRef', 'sourceRef', "排他网关的分支没有名称"),
    ],
)  # fmt: skip
def test_office_says_what_it_has_by_its_own_words(sound, faulty, said):
    """No officer knows the code of a role; who wrote one by hand is told the right one."""
    files = {"diagram.bpmn": SOUND.replace(sound, faulty).encode()}

    problems = check_diagram(read_diagram(files), LABELLED)

    assert said in [words for one in problems for words in (one.message, one.mend)]


def test_branch_without_a_condition_is_told_what_it_lacks():
    condition = '<conditionExpression>decision == "refuse"</conditionExpression>'

    assert _problems(SOUND.replace(condition, "")) == [("f4", "没有写明取什么值时走这个分支")]


def test_table_that_is_not_there_is_found():
    rule = (
        '<businessRuleTask id="write_paper" name="定级"><extensionElements>'
        "<spiffworkflow:calledDecisionId>nothing</spiffworkflow:calledDecisionId>"
        "</extensionElements></businessRuleTask>"
    )
    start, end = SOUND.index("<serviceTask"), SOUND.index("</serviceTask>")

    problems = _problems(SOUND[:start] + rule + SOUND[end + len("</serviceTask>") :])

    assert problems == [("write_paper", "没有找到决策表“nothing”")]


def test_problem_tells_file_and_line():
    problems = _problems_of({"diagram.bpmn": SOUND.replace('"grant"', "grant").encode()})

    line = SOUND[: SOUND.index('id="f3"')].count("\n") + 1
    assert {(p.element, p.file, p.line) for p in problems} == {("f3", "diagram.bpmn", line)}
    assert [p.message for p in problems] == [
        "条件应当写成：变量 == “取值”",
        "没有任何环节给出“grant”",
    ]


def test_identifier_used_in_two_files_is_found():
    other = SOUND.replace('process id="matter"', 'process id="other"')
    other = re.sub(r'(id|Ref)="(begin|choice|granted|f\d)"', r'\1="other_\2"', other)
    other = other.replace("write_paper", "other_paper").replace("refused", "other_refused")
    files = {"diagram.bpmn": SOUND.encode(), "other.bpmn": other.encode()}

    problems = _problems_of(files)

    assert {p.message for p in problems} == {"标识“review_application”用了 2 次"}


@pytest.mark.parametrize("matter", MATTERS)
def test_shipped_diagram_has_no_problems(matter):
    assert diagram_problems(load_files(matter)) == ()
