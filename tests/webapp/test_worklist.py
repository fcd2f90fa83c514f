"""待办任务 and 已办: whose tasks they list, how they narrow them, and what survives a visit."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Login
from tests.webapp.officers import number_of, open_task, task_of, words


def test_the_list_shows_the_open_tasks_of_my_role_at_my_organ(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    page = words(client.get("/worklist"))
    assert number_of(app, open_task(app, "check_materials")) in page
    assert number_of(app, open_task(app, "review_application")) not in page
    login(client, "province_window")
    assert number_of(app, open_task(app, "check_materials")) not in words(client.get("/worklist"))


def test_the_most_urgent_comes_first_with_its_days_in_words(
    client: FlaskClient, login: Login
) -> None:
    login(client, "city_reviewer")
    page = words(client.get("/worklist"))
    assert re.search(r"已超期 \d+ 个工作日", page)
    assert page.index("已超期 ") < page.index("剩 ")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=曲江", True),
        ("text=曲江空间数据有限公司", True),
        ("text=没有这个单位", False),
        ("text=资质申请", True),
        ("text=%25", False),
        ("element=check_materials", True),
        ("element=sign_decision", False),
        ("due=overdue", False),
        ("due=nonsense", True),
        ("view=mine", True),
        ("view=free", False),
        ("page=99999", True),
        ("page=-3", True),
        ("page=abc", True),
    ],
)
def test_each_filter_narrows_the_list(
    client: FlaskClient, login: Login, query: str, found: bool
) -> None:
    login(client, "city_window")
    answer = client.get(f"/worklist?{query}")
    assert answer.status_code == 200
    assert ("曲江空间数据有限公司" in words(answer)) is found


def test_a_step_of_several_diagrams_is_offered_once_and_finds_the_tasks_of_all(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_checker")
    offered = re.findall(r"<option[^>]*>([^<]+)</option>", _html(client, "/worklist"))
    assert offered.count("复核") == 1
    number = number_of(app, open_task(app, "check_review"))
    assert number in words(client.get("/worklist?element=check_review"))
    assert number in words(client.get("/worklist?element=review_revocation"))


def test_a_case_is_found_by_its_number_or_the_end_of_it(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    number = number_of(app, open_task(app, "check_materials"))
    for typed in (number, number.lower(), str(int(number[-6:]))):
        rows = re.findall(r'/tasks/\d+[^"]*">(CH\d+)<', _html(client, f"/worklist?text={typed}"))
        assert rows == [number]


def test_an_empty_result_says_what_to_do(client: FlaskClient, login: Login) -> None:
    login(client, "city_window")
    assert "清除条件" in words(client.get("/worklist?text=没有这个单位"))


def test_claiming_and_releasing_come_back_to_the_filtered_list(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    task_id = open_task(app, "check_materials", free=True)
    carried = {"list": "view=free&due=near", "stay": "yes"}
    answer = client.post(f"/tasks/{task_id}/claim", data=carried)
    assert answer.status_code == 302
    assert answer.location == "/worklist?due=near&view=free"
    assert task_of(app, task_id).assignee_id is not None
    client.post(f"/tasks/{task_id}/release", data=carried)
    assert task_of(app, task_id).assignee_id is None


def test_an_address_from_outside_is_not_followed(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    task_id = open_task(app, "check_materials", free=True)
    carried = {"list": "https://evil.example/?view=mine", "stay": "yes"}
    assert client.post(f"/tasks/{task_id}/claim", data=carried).location == "/worklist"


def test_the_filters_go_along_to_the_task_and_back(client: FlaskClient, login: Login) -> None:
    login(client, "city_window")
    page = _html(client, "/worklist?view=mine")
    link = re.search(r'href="(/tasks/\d+\?list=view%3Dmine)"', page)
    assert link
    assert 'href="/worklist?view=mine"' in _html(client, link[1])


def test_done_lists_what_i_completed_with_the_outcome(client: FlaskClient, login: Login) -> None:
    login(client, "city_window")
    page = words(client.get("/worklist/done"))
    assert "初步核查材料" in page
    assert "退回补齐材料" in page


@pytest.mark.parametrize("username", ["unit_b", "admin", "auditor"])
def test_others_have_no_work_list(client: FlaskClient, login: Login, username: str) -> None:
    login(client, username)
    assert client.get("/worklist").status_code == 403
    assert client.get("/worklist/done").status_code == 403


def _html(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)
