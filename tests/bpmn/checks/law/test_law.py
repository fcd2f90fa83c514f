"""Each way of breaking the law that an administrator could draw: refused, told, and played."""

import pytest

from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks import explore
from bpmn.checks.law import check_law
from bpmn.diagram import load_files, read_diagram
from bpmn.matters import MATTERS
from tests.bpmn.checks.law.changes import both, changed, law_of, replace, retarget, without

TOP, ACCEPTANCE, REVIEW = "diagram.bpmn", "acceptance.bpmn", "review.bpmn"
DECISION, NOTICE = "decision.bpmn", "public_notice.bpmn"

# What was changed: matter, file, change; then the element that is blamed, what is said of it, and
# what its run ends with (the element itself where that is empty).
FAULTS = {
    "nobody accepts": (
        (
            "specialty_change",
            TOP,
            retarget("hand_over_application_to_accept_case", "review_change"),
        ),
        ("change_certificate", "没有经过“受理”（行政许可法第三十二条）"),
    ),
    "what was refused acceptance is reviewed": (
        ("specialty_change", TOP, retarget("acceptance_refuse_case", "review_change")),
        ("change_certificate", "此前已经“不予受理”，到这里又“准予”"),
    ),
    "nobody looks a second time": (
        ("specialty_change", REVIEW, retarget("review_grant", "reviewed")),
        ("change_certificate", "没有经过“第二人复核”"),
    ),
    "the second look says no and it goes on": (
        ("specialty_change", REVIEW, retarget("check_return", "reviewed")),
        ("change_certificate", "没有经过“第二人复核”"),
    ),
    "the one who examined may sign": (
        ("certificate_cancellation", TOP, replace(' name="not_by"', ' name="note"')),
        ("end_certificate", "没有经过“第二人复核”"),
    ),
    "the notice is jumped": (
        ("specialty_change", TOP, retarget("specialties_added", "decide")),
        ("change_certificate", "没有经过“公示期满”（测绘资质管理办法）"),
    ),
    "an objection that stands does not stop the decision": (
        ("specialty_change", TOP, retarget("objection_upheld_change", "decide")),
        ("change_certificate", "没有经过“公示期满”"),
    ),
    "nobody decides": (
        ("specialty_change", TOP, retarget("objection_dismissed_change", "change_certificate")),
        ("change_certificate", "没有经过“准予的审批决定”"),
    ),
    "a refusal grants": (
        ("specialty_change", TOP, retarget("decision_refuse_change", "change_certificate")),
        ("change_certificate", "此前已经“不予”，到这里又“准予”"),
    ),
    "the certificate is printed before it is registered": (
        ("certificate_replacement", TOP, retarget("sign_grant", "issue_original")),
        ("issue_original", "没有经过“登记准予的结果”"),
    ),
    "a case ends without being decided": (
        ("specialty_change", TOP, retarget("stop_withdrawn", "withdrawn")),
        ("withdrawn", "既没有决定，也没有撤回、终止或者逾期结案"),
    ),
    "one end stands for two outcomes": (
        ("specialty_change", TOP, retarget("acceptance_lapse_case", "declined")),
        ("declined", "既表示“不予受理”又表示“逾期结案”"),
    ),
    "it grants twice": (
        ("specialty_change", TOP, retarget("reissue_certificate_to_changed", "change_certificate")),
        ("change_certificate", "此前已经“准予”，到这里又“准予”"),
    ),
    "returned materials come back without the unit": (
        (
            "renewal",
            ACCEPTANCE,
            retarget("issue_correction_notice_to_correct_application", "finish_correction_clock"),
        ),
        ("check_materials", "没有经过申请单位重新提交，就回到“初步核查材料”"),
    ),
    "returned without a notice, straight to the window": (
        ("renewal", ACCEPTANCE, retarget("acceptance_return", "file_pledge")),
        ("check_materials", "没有经过申请单位重新提交"),
    ),
    "a loop that nobody is part of": (
        (
            "specialty_change",
            TOP,
            retarget("reissue_certificate_to_changed", "issue_change_decision"),
        ),
        ("issue_change_decision", "这里的回路没有任何人办理"),
    ),
    "the organ gives itself forty days": (
        ("renewal", ACCEPTANCE, replace('value="15"', 'value="40"')),
        ("start_decision_clock", "决定时限不得超过 15 个工作日，这里是 40 个"),
    ),
    "it extends by more than ten days": (
        ("renewal", "extension.bpmn", replace('value="10"', 'value="15"')),
        ("extend_decision_clock", "决定时限最多延长 10 个工作日，这里延长 15 个"),
    ),
    "the limit is no number": (
        ("renewal", ACCEPTANCE, replace('value="15"', 'value="case_id"')),
        ("start_decision_clock", "决定时限没有写成确定的工作日数"),
    ),
    "the public has two days": (
        ("specialty_change", "notice_period.dmn", replace("<text>5</text>", "<text>2</text>")),
        ("start_notice_clock", "公示期不得少于 5 个工作日，这里是 2 个"),
    ),
}
STATIC = ("不得超过", "最多延长", "没有写成", "不得少于")
"""What is read from the drawing itself needs no run."""


@pytest.mark.parametrize("fault", FAULTS)
def test_every_way_of_breaking_the_law_is_told_and_played(fault):
    (matter, file, change), (element, words) = FAULTS[fault]

    problems = law_of(changed(matter, {file: change}))

    found = [p for p in problems if p.element == element and words in p.message]
    assert found, problems
    assert all(p.rule == "law" and p.mend.endswith("。") and p.file and p.line for p in found)
    if not any(part in words for part in STATIC):
        assert any(element == move.element for move in found[0].run)


@pytest.mark.parametrize("matter", MATTERS)
def test_shipped_diagrams_keep_the_law(matter):
    diagram = read_diagram(load_files(matter))

    assert list(check_law(diagram, explore(diagram, VOCABULARY))) == []


def test_a_run_begins_at_the_start_and_each_move_follows_from_the_one_before():
    files = changed("specialty_change", {TOP: retarget("specialties_added", "decide")})
    (problem,) = law_of(files)
    nodes = read_diagram(files).processes["specialty_change"].nodes

    assert nodes[problem.run[0].element].kind == "startEvent"
    assert [move.element for move in problem.run if nodes.get(move.element)][-1] == problem.element
    for before, after in zip(problem.run, problem.run[1:], strict=False):
        assert after.element in before.tokens or nodes.get(after.element) is None


def test_dropping_specialties_alone_needs_no_notice():
    """What is only given up is not published: the shipped diagram decides without a notice."""
    files = changed("specialty_change", {TOP: retarget("specialties_added", "decide")})

    assert {p.element for p in law_of(files)} == {"change_certificate"}
    assert law_of(load_files("specialty_change")) == []


def test_several_faults_are_told_at_once():
    files = changed(
        "specialty_change",
        {
            TOP: both(
                retarget("specialties_added", "decide"), retarget("stop_withdrawn", "withdrawn")
            ),
            ACCEPTANCE: replace('value="15"', 'value="40"'),
        },
    )

    assert {p.element for p in law_of(files)} == {
        "change_certificate",
        "withdrawn",
        "start_decision_clock",
        "start_decision_from_receipt",
    }


def test_an_open_objection_is_told_with_a_run():
    files = changed("specialty_change", {NOTICE: without("objection_received", "boundaryEvent")})

    (problem,) = [p for p in law_of(files) if p.element == "notice_period"]

    assert "第三十六条" in problem.message
    assert problem.run[-1].element == "notice_period"
