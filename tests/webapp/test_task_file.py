"""The file beside a decision: every tab and row, numbers masked until somebody asks for them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Login
from tests.webapp.officers import events_of, number_of, open_task


@pytest.fixture
def task_id(app: Flask, client: FlaskClient, login: Login) -> int:
    login(client, "city_window")
    return open_task(app, "check_materials", free=True)


def test_id_numbers_are_masked_until_asked_for_and_that_is_noted(
    app: Flask, client: FlaskClient, task_id: int
) -> None:
    page = client.get(f"/tasks/{task_id}?tab=materials").get_data(as_text=True)
    assert not re.search(r"\d{17}[\dX]", page)
    place = re.search(r'value="(leaders//[a-z_]*id_number)"', page)
    assert place
    shown = client.post(f"/tasks/{task_id}?tab=materials", data={"reveal": place[1]})
    assert re.search(r"\d{17}[\dX]", shown.get_data(as_text=True))
    assert not re.search(r"\d{17}[\dX]", client.get(f"/tasks/{task_id}").get_data(as_text=True))
    (event,) = events_of(app, number_of(app, task_id), "revealed")
    assert event.actor_name == "市甲（窗口）"
    assert not re.search(r"\d{17}[\dX]", str(event.detail))


@pytest.mark.parametrize(
    "place", ["", "leaders//name", "nowhere//id", "staff/999999/id_number", "x"]
)
def test_nothing_else_is_revealed(client: FlaskClient, task_id: int, place: str) -> None:
    assert client.post(f"/tasks/{task_id}", data={"reveal": place}).status_code == 404


@pytest.mark.parametrize("tab", ["staff", "equipment", "projects", "verdicts", "record", "x"])
def test_every_tab_of_the_file_opens(client: FlaskClient, task_id: int, tab: str) -> None:
    assert client.get(f"/tasks/{task_id}?tab={tab}").status_code == 200


def test_a_row_opens_beside_its_attachment(client: FlaskClient, task_id: int) -> None:
    table = client.get(f"/tasks/{task_id}?tab=staff").get_data(as_text=True)
    row = re.search(r"\?tab=staff&amp;row=\d+", table)
    assert row
    opened = client.get(f"/tasks/{task_id}{row[0].replace('&amp;', '&')}").get_data(as_text=True)
    assert 'class="attachment-view"' in opened
    assert client.get(f"/tasks/{task_id}?tab=staff&row=999999").status_code == 404
