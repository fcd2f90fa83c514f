"""The forms of a review's procedures: what each demands, and what it hands on."""

from datetime import date

import pytest

from forms.procedures import (
    ApproveExtensionForm,
    ArrangeExpertReviewForm,
    ArrangeHearingForm,
    ArrangeSiteCheckForm,
    ExpertOpinionForm,
    RecordHearingForm,
    RecordSiteCheckForm,
)
from forms.registry import REPLIES
from forms.replies import HearingRecordReplyForm, RequestHearingForm, StatementForm
from forms.review import ReviewForm

TODAY = date(2026, 11, 20)
SPECIALTIES = [("GCCL", "工程测量")]
REVIEW = [(value, value) for value in ("grant", "refuse", "extend", "hear", "inspect", "consult")]
PEOPLE = {
    "officers": [("1", "经办人"), ("2", "主持人")],
    "reviewers": [("1", "")],
    "hearing_days": [("first", "2026-12-01"), ("last", "2026-12-18")],
    "experts": [("9", "专家甲")],
}
HEARING = {
    "hearing_on": "2026-12-10",
    "hearing_time": "上午 9:30",
    "hearing_place": "示例路 1 号",
    "chair": "2",
    "hearing_participants": "双方",
}
SITE = {
    "checked_on": "2026-11-20",
    "checked_place": "示例路 8 号",
    "officer_one": "示例甲",
    "number_one": "0001",
    "officer_two": "示例乙",
    "number_two": "0002",
    "findings": "与申报一致。",
}
OWN = {
    "outcome": "own",
    "planned_on": "2026-11-24",
    "check_place": "示例路 8 号",
    "check_scope": "核对全站仪。",
    "check_days": "2",
}


def review(typed) -> ReviewForm:
    return ReviewForm(typed, today=TODAY, outcomes=REVIEW, specialties=SPECIALTIES)


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("extend", "申请延期须写明延长的理由。"),
        ("hear", "组织听证须写明听证的事项和理由。"),
        ("inspect", "实地核查须写明核查的内容和理由。"),
        ("consult", "专家评审须写明评审的事项和理由。"),
    ],
)
def test_procedure_wants_its_reason_and_no_opinion_on_the_specialties(outcome, sentence):
    assert (form := review({"outcome": outcome})).validate() is False
    assert form.errors == {"request": [sentence]}
    assert review({"outcome": outcome, "request": "理由"}).validate()


def test_what_was_begun_is_kept_apart_from_a_proposal():
    typed = {
        "outcome": "extend",
        "request": "外省协查。",
        "opinion": "初步意见",
        "proposals-0-specialty": "GCCL",
        "proposals-0-proposal": "grant",
    }

    answers = review(typed).answers()

    assert set(answers) == {"outcome", "request", "begun"}
    assert answers["begun"]["opinion"] == "初步意见"
    assert answers["begun"]["proposals"][0]["proposal"] == "grant"


def test_decision_does_not_carry_the_reason_of_a_procedure():
    typed = {"outcome": "refuse", "opinion": "不符合标准", "request": "留在页面上的字"}

    assert "request" not in review(typed).answers()


@pytest.mark.parametrize("outcome", ["approve", "refuse"])
def test_head_of_the_organ_gives_the_reason_whatever_is_decided(outcome):
    outcomes = [("approve", "批准延期"), ("refuse", "不批准")]
    form = ApproveExtensionForm({"outcome": outcome}, today=TODAY, outcomes=outcomes)

    assert not form.validate()
    assert list(form.errors) == ["opinion"]


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({}, {}),
        ({"chair": "1"}, {"chair": ["听证主持人不得是审查本件申请的人员，请另行指定。"]}),
        ({"chair": "7"}, {"chair": ["请在所列的选项中选择听证主持人。"]}),
        (
            {"hearing_on": "2026-11-30"},
            {"hearing_on": ["须在听证七个工作日前通知，最早为 2026-12-01。"]},
        ),
        ({"hearing_on": "2026-12-01"}, {}),
        ({"hearing_on": "2026-12-18"}, {}),
        (
            {"hearing_on": "2026-12-19"},
            {"hearing_on": ["须在收到听证申请后二十个工作日内举行，最晚为 2026-12-18。"]},
        ),
    ],
)
def test_hearing_has_an_impartial_chair_and_a_lawful_day(changed, errors):
    form = ArrangeHearingForm({**HEARING, **changed}, today=TODAY, choices=PEOPLE)

    form.validate()

    assert form.errors == errors
    assert errors or form.answers()["chair_name"] == "主持人"


@pytest.mark.parametrize(
    ("held_on", "errors"),
    [
        ("2026-11-18", {"held_on": ["听证通知书通知的日期是 2026-11-19，不能在这之前举行。"]}),
        ("2026-11-19", {}),
        ("2026-11-20", {}),
    ],
)
def test_hearing_is_not_recorded_before_the_day_that_was_told(held_on, errors):
    said = {"attended": "双方", "organ_points": "不足。", "unit_points": "足够。"}
    told = {"hearing_arranged": [("day", "2026-11-19")]}
    form = RecordHearingForm({"held_on": held_on, **said}, today=TODAY, choices=told)

    form.validate()

    assert form.errors == errors


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({}, {}),
        (
            {"officer_two": "示例甲", "number_two": "0001"},
            {
                "officer_two": ["实地核查须由两名以上工作人员进行，请填写另一名人员。"],
                "number_two": ["两名核查人员的证号不能相同。"],
            },
        ),
        ({"number_two": "0001"}, {"number_two": ["两名核查人员的证号不能相同。"]}),
        ({"officer_two": ""}, {"officer_two": ["请填写核查人员二。"]}),
        ({"checked_on": "2026-11-21"}, {"checked_on": ["日期不能晚于今天。"]}),
    ],
)
def test_site_check_is_made_by_two_different_officers(changed, errors):
    form = RecordSiteCheckForm({**SITE, **changed}, today=TODAY)

    form.validate()

    assert form.errors == errors


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({}, {}),
        ({"outcome": "third_party"}, {"institution": ["委托第三方的，须写明检验、检测机构。"]}),
        ({"planned_on": "2026-11-19"}, {"planned_on": ["核查日期不能早于今天。"]}),
        ({"check_days": "0"}, {"check_days": ["请填写 1 至 30 之间的整数。"]}),
    ],
)
def test_site_check_is_announced_with_its_time_and_by_whom(changed, errors):
    outcomes = [("own", "本机关核查"), ("third_party", "委托第三方")]
    form = ArrangeSiteCheckForm({**OWN, **changed}, today=TODAY, outcomes=outcomes)

    form.validate()

    assert form.errors == errors


def test_expert_is_named_with_questions_and_days_and_must_be_impartial():
    arranged = ArrangeExpertReviewForm({}, today=TODAY, choices=PEOPLE)
    opinion = ExpertOpinionForm({"expert_opinion": "可行。"}, today=TODAY)

    assert not arranged.validate()
    assert set(arranged.errors) == {"expert", "questions", "review_days"}
    assert not opinion.validate()
    assert list(opinion.errors) == ["impartial"]


@pytest.mark.parametrize(
    ("form", "outcome", "errors"),
    [
        (StatementForm, "state", ["statement_made"]),
        (StatementForm, "waive", []),
        (HearingRecordReplyForm, "dispute", ["objections"]),
        (HearingRecordReplyForm, "confirm", []),
        (RequestHearingForm, "request", []),
        (RequestHearingForm, "waive", []),
    ],
)
def test_unit_gives_words_only_where_the_answer_needs_them(form, outcome, errors):
    filled = form({"outcome": outcome}, today=TODAY, outcomes=[(outcome, outcome)])

    filled.validate()

    assert list(filled.errors) == errors


def test_replies_are_told_from_the_pages_of_an_application():
    assert {"request_hearing", "make_statement"} <= REPLIES
    assert "application" not in REPLIES


def test_own_site_check_names_no_institution():
    """Else its notice would tell the unit that the check is not counted in the limit."""
    outcomes = [("own", "本机关核查"), ("third_party", "委托第三方")]
    for outcome, kept in (("own", ""), ("third_party", "示例站")):
        typed = {**OWN, "outcome": outcome, "institution": "示例站"}
        form = ArrangeSiteCheckForm(typed, today=TODAY, outcomes=outcomes)
        assert form.validate()
        assert form.answers()["institution"] == kept
