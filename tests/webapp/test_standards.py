"""The administrator's pages of the standard: read, edited as a new version, published, compared."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from models import Case, StandardCell, StandardVersion, Task
from models.calendar import office_date
from tests.conftest import Login
from webapp.offices import Premises

GCCL_B = "/admin/standards/2/cells/specialties.GCCL.B.staff"
STAFF = {"total": "7", "senior": "0", "mid": "3", "junior": "2", "related": "2"}
TOLD = {"source": "示例通知〔2026〕1号", "confidence": "S", "revision": "0"}
GEAR = "/admin/standards/2/cells/specialties.GCCL.A.equipment"


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


@pytest.fixture
def drafting(admin: FlaskClient) -> FlaskClient:
    assert admin.post("/admin/standards").headers["Location"] == "/admin/standards/2"
    return admin


def _stored(premises: Premises, key: str = "specialties.GCCL.B.staff") -> dict[str, object]:
    with premises.reading() as office:
        query = select(StandardCell).where(StandardCell.key == key)
        return office.db.scalars(query.order_by(StandardCell.id.desc())).first().value


def _today(premises: Premises) -> str:
    with premises.reading() as office:
        return office_date(office.now).isoformat()


def test_the_standard_is_read_with_sources_and_what_is_not_confirmed(admin: FlaskClient) -> None:
    page = admin.get("/admin/standards/1").get_data(as_text=True)
    assert "现行" in page
    assert "U12,U13" in page
    assert "未见原文，推定" in page
    assert page.count("待核实") > 20
    assert "修改</a>" not in page


@pytest.mark.parametrize("username", ["city_window", "unit_b", "auditor"])
def test_only_the_administrator_sees_and_changes_it(
    client: FlaskClient, login: Login, username: str
) -> None:
    other = login(client, username)
    for path in ("", "/1", "/compare", "/1/cells/titles"):
        assert other.get(f"/admin/standards{path}").status_code == 403
    for path in ("", "/2/publish", "/2/discard", "/2/cells/titles"):
        assert other.post(f"/admin/standards{path}").status_code == 403


def test_a_second_click_finds_the_same_draft(drafting: FlaskClient, premises: Premises) -> None:
    assert drafting.post("/admin/standards").headers["Location"] == "/admin/standards/2"
    with premises.reading() as office:
        assert len(office.db.scalars(select(StandardVersion)).all()) == 2


@pytest.mark.parametrize(
    ("path", "change", "sentence"),
    [
        (GCCL_B, {**STAFF, "mid": "-1"}, "请填写 0 至 9999 之间的整数。"),
        (GCCL_B, {**STAFF, "mid": "三"}, "请填写 0 至 9999 之间的整数。"),
        (GCCL_B, {**STAFF, "total": ""}, "请填写合计。"),
        (GCCL_B, {**STAFF, "total": "6"}, "合计 6 名少于各级之和 7 名。"),
        (GCCL_B, {**STAFF, "total": "41"}, "合计 41 多于甲级的 40：乙级的要求不能高于甲级。"),
        (GCCL_B, {**STAFF, "source": " "}, "请填写依据。"),
        (GCCL_B, {**STAFF, "confidence": "Z"}, "请在所列的选项中选择可靠程度。"),
        (GEAR, {"groups": ""}, "请填写装备要求。"),
        (GEAR, {"groups": "全站仪"}, "第 1 行应写成“种类、种类：数量”。"),
        (GEAR, {"groups": "全站仪：20\n水准仪：很多"},
         "第 2 行的数量“很多”应为 1 至 9999 之间的整数。"),
        (GEAR, {"groups": "全站仪：0"}, "全站仪的数量应至少为 1。"),
        (GEAR, {"groups": "算盘：20"}, "没有“算盘”这种装备"),
        (GEAR, {"groups": "全站仪、全站仪：20"}, "“全站仪”列了几次。"),
        ("/admin/standards/2/cells/promotion",
         {"years_in_b": "2", "window_years": "2", "total_yuan": "六百万", "single_yuan": "1"},
         "请填写 0 至 999999999 之间的整数。"),
        ("/admin/standards/2/cells/promotion",
         {"years_in_b": "2", "window_years": "2", "total_yuan": "1", "single_yuan": "2"},
         "单个项目的金额不能大于总值。"),
        ("/admin/standards/2/cells/equipment_kinds", {"units": "台 全站仪"},
         "第 1 行应写成“名称：种类、种类”。"),
        ("/admin/standards/2/cells/titles",
         {"senior": "教授", "mid": "讲师", "junior": "教授"}, "“教授”已列在另一级，或者重复。"),
        ("/admin/standards/2/cells/allow_downfill", {"value": ""}, "高一级的人员可以抵低一级"),
    ],
)  # fmt: skip
def test_impossible_numbers_are_refused_at_the_cell_and_kept(
    drafting: FlaskClient, premises: Premises, path: str, change: dict[str, str], sentence: str
) -> None:
    key = path.rpartition("/")[2]
    before = _stored(premises, key)
    answer = drafting.post(path, data={**TOLD, **change})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    for typed in change.values():
        assert not typed.strip() or typed.split("\n")[0] in page
    assert _stored(premises, key) == before


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        ("allow_downfill", {"value": "no"}, {"value": False}),
        ("retired_cap", {"A": "3", "B": "0"}, {"A": 3, "B": 0}),
        ("social_insurance", {"months": "６"}, {"months": 6}),
        ("specialties.GCCL.A.equipment",
         {"groups": "全站仪, 水准仪：２０ 或者 三维激光扫描仪:2\n重力仪：1"},
         {"groups": [{"or": [{"any_of": ["全站仪", "水准仪"], "min": 20},
                             {"any_of": ["三维激光扫描仪"], "min": 2}]},
                     {"any_of": ["重力仪"], "min": 1}]}),
        ("counts_as", {"values": "全站仪：水准仪、重力仪"},
         {"values": {"全站仪": ["水准仪", "重力仪"]}}),
        ("related_subjects", {"values": "地理\n地质、海洋"}, {"values": ["地理", "地质", "海洋"]}),
        ("promotion",
         {"years_in_b": "3", "window_years": "2", "total_yuan": "7000000", "single_yuan": "1",
          "exempt": ["DHDT"]},
         {"years_in_b": 3, "window_years": 2, "total_yuan": 7_000_000, "single_yuan": 1,
          "exempt": ["DHDT"]}),
    ],
)  # fmt: skip
def test_every_kind_of_cell_is_changed(
    drafting: FlaskClient, premises: Premises, key: str, given: dict[str, object], value: object
) -> None:
    path = f"/admin/standards/2/cells/{key}"
    shown = drafting.get(path).get_data(as_text=True)
    assert "草稿中现在是" in shown
    assert drafting.post(path, data={**TOLD, **given}).status_code == 302
    assert _stored(premises, key) == value


def test_a_form_sent_as_it_was_shown_is_the_cell_again(drafting: FlaskClient) -> None:
    page = drafting.get(GEAR).get_data(as_text=True)
    text = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)
    assert text
    assert text[1].strip() == "GNSS接收机、全站仪、水准仪、地下管线探测仪：20"


def test_names_that_other_tables_refer_to_are_not_edited(drafting: FlaskClient) -> None:
    for key in ("certificate_types", "specialty_names", "nationality", "no_such_cell"):
        assert drafting.get(f"/admin/standards/2/cells/{key}").status_code == 404
    assert drafting.get("/admin/standards/9").status_code == 404
    assert drafting.get("/admin/standards/1/cells/titles").status_code == 409


def test_of_two_administrators_the_second_is_told_and_loses_nothing(
    drafting: FlaskClient, premises: Premises
) -> None:
    assert drafting.post(GCCL_B, data={**TOLD, **STAFF}).status_code == 302
    answer = drafting.post(GCCL_B, data={**TOLD, **STAFF, "total": "9", "source": "另一通知"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "刚刚被他人修改过" in page
    assert "另一通知" in page
    assert _stored(premises)["total"] == 7
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    again = {**TOLD, **STAFF, "total": "9", "source": "另一通知", "revision": revision[1]}
    assert drafting.post(GCCL_B, data=again).status_code == 302
    assert _stored(premises)["total"] == 9


def test_a_version_is_published_and_compared(drafting: FlaskClient, premises: Premises) -> None:
    drafting.post(GCCL_B, data={**TOLD, **STAFF})
    shown = drafting.get("/admin/standards/2").get_data(as_text=True)
    assert "3 处不同" in shown
    wrong = {"effective": "2020-01-01", "note": "示例"}
    answer = drafting.post("/admin/standards/2/publish", data=wrong)
    assert (answer.status_code, "不能早于今天" in answer.get_data(as_text=True)) == (422, True)
    given = {"effective": _today(premises), "note": "按示例通知调整"}
    assert drafting.post("/admin/standards/2/publish", data=given).status_code == 302
    assert drafting.post("/admin/standards/2/publish", data=given).status_code == 409
    page = drafting.get("/admin/standards/compare?old=1&new=2").get_data(as_text=True)
    assert "工程测量 · 乙级 · 专业技术人员" in page
    assert "<del>6</del>" in page
    assert "<ins>7</ins>" in page
    assert "按示例通知调整" in drafting.get("/admin/standards").get_data(as_text=True)
    assert "没有不同" in drafting.get("/admin/standards/compare?old=2&new=2").get_data(as_text=True)


def test_the_published_version_is_what_the_guide_shows_and_new_cases_are_judged_by(
    drafting: FlaskClient, premises: Premises, app: Flask, login: Login
) -> None:
    drafting.post(GCCL_B, data={**TOLD, **STAFF, "total": "8", "related": "3"})
    given = {"effective": _today(premises), "note": "示例"}
    drafting.post("/admin/standards/2/publish", data=given)
    with premises.reading() as office:
        assert office.standard.number == 2
        submitted = office.db.scalars(select(Case).where(Case.submitted_at.is_not(None))).all()
    assert submitted
    assert {case.standard_number for case in submitted} == {1}
    guide = app.test_client().get("/matters/qualification_application").get_data(as_text=True)
    assert '<td class="num" data-label="人员合计">8</td>' in guide
    with premises.reading() as office:
        query = select(Task.id).where(Task.closed_at.is_(None), Task.role == "reviewer")
        task_id = office.db.scalars(query.order_by(Task.id)).first()
    page = login(app.test_client(), "city_reviewer").get(f"/tasks/{task_id}?tab=verdicts")
    assert "第 1 版，2021-07-01 起施行" in page.get_data(as_text=True)


def test_a_draft_is_given_up_after_a_question(drafting: FlaskClient) -> None:
    asked = drafting.post("/admin/standards/2/discard")
    assert "放弃第 2 版草稿？" in asked.get_data(as_text=True)
    assert drafting.get("/admin/standards/2").status_code == 200
    assert drafting.post("/admin/standards/2/discard", data={"confirmed": "yes"}).status_code == 302
    assert drafting.get("/admin/standards/2").status_code == 404
    assert drafting.post("/admin/standards/2/discard", data={"confirmed": "yes"}).status_code == 409
