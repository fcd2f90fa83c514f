"""Many scans at once: laid at their rows by their names; the rest wait in the tray."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from models import Attachment, Case
from tests.conftest import Login
from tests.webapp.folder import UnitFolder, id_number, png, text_of


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    found = UnitFolder(app.extensions["premises"], login(client, "unit_ready"))
    found.add_person(1, name="李娜")
    found.add_person(2, name="张伟")
    found.add_person(3, name="张伟")
    return found


def upload(folder: UnitFolder, *names: str) -> Any:
    return send(folder, *((name, png()) for name in names))


def send(folder: UnitFolder, *files: tuple[str, bytes]) -> Any:
    form = {"scans": [(io.BytesIO(content), name) for name, content in files]}
    answer = folder.client.post(folder.url("staff/scans"), data=form)
    answer.request.input_stream.close()  # a large body lies in a temporary file of the client
    return answer


def laid(folder: UnitFolder) -> list[tuple[str | None, str]]:
    """(name of the row, kind) of every file of the page."""
    names = {row.id: row.label for row in folder.rows("staff")}
    with folder.premises.reading() as office:
        dossier = office.db.get_one(Case, folder.case_id).dossier_id
        here = (Attachment.page == "staff", Attachment.dossier_id == dossier)
        query = select(Attachment).where(*here).order_by(Attachment.id)
        return [(names.get(file.row_id or 0), file.kind) for file in office.db.scalars(query)]


@pytest.mark.requirement("R069")
def test_scans_are_laid_at_the_rows_that_their_names_tell(folder: UnitFolder) -> None:
    upload(folder, "李娜身份证.png", f"{id_number(3)} 职称.png", "张伟身份证.png", "x.png")

    assert laid(folder) == [
        ("李娜", "id_card"),
        ("张伟", "title_certificate"),
        (None, "unmatched"),
        (None, "unmatched"),
    ]
    assert "缺少身份证。" not in folder.rows("staff")[0].problems
    page = text_of(folder.get("staff/scans"))
    for word in ("未匹配的文件", "对应 2 行", "没有对应列表中的任何一行", "已自动归入 2 个文件"):
        assert word in page


def test_a_file_sent_again_is_kept_once(folder: UnitFolder) -> None:
    for _time in range(2):
        upload(folder, "李娜身份证.png", "x.png", "x.png")

    assert laid(folder) == [("李娜", "id_card"), (None, "unmatched")]
    assert "已上传过，没有重复保存" in folder.get("staff/scans")


def test_a_bad_file_is_told_by_name_and_holds_no_other_back(folder: UnitFolder) -> None:
    answer = send(
        folder,
        ("李娜身份证.png", png()),
        ("李娜学历.gif", b"GIF89a"),
        ("李娜职称.jpg", b"\xff" * (2 * 1024 * 1024 + 1)),
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "李娜学历.gif：只接受 jpg、png 图片和 pdf 文件" in page
    assert "李娜职称.jpg：文件有 2.01 MB" in page
    assert laid(folder) == [("李娜", "id_card")]


def test_a_file_of_the_tray_is_laid_where_the_unit_says(folder: UnitFolder) -> None:
    upload(folder, "张伟身份证.png", "x.png")
    page = folder.get("staff/scans")
    first, second = re.findall(r'name="kind-(\d+)"', page)
    row = folder.rows("staff")[2].id
    assert re.search(rf'name="kind-{first}".*?value="id_card" selected', page, re.DOTALL)

    choices = {f"row-{first}": row, f"kind-{first}": "id_card", f"kind-{second}": "id_card"}
    for _click in range(2):
        folder.client.post(folder.url("staff/scans/place"), data=choices)

    assert laid(folder) == [("张伟", "id_card"), (None, "unmatched")]
    assert "缺少身份证。" not in folder.rows("staff")[2].problems
    told = text_of(folder.get("staff/scans"))
    assert "已归入 1 个文件" in told
    assert "已被移除或已处理" in told


def test_a_file_of_the_tray_is_deleted_after_a_question(folder: UnitFolder) -> None:
    upload(folder, "x.png")
    [number] = re.findall(r'name="kind-(\d+)"', folder.get("staff/scans"))
    place = folder.url(f"attachments/{number}/remove")

    assert "移除附件“x.png”？" in folder.client.post(place).get_data(as_text=True)
    answer = folder.client.post(place, data={"confirmed": "yes"})

    assert answer.headers["Location"].endswith("/staff/scans")
    assert laid(folder) == []


def test_a_file_is_not_laid_at_a_row_of_another_page_or_dossier(
    folder: UnitFolder, app: Flask, login: Login
) -> None:
    other = UnitFolder(
        app.extensions["premises"], login(app.test_client(), "unit_b"), "unit_b", "class_a"
    )
    upload(folder, "x.png")
    upload(other, "y.png")
    theirs, mine = (
        re.findall(r'name="kind-(\d+)"', one.get("staff/scans"))[0] for one in (other, folder)
    )
    row = folder.rows("staff")[0].id

    folder.client.post(
        folder.url("staff/scans/place"), data={f"row-{theirs}": row, f"kind-{theirs}": "id_card"}
    )
    folder.client.post(
        folder.url("staff/scans/place"), data={f"row-{mine}": row, f"kind-{mine}": "invoice"}
    )

    assert laid(folder) == [(None, "unmatched")]


def test_what_lies_in_the_tray_stands_in_the_way_of_handing_in(folder: UnitFolder) -> None:
    upload(folder, "x.png")

    assert "有批量上传的文件尚未指定到技术人员信息的某一行" in folder.get("check")


def test_a_page_of_the_tray_has_fewer_files_the_more_rows_each_may_belong_to(
    folder: UnitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.scans.MOST_CHOICES", 7)
    upload(folder, "a.png", "b.png", "c.png")

    page = folder.get("staff/scans")

    assert page.count('name="row-') == 2
    assert "只列出前 2 个" in text_of(page)
