"""流程跟踪: the case's own diagram as a picture and as text, for officers and for the unit."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Login
from tests.webapp.officers import number_of, open_task, words


@pytest.mark.requirement("R301")
@pytest.mark.requirement("R303")
def test_the_picture_comes_from_the_server_with_its_states_in_words(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    number = number_of(app, open_task(app, "sign_decision"))
    html = client.get(f"/cases/{number}/trace").get_data(as_text=True)
    assert html.count("<svg xmlns") >= 4, "the top level and the called diagrams entered"
    assert "已完成：" in html
    assert "办理中：" in html
    assert " style=" not in html
    assert 'id="diagram-decision"' in html


@pytest.mark.requirement("R302")
def test_the_text_beside_it_tells_organ_time_and_days(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    number = number_of(app, open_task(app, "sign_decision"))
    page = words(client.get(f"/cases/{number}/trace"))
    assert "办理经过" in page
    assert re.search(r"经办审查：拟准予 西安市自然资源和规划局（演示） 市乙（经办）", page)
    assert re.search(r"用 \d+ 个工作日", page)


def test_a_return_is_told_in_the_picture_and_in_the_text(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    task_id = open_task(app, "correct_application")
    page = words(client.get(f"/cases/{number_of(app, task_id)}/trace"))
    assert "初步核查材料：退回补齐材料" in page
    assert "补正并重新提交" in page


def test_the_viewers_data_name_elements_of_the_diagram(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    number = number_of(app, open_task(app, "review_application"))
    html = client.get(f"/cases/{number}/trace").get_data(as_text=True)
    data = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.S)
    assert len(data) >= 3
    assert all('"state": "' in one and "bpmn:definitions" in one for one in data)
