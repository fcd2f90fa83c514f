"""Files: what is taken, told, held, shown, to whom, and taken out."""

import io
from typing import Any

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forms.attachments import MAX_BYTES
from models import Attachment, Case
from tests.conftest import Login
from tests.webapp.folder import PERSON, UnitFolder, handed_in, id_number, png, text_of


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def _pdf(script: bool = False) -> bytes:
    out, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    if script:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.Root.OpenAction = document.make_indirect(action)
    document.save(out)
    return out.getvalue()


def _files(folder: UnitFolder) -> list[Attachment]:
    with folder.premises.reading() as office:
        case = office.db.get_one(Case, folder.case_id)
        query = select(Attachment).where(Attachment.dossier_id == case.dossier_id)
        return list(office.db.scalars(query.order_by(Attachment.id)))


def _leaders(folder: UnitFolder, *chosen: tuple[bytes, str], **more: Any) -> Any:
    """Save the page of leaders with files; its fields are right unless `more` says otherwise."""
    fields = {
        "legal_name": "张三",
        "legal_id_number": id_number(3),
        "legal_position": "总经理",
        "legal_mobile": "13800138000",
        "same_as_legal": "y",
        "revision": 0,
    }
    return folder.post("leaders", {**fields, **more}, file_legal_representative_id=list(chosen))


@pytest.mark.requirement("R146")
def test_several_files_are_saved_with_their_page(folder: UnitFolder) -> None:
    assert _leaders(folder, (png(), "正面.png"), (_pdf(), "反面.pdf")).status_code == 302
    kept = _files(folder)
    assert [(file.filename, file.media_type) for file in kept] == [
        ("正面.png", "image/png"),
        ("反面.pdf", "application/pdf"),
    ]
    page = folder.get("leaders")
    assert all(f"/attachments/{file.id}" in page for file in kept)


@pytest.mark.requirement("R147")
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (png() + b"\0" * (MAX_BYTES + 1 - len(png())), "大.png", "超过 2 MB"),
        (b"", "空.png", "文件是空的"),
        (b"GIF89a", "动.gif", "只接受"),
        (b"PK\x03\x04zip", "包.zip", "只接受"),
        (png(), "假.pdf", "内容却是PNG"),
        (b"<html><script>alert(1)</script>", "页.png", "只接受"),
        (_pdf(script=True), "脚本.pdf", "脚本"),
        (_pdf()[:200], "半.pdf", "已损坏"),
    ],
)
def test_a_file_that_is_not_taken_is_told_at_its_place(
    folder: UnitFolder, content: bytes, name: str, sentence: str
) -> None:
    answer = _leaders(folder, (content, name), legal_position="董事长")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"{name}：" in page
    assert sentence in page
    assert 'id="error-legal_representative_id"' in page
    assert 'value="董事长"' in page
    assert _files(folder) == []


def test_a_good_file_is_held_while_a_field_is_wrong(folder: UnitFolder) -> None:
    answer = _leaders(folder, (png(), "正面.png"), legal_mobile="1")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "已选好，保存后生效" in page
    assert _files(folder) == []
    token = page.split('name="held" value="')[1].split('"')[0]
    assert _leaders(folder, held=token).status_code == 302
    assert [file.filename for file in _files(folder)] == ["正面.png"]


def test_a_forged_token_holds_nothing(folder: UnitFolder) -> None:
    assert _leaders(folder, held="forged.token.here").status_code == 302
    assert _files(folder) == []


def test_a_file_is_served_to_its_unit_and_locked_in(folder: UnitFolder) -> None:
    _leaders(folder, (png(), "正 面.png"))
    answer = folder.client.get(f"/attachments/{_files(folder)[0].id}")
    assert answer.data == png()
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=UTF-8''%E6")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_is_not_there_for_others(app: Flask, client: FlaskClient, login: Login) -> None:
    folder = UnitFolder(app.extensions["premises"], login(client, "unit_ready"))
    folder.fill()
    _leaders(folder, (png(), "正面.png"), revision=1)
    path = f"/attachments/{_files(folder)[-1].id}"
    expected = {"unit_b": 404, "city_window": 404, "expert_1": 404, "admin": 404}
    for username, status in expected.items():
        assert login(client, username).get(path).status_code == status, username
    handed_in(login(client, "unit_ready"), folder.url("submit"))
    expected |= {"city_window": 200, "province_window": 404, "ministry_approver": 404}
    for username, status in expected.items():
        assert login(client, username).get(path).status_code == status, username
    client.post("/logout")
    assert client.get(path).status_code == 302


def test_a_file_is_taken_out_after_a_question(folder: UnitFolder) -> None:
    _leaders(folder, (png(), "正面.png"))
    place = f"attachments/{_files(folder)[0].id}/remove"
    assert "移除附件“正面.png”？" in text_of(folder.post(place).get_data(as_text=True))
    assert len(_files(folder)) == 1
    assert folder.post(place, {"confirmed": "yes"}).status_code == 302
    assert _files(folder) == []


def test_a_file_of_another_unit_is_not_taken_out(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    other = UnitFolder(app.extensions["premises"], login(client, "unit_b"), "unit_b", "class_a")
    _leaders(other, (png(), "正面.png"))
    login(client, "unit_ready")
    folder = UnitFolder(app.extensions["premises"], client)
    answer = folder.post(f"attachments/{_files(other)[-1].id}/remove", {"confirmed": "yes"})
    assert answer.status_code == 404
    assert _files(other)


@pytest.mark.requirement("R156")
@pytest.mark.requirement("R159")
def test_files_of_a_row_make_it_count(folder: UnitFolder) -> None:
    folder.add_person(1)
    before = folder.rows("staff")[0]
    assert "缺少职称证书。" in before.problems
    answer = folder.post(
        "staff/rows",
        {**PERSON, "id_number": id_number(2)},
        file_id_card=[(png(), "身份证.png")],
        file_social_insurance=[(png(), "社保.png")],
        file_title_certificate=[(png(), "职称.png")],
    )
    assert answer.status_code == 302
    assert folder.rows("staff")[1].problems == []
