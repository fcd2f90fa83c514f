"""What is read from a spreadsheet, and what is refused, of the whole file or of one cell."""

import time
import tracemalloc
from datetime import date, datetime
from typing import Any

import pytest

from forms.spreadsheets import SpreadsheetRefused, read_pasted, read_spreadsheet
from tests.forms.workbooks import shared_texts, sheet_xml, with_parts, with_sheet, workbook

HEADER = ["姓名", "身份证号"]
PERSON = ["张伟", "11010119900307123X"]


def texts(filename: str, content: bytes) -> list[list[str]]:
    sheet = read_spreadsheet(filename, content, HEADER)
    return [[cell.text for cell in row] for row in (sheet.header, *sheet.rows)]


@pytest.mark.parametrize(
    "content",
    [
        workbook([HEADER, PERSON]),
        workbook([["技术人员名单"], [], HEADER, [], PERSON, ["", None]], merged="A1:D1"),
        "姓名,身份证号\n张伟,11010119900307123X\n".encode(),
        "姓名,身份证号\r\n张伟,11010119900307123X\r\n".encode("utf-8-sig"),
        "姓名,身份证号\n张伟,11010119900307123X".encode("gb18030"),
        "姓名\t身份证号\n张伟\t11010119900307123X".encode("utf-16"),
        "姓名;身份证号\n 张伟　;'11010119900307123X\u200b\n".encode(),
    ],
    ids=["xlsx", "title and blank rows", "utf-8", "bom", "gb18030", "utf-16", "blanks, apostrophe"],
)
@pytest.mark.requirement("R069")
def test_the_same_table_is_read_however_it_was_written(content: bytes) -> None:
    assert texts("人员.csv", content) == [HEADER, PERSON]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" 张伟　", "张伟"),
        (date(2020, 5, 1), "2020-05-01"),
        (datetime(2020, 5, 1, 8, 30), "2020-05-01 08:30:00"),
        (13800000000, "13800000000"),
        (13800000000.0, "13800000000"),
        (600000.5, "600000.5"),
        (True, "是"),
        ("'00123", "00123"),
        ("2020/5/1", "2020/5/1"),
    ],
)
def test_a_value_is_read_as_what_a_person_sees(value: Any, text: str) -> None:
    sheet = read_spreadsheet("a.xlsx", workbook([HEADER, ["x", value]]), HEADER)

    assert (sheet.rows[0][1].text, sheet.rows[0][1].problem) == (text, "")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("公式", workbook([HEADER, ["张伟", "=A2&1"]]), "是公式 =A2&1，不计算也不采用其结果"),
        ("公式", '姓名,身份证号\n张伟,"=HYPERLINK(1)"'.encode(), "是公式 =HYPERLINK(1)"),
        ("数字", workbook([HEADER, ["张伟", 110101199003071234]]), "只保留了前 15 位"),
        ("数字", workbook([HEADER, ["张伟", 1.10101e17]]), "读到 110101000000000000"),
        ("数字", "姓名,身份证号\n张伟,1.10101E+17".encode(), "读到 1.10101E+17"),
        ("合并", workbook([HEADER, PERSON], merged="B2:B3"), "合并单元格 B2:B3"),
        ("错误值", workbook([HEADER, ["张伟", "#REF!"]]), "错误值 #REF!"),
    ],
)
def test_a_cell_that_cannot_be_trusted_says_why(name: str, content: bytes, told: str) -> None:
    cell = read_spreadsheet(f"{name}.csv", content, HEADER).rows[0][1]

    assert cell.address == "B2"
    assert told in cell.problem


def test_the_result_stored_beside_a_formula_is_not_taken() -> None:
    cells = '<row r="1"><c r="A1" t="str"><v>姓名</v></c></row>'
    cells += '<row r="2"><c r="A2" t="str"><f>1+1</f><v>张伟</v></c></row>'

    [[cell]] = read_spreadsheet("a.xlsx", with_sheet(sheet_xml(cells))).rows

    assert "张伟" not in cell.text
    assert "公式" in cell.problem


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a "aaaa">]>'
BOMB = "<!DOCTYPE x [" + '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)  # fmt: skip
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
CODED = "<?xml version='1.0' encoding='cp037'?>"
HOSTILE = {
    "external entity": with_sheet(sheet_xml(ROW.format("&e;"), ENTITY)),
    "billion laughs": with_sheet(sheet_xml(ROW.format("&a9;"), BOMB + "]>")),
    "entity in shared texts": with_parts(
        workbook([HEADER, PERSON]),
        shared_texts(f'<?xml version="1.0"?>{ENTITY}<sst>&e;</sst>'),
    ),
    "entity in the workbook": with_parts(
        workbook([HEADER, PERSON]),
        {"xl/workbook.xml": f'<?xml version="1.0"?>{BOMB}]><workbook>&a9;</workbook>'.encode()},
    ),
    "another alphabet": with_parts(
        workbook([HEADER, PERSON]),
        {"xl/worksheets/sheet1.xml": CODED.encode() + f"{BOMB}]><x>&a9;</x>".encode("cp037")},
    ),
    "no sheet": with_parts(workbook([HEADER]), {"xl/worksheets/sheet1.xml": b"<"}),
    "cut off": workbook([HEADER, PERSON])[:-200],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_damaged_or_hostile_workbook_is_refused_and_reads_no_other_file(content: bytes) -> None:
    started = time.perf_counter()

    with pytest.raises(SpreadsheetRefused, match="已损坏"):
        read_spreadsheet("a.xlsx", content)

    assert time.perf_counter() - started < 5


MANY = b"<row><c><v>1</v></c></row>"
REFUSED = {
    "empty": (b"", "文件是空的"),
    "blank": (b" \n \n", "文件是空的"),
    "no rows": (workbook([]), "没有内容"),
    "header only": (workbook([HEADER]), "只有标题行"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧的 xls 格式"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "打开密码",
    ),
    "macros": (with_parts(workbook([HEADER]), {"xl/vbaProject.bin": b"x"}), "有宏"),
    "web page": (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    "another archive": (with_parts(b"PK\x05\x06" + bytes(18), {"a.txt": b"x"}), "不是 xlsx"),
    "pdf": (b"%PDF-1.7 x", "只接受 xlsx 和 csv"),
    "binary": (bytes(range(256)) * 9, "无法识别文件的文字编码"),
    "wide csv": (",".join(["x"] * 101).encode(), "超过 100 列"),
    "wide xlsx": (workbook([["x"] * 101, ["y"]]), "超过 100 列"),
    "2,001 rows": (workbook([HEADER, *[PERSON] * 2001]), "超过 2000 行"),
    "100,000 rows": ("姓名,身份证号\n".encode() + b"a,b\n" * 100_000, "超过 2000 行"),
    "100,000 rows of xlsx": (with_sheet(sheet_xml(MANY.decode() * 100_000)), "超过 2000 行"),
    "bomb": (with_sheet(sheet_xml(MANY.decode() * 1_000_000)), "表格太大（最多 2000 行）"),
    "bomb among the pictures": (
        with_parts(workbook([HEADER]), {"xl/media/a.png": b"0" * 20_000_000}),
        "表格太大",
    ),
    "open quote": (b'a,b\n"' + b"x" * 200_000, "请检查引号"),
    "too many bytes": (b"x" * (5 * 1024 * 1024 + 1), "超过 5 MB"),
}


def test_a_text_that_only_calls_itself_a_table_is_not_taken_for_a_header() -> None:
    with pytest.raises(SpreadsheetRefused, match="没有找到列名"):
        read_spreadsheet("人员.xlsx", b"hello", known=("姓名", "身份证号"))


@pytest.mark.parametrize(("content", "told"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(content: bytes, told: str) -> None:
    started = time.perf_counter()

    with pytest.raises(SpreadsheetRefused, match=told):
        read_spreadsheet("人员.xlsx", content)

    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("mark", ["mergeCell ", "<mergeCell ", ":mergeCell "])
def test_a_sheet_full_of_beginnings_of_merged_cells_is_read_in_no_time(mark: str) -> None:
    note = f"<!-- {mark * 300_000} -->"
    started = time.perf_counter()

    sheet = read_spreadsheet("a.xlsx", with_sheet(sheet_xml(MANY.decode() * 2 + note)))

    assert len(sheet.rows) == 1
    assert time.perf_counter() - started < 5


def test_a_line_of_a_million_empty_cells_costs_no_more_than_its_text() -> None:
    content = "姓名,身份证号\n张伟,1".encode() + b"," * 4_000_000

    tracemalloc.start()
    [row] = read_spreadsheet("a.csv", content, HEADER).rows
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [cell.text for cell in row] == ["张伟", "1"]
    assert most < 200_000_000


def test_a_row_far_below_is_found_without_reading_a_million_blank_ones() -> None:
    first, last = (f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, 1_048_576))

    [[cell]] = read_spreadsheet("a.xlsx", with_sheet(sheet_xml(first + last))).rows

    assert cell.address == "A1048576"


def test_pasted_cells_may_come_with_a_header_or_without() -> None:
    with_header = read_pasted("姓名\t身份证号*\n张伟\t1\n\n李娜\t'2\n", HEADER)
    without = read_pasted('张伟\t1\n"李\n娜"\t=2\n', HEADER)

    assert [cell.text for cell in with_header.header] == ["姓名", "身份证号*"]
    assert [row[0].address for row in with_header.rows] == ["A2", "A4"]
    assert without.header == ()
    assert without.rows[1][0].text == "李\n娜"
    assert "公式" in without.rows[1][1].problem


def test_a_bigger_table_is_read_where_the_caller_allows_it() -> None:
    sheet = read_spreadsheet("a.csv", b"a,b\n" + b"1,2\n" * 3000, max_rows=50_000)

    assert len(sheet.rows) == 3000
