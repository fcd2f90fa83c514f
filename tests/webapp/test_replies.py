"""What the unit and the expert see of a procedure: one form each, and nothing of the others'."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from models import Account, Case, Task
from tests.conftest import Login
from tests.webapp.officers import open_task, words

HEAR = {"outcome": "hear", "request": "业绩与他人主张的业绩是否为同一项目。"}
CONSULT = {"outcome": "consult", "request": "方案是否可行。"}


@pytest.fixture
def asked(app: Flask, client: FlaskClient, login: Login) -> tuple[int, int]:
    """The unit's open task after the reviewer asked for a hearing, and its case."""
    task_id = open_task(app, "review_application")
    login(client, "city_reviewer")
    assert client.post(f"/tasks/{task_id}", data=HEAR).status_code == 302
    with app.extensions["premises"].reading() as office:
        case_id = office.db.get_one(Task, task_id).case_id
        query = select(Task.id).where(Task.case_id == case_id, Task.closed_at.is_(None))
        return office.db.scalars(query).one(), case_id


def test_procedure_without_its_reason_is_refused_beside_the_form(app, client, login):
    task_id = open_task(app, "review_application")
    login(client, "city_reviewer")

    answer = client.post(f"/tasks/{task_id}", data={"outcome": "extend", "opinion": "已写的意见"})

    assert answer.status_code == 422
    assert "申请延期须写明延长的理由" in words(answer)
    assert "已写的意见" in answer.get_data(as_text=True)


def test_unit_replies_on_a_page_of_its_own_and_its_dossier_stays_closed(app, client, login, asked):
    task_id, case_id = asked
    login(client, _account_of(app, case_id))

    page = client.get(f"/tasks/{task_id}", follow_redirects=True)

    assert "选择是否听证" in words(page)
    assert "听证告知书" in words(page)
    assert client.post(f"/tasks/{task_id}/submit").status_code == 404
    assert client.get(f"/tasks/{task_id}/profile").status_code == 404
    kept = client.post(f"/tasks/{task_id}/reply", data={"draft": "yes", "hearing_wish": "先记下来"})
    assert kept.status_code == 302
    assert "先记下来" in client.get(f"/tasks/{task_id}/reply").get_data(as_text=True)
    assert client.post(f"/tasks/{task_id}/reply", data={"outcome": "waive"}).status_code == 302
    assert client.post(f"/tasks/{task_id}/reply", data={"outcome": "waive"}).status_code == 409


def test_another_unit_finds_no_such_task(client, login, asked):
    login(client, "unit_ready")

    assert client.get(f"/tasks/{asked[0]}/reply").status_code == 404
    assert client.post(f"/tasks/{asked[0]}/reply", data={"outcome": "waive"}).status_code == 404


def test_expert_sees_the_file_masked_and_neither_record_nor_case(app, client, login):
    task_id = open_task(app, "review_application")
    login(client, "city_reviewer")
    client.post(f"/tasks/{task_id}", data=CONSULT)
    arranging = open_task(app, "arrange_expert_review")
    expert = _account(app, "expert_1")
    arranged = {"expert": str(expert), "questions": "方案是否可行。", "review_days": "5"}
    assert client.post(f"/tasks/{arranging}", data=arranged).status_code == 302
    asked_of = open_task(app, "give_expert_opinion")

    login(client, "expert_2")
    assert client.get(f"/tasks/{asked_of}").status_code == 404
    login(client, "expert_1")
    page = client.get(f"/tasks/{asked_of}?tab=record")

    assert page.status_code == 200
    assert "方案是否可行" in words(page)
    assert "审批记录" not in words(page)
    assert 'name="reveal"' not in page.get_data(as_text=True)
    assert client.post(f"/tasks/{asked_of}", data={"reveal": "leaders//x"}).status_code == 404
    given = {"expert_opinion": "可行。", "impartial": "y"}
    assert client.post(f"/tasks/{asked_of}", data=given).status_code == 302
    assert client.get(f"/tasks/{asked_of}").headers["Location"].endswith("/worklist")


def _account(app: Flask, username: str) -> int:
    with app.extensions["premises"].reading() as office:
        return office.db.scalars(select(Account.id).where(Account.username == username)).one()


def _account_of(app: Flask, case_id: int) -> str:
    with app.extensions["premises"].reading() as office:
        unit_id = office.db.get_one(Case, case_id).unit_id
        query = select(Account.username).where(Account.unit_id == unit_id)
        return office.db.scalars(query).first()
