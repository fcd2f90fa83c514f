"""The pages of an application: what each demands, and how its fields go together."""

from datetime import date

import pytest

from bpmn.matters import MATTERS
from config.policy import region_choices
from forms import FORMS, form_for
from forms.attachments import ATTACHMENTS, kind_of, missing_attachments
from forms.pages import PAGES
from forms.unit_pages import ApplicationForm, LeadersForm, UnitBasicsForm

TODAY = date(2026, 11, 20)
REGIONS = region_choices()
BASICS = {
    "unit_name": "西安示例测绘有限公司",
    "uscc": "91350100M000100Y43",
    "legal_representative": "张三",
    "unit_nature": "enterprise",
    "established_on": "2015-06-01",
    "province": "61",
    "city": "6101",
    "county": "610113",
    "registered_address": "陕西省西安市雁塔区友谊东路 1 号",
    "office_address": "陕西省西安市雁塔区友谊东路 1 号",
    "postal_code": "710000",
    "phone": "029-87604025",
    "email": "unit@example.cn",
}
LEADERS = {
    "legal_name": "张三",
    "legal_id_number": "11010519491231002X",
    "legal_position": "总经理",
    "legal_mobile": "13800138000",
}


def basics(approved: bool = False, stored=None, **typed) -> UnitBasicsForm:
    return UnitBasicsForm(
        {**BASICS, **typed}, stored, today=TODAY, choices=REGIONS, approved=approved
    )


def test_every_page_has_form_title_and_kinds_of_file():
    assert set(PAGES) >= {
        *["application", "profile", "unit_basics", "leaders", "staff", "equipment", "projects"],
        *["security", "quality", "archives"],
    }
    for page in PAGES.values():
        assert page.title
        assert page.form.title
        assert page.attachments is ATTACHMENTS[page.row or page.key]


def test_forms_are_found_by_the_names_diagrams_use():
    assert form_for("application") is ApplicationForm
    with pytest.raises(KeyError):
        form_for("nonsense")


@pytest.mark.parametrize("name", FORMS)
def test_every_field_has_a_chinese_label_and_renders(name):
    form = FORMS[name](today=TODAY)

    for field in form:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in field.label.text), field.name
        assert field()


@pytest.mark.requirement("R148")
def test_application_chooses_among_what_the_certificate_may_carry():
    typed = {
        "chosen_specialties": ["DHDT", "GCCL"],
        "contact_name": "李四",
        "contact_mobile": "13800138000",
        "declaration": "y",
    }
    handed = [("DHDT", "导航电子地图制作")]

    refused = ApplicationForm(typed, specialties=handed)
    assert not refused.validate()
    assert refused.errors == {
        "chosen_specialties": ["申请的专业类别中有不能选择的选项，请重新勾选。"]
    }
    assert ApplicationForm({**typed, "chosen_specialties": "DHDT"}, specialties=handed).validate()


@pytest.mark.requirement("R150")
def test_unit_basics_of_a_city_unit_pass():
    form = basics()

    assert form.validate(), form.errors


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"city": ""}, {"city": ["请选择所在城市。"]}),
        ({"city": "1301", "county": ""}, {"city": ["所在城市不属于所选的所在省份。"]}),
        ({"county": "610502"}, {"county": ["所在县区不属于所选的所在城市。"]}),
        ({"province": "11", "city": "", "county": "110105"}, {}),
        ({"established_on": "2026-11-21"}, {"established_on": ["日期不能晚于今天。"]}),
        (
            {"registered_address": "长" * 201},
            {"registered_address": ["注册地址最多 200 个字，现有 201 个字。"]},
        ),
    ],
)
def test_unit_basics_with_one_fault(typed, errors):
    form = basics(**typed)

    form.validate()

    assert form.errors == errors


@pytest.mark.requirement("R151")
def test_approved_facts_cannot_be_changed_on_the_page():
    stored = {**BASICS, "unit_name": "原名称有限公司", "uscc": "不再核对"}

    form = basics(approved=True, stored=stored, unit_name="新名称有限公司", phone="010-58511090")

    assert form.validate(), form.errors
    assert form.answers()["unit_name"] == "原名称有限公司"
    assert form.answers()["phone"] == "010-58511090"
    assert "readonly" in form.unit_name()
    assert "readonly" not in form.phone()


@pytest.mark.requirement("R153")
def test_leader_in_charge_may_be_the_legal_representative():
    form = LeadersForm({**LEADERS, "same_as_legal": "y"}, today=TODAY)

    assert form.validate(), form.errors
    assert form.answers()["leader_name"] == "张三"
    assert form.answers()["leader_id_number"] == "11010519491231002X"


@pytest.mark.requirement("R152")
def test_leader_in_charge_is_demanded_otherwise():
    form = LeadersForm(LEADERS, today=TODAY)

    assert not form.validate()
    assert form.errors["leader_name"] == ["请填写分管领导姓名，或勾选“同法定代表人”。"]
    assert set(form.errors) == {f"leader_{n}" for n in ("name", "id_number", "position", "mobile")}


@pytest.mark.requirement("R149")
def test_profile_takes_a_long_text_but_not_any():
    assert FORMS["profile"]({"profile": "字" * 5000}).validate()

    form = FORMS["profile"]({"profile": "字" * 5001})
    assert not form.validate()
    assert form.errors == {"profile": ["单位简介最多 5000 个字，现有 5001 个字。"]}


@pytest.mark.parametrize(
    ("page", "missing"),
    [
        ("application", ["缺少申请书扫描件。"]),
        ("profile", []),
        ("unit_basics", ["缺少营业执照或法人证书。"]),
        pytest.param("security", 4, marks=pytest.mark.requirement("R171")),
        pytest.param("quality", 3, marks=pytest.mark.requirement("R172")),
        pytest.param("archives", 2, marks=pytest.mark.requirement("R173")),
    ],
)
def test_pages_demand_their_material(page, missing):
    found = missing_attachments(page, {}, ())

    assert found == missing or len(found) == missing


def test_material_that_is_there_is_not_demanded():
    assert missing_attachments("application", {}, {"application_scan"}) == []
    assert kind_of("application", "application_scan").label == "申请书扫描件"
    assert kind_of("application", "nonsense") is None


@pytest.mark.requirement("R142")
def test_each_matter_asks_for_its_own_pages():
    asked = {key: matter.pages for key, matter in MATTERS.items()}
    assert all(set(pages) <= set(PAGES) for pages in asked.values())
    assert "projects" in asked["qualification_application"]
    assert asked["certificate_replacement"] == ("replacement",)
    assert "leaders" not in asked["unit_registration"]


@pytest.mark.requirement("R145")
@pytest.mark.requirement("R144")
def test_a_field_without_a_star_may_stay_empty():
    optional = {
        name for name, field in UnitBasicsForm()._fields.items() if not field.flags.required
    }
    assert {"registered_capital", "office_area", "fax", "county"} <= optional
    assert not {"unit_name", "uscc", "registered_address", "email"} & optional
