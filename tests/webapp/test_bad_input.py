"""Bad input that is told at its place: the right status, and nothing typed is lost."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from bpmn.errors import OpenCaseExists
from bpmn.matters import MATTERS
from models import Account, Correction
from tests.conftest import Login
from tests.webapp.folder import EQUIPMENT, PERSON, UnitFolder, handed_in, id_number, png, text_of
from tests.webapp.test_corrections import _return
from webapp.storage import FileStore


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def test_a_row_changed_into_another_of_the_same_list(folder: UnitFolder) -> None:
    folder.add_person(1)
    folder.add_person(2, name="李四")
    second = folder.rows("staff")[1]
    changed = {**PERSON, "name": "李四四", "id_number": id_number(1), "revision": second.revision}
    answer = folder.post(f"staff/rows/{second.id}", changed)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "不能重复添加" in text_of(page)
    assert 'value="李四四"' in page
    assert [row.label for row in folder.rows("staff")] == ["张三", "李四"]


def test_an_instrument_changed_into_another_of_the_same_list(folder: UnitFolder) -> None:
    for number in ("SN-1", "SN-2"):
        folder.post("equipment/rows", {**EQUIPMENT, "serial_number": number})
    second = folder.rows("equipment")[1]
    changed = {**EQUIPMENT, "serial_number": "SN-1", "revision": second.revision}
    answer = folder.post(f"equipment/rows/{second.id}", changed)
    assert answer.status_code == 422
    assert "不能重复添加" in text_of(answer.get_data(as_text=True))


def test_a_full_disk_saves_nothing_by_halves(
    folder: UnitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: FileStore, _content: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileStore, "put", full)
    person = {**PERSON, "id_number": id_number(1), "school": "示例大学"}
    answer = folder.post("staff/rows", person, file_id_card=[(png(), "身份证.png")])
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert "身份证.png：文件暂时无法保存" in page
    assert 'value="示例大学"' in page
    assert folder.rows("staff") == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("长" * 501, "最多 500 个字，现有 501 个字"), ("已\x00补", "控制字符")],
)
def test_a_bad_answer_to_a_correction_is_neither_cut_nor_lost(
    folder: UnitFolder, typed: str, sentence: str
) -> None:
    folder.fill()
    row = folder.rows("staff")[0]
    handed_in(folder.client, folder.url("submit"))
    _return(folder, row.id)
    folder._find_task()
    with folder.premises.reading() as office:
        query = select(Correction.id).where(Correction.case_id == folder.case_id)
        items = list(office.db.scalars(query.order_by(Correction.id)))
    for item, query_string in zip(items, ("", f"?panel={row.id}"), strict=True):
        answer = folder.post(f"corrections/{item}{query_string}", {"answer": typed})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert sentence in page
        assert typed.replace("\x00", "") in page.replace("\x00", "")
        with folder.premises.reading() as office:
            assert office.db.get_one(Correction, item).answered_at is None
    assert folder.post("corrections/999999", {"answer": typed}).status_code == 404


def test_two_works_at_once_are_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch, folder: UnitFolder
) -> None:
    """The constraint speaks when both have looked before either wrote."""
    monkeypatch.setattr("bpmn.casework.cases._require_no_open_case", lambda *_about: None)
    matter = MATTERS["qualification_application"]
    with folder.premises.reading() as office:
        query = select(Account.id).where(Account.username == "unit_ready")
        account = office.db.scalars(query).one()
    with pytest.raises(OpenCaseExists), folder.premises.transaction(account) as office:
        casework.open_case(office, matter, "class_b")
