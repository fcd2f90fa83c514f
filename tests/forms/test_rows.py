"""Persons, instruments and projects: the row may be saved, but says why it does not count."""

from datetime import date

import pytest

from forms.equipment import EquipmentForm, equipment_problems
from forms.projects import ProjectForm, project_problems
from forms.staff import PersonForm, person_problems

TODAY = date(2026, 11, 20)
BASE = {"id_card", "social_insurance"}
PERSON = {
    "name": "王工",
    "id_number": "11010519491231002X",
    "mobile": "13800138000",
    "category": "mid",
    "nationality": "中国",
    "title_name": "工程师",
    "title_level": "mid",
    "title_subject": "工程测量",
}
EQUIPMENT = {
    "kind": "全站仪",
    "model": "TS60",
    "serial_number": " ts60-0012 ",
    "purchased_on": "2024-03-01",
    "ownership": "owned",
    "condition": "usable",
}
PROJECT = {
    "name": "示例县地形图测量",
    "specialty": "GCCL",
    "client": "示例县自然资源局",
    "amount": "600000",
    "signed_on": "2025-01-10",
    "completed_on": "2025-09-01",
}


def test_person_needs_only_the_starred_fields_to_be_saved():
    typed = {name: PERSON[name] for name in ("name", "id_number", "mobile", "category")}
    form = PersonForm({**typed, "nationality": "中国"}, today=TODAY)

    assert form.validate(), form.errors


def test_periods_of_a_person_do_not_end_before_they_start():
    form = PersonForm(
        {**PERSON, "contract_from": "2026-01-01", "contract_until": "2025-01-01"}, today=TODAY
    )

    assert not form.validate()
    assert form.errors == {"contract_until": ["劳动合同止不能早于劳动合同起。"]}


def test_over_long_name_of_a_person_is_refused():
    form = PersonForm({**PERSON, "name": "王" * 51}, today=TODAY)

    assert not form.validate()
    assert form.errors == {"name": ["姓名最多 50 个字，现有 51 个字。"]}


@pytest.mark.parametrize(
    ("values", "kinds", "problems"),
    [
        ({}, BASE | {"title_certificate"}, []),
        pytest.param({}, BASE, ["缺少职称证书。"], marks=pytest.mark.requirement("R156")),
        pytest.param(
            {},
            {"title_certificate"},
            ["缺少身份证。", "缺少社保缴纳证明。"],
            marks=pytest.mark.requirement("R159"),
        ),
        ({}, BASE | {"title_review"}, []),
        pytest.param({}, BASE | {"substitute"}, [], marks=pytest.mark.requirement("R160")),
        ({"title_level": ""}, BASE | {"title_certificate"}, ["未填职称级别。"]),
        pytest.param(
            {"category": "senior"},
            BASE | {"title_certificate"},
            ["人员类别是测绘高级，职称级别却是中级。"],
            marks=pytest.mark.requirement("R076"),
        ),
        ({"category": "junior"}, BASE | {"title_certificate"}, []),
        ({"nationality": "美国"}, BASE | {"title_certificate"}, ["应为中国公民。"]),
        pytest.param(
            {"retired": True},
            {"id_card", "title_certificate"},
            ["缺少退休材料。", "缺少劳务合同。"],
            marks=pytest.mark.requirement("R158"),
        ),
        (
            {"retired": True},
            {"id_card", "title_certificate", "retirement_proof", "service_contract"},
            [],
        ),
        ({"legacy": True, "title_name": ""}, BASE | {"substitute"}, []),
        (
            {"secrecy_post": True},
            BASE | {"title_certificate"},
            ["涉密岗位人员未填涉密培训证书编号。"],
        ),
        ({"contract_until": "2026-11-19"}, BASE | {"title_certificate"}, ["劳动合同已到期。"]),
        ({"contract_until": "2026-11-20"}, BASE | {"title_certificate"}, []),
        ({"category": "other", "title_level": ""}, BASE, []),
    ],
)
def test_surveyor_counts_only_when_complete(values, kinds, problems):
    assert person_problems({**PERSON, **values}, kinds, TODAY) == problems


@pytest.mark.requirement("R157")
@pytest.mark.parametrize(
    ("values", "kinds", "problems"),
    [
        ({"major": "计算机"}, BASE | {"education_certificate"}, []),
        ({"major": "计算机"}, BASE | {"title_certificate"}, []),
        ({"major": "计算机"}, BASE, ["缺少职称证书或学历证书。"]),
        ({}, BASE | {"education_certificate"}, ["未填职称专业或所学专业。"]),
    ],
)
def test_related_person_shows_a_title_or_a_degree(values, kinds, problems):
    known = {"nationality": "中国", "mobile": "13800138000"}
    person = {"category": "related", **known, **values}

    assert person_problems(person, kinds, TODAY) == problems


def test_equipment_is_saved_with_a_tidy_serial_number():
    kinds = [("全站仪", "全站仪")]
    form = EquipmentForm(EQUIPMENT, today=TODAY, choices={"equipment_kinds": kinds})

    assert form.validate(), form.errors
    assert form.answers()["serial_number"] == "TS60-0012"


@pytest.mark.parametrize(
    ("values", "kinds", "problems"),
    [
        ({}, {"invoice", "photo"}, []),
        ({}, set(), ["缺少发票。", "缺少仪器设备照片。"]),
        ({"ownership": "leased"}, {"invoice", "photo"}, ["不是本单位自有。"]),
        ({"condition": "repair"}, {"invoice", "photo"}, ["不在用。"]),
        ({"calibrated_until": "2026-11-19"}, {"invoice", "photo"}, ["检定证书已过有效期。"]),
        ({"calibrated_until": "2026-11-20"}, {"invoice", "photo"}, []),
    ],
)
def test_equipment_counts_only_when_complete(values, kinds, problems):
    assert equipment_problems({**EQUIPMENT, **values}, kinds, TODAY) == problems


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {}),
        ({"completed_on": ""}, {}),
        ({"completed_on": "2025-01-09"}, {"completed_on": ["完成日期不能早于合同签订日期。"]}),
        (
            {"amount": "六十万"},
            {"amount": ["金额应为数字，单位为元，最多两位小数，例如 600000.00。"]},
        ),
        ({"specialty": "DDCL"}, {"specialty": ["请在所列的选项中选择专业类别。"]}),
    ],
)
def test_project_with_one_fault(typed, errors):
    form = ProjectForm({**PROJECT, **typed}, today=TODAY, specialties=[("GCCL", "工程测量")])

    form.validate()

    assert form.errors == errors


@pytest.mark.parametrize(
    ("values", "kinds", "problems"),
    [
        ({}, {"contract", "acceptance"}, []),
        ({}, {"contract"}, ["缺少成果验收材料。"]),
        ({"completed_on": None}, {"contract"}, []),
        ({"completed_on": None}, set(), ["缺少项目合同。"]),
    ],
)
def test_project_counts_only_with_its_material(values, kinds, problems):
    assert project_problems({**PROJECT, **values}, kinds) == problems
