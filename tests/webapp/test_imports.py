"""Rows from a spreadsheet: looked at, corrected, imported once and all together, or not at all."""

import io
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from forms.cells import Cell
from forms.spreadsheets import Sheet, read_pasted
from models import Case, RowImport
from tests.conftest import Login
from tests.forms.workbooks import workbook
from tests.webapp.folder import UnitFolder, handed_in, id_number, text_of

HEADER = ["姓名*", "身份证号码", "手机", "人员类别", "退休人员", "劳动合同起", "备注"]


def person(number: int, **changes: str) -> list[str]:
    values = {
        "name": f"张{number}",
        "id_number": id_number(number),
        "mobile": "13800138000",
        "category": "测绘中级",
        "retired": "是",
        "contract_from": "2024/5/1",
        "note": "x",
    }
    return list((values | changes).values())


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def send(folder: UnitFolder, rows: Sequence[Sequence[Any]], name: str = "人员.xlsx") -> Any:
    form = {"table": (io.BytesIO(workbook([HEADER, *rows])), name)}
    return folder.client.post(folder.url("staff/imports"), data=form)


def shown(folder: UnitFolder, answer: Any) -> str:
    assert answer.status_code == 302, text_of(answer.get_data(as_text=True))
    return str(folder.client.get(answer.headers["Location"]).get_data(as_text=True))


@pytest.mark.requirement("R069")
def test_a_table_is_shown_first_and_imported_once(folder: UnitFolder) -> None:
    answer = send(folder, [person(1), person(2)])
    page, place = shown(folder, answer), answer.headers["Location"]

    assert folder.rows("staff") == []
    for word in ("张1", id_number(2), "新增", "确认导入", "不会导入：备注"):
        assert word in page
    for _click in range(2):
        assert folder.client.post(f"{place}/accept").status_code == 302
    first, second = folder.rows("staff")
    assert (first.label, second.label) == ("张1", "张2")
    assert first.values["category"] == "mid"
    assert first.values["retired"] is True
    assert first.values["contract_from"] == "2024-05-01"
    assert first.values["nationality"] == "中国"
    assert "已全部导入" in folder.client.get(place).get_data(as_text=True)


@pytest.mark.requirement("R069")
def test_a_wrong_cell_is_told_at_its_address_corrected_and_then_imported(
    folder: UnitFolder,
) -> None:
    answer = send(folder, [person(1), person(2, category="局长", mobile="1"), person(3, name="")])
    page, place = text_of(shown(folder, answer)), answer.headers["Location"]

    assert "D3 “局长”不在可选的内容中，可填：测绘高级" in page
    assert "C3 手机号码应为 11 位数字。" in page
    assert "请填写姓名。" in page
    folder.client.post(f"{place}/accept")
    assert [row.label for row in folder.rows("staff")] == ["张1"]
    corrected = {"cell-D3": "测绘初级", "cell-C3": "13800138001", "cell-A4": "李四"}
    folder.client.post(f"{place}/correct", data=corrected)
    folder.client.post(f"{place}/accept")
    assert [row.label for row in folder.rows("staff")] == ["张1", "张2", "李四"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id_number": 110101199003071234}, "B2 号码被表格软件当作数字，只保留了前 15 位"),
        ({"name": "=1+1"}, "A2 是公式 =1+1，不计算也不采用其结果"),
        ({"contract_from": "2024年5月"}, "F2 日期应写成"),
        ({"contract_from": "2024-02-30"}, "F2 没有这一天"),
        ({"retired": "也许"}, "E2 “也许”无法识别"),
        ({"id_number": "1" * 18}, "B2 身份证号"),
    ],
)
def test_every_fault_of_a_cell_is_told_beside_it(
    folder: UnitFolder, changes: dict[str, Any], told: str
) -> None:
    assert told in text_of(shown(folder, send(folder, [person(1, **changes)])))


@pytest.mark.parametrize("written", ["45413", 45413, "2024.5.1", "２０２４年5月1日", "20240501"])
def test_a_day_is_read_however_it_was_written(folder: UnitFolder, written: Any) -> None:
    answer = send(folder, [person(1, contract_from=written)])
    folder.client.post(f"{answer.headers['Location']}/accept")

    assert folder.rows("staff")[0].values["contract_from"] == "2024-05-01"


def test_a_person_twice_in_a_file_is_told_with_the_first_place(folder: UnitFolder) -> None:
    page = shown(folder, send(folder, [person(1), person(1, name="别名")]))

    assert "与 B2 重复" in text_of(page)


@pytest.mark.parametrize(("existing", "name"), [("update", "新名"), ("skip", "张三")])
def test_a_person_in_the_list_is_updated_or_skipped_as_chosen(
    folder: UnitFolder, existing: str, name: str
) -> None:
    folder.add_person(1, major="大地测量")
    answer = send(folder, [person(1, name="新名"), person(2)])

    assert "已在列表中，有不同" in shown(folder, answer)
    folder.client.post(f"{answer.headers['Location']}/accept", data={"existing": existing})
    first, second = folder.rows("staff")
    assert (first.label, second.label) == (name, "张2")
    assert first.values["major"] == "大地测量"


@pytest.mark.requirement("R079")
def test_a_person_of_another_unit_is_told_with_its_name(
    folder: UnitFolder, app: Flask, login: Login
) -> None:
    other = UnitFolder(
        app.extensions["premises"], login(app.test_client(), "unit_b"), "unit_b", "class_a"
    )
    other.add_person(1)

    answer = send(folder, [person(1), person(2)])

    assert "已存在于其他单位：" in shown(folder, answer)
    folder.client.post(f"{answer.headers['Location']}/accept")
    assert [row.label for row in folder.rows("staff")] == ["张2"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (workbook([["姓名", "身份证号"], ["张三", "1"]]), "缺少必填的列：手机号码、人员类别"),
        (workbook([[*HEADER, "身份证号"], person(1)]), "“身份证号”有两列"),
        (b"<html>", "网页"),
        (b"", "文件是空的"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_words(
    folder: UnitFolder, content: bytes, told: str
) -> None:
    form = {"table": (io.BytesIO(content), "人员.xlsx")}
    answer = folder.client.post(folder.url("staff/imports"), data=form)

    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)


def test_pasted_cells_go_the_same_way_and_come_back_when_refused(folder: UnitFolder) -> None:
    rows = ["姓名\t身份证号\t手机号码\t人员类别", f"张三\t'{id_number(1)}\t13800138000\t测绘初级"]
    place = folder.url("staff/imports")

    refused = folder.client.post(place, data={"pasted": "姓名\t身份证号\n张三\t1"})
    answer = folder.client.post(place, data={"pasted": "\n".join(rows)})
    folder.client.post(f"{answer.headers['Location']}/accept")

    assert refused.status_code == 422
    assert "张三\t1" in refused.get_data(as_text=True)
    assert folder.rows("staff")[0].values["id_number"] == id_number(1)


def test_the_template_is_a_table_that_can_be_filled_in_and_imported(folder: UnitFolder) -> None:
    content = folder.client.get(folder.url("equipment/template.xlsx")).get_data()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet: Any = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    row = {
        "装备名称*": "全站仪",
        "规格型号*": "TS09",
        "出厂编号*": "00123",
        "购置日期*": "2022-05-01",
    }
    row |= {"所有权*": "自有", "使用状态*": "在用"}
    sheet.append([row.get(str(head), "") for head in heads])
    stream = io.BytesIO()
    book.save(stream)

    form = {"table": (io.BytesIO(stream.getvalue()), "装备.xlsx")}
    answer = folder.client.post(folder.url("equipment/imports"), data=form)
    folder.client.post(f"{answer.headers['Location']}/accept")

    assert book.sheetnames[1] == "填写说明"
    assert len(sheet.data_validations.dataValidation) == 3
    assert folder.rows("equipment")[0].values["serial_number"] == "00123"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_exported_list_is_imported_again_without_a_change(folder: UnitFolder, kind: str) -> None:
    folder.add_person(1, name="=cmd|' /C calc'!A0", school="-1+1", major="'引号", retired="y")
    folder.add_person(2, title_number="123456789012345678", contract_from="2024-05-01")

    content = folder.client.get(folder.url(f"staff/rows.{kind}")).get_data()
    form = {"table": (io.BytesIO(content), f"a.{kind}")}
    page = shown(folder, folder.client.post(folder.url("staff/imports"), data=form))

    assert len(re.findall("已在列表中，没有变化</span>", page)) == 3  # the count and two rows
    if kind == "csv":
        text = content.decode("utf-8-sig")
        assert "\n'=cmd" in text
        assert ",'-1+1," in text
        assert ",'123456789012345678," in text
    else:
        sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "inlineStr"}
        assert sheet["A2"].value == "'=cmd|' /C calc'!A0"


def test_an_import_is_seen_by_its_own_unit_only_and_for_a_week(
    folder: UnitFolder, app: Flask, login: Login
) -> None:
    place = send(folder, [person(1)]).headers["Location"]
    other = UnitFolder(
        app.extensions["premises"], login(app.test_client(), "unit_b"), "unit_b", "class_a"
    )

    number = place.rsplit("/", 1)[1]
    assert other.client.get(place).status_code == 404
    assert other.client.get(other.url(f"staff/imports/{number}")).status_code == 404
    assert folder.client.get(folder.url(f"equipment/imports/{number}")).status_code == 404
    with folder.premises.transaction(folder.account_id) as office:
        kept = office.db.get_one(RowImport, int(number))
        kept.expires_at -= timedelta(days=8)
    assert folder.client.get(place).status_code == 404
    assert folder.client.post(f"{place}/accept").status_code == 404


def test_an_import_outlives_a_lost_session(folder: UnitFolder, app: Flask, login: Login) -> None:
    place = send(folder, [person(1), person(2, category="局长")]).headers["Location"]

    another = login(app.test_client(), "unit_ready")

    assert "局长" in another.get(place).get_data(as_text=True)
    another.post(f"{place}/accept")
    assert [row.label for row in folder.rows("staff")] == ["张1"]


def test_a_dropped_import_changes_nothing(folder: UnitFolder) -> None:
    place = send(folder, [person(1)]).headers["Location"]

    assert "人员.xlsx" in folder.get("staff/imports")
    folder.client.post(f"{place}/drop")

    assert folder.rows("staff") == []
    assert folder.client.get(place).status_code == 404


def test_a_dossier_handed_in_meanwhile_refuses_with_words(folder: UnitFolder) -> None:
    folder.fill()
    place = send(folder, [person(1)]).headers["Location"]
    before = len(folder.rows("staff"))
    assert handed_in(folder.client, folder.url("submit")).status_code == 302

    answer = folder.client.post(f"{place}/accept")

    assert answer.status_code == 409
    assert "已提交，审批过程中不能修改" in answer.get_data(as_text=True)
    assert len(folder.rows("staff")) == before


def test_deleting_the_case_deletes_what_waits_to_be_imported(folder: UnitFolder) -> None:
    send(folder, [person(1)])

    with folder.premises.transaction(folder.account_id) as office:
        casework.delete_case(office, office.db.get_one(Case, folder.case_id))
        assert office.db.scalars(select(RowImport)).all() == []


def test_a_sheet_without_header_is_read_in_the_order_of_the_form(folder: UnitFolder) -> None:
    sheet = read_pasted(f"张三\t{id_number(1)}\t13800138000\t测绘初级", ["姓名", "身份证号"])

    assert sheet == Sheet("", (), sheet.rows)
    with folder.premises.transaction(folder.account_id) as office:
        case = office.db.get_one(Case, folder.case_id)
        kept = casework.keep_import(office, case, "staff", "粘贴", sheet)
        [row] = casework.read_import(office, case, kept)
    assert row.cells["category"] == Cell("D1", "测绘初级")
    assert row.state == "new"
