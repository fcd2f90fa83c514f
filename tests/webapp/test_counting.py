"""What counts, seen while filling in: every row that does not is coloured and says why."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bpmn import casework
from bpmn.casework import StoredFile
from models import Case
from tests.conftest import Login
from tests.webapp.folder import (
    EQUIPMENT,
    PERSON,
    PROJECT,
    UnitFolder,
    handed_in,
    id_number,
    text_of,
)

CHOSEN = {
    "chosen_specialties": "GCCL",
    "contact_name": "张三",
    "contact_mobile": "13800138000",
    "declaration": "y",
    "revision": 0,
}
RETIRED = ("id_card", "title_certificate", "retirement_proof", "service_contract")
EMPLOYED = ("id_card", "social_insurance", "title_certificate")


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    found = UnitFolder(app.extensions["premises"], login(client, "unit_ready"))
    found.post("application", CHOSEN)
    return found


def _add(folder: UnitFolder, page: str, values: dict[str, Any], kinds: tuple[str, ...]) -> int:
    """A row with files of those kinds, written by the use cases."""
    with folder.premises.transaction(folder.account_id) as office:
        case = office.db.get_one(Case, folder.case_id)
        row = casework.add_row(office, case, page, values)
        for kind in kinds:
            stored = StoredFile("扫描件.png", "image/png", 100, "0" * 64)
            casework.attach_file(office, case, page, row.id, kind, stored)
        return row.id


def _row(folder: UnitFolder, page: str, row_id: int) -> tuple[str, str]:
    """The class and the words of a row on the page."""
    found = re.search(rf'<tr id="row-{row_id}" class="([^"]*)">(.*?)</tr>', folder.get(page), re.S)
    assert found
    return found[1].strip(), text_of(found[2])


@pytest.mark.requirement("R071")
@pytest.mark.requirement("R072")
@pytest.mark.requirement("R155")
@pytest.mark.parametrize(
    ("changes", "kinds", "reason"),
    [
        ({}, EMPLOYED, ""),
        pytest.param({}, (), "缺少职称证书。", marks=pytest.mark.requirement("R156")),
        pytest.param(
            {"category": "related", "major": "计算机"},
            ("id_card", "social_insurance"),
            "缺少职称证书或学历证书。",
            marks=pytest.mark.requirement("R157"),
        ),
        pytest.param(
            {"retired": True}, EMPLOYED, "缺少退休材料。", marks=pytest.mark.requirement("R158")
        ),
        pytest.param(
            {}, ("title_certificate",), "缺少社保缴纳证明。", marks=pytest.mark.requirement("R159")
        ),
        pytest.param(
            {},
            ("id_card", "social_insurance", "substitute"),
            "",
            marks=pytest.mark.requirement("R160"),
        ),
        ({"category": "other"}, EMPLOYED, "非专业技术人员不计入。"),
        ({"nationality": "美国"}, EMPLOYED, "应为中国公民。"),
        ({"category": "senior"}, EMPLOYED, "人员类别是测绘高级，职称级别却是中级。"),
    ],
)
def test_a_person_counts_in_black_or_says_why_not(
    folder: UnitFolder, changes: dict[str, Any], kinds: tuple[str, ...], reason: str
) -> None:
    row_id = _add(folder, "staff", {**PERSON, "id_number": id_number(1), **changes}, kinds)
    look, words = _row(folder, "staff", row_id)
    assert look == ("has-problem" if reason else "")
    assert ("不计入" if reason else "计入") in words
    assert reason in words


def test_the_retired_over_their_cap_say_so(folder: UnitFolder) -> None:
    rows = [
        _add(
            folder,
            "staff",
            {**PERSON, "name": f"退休{n}", "id_number": id_number(n), "retired": True},
            RETIRED,
        )
        for n in (1, 2)
    ]
    found = [_row(folder, "staff", row_id) for row_id in rows]
    assert sorted(look for look, _words in found) == ["", "has-problem"]
    assert "超出退休人员计入上限（1 人）。" in "".join(words for _look, words in found)


@pytest.mark.requirement("R072")
@pytest.mark.parametrize(
    ("changes", "kinds", "reason"),
    [
        ({}, ("invoice", "photo"), ""),
        ({}, ("invoice",), "缺少仪器设备照片。"),
        ({}, ("photo",), "缺少发票。"),
        ({"ownership": "leased"}, ("invoice", "photo"), "不是本单位自有。"),
        ({"condition": "repair"}, ("invoice", "photo"), "不在用。"),
        ({"calibrated_until": "2020-01-01"}, ("invoice", "photo"), "检定证书已过有效期。"),
    ],
)
def test_an_instrument_counts_in_black_or_says_why_not(
    folder: UnitFolder, changes: dict[str, Any], kinds: tuple[str, ...], reason: str
) -> None:
    values = {**EQUIPMENT, "serial_number": "A1", **changes}
    look, words = _row(folder, "equipment", _add(folder, "equipment", values, kinds))
    assert look == ("has-problem" if reason else "")
    assert reason in words


@pytest.mark.requirement("R089")
@pytest.mark.requirement("R168")
@pytest.mark.requirement("R170")
def test_a_project_that_promotes_nothing_says_why(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    folder = UnitFolder(app.extensions["premises"], login(client, "unit_b"), "unit_b", "class_a")
    kinds = ("contract", "acceptance")
    old = {**PROJECT, "signed_on": "2020-01-01", "completed_on": "2020-05-01"}
    other = {**PROJECT, "name": "别的专业", "specialty": "HYCH"}
    assert (
        "不在提交前 2 年内。" in _row(folder, "projects", _add(folder, "projects", old, kinds))[1]
    )
    row_id = _add(folder, "projects", other, kinds)
    assert "不是所申请的专业类别。" in _row(folder, "projects", row_id)[1]


@pytest.mark.requirement("R031")
def test_the_verdict_stands_above_the_table_and_moves_with_every_row(folder: UnitFolder) -> None:
    before = text_of(folder.get("staff"))
    assert "测绘中级 0 / 2 缺 2" in before
    assert "还缺 2 名中级" in before
    _add(folder, "staff", {**PERSON, "id_number": id_number(1)}, EMPLOYED)
    after = text_of(folder.get("staff"))
    assert "测绘中级 1 / 2 缺 1" in after
    assert "还缺 1 名中级" in after


def test_the_file_says_nothing_of_attachments_where_none_are_taken(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    folder = UnitFolder(app.extensions["premises"], login(client, "unit_ready"))
    folder.fill()
    handed_in(folder.client, folder.url("submit"))
    page = login(client, "city_window").get(f"/cases/{folder.number}/dossier")
    section = page.get_data(as_text=True).split('id="page-profile"')[1].split("</section>")[0]
    assert "单位简介" in section
    assert "没有附件" not in section


@pytest.mark.requirement("R028")
def test_what_is_typed_is_checked_while_it_is_typed(folder: UnitFolder) -> None:
    typed = {"id_number": id_number(1)[:-1] + "Y", "mobile": "123", "name": "", "school": "大学"}
    problems = folder.post("staff/draft?row=new", typed).json["problems"]
    assert set(problems) == {"id_number", "mobile"}
    assert "手机号码" in problems["mobile"]
    right = {"id_number": id_number(1), "mobile": "13800138000"}
    assert folder.post("staff/draft?row=new", right).json["problems"] == {}
