"""送达: when a paper has reached a unit, who read it first, and what an officer notes by hand."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select, update

from bpmn.casework.deliveries import serve_document
from models import Account, Delivery, Document, ServiceConsent
from models.calendar import OFFICE_ZONE
from tests.conftest import Login
from tests.webapp.officers import events_of, words
from tests.webapp.public_case import TO_GRANT, PublicCase
from webapp.offices import Premises

PDF = b"%PDF-1.7\n% a paper\n"
AGREED, SILENT = "unit_ready", "unit_new"


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


def say(premises: Premises, agreed: bool, username: str = AGREED) -> None:
    with premises.transaction() as office:
        account = office.db.scalars(select(Account).where(Account.username == username)).one()
        said = {"unit_id": account.unit_id, "account_id": account.id, "at": office.now}
        office.db.add(ServiceConsent(**said, agreed=agreed))


def issued(app: Flask, premises: Premises, *, agreed: bool = True, to: Any = ()) -> PublicCase:
    """A case whose papers are as the job leaves them, without the seconds of rendering."""
    say(premises, agreed)
    case = PublicCase(premises)
    case.take(to or ["submit", "accept"])
    digest = app.extensions["files"].put(PDF)
    change = update(Document).where(Document.case_id == case.id)
    with premises.transaction() as office:
        office.db.execute(
            change.values(status="issued", digest=digest, size=len(PDF), issued_at=office.now)
        )
        for number in office.db.scalars(select(Document.id).where(Document.case_id == case.id)):
            serve_document(office, number)
            serve_document(office, number)  # asked twice, noted once
    return case


def service(case: PublicCase) -> Delivery:
    document = case.document("acceptance_notice")
    found: Delivery = case.one(Delivery, document_id=document.id)
    return found


def paper_address(case: PublicCase) -> str:
    return f"/documents/{case.document('acceptance_notice').id}.pdf"


@pytest.mark.requirement("R299")
def test_with_consent_a_paper_reaches_the_unit_when_it_is_issued(
    app: Flask, premises: Premises
) -> None:
    case = issued(app, premises)
    found = service(case)
    assert (found.way, found.read_at) == ("electronic", None)
    assert found.reached_at == case.document("acceptance_notice").issued_at


def test_without_consent_it_waits_for_an_officer(
    app: Flask, premises: Premises, client: FlaskClient, login: Login
) -> None:
    case = issued(app, premises, agreed=False)
    assert service(case).reached_at is None
    page = words(login(client, "city_window").get("/deliveries"))
    assert "受理通知书" in page
    assert case.number in page
    assert case.number not in words(login(client, "province_window").get("/deliveries"))


def test_the_newest_word_on_electronic_service_holds(
    premises: Premises, client: FlaskClient, login: Login
) -> None:
    login(client, SILENT)
    assert "请确认文书怎样送达本单位" in words(client.get("/work"))
    for word in ("yes", "yes", "no"):
        assert client.post("/deliveries/consent", data={"agreed": word}).status_code == 302
    assert "请确认文书怎样送达本单位" not in words(client.get("/work"))
    with premises.reading() as office:
        unit = select(Account.unit_id).where(Account.username == SILENT).scalar_subquery()
        query = select(ServiceConsent.agreed).where(ServiceConsent.unit_id == unit)
        said = list(office.db.scalars(query.order_by(ServiceConsent.id)))
    assert said == [True, False]
    assert client.post("/deliveries/consent", data={}).status_code == 422


@pytest.mark.parametrize(
    ("username", "method", "headers", "is_read"),
    [
        (AGREED, "GET", {}, True),
        (AGREED, "HEAD", {}, False),
        (AGREED, "GET", {"Sec-Purpose": "prefetch;prerender"}, False),
        (AGREED, "GET", {"Purpose": "prefetch"}, False),
        (AGREED, "GET", {"X-Moz": "prefetch"}, False),
        (AGREED, "GET", {"X-Purpose": "preview"}, False),
        ("city_window", "GET", {}, False),
        ("auditor", "GET", {}, False),
    ],
)
def test_the_unit_that_opens_its_paper_has_read_it(
    app: Flask,
    premises: Premises,
    client: FlaskClient,
    login: Login,
    username: str,
    method: str,
    headers: dict[str, str],
    is_read: bool,
) -> None:
    case = issued(app, premises)
    login(client, username)
    answer = client.open(paper_address(case), method=method, headers=headers)
    assert answer.status_code == 200
    assert (service(case).read_at is not None) is is_read


def test_only_the_first_reader_is_noted(
    app: Flask, premises: Premises, client: FlaskClient, login: Login
) -> None:
    case = issued(app, premises)
    login(client, AGREED).get(paper_address(case))
    first = service(case)
    with premises.reading() as office:
        assert office.db.get_one(Account, first.read_by or 0).username == AGREED
    with premises.transaction() as office:
        office.db.execute(
            update(Account).where(Account.username == "unit_b").values(unit_id=first.unit_id)
        )
    login(client, "unit_b").get(paper_address(case))
    assert (service(case).read_at, service(case).read_by) == (first.read_at, first.read_by)


def test_officers_read_how_a_paper_was_served(
    app: Flask, premises: Premises, client: FlaskClient, login: Login
) -> None:
    case = issued(app, premises)
    before = words(login(client, "city_window").get(f"/cases/{case.number}"))
    assert "电子送达" in before
    assert "已阅" not in before
    login(client, AGREED).get(paper_address(case))
    after = words(login(client, "city_window").get(f"/cases/{case.number}"))
    assert "已阅" in after
    assert before.count("尚未查阅") == after.count("尚未查阅") + 1


def typed(case: PublicCase, **changed: str) -> dict[str, str]:
    at = service(case).noted_at.astimezone(OFFICE_ZONE)
    return {
        "unit": str(service(case).unit_id),
        "way": "direct",
        "reached_on": at.date().isoformat(),
        "reached_clock": at.strftime("%H:%M"),
        "place": "西安市未央路 1 号",
        "receiver": "张三",
        "relation": "收发室",
        **changed,
    }


def post(
    client: FlaskClient, case: PublicCase, kind: str = "acceptance_notice", **data: str
) -> Any:
    return client.post(f"/documents/{case.document(kind).id}/delivery", data=typed(case, **data))


ONE_FAULT = [
    ({"way": ""}, "送达方式"),
    ({"way": "electronic"}, "请在所列的选项中选择送达方式"),
    ({"unit": "1"}, "受送达人"),
    ({"receiver": ""}, "直接送达须写明签收人。"),
    ({"way": "post"}, "邮寄送达须填写邮寄单号。"),
    ({"way": "pickup", "receiver": ""}, "领取须写明领取人。"),
    ({"way": "left", "remark": "拒收"}, "留置送达须有见证人"),
    ({"way": "left", "witness": "李四"}, "留置送达须写明拒收的事由和经过。"),
    ({"reached_clock": "25:00"}, "时间应写成 14:05 的形式。"),
    ({"reached_on": "2020-01-01"}, "送达时间早于文书出具的时间"),
    ({"reached_clock": "23:59"}, "送达时间还没有到"),
    ({"reached_on": "2090-01-01"}, "送达日期"),
    ({"place": ""}, "送达地点"),
    ({"receiver": "王\U00020bb7\U0003ffff"}, "无法打印"),
]


@pytest.mark.parametrize(("fault", "sentence"), ONE_FAULT)
def test_one_fault_in_what_an_officer_notes(
    app: Flask,
    premises: Premises,
    client: FlaskClient,
    login: Login,
    fault: dict[str, str],
    sentence: str,
) -> None:
    case = issued(app, premises, agreed=False)
    answer = post(login(client, "city_window"), case, **fault)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert fault.get("place", "西安市未央路 1 号") in answer.get_data(as_text=True)
    assert service(case).reached_at is None


def test_an_officer_notes_how_a_paper_was_served_once(
    app: Flask, premises: Premises, client: FlaskClient, login: Login
) -> None:
    case = issued(app, premises, agreed=False)
    login(client, "city_window")
    assert post(client, case).status_code == 302
    found = service(case)
    assert (found.way, found.receiver, found.relation) == ("direct", "张三", "收发室")
    assert found.reached_at == found.noted_at.replace(second=0, microsecond=0)
    assert [event.detail["way"] for event in events_of(app, case.number, "paper_served")] == [
        "直接送达"
    ]
    assert post(client, case, way="post", tracking="EMS 1").status_code == 409
    assert service(case).way == "direct"
    client.get("/deliveries")  # what was noted is told once
    assert "受理通知书" not in words(client.get("/deliveries"))


@pytest.mark.parametrize("username", ["province_window", "ministry_approver"])
def test_no_other_organ_notes_it(
    app: Flask, premises: Premises, client: FlaskClient, login: Login, username: str
) -> None:
    case = issued(app, premises, agreed=False)
    assert post(login(client, username), case).status_code == 404


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(answer.data)).pages
    assert len(pages) == 1
    return "".join("".join(page.extract_text() for page in pages).split())


def test_the_receipt_has_every_field_of_the_policy(
    app: Flask, premises: Premises, client: FlaskClient, login: Login
) -> None:
    case = issued(app, premises)
    login(client, AGREED).get(paper_address(case))
    text = text_of(client.get(f"/deliveries/{service(case).id}/receipt.pdf"))
    for label in (
        *("送达文书名称", "文号", "送达单位", "受送达人", "送达时间", "送达地点", "送达方式"),
        *("收件人签名或盖章", "与受送达人的关系", "见证人", "送达人", "备注"),
    ):
        assert label in text
    assert case.document("acceptance_notice").number in text
    assert "首次查阅" in text


def test_a_receipt_is_for_those_who_may_see_the_paper(
    app: Flask, premises: Premises, client: FlaskClient, login: Login
) -> None:
    case = issued(app, premises)
    for username, status in (("unit_b", 404), ("province_window", 404), ("auditor", 200)):
        address = f"/deliveries/{service(case).id}/receipt.pdf"
        assert login(client, username).get(address).status_code == status
    assert client.get("/deliveries/99999999999999999999/receipt.pdf").status_code == 404


def test_a_certificate_is_also_handed_out_on_paper(
    app: Flask, premises: Premises, client: FlaskClient, login: Login
) -> None:
    case = issued(app, premises, to=TO_GRANT)
    certificate = case.document("certificate_original")
    login(client, "city_window")
    first = case.one(Delivery, document_id=certificate.id)
    assert client.get(f"/deliveries/{first.id}/slip.pdf").status_code == 404
    at = first.noted_at.astimezone(OFFICE_ZONE) + timedelta(minutes=0)
    data = {
        "unit": str(first.unit_id),
        "way": "pickup",
        "reached_on": at.date().isoformat(),
        "reached_clock": at.strftime("%H:%M"),
        "place": "政务大厅 3 号窗口",
        "receiver": "李四",
    }
    address = f"/documents/{certificate.id}/delivery"
    assert client.post(address, data=data).status_code == 302
    assert client.post(address, data=data).status_code == 409
    handed = case.one(Delivery, document_id=certificate.id, way="pickup")
    text = text_of(client.get(f"/deliveries/{handed.id}/slip.pdf"))
    assert "测绘资质证书领取单" in text
    assert certificate.number.partition("/")[0] in text
    paper = case.document("grant_decision")
    assert client.get(f"/documents/{paper.id}/delivery").status_code == 409
