"""退回补齐材料: the organ's items at their places, answered one by one, then handed in again."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from models import Account, Correction, Task
from tests.conftest import Login
from tests.webapp.folder import UnitFolder, handed_in, text_of


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


@pytest.mark.requirement("R063")
@pytest.mark.requirement("R140")
def test_a_returned_dossier_is_corrected_item_by_item(folder: UnitFolder) -> None:
    folder.fill()
    row = folder.rows("staff")[0]
    handed_in(folder.client, folder.url("submit"))
    first = folder.task_id
    _return(folder, row.id)
    folder._find_task()
    page = folder.get("profile")
    for word in ("补正事项", "共 2 项，已补正 0 项", "补正要求", "没有写明主要业务"):
        assert word in page
    assert "待补正" in folder.get("staff")
    assert "社保不清楚" in folder.get(f"staff?panel={row.id}")
    refused = folder.client.post(folder.url("submit"))
    assert refused.status_code == 422
    assert "尚未答复" in text_of(refused.get_data(as_text=True))
    moved = folder.client.get(f"/tasks/{first}/profile")
    assert moved.headers["Location"].endswith(folder.url("profile"))
    with folder.premises.reading() as office:
        items = list(office.db.scalars(select(Correction.id).order_by(Correction.id)))[-2:]
    for item in items:
        assert folder.post(f"corrections/{item}", {"answer": "已补充"}).status_code == 302
    assert "共 2 项，已补正 2 项" in folder.get("profile")
    listed = text_of(folder.get("staff").split('id="grid"')[1])
    assert "已补正" in listed
    assert "待补正" not in listed
    assert handed_in(folder.client, folder.url("submit")).status_code == 302


def _return(folder: UnitFolder, row_id: int) -> None:
    """The window returns the case with one item at a page and one at a row."""
    with folder.premises.reading() as office:
        window = office.db.scalars(select(Account).where(Account.username == "city_window")).one()
    with folder.premises.transaction(window.id) as office:
        open_task = select(Task.id).where(Task.case_id == folder.case_id, Task.closed_at.is_(None))
        task_id = office.db.scalars(open_task).one()
        items = [
            {"place": "profile", "place_name": "单位简介", "problem": "没有写明主要业务。"},
            {"place": f"staff/{row_id}", "place_name": "张三", "problem": "社保不清楚。"},
        ]
        casework.complete_task(
            office,
            task_id,
            {"outcome": "return", "items": [{**i, "requirement": "请补充。"} for i in items]},
        )


def test_an_item_of_another_case_is_not_answered(folder: UnitFolder) -> None:
    with folder.premises.reading() as office:
        item = office.db.scalars(select(Correction.id).limit(1)).one()
    assert folder.post(f"corrections/{item}", {"answer": "已补充"}).status_code == 404
