"""Papers for those who may see them, and the messages that announce them."""

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from models import NO_LIMIT, Case, Document, JobAttempt, Message
from tests.conftest import Login
from tests.webapp.public_case import TO_GRANT, PublicCase
from webapp.offices import Premises

PDF = b"%PDF-1.7\n% a paper\n"


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def case(premises: Premises) -> PublicCase:
    case = PublicCase(premises)
    case.take(["submit", "accept"])
    return case


def issue(app: Flask, premises: Premises, case: PublicCase) -> Document:
    """As the job leaves it, without the seconds of rendering."""
    digest = app.extensions["files"].put(PDF)
    change = update(Document).where(Document.case_id == case.id)
    with premises.transaction() as office:
        office.db.execute(
            change.values(status="issued", digest=digest, size=len(PDF), issued_at=office.now)
        )
    return case.document("acceptance_notice")


def address_of(case: PublicCase) -> str:
    return f"/documents/{case.document('acceptance_notice').id}.pdf"


def test_what_stays_in_the_organ_is_not_there_for_the_unit(
    app: Flask, client: FlaskClient, login: Login, premises: Premises
) -> None:
    case = PublicCase(premises)
    case.take(TO_GRANT)
    form = case.document("approval_form")
    address, page = f"/documents/{form.id}.pdf", f"/cases/{case.number}"

    unit = login(client, "unit_ready")
    assert unit.get(address).status_code == 404
    assert form.title not in unit.get(page).get_data(as_text=True)

    officer = login(client, "city_window")
    assert officer.get(address).status_code == 202
    assert form.title in officer.get(page).get_data(as_text=True)


@pytest.mark.requirement("R299")
def test_the_unit_gets_its_paper(
    app: Flask, client: FlaskClient, login: Login, premises: Premises, case: PublicCase
) -> None:
    paper = issue(app, premises, case)
    response = login(client, "unit_ready").get(address_of(case))
    assert response.status_code == 200
    assert response.data == PDF
    assert response.mimetype == "application/pdf"
    headers = response.headers
    assert headers["ETag"] == f'"{paper.digest}"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in headers["Cache-Control"]
    assert headers["Content-Disposition"] == (
        f'inline; filename="{case.number}.pdf"; '
        f"filename*=UTF-8''{quote('受理通知书')}-{case.number}.pdf"
    )


@pytest.mark.requirement("R300")
def test_the_unit_gets_its_certificate(
    app: Flask, client: FlaskClient, login: Login, premises: Premises
) -> None:
    case = PublicCase(premises)
    case.take(TO_GRANT)
    issue(app, premises, case)
    number = case.document("certificate_original").id
    response = login(client, "unit_ready").get(f"/documents/{number}.pdf")
    assert response.status_code == 200
    assert quote("测绘资质证书（正本）") in response.headers["Content-Disposition"]


def test_a_paper_is_saved_fetched_in_parts_and_not_sent_twice(
    app: Flask, client: FlaskClient, login: Login, premises: Premises, case: PublicCase
) -> None:
    paper = issue(app, premises, case)
    login(client, "unit_ready")
    saved = client.get(f"{address_of(case)}?download=yes")
    assert saved.headers["Content-Disposition"].startswith("attachment;")
    known = client.get(address_of(case), headers={"If-None-Match": f'"{paper.digest}"'})
    assert known.status_code == 304
    part = client.get(address_of(case), headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.data) == (206, b"%PDF-")


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("unit_ready", 200),
        ("city_window", 200),
        ("city_approver", 200),
        ("auditor", 200),
        ("unit_b", 404),
        ("province_window", 404),
        ("ministry_approver", 404),
        ("expert_1", 404),
        ("admin", 404),
    ],
)
def test_a_paper_is_for_those_who_may_see_its_case(
    app: Flask,
    client: FlaskClient,
    login: Login,
    premises: Premises,
    case: PublicCase,
    username: str,
    status: int,
) -> None:
    issue(app, premises, case)
    assert login(client, username).get(address_of(case)).status_code == status


def test_a_stranger_is_asked_to_log_in(
    app: Flask, client: FlaskClient, premises: Premises, case: PublicCase
) -> None:
    issue(app, premises, case)
    response = client.get(address_of(case))
    assert response.status_code == 302
    assert response.location.startswith("/login?next=/documents/")


def test_a_paper_in_the_making_says_so_and_asks_again(
    client: FlaskClient, login: Login, case: PublicCase
) -> None:
    response = login(client, "unit_ready").get(address_of(case))
    assert response.status_code == 202
    assert response.headers["Retry-After"] == response.headers["Refresh"] == "3"
    assert "文书正在制作" in response.get_data(as_text=True)
    assert "受理通知书" in response.get_data(as_text=True)


@pytest.mark.parametrize(("username", "told"), [("unit_ready", False), ("city_window", True)])
def test_a_paper_that_failed_says_so_and_tells_the_reason_to_officers(
    client: FlaskClient,
    login: Login,
    premises: Premises,
    case: PublicCase,
    username: str,
    told: bool,
) -> None:
    with premises.transaction() as office:
        office.db.execute(update(Document).values(status="pending"))
        for document_id in office.db.scalars(select(Document.id)):
            given_up = {"attempts": 8, "retry_at": NO_LIMIT, "error": "缺字：<喆>"}
            office.db.merge(JobAttempt(kind="document", subject_id=document_id, **given_up))
    response = login(client, username).get(address_of(case))
    assert response.status_code == 503
    page = response.get_data(as_text=True)
    assert "文书没有制作成功" in page
    assert ("缺字：&lt;喆&gt;" in page) is told


@pytest.mark.parametrize("number", ["999", "0", "99999999999999999999", "x", "-1"])
def test_a_paper_that_is_not_there_is_not_found(
    client: FlaskClient, login: Login, number: str
) -> None:
    assert login(client, "unit_ready").get(f"/documents/{number}.pdf").status_code == 404


def messages(case: PublicCase, *, unread: bool = True) -> list[int]:
    with case.premises.reading() as office:
        query = select(Message.id).where(Message.case_id == case.id).order_by(Message.id)
        return list(office.db.scalars(query.where(Message.read_at.is_(None)) if unread else query))


def test_the_unit_reads_its_messages(client: FlaskClient, login: Login, case: PublicCase) -> None:
    page = login(client, "unit_ready").get("/messages").get_data(as_text=True)
    assert "受理通知书" in page
    assert f"/cases/{case.number}" in page
    assert len(messages(case)) == 2
    assert client.post("/messages/read").status_code == 302
    assert messages(case) == []
    assert "没有未读消息" in client.get("/messages?show=unread").get_data(as_text=True)


def test_one_message_is_marked_read(client: FlaskClient, login: Login, case: PublicCase) -> None:
    login(client, "unit_ready").post("/messages/read", data={"id": messages(case)[0]})
    assert len(messages(case)) == 1
    client.post("/messages/read", data={"id": 10**30})
    assert len(messages(case)) == 1


def test_a_unit_sees_and_marks_only_its_own(
    client: FlaskClient, login: Login, case: PublicCase
) -> None:
    login(client, "unit_b")
    assert case.number not in client.get("/messages").get_data(as_text=True)
    for number in messages(case):
        client.post("/messages/read", data={"id": number})
    client.post("/messages/read")
    assert len(messages(case)) == 2


@pytest.mark.parametrize(("username", "status"), [("city_window", 403), ("auditor", 403)])
def test_messages_are_the_applicants(
    client: FlaskClient, login: Login, username: str, status: int
) -> None:
    login(client, username)
    assert client.get("/messages").status_code == status
    assert client.post("/messages/read").status_code == status


def test_messages_are_paged_and_escaped(
    client: FlaskClient, login: Login, premises: Premises, case: PublicCase
) -> None:
    with premises.transaction() as office:
        unit_id = office.db.get_one(Case, case.id).unit_id
        for number in range(60):
            office.db.add(
                Message(
                    unit_id=unit_id,
                    subject=f"<b>消息{number}</b>",
                    body="<script>alert(1)</script>",
                    created_at=office.now,
                )
            )
    page = login(client, "unit_ready").get("/messages?page=2").get_data(as_text=True)
    assert "共 62 条" in page
    assert "<script>alert" not in page
    assert "&lt;b&gt;消息" in page
