"""When the editor cannot save, it says why: no act of others and no fault loses what was drawn."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from bpmn.casework import drawing_up
from tests.conftest import Login
from tests.webapp.studio_office import a_draft, api, read


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


def test_what_somebody_drew_over_a_dropped_draft_becomes_another_one(
    app: Flask, admin: FlaskClient
) -> None:
    draft_id = a_draft(app, **{"other.bpmn": "<a/>", "third.bpmn": "<b/>"})
    admin.post(api(draft_id, "drop"), data={"confirmed": "yes"})
    mine = {"title": "我的", "files": {"other.bpmn": "<c/>"}, "removed": ["third.bpmn"]}
    address = admin.post(api(draft_id, "copy"), json=mine).json["address"]
    files = read(admin, int(address.rpartition("=")[2]))["files"]
    assert (files["other.bpmn"], "third.bpmn" in files) == ("<c/>", False)


@pytest.mark.parametrize(
    "fault", [OperationalError("UPDATE", {}, OSError("disk full")), StaleDataError(), KeyError()]
)
def test_a_fault_is_told_to_the_script_in_words(
    app: Flask, admin: FlaskClient, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    draft_id = a_draft(app)

    def fail(*_given: object) -> None:
        raise fault

    monkeypatch.setattr(drawing_up, "save_diagram_draft", fail)
    answer = admin.post(api(draft_id, "files"), json={"revision": 1})
    assert answer.status_code == 500
    assert answer.json == {"message": "出了差错，没有保存，请稍后再试。"}
