"""承诺书: read and confirmed with every 提交; when it was opened is sealed, not told."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Login
from tests.webapp.folder import UnitFolder, handed_in


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def note_in(page: str) -> str:
    found = re.search(r'name="pledge" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.requirement("R293")
def test_pledge_is_shown_before_anything_is_handed_in(folder: UnitFolder) -> None:
    folder.fill()

    answer = folder.client.post(folder.url("submit"))

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "对申请材料实质内容的真实性负责" in page
    assert folder.case().submitted_at is None


@pytest.mark.parametrize(
    ("posted", "status"),
    [({}, 422), ({"agreed": "no"}, 422), ({"agreed": "yes", "pledge": "2026-11-20T02:00"}, 422)],
)
def test_without_the_tick_or_with_a_forged_time_nothing_is_handed_in(
    folder: UnitFolder, posted: dict[str, str], status: int
) -> None:
    folder.fill()
    page = folder.client.post(folder.url("submit")).get_data(as_text=True)

    answer = folder.client.post(folder.url("submit"), data={"pledge": note_in(page), **posted})

    assert answer.status_code == status
    assert "请先阅读承诺书" in answer.get_data(as_text=True)
    assert folder.case().submitted_at is None


def test_confirmed_pledge_becomes_a_paper_of_the_case(folder: UnitFolder) -> None:
    folder.fill()

    assert handed_in(folder.client, folder.url("submit")).status_code == 302

    shown = folder.client.get(f"/cases/{folder.case().number}").get_data(as_text=True)
    assert "诚信守法承诺书" in shown
    assert "申请材料接收凭证" in shown
