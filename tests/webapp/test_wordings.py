"""文书文字: an organ's approvers word its papers; others do not, and nothing typed is lost."""

from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select, update

import certificates
from bpmn.casework import wordings
from certificates.wording import starter_of
from models import Account, Document, Event, Wording
from tests.conftest import Login
from tests.webapp.live import LiveOffice
from tests.webapp.officers import words
from tests.webapp.public_case import PublicCase
from webapp.jobs.papers import issue_paper
from webapp.offices import Premises

OWN = starter_of("acceptance_notice").replace("特此通知。", "本机关特此通知，请留存备查。")
ADDRESS = "/wordings/acceptance_notice"


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def approver(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "city_approver")


def save(client: FlaskClient, body: str = OWN, seen: int = 0, note: str = "留存") -> Any:
    return client.post(ADDRESS, data={"body": body, "seen": seen, "note": note})


def versions(premises: Premises) -> list[Wording]:
    with premises.reading() as office:
        return list(office.db.scalars(select(Wording).order_by(Wording.id)))


@pytest.mark.requirement("R304")
def test_a_new_wording_is_what_the_next_paper_says(
    app: Flask, approver: FlaskClient, premises: Premises
) -> None:
    before, after = PublicCase(premises), PublicCase(premises, "unit_old")
    before.take(["submit", "accept"])
    assert save(approver).status_code == 302
    after.take(["submit", "accept"])

    (version,) = versions(premises)
    assert before.document("acceptance_notice").wording_id is None
    assert after.document("acceptance_notice").wording_id == version.id
    for case, own in ((before, False), (after, True)):
        issue_paper(premises, app.extensions["files"], case.document("acceptance_notice").id)
        digest = case.document("acceptance_notice").digest
        paper = PdfReader(BytesIO(app.extensions["files"].get(digest))).pages[0].extract_text()
        assert ("请留存备查" in "".join(paper.split())) is own


def test_the_change_is_in_the_trail(approver: FlaskClient, premises: Premises) -> None:
    save(approver)
    with premises.reading() as office:
        event = office.db.scalars(select(Event).where(Event.kind == "wording_changed")).one()
    assert event.detail["paper"] == "受理通知书"
    assert event.detail["version"] == 1


def test_faults_are_told_and_nothing_typed_is_lost(
    approver: FlaskClient, premises: Premises
) -> None:
    bad = OWN + "\n<script>偷</script>\n<p>{{不存在}}</p>"
    answer = save(approver, bad, note="我的说明")
    assert answer.status_code == 422
    page = words(answer)
    for sentence in ("不能使用 <script>", "没有“不存在”这个字段", "我的说明"):
        assert sentence in page or sentence in answer.get_data(as_text=True)
    assert "&lt;script&gt;偷&lt;/script&gt;" in answer.get_data(as_text=True)
    assert "<script>偷" not in answer.get_data(as_text=True)
    assert versions(premises) == []


def test_the_second_of_two_colleagues_is_told(approver: FlaskClient, premises: Premises) -> None:
    assert save(approver).status_code == 302
    answer = save(approver, OWN + "<p>另一稿</p>", seen=0)
    assert answer.status_code == 409
    assert "另一稿" in words(answer)
    assert len(versions(premises)) == 1
    assert save(approver, OWN + "<p>另一稿</p>", seen=1).status_code == 302


def test_back_to_the_programs_wording_is_asked_first_and_kept_as_a_version(
    approver: FlaskClient, premises: Premises
) -> None:
    assert approver.post(f"{ADDRESS}/leave", data={"confirmed": "yes"}).status_code == 302
    assert versions(premises) == []
    save(approver)
    assert "改回出厂文字" in words(approver.post(f"{ADDRESS}/leave"))
    approver.post(f"{ADDRESS}/leave", data={"confirmed": "yes"})
    assert [(one.number, bool(one.body)) for one in versions(premises)] == [(1, True), (2, False)]
    case = PublicCase(premises)
    case.take(["submit", "accept"])
    assert case.document("acceptance_notice").wording_id is None
    older = approver.get(f"{ADDRESS}?version=1").get_data(as_text=True)
    assert "请留存备查" in older


def test_a_wording_is_tried_on_a_case_of_the_organ_before_it_is_saved(
    approver: FlaskClient, client: FlaskClient, login: Login, premises: Premises
) -> None:
    case = PublicCase(premises)
    case.take(["submit", "accept"])
    answer = approver.post(f"{ADDRESS}/preview", data={"body": OWN, "case": case.number})
    assert answer.mimetype == "application/pdf"
    text = "".join(PdfReader(BytesIO(answer.data)).pages[0].extract_text().split())
    assert "请留存备查" in text
    assert "预览·未生效" in text
    assert versions(premises) == []
    for number, body, sentence in (
        ("CH2026999999", OWN, "没有编号为“CH2026999999”"),
        ("CH2026\x00999999", OWN, "没有编号为“CH2026999999”"),
        (case.number, OWN + "<img>", "不能使用 <img>"),
    ):
        answer = approver.post(f"{ADDRESS}/preview", data={"body": body, "case": number})
        assert answer.status_code == 422
        assert sentence in words(answer)
    other = login(client, "ministry_approver")
    answer = other.post(f"{ADDRESS}/preview", data={"body": OWN, "case": case.number})
    assert answer.status_code == 422


def test_each_organ_has_its_own_words(
    approver: FlaskClient, client: FlaskClient, login: Login, premises: Premises
) -> None:
    save(approver)
    assert "本机关第 1 版" in words(approver.get("/wordings"))
    assert "本机关第 1 版" not in words(login(client, "ministry_approver").get("/wordings"))


@pytest.mark.parametrize("paper", ["certificate_original", "nonsense"])
def test_certificates_are_worded_by_nobody(approver: FlaskClient, paper: str) -> None:
    assert approver.get(f"/wordings/{paper}").status_code == 404
    for what in ("", "/preview", "/leave"):
        assert approver.post(f"/wordings/{paper}{what}", data={"body": OWN}).status_code == 404


def test_an_approver_of_no_organ_has_nothing_to_word(
    approver: FlaskClient, premises: Premises
) -> None:
    with premises.transaction() as office:
        mine = update(Account).where(Account.username == "city_approver")
        office.db.execute(mine.values(authority_id=None))
    assert approver.get(ADDRESS).status_code == 403
    assert save(approver).status_code == 403


def test_a_wording_that_an_update_broke_stops_the_decision_in_words(
    approver: FlaskClient, client: FlaskClient, login: Login, premises: Premises
) -> None:
    save(approver)
    with premises.transaction() as office:
        office.db.execute(update(Wording).values(body="<p>{{从前的字段}}</p>"))
    case = PublicCase(premises)
    case.take(["submit"])
    with premises.reading() as office:
        task_id = case.task(office).id
    answer = login(client, "city_window").post(f"/tasks/{task_id}", data={"outcome": "accept"})
    assert answer.status_code == 422
    assert "没有“从前的字段”这个字段" in words(answer)


def test_a_paper_made_with_a_wording_is_made_the_same_again(live: LiveOffice) -> None:
    """On both databases: the version stays with the paper when a newer one is in force."""
    with live.premises.transaction(live.officers["approver"]) as office:
        first = wordings.save_wording(office, "acceptance_notice", OWN, "", 0)
    case_id = live.open_case(live.applicants[0])
    for outcome in (None, "accept"):
        live.decide(case_id, outcome)
    with live.premises.transaction(live.officers["approver"]) as office:
        wordings.save_wording(office, "acceptance_notice", OWN + "<p>新稿</p>", "", 1)
    with live.premises.reading() as office:
        query = select(Document).where(Document.kind == "acceptance_notice")
        document = office.db.scalars(query).one()
    assert document.wording_id == first.id
    issue_paper(live.premises, live.store, document.id)
    with live.premises.reading() as office:
        printed = office.db.get_one(Document, document.id).unsigned_digest
    again = certificates.render(document.kind, document.facts, OWN)
    assert sha256(again).hexdigest() == printed
