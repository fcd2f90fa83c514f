"""Objections with files, looked up without an account; statements; what only the organ may read."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from models import Objection, ObjectionFile
from tests.conftest import Login
from tests.webapp.public_case import ANSWER, TO_NOTICE, PublicCase, move_clock
from webapp import throttle
from webapp.offices import Premises

GOOD = {"name": "王某", "mobile": "13800138000", "email": "a@example.com", "content": "请核实。"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def image() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "#ccd").save(drawn, "PNG")
    return drawn.getvalue()


PNG = image()


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def case(premises: Premises) -> PublicCase:
    case = PublicCase(premises)
    case.take(TO_NOTICE)
    return case


def address(case: PublicCase) -> str:
    return f"/notices/{case.notice().id}"


def send(
    client: FlaskClient, path: str, files: list[tuple[str, bytes]], **typed: object
) -> tuple[int, str]:
    given = [(io.BytesIO(content), name) for name, content in files]
    data = {**typed, "file-evidence": given}
    with client.post(path, data=data, follow_redirects=True) as answer:
        return answer.status_code, answer.get_data(as_text=True)


def received(premises: Premises) -> list[Objection]:
    with premises.reading() as office:
        query = select(Objection).order_by(Objection.id.desc())
        return list(office.db.scalars(query))


def test_files_come_with_an_objection_and_only_the_organ_reads_them(
    client: FlaskClient, login: Login, case: PublicCase, premises: Premises
) -> None:
    status, page = send(client, address(case), [("证据.png", PNG)], **GOOD)
    assert status == 200
    (kept,) = received(premises)[0].files
    assert (kept.filename, kept.media_type) == ("证据.png", "image/png")
    assert "证据.png" not in client.get(address(case)).get_data(as_text=True)
    path = f"/objections/files/{kept.id}"
    for username, expected in {
        "unit_ready": 403,
        "unit_b": 403,
        "auditor": 403,
        "admin": 403,
        "province_reviewer": 404,
        "city_reviewer": 200,
    }.items():
        login(client, username)
        assert client.get(path).status_code == expected, username
    answer = client.get(path)
    assert answer.data == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.svg", SVG, "只接受"),
        ("a.png", SVG, "只接受"),
        ("a.html", PNG, "结尾"),
        ("a.png", PNG + b"<script>", "夹带"),
        ("a.png", b"", "空的"),
        ("a.pdf", b"%PDF-" + b"0" * (2 * 1024 * 1024), "2 MB"),
    ],
)
def test_a_hostile_file_is_refused_and_nothing_typed_is_lost(
    client: FlaskClient,
    case: PublicCase,
    premises: Premises,
    name: str,
    content: bytes,
    sentence: str,
) -> None:
    before = len(received(premises))
    status, page = send(client, address(case), [("好.png", PNG), (name, content)], **GOOD)
    assert status == 422
    assert sentence in page
    for kept in ("王某", "请核实。", "好.png", 'name="held"'):
        assert kept in page
    assert len(received(premises)) == before


def test_no_more_than_five_files(client: FlaskClient, case: PublicCase, premises: Premises) -> None:
    status, page = send(client, address(case), [(f"{n}.png", PNG) for n in range(6)], **GOOD)
    assert status == 422
    assert "最多上传 5 个文件" in page


def test_a_forged_token_brings_no_file(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    client.post(address(case), data={**GOOD, "held": "eyJraW5kIjoiZXZpZGVuY2UifQ.x.y"})
    assert received(premises)[0].files == []


def test_the_files_of_a_flood_are_not_kept(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    for _turn in range(throttle.MOST_EVIDENCE):
        assert send(client, address(case), [("a.png", PNG)], **{**GOOD, "name": ""})[0] == 422
    status, page = send(client, address(case), [("b.png", PNG)], **{**GOOD, "name": ""})
    assert status == 429
    assert "b.png" not in page


def test_whoever_objected_looks_up_the_state_and_the_answer(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    client.post(address(case), data=GOOD)
    number = received(premises)[0].number
    stranger = client.application.test_client()
    for contact in ("13800138000", " A@example.com "):
        typed = {"number": number, "contact": contact}
        assert "核实中" in stranger.post("/objections", data=typed).get_data(as_text=True)
    case.take(["dismissed"])
    page = stranger.post("/objections", data=typed).get_data(as_text=True)
    assert ANSWER in page
    assert "不成立" in page
    assert GOOD["name"] not in page


@pytest.mark.parametrize("contact", ["13900000000", "", "1", "13800138000、a@example.com", "%"])
def test_a_wrong_contact_and_a_wrong_number_look_the_same(
    client: FlaskClient, case: PublicCase, premises: Premises, contact: str
) -> None:
    client.post(address(case), data=GOOD)
    number = received(premises)[0].number
    pages = {}
    for typed in (number, number.replace("1号", "9999号")):
        answer = client.post("/objections", data={"number": typed, "contact": contact})
        assert answer.status_code in (404, 422)
        pages[typed] = answer.get_data(as_text=True).replace(typed, "")
    assert len(set(pages.values())) == 1


def test_contacts_cannot_be_tried_out(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    client.post(address(case), data=GOOD)
    number = received(premises)[0].number
    for turn in range(throttle.MOST_LOOKUPS):
        typed = {"number": number, "contact": f"1390000{turn:04d}"}
        assert client.post("/objections", data=typed).status_code == 404
    right = {"number": number, "contact": GOOD["mobile"]}
    assert client.post("/objections", data=right).status_code == 429


@pytest.mark.requirement("R305")
def test_the_unit_states_with_files_from_its_own_account(
    client: FlaskClient, login: Login, case: PublicCase, premises: Premises
) -> None:
    path = f"{address(case)}/statement"
    login(client, "unit_b")
    assert client.get(path).status_code == 404
    assert client.post(path, data={"content": "别人的"}).status_code == 404
    login(client, "unit_ready")
    status, page = send(client, path, [("说明.png", PNG)], content="我单位说明如下。")
    assert status == 200
    stated = received(premises)[0]
    assert (stated.kind, stated.name) == ("statement", "周原测绘有限公司")
    assert stated.number in page
    with premises.reading() as office:
        assert case.task(office).form == "handle_objection"


def test_a_statement_after_the_period_comes_back(
    client: FlaskClient, login: Login, case: PublicCase, premises: Premises
) -> None:
    login(client, "unit_ready")
    until = case.notice().until
    assert until is not None
    move_clock(premises, until)
    answer = client.post(f"{address(case)}/statement", data={"content": "来晚了的陈述"})
    assert answer.status_code == 409
    assert "来晚了的陈述" in answer.get_data(as_text=True)


def test_many_objections_are_paged_for_the_organ_and_few_are_public(
    client: FlaskClient, login: Login, case: PublicCase, premises: Premises
) -> None:
    notice = case.notice()
    with premises.transaction() as office:
        for order in range(200):
            office.db.add(
                Objection(
                    notice_id=notice.id,
                    number=f"试〔2026〕{order}号",
                    name="<b>某</b>",
                    contact="13800138000",
                    content="</textarea><script>alert(1)</script>",
                    received_at=office.now,
                )
            )
    public = client.get(address(case)).get_data(as_text=True)
    assert public.count("核实中") == 50
    login(client, "city_reviewer")
    page = client.get(f"/cases/{case.number}/objections?page=10").get_data(as_text=True)
    assert "共 200 条" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_two_objections_at_once_have_their_own_numbers_and_one_task(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    for name in ("甲某", "乙某"):
        client.post(address(case), data={**GOOD, "name": name})
    numbers = [one.number for one in received(premises)[:2]]
    assert len(set(numbers)) == 2
    with premises.reading() as office:
        assert case.task(office).form == "handle_objection"
        assert office.db.scalar(select(func.count()).select_from(ObjectionFile)) == 0
