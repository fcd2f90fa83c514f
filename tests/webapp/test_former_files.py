"""旧系统数据: files that an administrator loads, with what is wrong told at its cell."""

import io
import time
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bpmn.casework import former_files
from models import Event, FormerLoad, FormerPerson, FormerQualification
from tests.conftest import Login
from tests.forms.workbooks import workbook
from tests.webapp.folder import id_number, text_of
from webapp.offices import Premises

STAFF = ["单位名称", "统一社会信用代码", "姓名", "身份证号", "人员类别", "学历", "所学专业"]
HELD = ["单位名称", "统一社会信用代码", "资质等级", "专业类别", "资质证书编号", "首次取得日期"]
UNIT = "旧系统测绘队"
USCC = "91350100M000100Y43"


def person(number: int, name: str = "", **changes: str) -> list[Any]:
    facts = dict(zip(STAFF, [UNIT, "", name or f"张{number}", id_number(number)], strict=False))
    return list({**dict.fromkeys(STAFF, ""), **facts, "人员类别": "测绘中级", **changes}.values())


def csv_file(header: list[str], *rows: list[Any], encoding: str = "utf-8") -> bytes:
    return "\n".join(",".join(map(str, row)) for row in (header, *rows)).encode(encoding)


class Desk:
    """The administrator's page of files."""

    def __init__(self, premises: Premises, client: FlaskClient) -> None:
        self.premises, self.client = premises, client

    def send(self, content: bytes, kind: str = "staff", name: str = "旧系统.csv") -> Any:
        data = {"kind": kind, "table": (io.BytesIO(content), name)}
        answer = self.client.post("/admin/former", data=data, content_type="multipart/form-data")
        answer.request.input_stream.close()  # a large body lies in a temporary file of the client
        return answer

    def load(self, content: bytes, kind: str = "staff", name: str = "旧系统.csv") -> str:
        """Send a file and accept it; gives the page that follows."""
        address = self.send(content, kind, name).headers["Location"]
        answer = self.client.post(f"{address}/accept", follow_redirects=True)
        return text_of(answer.get_data(as_text=True))

    def preview(self, content: bytes, kind: str = "staff", name: str = "旧系统.csv") -> str:
        answer = self.client.get(self.send(content, kind, name).headers["Location"])
        return text_of(answer.get_data(as_text=True))

    def people(self) -> dict[str, str]:
        """Name → category of the people of the test's unit."""
        with self.premises.reading() as office:
            query = select(FormerPerson).where(FormerPerson.unit_name == UNIT)
            return {one.name: one.values["category"] for one in office.db.scalars(query)}


@pytest.fixture
def desk(app: Flask, client: FlaskClient, login: Login) -> Desk:
    return Desk(app.extensions["premises"], login(client, "admin"))


@pytest.mark.requirement("R058")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("旧.xlsx", workbook([STAFF, person(1), person(2)])),
        ("旧.csv", csv_file(STAFF, person(1), person(2))),
        ("旧.csv", csv_file(STAFF, person(1), person(2), encoding="gb18030")),
    ],
    ids=["xlsx", "utf-8", "gbk"],
)
def test_nothing_is_loaded_before_it_is_accepted(desk: Desk, name: str, content: bytes) -> None:
    page = desk.preview(content, name=name)
    assert "可以载入 2 行" in page
    assert id_number(1) not in page
    assert desk.people() == {}
    assert "已载入 2 行。" in desk.load(content, name=name)
    assert desk.people() == {"张1": "mid", "张2": "mid"}


FAULTS = [
    ({"身份证号": "11010119900307123"}, "D2"),
    ({"姓名": ""}, "C2"),
    ({"人员类别": "专家"}, "E2"),
    ({"统一社会信用代码": "123"}, "B2"),
    ({"单位名称": ""}, "A2"),
    ({"姓名": "=CMD()"}, "C2"),
]


@pytest.mark.parametrize(("changes", "address"), FAULTS)
def test_one_wrong_cell_is_told_by_its_address_and_its_row_left_out(
    desk: Desk, changes: dict[str, str], address: str
) -> None:
    content = csv_file(STAFF, person(1, **changes), person(2))
    page = desk.preview(content)
    assert "有错误 1 行" in page
    assert f"{address} " in page
    told = desk.load(content)
    assert "已载入 1 行。" in told
    assert "有错误的 1 行没有载入" in told
    assert list(desk.people()) == ["张2"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (csv_file(["姓名", "电话"], ["张三", "1"]), "旧.csv", "缺少必填的列"),
        (csv_file(STAFF), "旧.csv", "只有标题行"),
        (b"", "旧.csv", "文件是空的"),
        (b"PK\x03\x04broken", "旧.xlsx", "已损坏"),
        (csv_file(STAFF, *(person(1) for _n in range(5001))), "旧.csv", "超过 5000 行"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧.xls", "旧的 xls 格式"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    desk: Desk, content: bytes, name: str, sentence: str
) -> None:
    answer = desk.send(content, name=name)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_a_hundred_thousand_rows_are_refused_soon(desk: Desk) -> None:
    content = csv_file(STAFF, *([person(1)] * 100_000))
    began = time.monotonic()
    assert desk.send(content).status_code == 422
    assert time.monotonic() - began < 20


def test_a_merged_cell_is_refused_at_its_address(desk: Desk) -> None:
    content = workbook([STAFF, person(1), person(2)], merged="A2:A3")
    page = desk.preview(content, name="旧.xlsx")
    assert "有错误 2 行" in page
    assert "合并单元格 A2:A3" in page


def test_the_same_person_twice_in_a_file_is_one_or_a_question(desk: Desk) -> None:
    page = desk.preview(csv_file(STAFF, person(1), person(1), person(2), person(2, name="李二")))
    assert "重复，只取一行 1 行" in page
    assert "与 A4 所在的行说的是同一项，内容却不同" in page


def test_the_same_file_again_and_a_corrected_one_leave_each_person_once(desk: Desk) -> None:
    content = csv_file(STAFF, person(1), person(2))
    desk.load(content)
    desk.load(content)
    desk.load(csv_file(STAFF, person(2, 人员类别="测绘初级")))
    assert desk.people() == {"张1": "mid", "张2": "junior"}


def test_accepting_twice_is_accepting_once(desk: Desk) -> None:
    address = desk.send(csv_file(STAFF, person(1))).headers["Location"]
    for _n in range(2):
        assert desk.client.post(f"{address}/accept").status_code == 302
    with desk.premises.reading() as office:
        loaded = select(func.count()).where(Event.kind == "former_loaded")
        assert office.db.scalar(loaded) == 1


def test_a_file_is_deleted_with_what_it_brought_once_it_was_asked(desk: Desk) -> None:
    address = desk.send(csv_file(STAFF, person(1))).headers["Location"]
    desk.client.post(f"{address}/accept")
    assert "由它载入的全部内容" in desk.client.post(f"{address}/discard").get_data(as_text=True)
    assert desk.people() != {}
    desk.client.post(f"{address}/discard", data={"confirmed": "yes"})
    assert desk.people() == {}
    assert desk.client.get(address).status_code == 404


def test_the_trail_holds_no_personal_data(desk: Desk) -> None:
    desk.load(csv_file(STAFF, person(1)), name="张1的档案.csv")
    with desk.premises.reading() as office:
        (event,) = office.db.scalars(select(Event).where(Event.kind == "former_loaded"))
    assert set(event.detail) == {"title", "load", "rows"}
    assert "张1" not in str(event.detail)


@pytest.mark.requirement("R036")
def test_qualifications_are_loaded_with_their_old_names(desk: Desk) -> None:
    rows = [
        [UNIT, USCC, "乙级", "工程测量", "乙测资字6110001", "2015/6/30"],
        [UNIT, USCC, "丙", "不动产测绘", "", "2012年3月1日"],
    ]
    page = desk.load(csv_file(HELD, *rows), "qualifications")
    assert "2015-06-30" in page
    with desk.premises.reading() as office:
        query = select(FormerQualification).where(FormerQualification.unit_key == USCC)
        held = {
            (one.level, one.specialty, one.first_approved_on) for one in office.db.scalars(query)
        }
    assert held == {("B", "GCCL", date(2015, 6, 30)), ("C", "JXBD", date(2012, 3, 1))}


@pytest.mark.parametrize(
    ("changes", "address"), [((2, "戊级"), "C2"), ((3, "看风水"), "D2"), ((5, "2999-01-01"), "F2")]
)
def test_a_wrong_qualification_is_told_at_its_cell(
    desk: Desk, changes: tuple[int, str], address: str
) -> None:
    row = [UNIT, USCC, "乙级", "工程测量", "", "2015-06-30"]
    row[changes[0]] = changes[1]
    assert f"{address} " in desk.preview(csv_file(HELD, row), "qualifications")


def test_the_records_are_searched_and_paged(desk: Desk) -> None:
    desk.load(csv_file(STAFF, *(person(n) for n in range(60))))
    page = desk.client.get(f"/admin/former/records/staff?q={UNIT}&page=2").get_data(as_text=True)
    assert "共 60 条" in page
    assert page.count("<tr>") == 11
    found = desk.client.get("/admin/former/records/staff?q=张42").get_data(as_text=True)
    assert "共 1 条" in found


@pytest.mark.parametrize("username", ["", "unit_old", "province_approver", "auditor"])
def test_nobody_but_the_administrator_loads(app: Flask, login: Login, username: str) -> None:
    client = app.test_client()
    if username:
        login(client, username)
    for path in ("/admin/former", "/admin/former/1", "/admin/former/records/staff"):
        assert client.get(path).status_code in (302, 403)
    for path in ("/admin/former", "/admin/former/1/accept", "/admin/former/1/discard"):
        assert client.post(path).status_code in (401, 403)


def test_the_template_can_be_loaded_as_it_is_filled_in(desk: Desk) -> None:
    for kind, words in (("staff", STAFF), ("qualifications", HELD)):
        answer = desk.client.get(f"/admin/former/template/{kind}.xlsx")
        assert answer.data.startswith(b"PK")
        with desk.premises.reading() as office:
            assert set(words) <= set(former_files.former_labels(office, kind))


def test_a_file_that_nobody_accepts_is_forgotten_after_a_week(desk: Desk) -> None:
    waiting = select(FormerLoad).where(FormerLoad.accepted_at.is_(None))
    desk.send(csv_file(STAFF, person(1)))
    with desk.premises.transaction() as office:
        office.db.scalars(waiting).one().loaded_at -= timedelta(days=8)
    desk.send(csv_file(STAFF, person(2)))
    with desk.premises.reading() as office:
        load = office.db.scalars(waiting).one()
        assert [row["values"]["name"] for row in load.rows] == ["张2"]
