"""How many tables of one page may wait: what nobody confirms is not kept without end."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bpmn.casework.imports import MOST_WAITING
from tests.conftest import Login
from tests.webapp.folder import UnitFolder, id_number, text_of


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def paste(folder: UnitFolder, number: int, place: str = "staff/imports") -> str:
    table = f"张{number}\t{id_number(number)}\t13800138000\t测绘初级"
    answer = folder.client.post(folder.url(place), data={"pasted": table})
    return str(answer.headers.get("Location") or text_of(answer.get_data(as_text=True)))


def test_a_table_too_many_waits_until_another_is_confirmed_or_given_up(folder: UnitFolder) -> None:
    places = [paste(folder, number) for number in range(1, MOST_WAITING + 1)]

    assert "已有 10 个表格等待确认" in paste(folder, 50)
    folder.client.post(f"{places[0]}/drop")
    assert "/imports/" in paste(folder, 50)
    assert "已有 10 个表格等待确认" in paste(folder, 51)
    folder.client.post(f"{places[1]}/accept")
    assert "/imports/" in paste(folder, 51)
