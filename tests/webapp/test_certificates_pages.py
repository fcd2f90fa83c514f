"""The pages of certificates: a unit's own, an organ's register, and the public answer."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn.operations.qualifications import make_anew, note_change
from models import Case, Qualification, Unit
from models.calendar import office_date
from models.qualifications import CANCELLED, REPLACED
from tests.conftest import Login
from tests.webapp.officers import words
from tests.webapp.public_case import TO_GRANT, PublicCase
from webapp.exports import harmless
from webapp.offices import Premises


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def granted(premises: Premises) -> PublicCase:
    """周原测绘 holds 乙级 工程测量 since a moment ago."""
    case = PublicCase(premises)
    case.take(TO_GRANT)
    return case


def _change(case: PublicCase, kind: str, *, status: str = "", anew: bool = False) -> str:
    """What a later matter does to the certificate; returns the code its papers carry then."""
    with case.premises.transaction() as office:
        held = office.db.get_one(Qualification, case.qualification().id)
        held.status = status or held.status
        write = make_anew if anew else note_change
        write(office, office.db.get_one(Case, case.id), held, kind, "遗失补领")
        return held.token


def _read(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words(response)


@pytest.mark.requirement("R004")
@pytest.mark.requirement("R038")
def test_a_unit_sees_its_certificates_with_dates_per_specialty(
    client: FlaskClient, login: Login, granted: PublicCase
) -> None:
    held = granted.qualification()
    page = _read(login(client, "unit_ready"), "/certificates/mine")
    for word in ("乙级证书", held.number, "工程测量", held.issued_on.isoformat(), "有效，还有"):
        assert word in page
    history = _read(client, f"/certificates/{held.id}")
    for word in ("变动记录", "颁发证书", "现行版本", granted.number):
        assert word in history


def test_a_unit_without_a_certificate_is_told_where_to_begin(
    client: FlaskClient, login: Login
) -> None:
    page = _read(login(client, "unit_new"), "/certificates/mine")
    assert "还没有资质证书" in page
    assert "查看办事指南" in page


def test_a_certificate_near_its_end_says_until_when_to_ask_for_more(
    client: FlaskClient, login: Login, granted: PublicCase
) -> None:
    with granted.premises.transaction() as office:
        held = office.db.get_one(Qualification, granted.qualification().id)
        held.valid_until = office_date(office.now) + timedelta(days=60)
    page = _read(login(client, "unit_ready"), "/certificates/mine")
    assert "还有 60 天到期" in page
    assert "申请延续 变动记录" in page
    late = _read(login(client, "unit_31"), "/certificates/mine")
    assert "已过申请延续的期限" in late


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("unit_ready", 200),
        ("unit_a", 404),
        ("city_window", 200),
        ("province_checker", 200),
        ("ministry_approver", 200),
        ("auditor", 200),
        ("expert_1", 404),
        ("admin", 404),
    ],
)
def test_who_reads_a_history(
    client: FlaskClient, login: Login, granted: PublicCase, username: str, status: int
) -> None:
    held = granted.qualification()
    assert login(client, username).get(f"/certificates/{held.id}").status_code == status


def test_the_city_does_not_read_the_history_of_what_the_province_granted(
    client: FlaskClient, login: Login, premises: Premises
) -> None:
    with premises.reading() as office:
        query = select(Qualification).where(Qualification.certificate_type == "class_a")
        held = office.db.scalars(query).all()[0]
    login(client, "city_reviewer")
    assert held.number in _read(client, "/certificates")
    assert held.number not in _read(client, "/certificates?own=yes")
    assert client.get(f"/certificates/{held.id}").status_code == 404
    assert login(client, "province_reviewer").get(f"/certificates/{held.id}").status_code == 200


def test_the_register_is_filtered_and_opens_one_unit(
    client: FlaskClient, login: Login, granted: PublicCase
) -> None:
    held = granted.qualification()
    login(client, "city_window")
    assert held.number in _read(client, "/certificates?text=周原&kind=class_b&specialty=GCCL")
    assert held.number in _read(client, f"/certificates?text={held.number}")
    assert "没有符合条件的证书" in _read(client, "/certificates?text=周原&specialty=DHDT")
    assert "昆明湖测量" in _read(client, "/certificates?within=90")
    assert held.number not in _read(client, "/certificates?within=90&status=cancelled")
    assert held.number in _read(client, f"/certificates/units/{held.unit_id}")
    assert client.get("/certificates/units/999999").status_code == 404


def test_the_file_has_every_row_of_the_list_and_runs_nothing(
    client: FlaskClient, login: Login, premises: Premises, granted: PublicCase
) -> None:
    with premises.transaction() as office:
        office.db.get_one(Unit, granted.qualification().unit_id).name = "=HYPERLINK(1)"
    response = login(client, "city_window").get("/certificates/register.csv?specialty=GCCL")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    mine = next(row for row in rows if row[0] == granted.qualification().number)
    assert mine[1] == "'=HYPERLINK(1)"
    assert mine[4].startswith("工程测量（20")
    assert mine[-1] == "有效"
    assert len(rows) > 3


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"字{cell}") == f"字{cell}"


def test_an_old_code_says_that_the_paper_is_void_and_the_certificate_stands(
    client: FlaskClient, granted: PublicCase
) -> None:
    old = granted.qualification().token
    new = _change(granted, "replaced", anew=True)
    page = _read(client, f"/verify/{old}")
    for word in ("这份纸面证书已作废", "已换发新的证书文件", "证书本身仍然有效", "证书有效"):
        assert word in page
    assert "遗失补领" not in page
    assert "作废" not in _read(client, f"/verify/{new}")
    assert "作废" not in _read(client, f"/verify?number={granted.qualification().number}")


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [("cancelled", CANCELLED, "证书已注销"), ("superseded", REPLACED, "证书已被替换")],
)
def test_every_code_of_an_ended_certificate_says_so_with_the_day(
    client: FlaskClient, granted: PublicCase, kind: str, status: str, told: str
) -> None:
    old = granted.qualification().token
    new = _change(granted, "changed", anew=True)
    _change(granted, kind, status=status)
    with granted.premises.reading() as office:
        held = office.db.get_one(Qualification, granted.qualification().id)
        ended = held.history[-1].on_day.isoformat()
    number = granted.qualification().number
    for address in (f"/verify/{new}", f"/verify/{old}", f"/verify?number={number}"):
        page = _read(client, address)
        assert told in page
        assert ended in page
        assert "证书有效" not in page
    assert "证书本身也不再有效" in _read(client, f"/verify/{old}")
