"""The organ's forms: outcomes are handed in, and each demands what belongs to it."""

from datetime import date

import pytest

from forms.review import (
    CheckMaterialsForm,
    CheckReviewForm,
    ReviewForm,
    SignDecisionForm,
)

TODAY = date(2026, 11, 20)
SPECIALTIES = [("GCCL", "工程测量"), ("DDCL", "大地测量")]
PLACES = {"页面": [("unit_basics", "单位基本信息")], "技术人员": [("staff/7", "王工")]}
CHECK = [("accept", "受理"), ("return", "退回补齐材料"), ("refuse", "不予受理")]
REVIEW = [("grant", "拟准予许可"), ("refuse", "拟不予许可")]
SIGN = [("grant", "准予许可"), ("refuse", "不予许可"), ("return", "退回审查")]
ITEM = {
    "items-0-place": "staff/7",
    "items-0-problem": "职称证书看不清",
    "items-0-requirement": "重新扫描上传",
}
BOTH = {
    "outcome": "grant",
    "proposals-0-specialty": "GCCL",
    "proposals-0-proposal": "grant",
    "proposals-1-specialty": "DDCL",
    "proposals-1-proposal": "grant",
}


def check(typed) -> CheckMaterialsForm:
    return CheckMaterialsForm(typed, today=TODAY, outcomes=CHECK, places=PLACES)


def review(typed, data=None) -> ReviewForm:
    return ReviewForm(typed, data, today=TODAY, outcomes=REVIEW, specialties=SPECIALTIES)


def sign(typed) -> SignDecisionForm:
    return SignDecisionForm(typed, today=TODAY, outcomes=SIGN, specialties=SPECIALTIES)


def test_outcomes_are_those_of_the_diagram():
    form = check({"outcome": "grant"})

    assert [option.label.text for option in form.outcome] == ["受理", "退回补齐材料", "不予受理"]
    assert not form.validate()
    assert form.errors == {"outcome": ["请在所列的选项中选择办理结果。"]}


@pytest.mark.requirement("R061")
@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"outcome": "accept"}, {}),
        ({}, {"outcome": ["请选择办理结果。"]}),
        ({"outcome": "return"}, {"items": ["退回补齐材料须一次列出全部需要补正的内容。"]}),
        ({"outcome": "return", **ITEM}, {}),
        ({"outcome": "refuse"}, {"opinion": ["不予受理须写明理由。"]}),
        ({"outcome": "refuse", "opinion": "不属于本机关职权范围"}, {}),
        (
            {"outcome": "accept", "opinion": "长" * 2001},
            {"opinion": ["意见最多 2000 个字，现有 2001 个字。"]},
        ),
    ],
)
def test_check_of_materials_demands_what_the_outcome_needs(typed, errors):
    form = check(typed)

    assert form.validate() == (not errors)
    assert form.errors == errors


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"items-0-place": "staff/8"}, "请在所列的选项中选择补正的位置。"),
        ({"items-0-place": ""}, "请选择补正的位置。"),
        ({"items-0-problem": " "}, "请填写存在的问题。"),
        ({"items-0-requirement": "长" * 501}, "补正要求最多 500 个字，现有 501 个字。"),
    ],
)
def test_each_item_to_correct_names_place_problem_and_requirement(changed, sentence):
    form = check({"outcome": "return", **ITEM, **changed})

    assert not form.validate()
    [(place, said)] = form.error_list()
    assert place == next(iter(changed))
    assert said == sentence


def test_an_empty_item_is_left_out():
    blank = {"items-1-place": "", "items-1-problem": " ", "items-1-requirement": ""}

    accepted = check({"outcome": "accept", **blank})
    assert accepted.validate(), accepted.errors
    returned = check({"outcome": "return", **ITEM, **blank})
    assert returned.validate(), returned.errors
    assert len(returned.answers()["items"]) == 1
    assert check({"outcome": "accept", **ITEM}).answers()["items"] == []


def test_items_are_given_back_as_plain_answers():
    second = {name.replace("-0-", "-4-"): value for name, value in ITEM.items()}
    form = check({"outcome": "return", **ITEM, **second, "items-4-place": "unit_basics"})

    assert form.validate(), form.errors
    assert [item["place"] for item in form.answers()["items"]] == ["staff/7", "unit_basics"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (BOTH, None),
        ({"outcome": "grant"}, "请对申请的每个专业作出结论。"),
        ({**BOTH, "proposals-1-proposal": ""}, "请对申请的每个专业作出结论。"),
        ({**BOTH, "proposals-1-specialty": "HYCH"}, "请对申请的每个专业作出结论。"),
        ({**BOTH, "proposals-1-proposal": "refuse"}, "拟不予的专业“大地测量”须写明理由。"),
        ({**BOTH, "proposals-1-proposal": "refuse", "proposals-1-reason": "装备不足"}, None),
        (
            {
                **BOTH,
                "proposals-0-proposal": "refuse",
                "proposals-0-reason": "人员不足",
                "proposals-1-proposal": "refuse",
                "proposals-1-reason": "装备不足",
            },
            "各专业均拟不予的，办理结果应为不予许可。",
        ),
    ],
)
def test_review_proposes_for_every_specialty(typed, sentence):
    form = review(typed)

    assert form.validate() == (sentence is None)
    assert [said for _field, said in form.error_list()] == ([sentence] if sentence else [])


def test_review_that_refuses_needs_its_reason_only():
    assert review({"outcome": "refuse"}).error_list() == []
    rows = {"proposals-0-specialty": "GCCL", "proposals-1-specialty": "DDCL"}
    refused = review({"outcome": "refuse", **rows})
    assert not refused.validate()
    assert refused.errors["opinion"] == ["拟不予许可须写明理由。"]

    form = review({"outcome": "refuse", "opinion": "业绩不实"})
    assert form.validate(), form.errors
    assert form.answers()["granted"] == []
    assert form.answers()["refused"] == {"GCCL": "业绩不实", "DDCL": "业绩不实"}


def test_a_refusal_keeps_the_reason_of_each_specialty():
    own = {"proposals-0-proposal": "refuse", "proposals-0-reason": "中级不足两人"}
    form = review({**BOTH, **own, "outcome": "refuse", "opinion": "不符合标准。"})
    assert form.validate(), form.errors
    assert form.answers()["refused"] == {"GCCL": "中级不足两人", "DDCL": "不符合标准。"}


def test_review_sums_up_what_is_granted_and_refused():
    typed = {**BOTH, "proposals-1-proposal": "refuse", "proposals-1-reason": "装备不足"}

    answers = review(typed).answers()

    assert answers["granted"] == ["GCCL"]
    assert answers["refused"] == {"DDCL": "装备不足"}


def test_review_shows_one_row_for_each_specialty_and_what_was_stored():
    stored = {"proposals": [{"specialty": "DDCL", "proposal": "refuse", "reason": "装备不足"}]}

    rows = review(None, stored).proposals.data

    assert [row["specialty"] for row in rows] == ["GCCL", "DDCL"]
    assert rows[1]["reason"] == "装备不足"


@pytest.mark.parametrize(
    ("form", "typed", "errors"),
    [
        (CheckReviewForm, {"outcome": "agree"}, {}),
        (CheckReviewForm, {"outcome": "return"}, {"opinion": ["退回须写明理由。"]}),
    ],
)
def test_check_demands_its_reason(form, typed, errors):
    values = ["agree", "return"]
    built = form(typed, today=TODAY, outcomes=[(value, value) for value in values])

    assert built.validate() == (not errors)
    assert built.errors == errors


@pytest.mark.requirement("R064")
@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"outcome": "grant", "granted": ["GCCL", "DDCL"]}, {}),
        (
            {"outcome": "grant", "granted": "GCCL"},
            {"reasons": ["部分专业不予许可的，须写明理由。"]},
        ),
        ({"outcome": "grant", "granted": "GCCL", "reasons": "装备不足"}, {}),
        (
            {"outcome": "grant"},
            {
                "granted": ["准予许可须至少勾选一个专业。"],
                "reasons": ["部分专业不予许可的，须写明理由。"],
            },
        ),
        (
            {"outcome": "grant", "granted": ["HYCH"], "reasons": "x"},
            {"granted": ["准予的专业类别中有不能选择的选项，请重新勾选。"]},
        ),
        ({"outcome": "refuse"}, {"reasons": ["不予许可须写明理由。"]}),
        ({"outcome": "refuse", "reasons": "不符合标准"}, {}),
        ({"outcome": "return"}, {"opinion": ["退回须写明理由。"]}),
    ],
)
def test_signing_grants_all_some_or_none(typed, errors):
    form = sign(typed)

    assert form.validate() == (not errors)
    assert form.errors == errors


@pytest.mark.parametrize(
    ("typed", "granted", "refused"),
    [
        ({"outcome": "grant", "granted": ["GCCL", "DDCL"]}, ["GCCL", "DDCL"], {}),
        (
            {"outcome": "grant", "granted": ["GCCL"], "reasons": "装备不足"},
            ["GCCL"],
            {"DDCL": "装备不足"},
        ),
        (
            {"outcome": "refuse", "granted": ["GCCL"], "reasons": "不符合标准"},
            [],
            {"GCCL": "不符合标准", "DDCL": "不符合标准"},
        ),
    ],
)
def test_signing_says_what_is_granted_and_refused(typed, granted, refused):
    answers = sign(typed).answers()

    assert answers["granted"] == granted
    assert answers["refused"] == refused


def test_case_without_specialties_is_judged_as_a_whole():
    reviewed = ReviewForm({"outcome": "grant", "opinion": "属实"}, today=TODAY, outcomes=REVIEW)
    signed = SignDecisionForm({"outcome": "grant"}, today=TODAY, outcomes=SIGN)
    del reviewed["proposals"], signed["granted"]

    assert reviewed.validate()
    assert signed.validate()
    assert reviewed.answers()["proposals"] == []
    assert signed.answers()["granted"] == []
    assert signed.answers()["refused"] == {}
