"""One task: who sees it, what a decision demands, and that nothing typed is lost."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Login
from tests.webapp.officers import number_of, open_task, second_window, task_of, words

ITEM = {
    "items-0-place": "profile",
    "items-0-problem": "没有写明内设机构。",
    "items-0-requirement": "补充内设机构。",
}


@pytest.fixture
def task_id(app: Flask, client: FlaskClient, login: Login) -> int:
    """A check of materials that nobody holds, with the window logged in."""
    login(client, "city_window")
    return open_task(app, "check_materials", free=True)


@pytest.mark.requirement("R061")
@pytest.mark.requirement("R138")
def test_the_outcomes_are_the_diagrams_with_what_follows(client: FlaskClient, task_id: int) -> None:
    page = words(client.get(f"/tasks/{task_id}"))
    for word in (
        "受理",
        "退回补齐材料",
        "不予受理",
        "出具补正告知书 → 补正并重新提交",
        "出具受理通知书 → 审查",
    ):
        assert word in page


def test_accepting_moves_the_case_to_review(app: Flask, client: FlaskClient, task_id: int) -> None:
    answer = client.post(f"/tasks/{task_id}", data={"outcome": "accept", "list": "view=free"})
    assert answer.location == "/worklist?view=free"
    task = task_of(app, task_id)
    assert task.outcome == "accept"
    page = words(client.get(f"/cases/{number_of(app, task_id)}"))
    assert "经办审查" in page
    assert "转入下一环节" in page


@pytest.mark.requirement("R061")
@pytest.mark.requirement("R063")
def test_a_return_lists_its_items_where_the_unit_reads_them(
    app: Flask, client: FlaskClient, login: Login, task_id: int
) -> None:
    data = {"outcome": "return", **ITEM}
    assert client.post(f"/tasks/{task_id}", data=data).status_code == 302
    page = words(client.get(f"/cases/{number_of(app, task_id)}"))
    assert "单位简介" in page
    assert "没有写明内设机构。" in page
    assert "补充内设机构。" in page


BAD = [
    ({}, "办理结果"),
    ({"outcome": "grant"}, "办理结果"),
    ({"outcome": "refuse", "opinion": " "}, "不予受理须写明理由"),
    ({"outcome": "return"}, "退回补齐材料须一次列出全部"),
    ({"outcome": "return", **ITEM, "items-0-place": "nowhere"}, "请在所列的选项中选择"),
    ({"outcome": "return", **ITEM, "items-0-place": "staff/999999"}, "请在所列的选项中选择"),
    ({"outcome": "return", **ITEM, "items-0-problem": ""}, "请填写存在的问题"),
    ({"outcome": "return", **ITEM, "items-0-problem": "长" * 501}, "500"),
    ({"outcome": "accept", "opinion": "长" * 2001}, "2000"),
    ({"outcome": "accept", "opinion": "零\x00字节"}, ""),
]


@pytest.mark.parametrize(("data", "sentence"), BAD)
def test_a_bad_decision_comes_back_with_its_sentence_and_all_that_was_typed(
    app: Flask, client: FlaskClient, task_id: int, data: dict[str, Any], sentence: str
) -> None:
    answer = client.post(f"/tasks/{task_id}", data={"opinion": "写了很久的意见", **data})
    assert answer.status_code == 422
    assert sentence in words(answer)
    html = answer.get_data(as_text=True)
    if "opinion" not in data:
        assert "写了很久的意见" in html
    if data.get("items-0-requirement"):
        assert "补充内设机构。" in html
    assert task_of(app, task_id).closed_at is None


def test_a_missing_list_is_told_in_the_summary_and_at_its_place(
    client: FlaskClient, task_id: int
) -> None:
    html = client.post(f"/tasks/{task_id}", data={"outcome": "return"}).get_data(as_text=True)
    assert html.count("退回补齐材料须一次列出全部") == 2


def test_an_item_is_added_and_removed_without_script_and_without_saving(
    app: Flask, client: FlaskClient, task_id: int
) -> None:
    data = {"opinion": "先写的意见", **ITEM, "add": "item"}
    html = client.post(f"/tasks/{task_id}", data=data).get_data(as_text=True)
    assert html.count("<legend") >= 2
    for word in ("先写的意见", "没有写明内设机构。", "items-1-place"):
        assert word in html
    again = {**ITEM, "items-1-problem": "第二处", "remove": "0"}
    html = client.post(f"/tasks/{task_id}", data=again).get_data(as_text=True)
    assert "第二处" in html
    assert "没有写明内设机构。" not in html
    assert task_of(app, task_id).closed_at is None


def test_places_are_every_page_and_every_row(client: FlaskClient, task_id: int) -> None:
    html = client.post(f"/tasks/{task_id}", data={"add": "item"}).get_data(as_text=True)
    assert 'value="unit_basics"' in html
    assert re.search(r'value="staff/\d+"', html)
    assert re.search(r'value="equipment/\d+"', html)


def test_a_draft_is_restored_for_its_writer_alone(
    app: Flask, client: FlaskClient, login: Login, task_id: int
) -> None:
    data = {"opinion": "还没想好", **ITEM, "items-0-place": "", "draft": "yes"}
    assert client.post(f"/tasks/{task_id}", data=data).status_code == 302
    html = client.get(f"/tasks/{task_id}").get_data(as_text=True)
    for word in ("还没想好", "没有写明内设机构。", "已暂存"):
        assert word in html


def test_the_second_of_two_officers_reads_who_was_faster(
    app: Flask, client: FlaskClient, login: Login, task_id: int
) -> None:
    client.post(f"/tasks/{task_id}", data={"outcome": "accept"})
    again = client.post(f"/tasks/{task_id}", data={"outcome": "return", **ITEM})
    assert again.status_code == 409
    assert "市甲（窗口）" in words(again)
    assert task_of(app, task_id).outcome == "accept"


def test_a_task_in_other_hands_is_not_taken(app: Flask, client: FlaskClient, login: Login) -> None:
    task_id = open_task(app, "check_materials", free=False)
    other = second_window(app)
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = f"{other}:1", True
    for path, data in (("/claim", {}), ("/release", {}), ("", {"outcome": "accept"})):
        answer = client.post(f"/tasks/{task_id}{path}", data=data)
        assert answer.status_code == 409
        assert "市甲（窗口）" in words(answer)
    page = words(client.get(f"/tasks/{task_id}"))
    assert "这项任务由 市甲（窗口） 办理" in page


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("city_reviewer", 403),
        ("province_window", 404),
        ("ministry_window", 404),
        ("unit_b", 404),
        ("expert_1", 404),
        ("admin", 404),
        ("auditor", 403),
    ],
)
def test_a_forged_task_id_shows_nothing(
    app: Flask, client: FlaskClient, login: Login, username: str, status: int
) -> None:
    task_id = open_task(app, "check_materials", free=True)
    login(client, username)
    answer = client.get(f"/tasks/{task_id}")
    assert answer.status_code == status
    assert number_of(app, task_id) not in words(answer)
    posted = client.post(f"/tasks/{task_id}", data={"outcome": "accept"})
    assert posted.status_code in (403, 404)
    assert client.post(f"/tasks/{task_id}/claim").status_code in (403, 404)
    assert task_of(app, task_id).closed_at is None


def test_no_such_task_is_not_found(client: FlaskClient, login: Login) -> None:
    login(client, "city_window")
    assert client.get("/tasks/999999").status_code == 404
    assert client.post("/tasks/999999", data={"outcome": "accept"}).status_code == 404


@pytest.mark.requirement("R062")
@pytest.mark.requirement("R139")
def test_review_check_and_decision_follow_one_another(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    task_id = open_task(app, "sign_decision")
    login(client, "city_approver")
    html = client.get(f"/tasks/{task_id}").get_data(as_text=True)
    assert re.search(r'name="granted"[^>]*value="GCCL"[^>]*|value="GCCL"[^>]*name="granted"', html)
    assert re.search(r"<input checked[^>]*value=\"GCCL\"|value=\"GCCL\"[^>]*checked", html)
    assert "审查意见" in html
    assert "拟准予" in html
    assert client.post(f"/tasks/{task_id}", data={"outcome": "refuse"}).status_code == 422
    assert client.post(f"/tasks/{task_id}", data={"outcome": "grant"}).status_code == 422
    data = {"outcome": "grant", "granted": "GCCL"}
    assert client.post(f"/tasks/{task_id}", data=data).status_code == 302
    number = number_of(app, task_id)
    assert f"办件 {number} 已办结" in words(client.get("/worklist"))
    assert "准予许可，办结" in words(client.get(f"/cases/{number}"))


@pytest.mark.requirement("R064")
def test_the_reviewer_proposes_for_each_specialty(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_reviewer")
    task_id = open_task(app, "review_application", free=True)
    assert client.post(f"/tasks/{task_id}", data={"outcome": "grant"}).status_code == 422
    row = {"proposals-0-specialty": "GCCL", "proposals-0-proposal": "grant"}
    assert client.post(f"/tasks/{task_id}", data={"outcome": "grant", **row}).status_code == 302
    assert task_of(app, task_id).submission["granted"] == ["GCCL"]  # type: ignore[index]


def test_objections_are_shown_and_answered(app: Flask, client: FlaskClient, login: Login) -> None:
    login(client, "city_reviewer")
    task_id = open_task(app, "handle_objection")
    html = client.get(f"/tasks/{task_id}").get_data(as_text=True)
    seen = re.search(r'name="handled-0-objection"[^>]*value="(\d+)"', html)
    assert seen
    data = {"handled-0-verdict": "dismissed", "handled-0-reasons": "经核实，不属实。"}
    unseen = client.post(f"/tasks/{task_id}", data={**data, "handled-0-objection": "0"})
    assert unseen.status_code == 409
    known = {**data, "handled-0-objection": seen[1]}
    silent = client.post(f"/tasks/{task_id}", data={**known, "handled-0-reasons": " "})
    assert silent.status_code == 422
    answer = client.post(f"/tasks/{task_id}", data=known)
    assert answer.status_code == 302


@pytest.mark.requirement("R060")
@pytest.mark.requirement("R137")
def test_the_applicant_is_led_to_the_dossier_and_closed_tasks_to_their_case(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    task_id = open_task(app, "correct_application")
    login(client, "unit_07")
    answer = client.get(f"/tasks/{task_id}")
    assert answer.status_code == 302
    assert "application" in answer.location
