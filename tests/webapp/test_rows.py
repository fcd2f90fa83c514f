"""Rows of people, instruments and projects: added, changed, removed, refused with words."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bpmn import casework
from models import Case
from tests.conftest import Login
from tests.webapp.folder import EQUIPMENT, PERSON, PROJECT, UnitFolder, id_number, png, text_of


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def _words(answer: Any) -> str:
    return text_of(answer.get_data(as_text=True))


@pytest.mark.requirement("R068")
@pytest.mark.requirement("R069")
@pytest.mark.requirement("R070")
def test_a_saved_person_is_followed_by_the_next_empty_form(folder: UnitFolder) -> None:
    answer = folder.add_person(1)
    assert "panel=new" in answer.headers["Location"]
    page = folder.client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "已保存 张三" in page
    assert "关闭" in page
    assert re.search(r'id="id_number"[^>]*value=""', page)


@pytest.mark.requirement("R071")
@pytest.mark.requirement("R072")
@pytest.mark.requirement("R077")
def test_a_row_that_does_not_count_says_why_in_words(folder: UnitFolder) -> None:
    folder.add_person(1)
    page = folder.get("staff")
    assert 'class="has-problem' in page
    for word in ("不计入", "缺少身份证。", "缺少职称证书。", "测绘中级", "619999********"):
        assert word in page


@pytest.mark.requirement("R073")
def test_a_person_is_changed_with_files_in_the_same_post(folder: UnitFolder) -> None:
    folder.add_person(1)
    row = folder.rows("staff")[0]
    answer = folder.post(
        f"staff/rows/{row.id}",
        {**PERSON, "id_number": id_number(1), "name": "张四", "revision": row.revision},
        file_id_card=[(png(), "正面.png"), (png("red"), "反面.png")],
        file_social_insurance=[(png(), "社保.png")],
        file_title_certificate=[(png(), "职称.png")],
    )
    assert answer.status_code == 302
    changed = folder.rows("staff")[0]
    assert (changed.label, changed.problems) == ("张四", [])
    shown = folder.get(f"staff?panel={row.id}")
    assert "正面.png" in shown
    assert "反面.png" in shown


@pytest.mark.requirement("R074")
def test_a_person_is_removed_after_a_question(folder: UnitFolder) -> None:
    folder.add_person(1)
    place = f"staff/rows/{folder.rows('staff')[0].id}/remove"
    assert "移除？" in _words(folder.post(place))
    assert len(folder.rows("staff")) == 1
    assert folder.post(place, {"confirmed": "yes"}).status_code == 302
    assert folder.rows("staff") == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id_number": "123"}, "身份证号"),
        ({"id_number": id_number(1)[:-1] + "Y"}, "身份证号"),
        ({"mobile": "99999999999"}, "号段不存在"),
        ({"category": "boss"}, "人员类别"),
        ({"name": "长" * 51}, "最多 50 个字"),
        ({"contract_from": "2026-02-30"}, "没有这一天"),
        ({"contract_from": "2026-05-01", "contract_until": "2026-04-01"}, "不能早于"),
    ],
)
def test_a_wrong_person_keeps_everything_typed(
    folder: UnitFolder, changes: dict[str, str], sentence: str
) -> None:
    answer = folder.add_person(1, school="示例大学", **changes)
    assert answer.status_code == 422
    assert sentence in _words(answer)
    assert 'value="示例大学"' in answer.get_data(as_text=True)
    assert folder.rows("staff") == []


@pytest.mark.requirement("R029")
@pytest.mark.requirement("R079")
@pytest.mark.requirement("R161")
def test_a_person_of_another_unit_is_refused_with_its_name(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    other = UnitFolder(app.extensions["premises"], login(client, "unit_b"), "unit_b", "class_a")
    other.add_person(7)
    login(client, "unit_ready")
    folder = UnitFolder(app.extensions["premises"], client)
    answer = folder.add_person(7, name="王五")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "已存在于其他单位：渭水工程测量有限公司" in page
    assert 'value="王五"' in page
    assert folder.rows("staff") == []


@pytest.mark.requirement("R030")
@pytest.mark.requirement("R083")
@pytest.mark.requirement("R166")
def test_an_instrument_of_another_unit_is_refused_with_its_name(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    instrument = {**EQUIPMENT, "serial_number": "SN-778"}
    other = UnitFolder(app.extensions["premises"], login(client, "unit_b"), "unit_b", "class_a")
    assert other.post("equipment/rows", instrument).status_code == 302
    login(client, "unit_ready")
    folder = UnitFolder(app.extensions["premises"], client)
    answer = folder.post("equipment/rows", instrument)
    assert answer.status_code == 422
    assert "渭水工程测量有限公司" in _words(answer)


def test_a_row_posted_twice_is_added_once(folder: UnitFolder) -> None:
    project = {**PROJECT, "amount": "600000"}
    first, second = (folder.post("projects/rows", project) for _n in "12")
    assert (first.status_code, second.status_code) == (302, 422)
    assert "不能重复添加" in _words(second)
    assert len(folder.rows("projects")) == 1


def test_a_stale_row_is_told_and_not_overwritten(folder: UnitFolder) -> None:
    folder.add_person(1)
    row = folder.rows("staff")[0]
    place, person = f"staff/rows/{row.id}", {**PERSON, "id_number": id_number(1)}
    folder.post(place, {**person, "name": "张五", "revision": row.revision})
    answer = folder.post(place, {**person, "name": "张六", "revision": row.revision})
    assert answer.status_code == 409
    told = _words(answer).split("已保存的不同内容：")[1]
    assert "姓名 张五" in told
    assert "毕业院校 —" not in told
    assert 'value="张六"' in answer.get_data(as_text=True)
    assert folder.rows("staff")[0].label == "张五"


@pytest.mark.requirement("R081")
@pytest.mark.requirement("R082")
@pytest.mark.requirement("R085")
@pytest.mark.requirement("R086")
@pytest.mark.requirement("R163")
@pytest.mark.requirement("R169")
def test_instruments_and_projects_go_on_with_the_next(folder: UnitFolder) -> None:
    posts = {"equipment": {**EQUIPMENT, "serial_number": "A1"}, "projects": PROJECT}
    for page, values in posts.items():
        answer = folder.post(f"{page}/rows", values)
        assert "panel=new" in answer.headers["Location"]
        assert len(folder.rows(page)) == 1


@pytest.mark.requirement("R087")
@pytest.mark.requirement("R088")
@pytest.mark.requirement("R164")
@pytest.mark.requirement("R165")
def test_instruments_and_projects_are_changed_and_deleted(folder: UnitFolder) -> None:
    posts = {"equipment": {**EQUIPMENT, "serial_number": "A1"}, "projects": PROJECT}
    for page, values in posts.items():
        folder.post(f"{page}/rows", values)
        row = folder.rows(page)[0]
        more = {"place": "示例路 2 号", "revision": row.revision}
        assert folder.post(f"{page}/rows/{row.id}", {**values, **more}).status_code == 302
        assert folder.rows(page)[0].values["place"] == "示例路 2 号"
        assert "删除" in folder.get(page)
        folder.post(f"{page}/rows/{row.id}/remove", {"confirmed": "yes"})
        assert folder.rows(page) == []


def test_a_row_of_another_dossier_is_not_found(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    other = UnitFolder(app.extensions["premises"], login(client, "unit_b"), "unit_b", "class_a")
    other.add_person(1)
    row = other.rows("staff")[0]
    login(client, "unit_ready")
    folder = UnitFolder(app.extensions["premises"], client)
    person = {**PERSON, "id_number": id_number(1), "revision": row.revision}
    assert client.get(folder.url(f"staff?panel={row.id}")).status_code == 404
    assert folder.post(f"staff/rows/{row.id}", person).status_code == 404
    assert folder.post(f"staff/rows/{row.id}/remove", {"confirmed": "y"}).status_code == 404


def test_nobody_marks_himself_as_an_old_timer(folder: UnitFolder) -> None:
    folder.add_person(1, legacy="y")
    assert not folder.rows("staff")[0].values.get("legacy")


def test_a_long_list_is_shown_sheet_by_sheet_without_more_queries(folder: UnitFolder) -> None:
    folder.add_person(1)
    few = _queries(folder, "staff")
    with folder.premises.transaction(folder.account_id) as office:
        case = office.db.get_one(Case, folder.case_id)
        for number in range(2, 242):
            person = {**PERSON, "name": f"张{number}", "id_number": id_number(number)}
            casework.add_row(office, case, "staff", person)
    assert _queries(folder, "staff") == few
    assert "共 241 条" in folder.get("staff")
    last = folder.get("staff?sheet=3")
    assert "张241" in last
    assert "张199<" not in last
    assert "张241" in folder.get("staff?sheet=99")


def _queries(folder: UnitFolder, page: str) -> int:
    """How many statements a page takes."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(folder.premises.engine, "before_cursor_execute", note)
    folder.get(page)
    event.remove(folder.premises.engine, "before_cursor_execute", note)
    return len(seen)
