"""What two versions are told to differ in: that, all of it, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bpmn.comparison import Change, Labels, compare_versions
from bpmn.diagram import load_files
from bpmn.matters import MATTERS
from tests.bpmn.comparison.mutations import (
    LAST,
    MAIN,
    MUTATIONS,
    NOTHING,
    NOTICE,
    REVIEW,
    ROUTING,
    Mutation,
    add_property,
    put,
    swap_with_next,
    write,
)
from tests.bpmn.diagrams.legal_review import with_legal_review

FILES = load_files("qualification_application")
DRAWN = with_legal_review()
GRANTED = "//b:sequenceFlow[@id='review_grant']/b:conditionExpression"
PASSED = "//b:sequenceFlow[@id='legal_pass']/b:conditionExpression"
LABELS = Labels(
    roles={"reviewer": "经办", "king": "国王"},
    clocks={"notice": "公示期"},
    values={"certificate_type": {"class_a": "甲级证书", "class_b": "乙级证书"}},
    field_prefix="drawn_",
)


@pytest.mark.parametrize("matter", MATTERS)
def test_version_does_not_differ_from_itself(matter):
    files = load_files(matter)
    again = {name: content + b"\n" for name, content in files.items()}

    assert not compare_versions(files, files)
    assert compare_versions(files, again).changes == ()
    assert compare_versions(files, again).moved == 0


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_each_attribute_that_is_changed_is_the_one_change_told(mutation):
    (change,) = compare_versions(FILES, mutation(FILES)).changes

    assert (change.kind, change.what.partition(".")[0]) == (
        mutation.kind, mutation.what.partition(".")[0],
    )  # fmt: skip
    assert change.words
    assert change.wording is (mutation.what == "documentation")
    if change.what and not change.wording:
        assert change.before != change.after


@pytest.mark.parametrize("mutation", NOTHING, ids=str)
def test_what_has_no_meaning_is_not_told(mutation):
    assert compare_versions(FILES, mutation(FILES)).changes == ()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_turned_round_what_was_added_is_removed_and_before_is_after(mutation):
    changed = mutation(FILES)

    forth, back = compare_versions(FILES, changed).changes, compare_versions(changed, FILES).changes

    assert {replace(one, words="") for one in back} == {_turned(one) for one in forth}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(MUTATIONS), max_size=4, unique_by=lambda m: (m.file, m.path)))
@example([one for one in MUTATIONS if one.what in ("lane", "condition")])
def test_changes_of_different_files_add_up(mutations):
    together, apart = dict(FILES), set()
    chosen = {mutation.file: mutation for mutation in mutations}
    for mutation in chosen.values():
        together = mutation(together)
        apart |= set(compare_versions(FILES, mutation(FILES)).changes)

    assert {replace(c, words="") for c in compare_versions(FILES, together).changes} == {
        replace(c, words="") for c in apart
    }


@pytest.mark.parametrize(("name", "value"), [("counted", "yes"), ("not_by_origin", "no")])
def test_property_that_says_what_holds_without_it_is_no_change(name, value):
    said = Mutation(REVIEW, LAST, add_property(name, value), "", "")

    assert compare_versions(FILES, said(FILES)).changes == ()


def test_what_is_only_drawn_elsewhere_is_counted():
    comparison = compare_versions(FILES, NOTHING[0](FILES))

    assert (comparison.changes, comparison.moved) == ((), 1)


@pytest.mark.parametrize("element", ["open_notice", "notice_period", "objection_outcome"])
def test_another_id_at_the_same_place_is_the_same_element(element):
    changed = {**FILES, NOTICE: FILES[NOTICE].replace(f'"{element}"'.encode(), b'"renamed"')}
    changed[NOTICE] = changed[NOTICE].replace(f">{element}<".encode(), b">renamed<")

    (change,) = compare_versions(FILES, changed).changes

    assert (change.what, change.was, change.element) == ("id", element, "renamed")


def test_two_neighbours_with_other_ids_are_still_known():
    changed = FILES[NOTICE]
    for element in ("open_notice", "notice_period", "notice_period_to_end_notice"):
        changed = changed.replace(f'"{element}"'.encode(), f'"new_{element}"'.encode())

    told = compare_versions(FILES, {**FILES, NOTICE: changed}).changes

    assert {(one.was, one.element) for one in told} == {
        ("open_notice", "new_open_notice"),
        ("notice_period", "new_notice_period"),
        ("notice_period_to_end_notice", "new_notice_period_to_end_notice"),
    }


def test_other_element_in_the_place_of_one_is_not_taken_for_it():
    new = FILES[NOTICE].decode()
    for before, after in (
        ('serviceTaskOperator id="resume_notice"', 'serviceTaskOperator id="start_clock"'),
        ('serviceTask id="resume_notice" name="继续公示"', 'serviceTask id="other" name="另一步"'),
        ('Ref="resume_notice"', 'Ref="other"'),
    ):
        assert before in new
        new = new.replace(before, after)

    changes = compare_versions(FILES, {**FILES, NOTICE: new.encode()}).changes
    told = {(one.kind, one.element) for one in changes}

    assert {("removed", "resume_notice"), ("added", "other")} <= told


def test_called_diagram_that_is_new_is_one_change():
    less = {name: content for name, content in FILES.items() if name != NOTICE}

    (change,) = compare_versions(less, FILES).changes

    assert (change.kind, change.element, change.what) == ("added", "public_notice", "")
    assert change.words == "增加流程“拟批准公示”（15 个节点）"


def test_file_of_another_name_is_told_once():
    renamed = {("notice.bpmn" if name == NOTICE else name): FILES[name] for name in FILES}

    (change,) = compare_versions(FILES, renamed).changes

    assert (change.what, change.before, change.after) == ("file", NOTICE, "notice.bpmn")


@pytest.mark.parametrize(
    ("mutation", "words"),
    [
        (
            Mutation(NOTICE, "//b:timeDate", write("working_days(5)"), "", ""),
            "中间事件“公示期满”的定时由“公示期届满时”改为“5 个工作日”",
        ),
        (
            Mutation(NOTICE, "//s:property[@name='role']", put("value", "king"), "", ""),
            "人工环节“核实处理异议”的办理角色由“经办”改为“国王”",
        ),
        (
            Mutation(REVIEW, "//b:userTask[1]//s:properties", add_property("days", "3"), "", ""),
            "人工环节“经办审查”的办理时限由“无”改为“3 个工作日”",
        ),
        (
            Mutation(ROUTING, "//d:rule[2]/d:inputEntry/d:text", write('"class_b"'), "", ""),
            "第 2 条规则的“证书类型”一格由“甲级证书”改为“乙级证书”",
        ),
        (
            Mutation(ROUTING, "//d:rule[1]/d:outputEntry/d:text", write('"city"'), "", ""),
            "第 1 条规则的“审批层级”结果由“部”改为“市级”",
        ),
        (
            Mutation(ROUTING, "//d:rule[2]/d:inputEntry/d:text",
                     write('in ["class_a", "class_b"]'), "", ""),
            "第 2 条规则的“证书类型”一格由“甲级证书”改为“为甲级证书、乙级证书之一”",
        ),
        (
            Mutation(REVIEW, GRANTED, write('proposal == "consult" and level != "city"'), "", ""),
            "连线“拟准予（经办意见 → 复核）”的条件由“经办意见为拟准予”"
            "改为“经办意见为专家评审，并且审批层级不为市级”",
        ),
        (
            Mutation(ROUTING, "//d:rule[2]", swap_with_next, "", ""),
            "第 3 条规则由第 3 位移到第 2 位",
        ),
        (
            Mutation(ROUTING, "//d:decisionTable", put("hitPolicy", "UNIQUE"), "", ""),
            "决策表“确定审批层级”的命中策略由“取第一条符合的”改为“只能有一条符合”",
        ),
        (
            Mutation(NOTICE, "//b:sequenceFlow[@id='resume_notice_to_notice_period']",
                     put("targetRef", "notice_passed"), "", ""),
            "连线“继续公示 → 公示通过”的终点由“公示期间”改为“公示通过”",
        ),
        (
            Mutation(NOTICE, "//b:userTask", put("name", "核实"), "", ""),
            "人工环节“核实处理异议”改名为“核实”",
        ),
    ],
)  # fmt: skip
def test_change_is_said_as_an_officer_would(mutation, words):
    told = [one.words for one in compare_versions(FILES, mutation(FILES), LABELS).changes]

    assert told == [words]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('drawn_risk == "高" or drawn_files > 5', "法律风险为高，或者核对文件数大于 5"),
        ('legal == "ok"', '法制意见为审核通过（legal == "ok"）'),
        ('not (legal in ["pass", "return"])', "并非（法制意见为审核通过、退回经办修改之一）"),
        ('(drawn_files > 1 or legal == "pass") and drawn_files <= 3',
         "（核对文件数大于 1，或者法制意见为审核通过），并且核对文件数不大于 3"),
        ("drawn_files + 1 > 5", "drawn_files + 1 > 5"),
        ('legal == "', 'legal == "'),
    ],
)  # fmt: skip
def test_condition_is_said_in_the_words_of_the_screen(condition, words):
    changed = Mutation(REVIEW, PASSED, write(condition), "", "")(DRAWN)

    (change,) = compare_versions(DRAWN, changed, LABELS).changes

    assert change.after == words
    assert change.before.startswith("法制意见为审核通过")


def test_changes_come_in_the_order_of_the_drawing():
    changed = FILES
    for path in ("//b:endEvent[1]", "//b:startEvent", "//b:process"):
        changed = Mutation(MAIN, path, put("name", "改"), "", "")(changed)

    kinds = [one.words[:4] for one in compare_versions(FILES, changed).changes]

    assert kinds[0].startswith("流程")
    assert kinds.index("开始事件") < kinds.index("结束事件")


def _turned(change: Change) -> Change:
    kind = {"added": "removed", "removed": "added"}.get(change.kind, change.kind)
    was = "" if kind == "added" else change.element
    element = change.was if change.was else change.element
    turned = replace(change, kind=kind, element=element, was=was, words="")
    return replace(turned, before=change.after, after=change.before)
