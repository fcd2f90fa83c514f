"""The applicant's pages: saving, rows, bad input with nothing lost, 提交 and 补正."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from models import Attachment, Case, Unit
from tests.conftest import Login
from tests.webapp.folder import PERSON, PROJECT, UnitFolder, handed_in, id_number, text_of

APPLICATION = {
    "chosen_specialties": "GCCL",
    "contact_name": "张三",
    "contact_mobile": "13800138000",
    "declaration": "y",
}


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def _words(answer: Any) -> str:
    return text_of(answer.get_data(as_text=True))


@pytest.mark.requirement("R051")
@pytest.mark.requirement("R141")
def test_every_page_opens_with_the_list_of_pages(folder: UnitFolder) -> None:
    for page in ("application", "profile", "unit_basics", "leaders", "staff", "equipment"):
        shown = folder.get(page)
        for word in ("切换页面", "转到", "技术和质量保障体系", "未填", "提交"):
            assert word in shown
    moved = folder.client.get(folder.url("go") + "?page=leaders")
    assert moved.headers["Location"].endswith(folder.url("leaders"))


@pytest.mark.requirement("R052")
@pytest.mark.requirement("R125")
def test_a_page_is_saved_by_itself(folder: UnitFolder) -> None:
    answer = folder.post("application", {**APPLICATION, "revision": 0})
    assert answer.status_code == 302
    shown = folder.get("application")
    assert re.search(r"已保存 \d\d:\d\d", shown)
    assert 'value="张三"' in shown


@pytest.mark.requirement("R150")
def test_what_the_office_knows_is_filled_in(folder: UnitFolder) -> None:
    assert 'value="周原测绘有限公司"' in folder.get("unit_basics")


@pytest.mark.requirement("R151")
def test_approved_facts_are_read_only_and_stay(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    folder = UnitFolder(app.extensions["premises"], login(client, "unit_b"), "unit_b", "class_a")
    shown = folder.get("unit_basics")
    assert "不能在这里修改" in shown
    assert re.search(r'id="unit_name"[^>]*readonly', shown)
    with folder.premises.reading() as office:
        case = office.db.get_one(Case, folder.case_id)
        page = casework.find_page(office, case.dossier_id, "unit_basics")
    assert page is not None
    known = {name: value for name, value in page.values.items() if value}
    posted = {**known, "unit_name": "改了名的公司", "revision": page.revision}
    assert folder.post("unit_basics", posted).status_code == 302
    assert "改了名的公司" not in folder.get("unit_basics")


@pytest.mark.requirement("R028")
@pytest.mark.requirement("R144")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"contact_mobile": "12345"}, "手机号码应为 11 位数字"),
        ({"contact_name": ""}, "请填写申请联系人"),
        ({"chosen_specialties": "XXXX"}, "不能选择的选项"),
        ({"remarks": "字" * 501}, "最多 500 个字"),
        ({"declaration": ""}, "请阅读并勾选承诺"),
        ({"contact_name": "张\x00三"}, "控制字符"),
    ],
)
def test_a_wrong_page_is_shown_again_with_all_that_was_typed(
    folder: UnitFolder, changes: dict[str, str], sentence: str
) -> None:
    typed = {**APPLICATION, "remarks": "我的说明", "revision": 0, **changes}
    answer = folder.post("application", typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert "有 1 处需要改正" in page
    assert changes.get("remarks", "我的说明") in page
    assert "尚未保存" in folder.get("application")


def test_a_stale_page_keeps_what_was_typed_and_tells_what_was_saved(folder: UnitFolder) -> None:
    folder.post("application", {**APPLICATION, "revision": 0})
    answer = folder.post("application", {**APPLICATION, "contact_name": "李四", "revision": 0})
    page = _words(answer)
    assert answer.status_code == 409
    assert "没有保存：已有更新的内容" in page
    assert "申请联系人 张三" in page
    assert 'value="李四"' in answer.get_data(as_text=True)
    assert 'name="revision" value="1"' in answer.get_data(as_text=True)


def test_the_same_page_posted_twice_is_no_conflict(folder: UnitFolder) -> None:
    posted = {**APPLICATION, "revision": 0}
    assert [folder.post("application", posted).status_code for _n in "12"] == [302, 302]


@pytest.mark.requirement("R031")
@pytest.mark.requirement("R162")
@pytest.mark.requirement("R167")
def test_the_verdict_says_what_is_missing_in_words(folder: UnitFolder) -> None:
    folder.post("application", {**APPLICATION, "revision": 0})
    assert "专业技术人员满足情况查看" in folder.get("staff")
    page = text_of(folder.get("staff/verdict"))
    assert "还缺 2 名中级" in page
    assert "技术装备满足情况查看" in folder.get("equipment")
    assert "还缺 4 台" in text_of(folder.get("equipment/verdict"))
    assert folder.client.get(folder.url("projects/verdict")).status_code == 404


def test_without_a_specialty_the_verdict_asks_for_one(folder: UnitFolder) -> None:
    assert "还没有选择专业类别" in folder.get("staff/verdict")


@pytest.mark.requirement("R089")
@pytest.mark.requirement("R170")
def test_the_amount_that_is_missing_for_class_a_is_told(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    folder = UnitFolder(app.extensions["premises"], login(client, "unit_ready"), kind="class_a")
    folder.post("application", {**APPLICATION, "revision": 0})
    folder.post("projects/rows", PROJECT)
    assert "还差" in text_of(folder.get("projects"))


@pytest.mark.requirement("R032")
@pytest.mark.requirement("R033")
@pytest.mark.requirement("R098")
def test_all_problems_are_told_at_once_each_with_its_place(folder: UnitFolder) -> None:
    answer = folder.client.post(folder.url("submit"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for key in ("application", "profile", "unit_basics", "leaders", "security", "archives"):
        assert f'href="{folder.url(key)}#' in page
    assert "没有提交" in page
    assert folder.case().submitted_at is None
    assert folder.client.get(folder.url("check")).status_code == 200


@pytest.mark.requirement("R053")
@pytest.mark.requirement("R060")
@pytest.mark.requirement("R137")
def test_after_submission_nothing_can_be_changed(folder: UnitFolder) -> None:
    folder.fill()
    row, file = folder.rows("staff")[0], _a_file(folder)
    assert handed_in(folder.client, folder.url("submit")).status_code == 302
    person = {**PERSON, "id_number": id_number(9), "revision": 1}
    posts = {
        "profile": {"profile": "改", "revision": 1},
        "staff/rows": person,
        f"staff/rows/{row.id}": person,
        f"staff/rows/{row.id}/remove": {"confirmed": "yes"},
        f"attachments/{file}/remove": {"confirmed": "yes"},
        "submit": {},
    }
    for place, values in posts.items():
        answer = folder.post(place, values)
        assert answer.status_code == 409, place
        assert "审批过程中不能修改" in _words(answer)
    shown = folder.get("profile")
    assert "审批过程中不能修改" in shown
    assert "<textarea" not in shown
    assert "添加" not in text_of(folder.get("staff"))


def _a_file(folder: UnitFolder) -> int:
    with folder.premises.reading() as office:
        case = office.db.get_one(Case, folder.case_id)
        query = select(Attachment.id).where(Attachment.dossier_id == case.dossier_id)
        found: int = office.db.scalars(query.limit(1)).one()
        return found


def test_a_forged_task_of_another_unit_is_not_found(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    folder = UnitFolder(app.extensions["premises"], login(client, "unit_ready"))
    folder.fill()
    row = folder.rows("staff")[0]
    login(client, "unit_b")
    for place in ("application", "staff", f"staff?panel={row.id}", "check", "staff/verdict", "go"):
        assert client.get(folder.url(place)).status_code == 404, place
    for place in ("application", "staff/rows", f"staff/rows/{row.id}", "submit"):
        assert folder.post(place, {}).status_code == 404, place
    assert client.get("/tasks/999999/application").status_code == 404


@pytest.mark.parametrize("page", ["nonsense", "rows", "../admin"])
def test_an_unknown_page_is_not_found(folder: UnitFolder, page: str) -> None:
    assert folder.client.get(folder.url(page)).status_code == 404
    assert folder.post(page, {}).status_code in {404, 405}


def test_counties_are_those_of_the_province(folder: UnitFolder) -> None:
    page = folder.get("unit_basics")
    assert "雁塔区" in page
    assert "海淀区" not in page
    with folder.premises.reading() as office:
        assert office.db.scalars(select(Unit.province).limit(1)).one() == "61"
