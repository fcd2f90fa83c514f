"""流程跟踪: the case's own diagram as a picture and as text, for officers and for the unit."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PageObject, PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from models import Account, Case
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


def test_officers_read_which_rule_sent_the_case_to_its_organ_and_units_do_not(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    number = number_of(app, open_task(app, "sign_decision"))
    login(client, "city_window")
    page = words(client.get(f"/cases/{number}/trace"))
    assert "适用的规则" in page
    assert re.search(r"确定审批层级：第 8 条 → 市级 .{10,20} 证书类型：乙级证书", page)
    assert "乙级由设区的市审批" in page

    login(client, applicant_of(app, number))
    assert "适用的规则" not in words(client.get(f"/cases/{number}/trace"))


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


def applicant_of(app: Flask, number: str) -> str:
    wanted = select(Account.username).join(Case, Case.unit_id == Account.unit_id)
    with app.extensions["premises"].reading() as office:
        return office.db.scalars(wanted.where(Case.number == number)).first()


def sheet_text(response: TestResponse) -> tuple[str, list[PageObject]]:
    pages = list(PdfReader(BytesIO(response.data)).pages)
    return "".join("".join(page.extract_text() for page in pages).split()), pages


@pytest.mark.requirement("R301")
def test_the_sheet_has_table_ledger_and_drawings(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    login(client, "city_window")
    number = number_of(app, open_task(app, "sign_decision"))
    response = client.get(f"/cases/{number}/trace.pdf")
    text, pages = sheet_text(response)
    assert response.mimetype == "application/pdf"
    assert "流程跟踪单" in words(client.get(f"/cases/{number}/trace"))
    for word in (
        number,
        "一、办理经过",
        "经办审查",
        "市乙（经办）",
        "二、时限",
        "决定时限",
        "打印时间",
    ):
        assert word in text
    assert {page.mediabox.width > page.mediabox.height for page in pages} == {False, True}


def test_the_unit_reads_on_its_sheet_who_acted_as_organ_only(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    number = number_of(app, open_task(app, "correct_application"))
    login(client, applicant_of(app, number))
    text, _pages = sheet_text(client.get(f"/cases/{number}/trace.pdf"))
    assert "西安市自然资源和规划局（演示）" in text
    assert "市甲（窗口）" not in text
    assert "补正并重新提交" in text
