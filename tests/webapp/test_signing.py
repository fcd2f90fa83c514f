"""Papers are issued signed or not at all: by the right organ, once; what keeps them is told."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

import certificates
from certificates.signatures import examine
from certificates.signatures.key_files import KeptKey
from config.settings import SettingMissing, read_settings
from models import Document, JobAttempt, SigningCertificate
from models.calendar import office_date
from tests.certificates.signatures.signers import a_key
from tests.certificates.signatures.test_keys import write
from tests.conftest import Login
from tests.webapp.live import LiveOffice
from tests.webapp.public_case import PublicCase
from webapp import signing
from webapp.jobs import papers
from webapp.jobs.work import perform, work_off
from webapp.offices import Premises
from webapp.storage import FileStore


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def keyless(premises: Premises, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office whose keys are its own affair: empty."""
    folder = tmp_path / "own-keys"
    folder.mkdir()
    own = replace(premises.settings.signing, keys_dir=folder, makes_keys=False)
    monkeypatch.setattr(premises, "settings", replace(premises.settings, signing=own))
    return folder


def papers_of(live: LiveOffice) -> list[Document]:
    with live.premises.reading() as office:
        return list(office.db.scalars(select(Document).order_by(Document.id)))


def files_of(app: Flask) -> FileStore:
    found: FileStore = app.extensions["files"]
    return found


@pytest.mark.requirement("R300")
def test_each_paper_is_signed_by_the_organ_printed_on_it(live: LiveOffice) -> None:
    """A city decides, but its province is printed on the certificate (policy 2.1)."""
    live.granted_case(live.applicants[0])
    work_off(live.premises, live.store)

    signers = {}
    for paper in papers_of(live):
        file = live.store.get(paper.digest or "")
        with live.premises.reading() as office:
            report = examine(file, signing.trusted(office))
            used = office.db.get_one(SigningCertificate, paper.certificate_id)
        signers[paper.kind] = report.organ
        assert report.is_genuine
        assert report.organ == paper.facts["organ"]
        assert report.signed_at is not None
        assert paper.issued_at is not None
        assert timedelta(0) <= paper.issued_at - report.signed_at < timedelta(seconds=30)
        assert (used.organ_code, used.fingerprint) == (paper.organ_code, report.fingerprint)
        assert (sha256(file).hexdigest(), len(file)) == (paper.digest, paper.size)
    assert signers["acceptance_notice"] == signers["grant_decision"] == "示例市自然资源局"
    assert signers["certificate_original"] == signers["certificate_copy"] == "示例省自然资源厅"


def test_frozen_facts_printed_anew_give_the_same_unsigned_file(live: LiveOffice) -> None:
    live.granted_case(live.applicants[0])
    work_off(live.premises, live.store)

    for paper in papers_of(live):
        printed = certificates.render(paper.kind, paper.facts)
        assert sha256(printed).hexdigest() == paper.unsigned_digest != paper.digest


def test_two_workers_issue_one_paper(live: LiveOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both print and sign; the second to finish changes nothing."""
    live.granted_case(live.applicants[0])
    document = papers_of(live)[0]
    once = signing.sign_paper

    def slowly(*given: object) -> object:
        monkeypatch.setattr(signing, "sign_paper", once)
        papers.issue_paper(live.premises, live.store, document.id)
        return once(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(signing, "sign_paper", slowly)
    made: list[Document] = []
    serve = papers.serve_document
    monkeypatch.setattr(
        papers, "serve_document", lambda *given: made.append(papers_of(live)[0]) or serve(*given)
    )
    assert perform(live.premises, live.store, "document", document.id)

    assert len(made) == 2
    assert papers_of(live)[0].digest == made[1].digest
    assert papers_of(live)[0].status == "issued"


def test_a_paper_from_before_the_keys_is_signed_by_the_name_on_it(live: LiveOffice) -> None:
    live.granted_case(live.applicants[0])
    with live.premises.transaction() as office:
        office.db.execute(update(Document).values(organ_code=""))
    work_off(live.premises, live.store)

    assert {paper.status for paper in papers_of(live)} == {"issued"}


@pytest.fixture
def case(premises: Premises) -> PublicCase:
    case = PublicCase(premises)
    case.take(["submit", "accept"])
    return case


def try_now(app: Flask, premises: Premises, document: Document) -> bool:
    with premises.transaction() as office:
        for attempt in office.db.scalars(select(JobAttempt)):
            attempt.retry_at = office.now
    return perform(premises, files_of(app), "document", document.id)


def test_without_a_key_a_paper_waits_and_says_why(
    app: Flask,
    client: FlaskClient,
    login: Login,
    premises: Premises,
    case: PublicCase,
    keyless: Path,
) -> None:
    document = case.document("acceptance_notice")
    assert not try_now(app, premises, document)
    reason = "没有西安市自然资源和规划局（演示）的签名密钥，文书不能签发"
    for username, told in (("unit_ready", False), ("city_window", True)):
        response = login(client, username).get(f"/documents/{document.id}.pdf")
        page = response.get_data(as_text=True)
        assert response.status_code == 202
        assert "已试过 1 次，还没有成功" in page
        assert (reason in page) is told
    assert reason in login(client, "admin").get("/admin/jobs").get_data(as_text=True)
    assert case.document("acceptance_notice").digest is None

    write(keyless / "6101.p12", a_key(organ="6101"))

    assert try_now(app, premises, document)
    issued = case.document("acceptance_notice")
    assert (issued.status, issued.organ_code) == ("issued", "6101")
    with premises.reading() as office:
        file = files_of(app).get(issued.digest or "")
        assert examine(file, signing.trusted(office)).is_genuine


def test_an_expired_certificate_signs_nothing(
    app: Flask, premises: Premises, case: PublicCase, keyless: Path
) -> None:
    with premises.reading() as office:
        ended = office.now - timedelta(days=1)
    write(keyless / "6101.p12", a_key(organ="6101", begins=ended - timedelta(9), ends=ended))

    assert not try_now(app, premises, case.document("acceptance_notice"))

    with premises.reading() as office:
        assert "到期，不能签发文书" in office.db.scalars(select(JobAttempt.error)).one()


def test_while_the_time_stamp_service_is_away_nothing_is_issued(
    app: Flask, premises: Premises, case: PublicCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = replace(premises.settings.signing, stamp_url="http://127.0.0.1:9/tsa")
    document = case.document("acceptance_notice")
    with monkeypatch.context() as patch:
        patch.setattr(premises, "settings", replace(premises.settings, signing=away))
        assert not try_now(app, premises, document)
    with premises.reading() as office:
        assert "时间戳服务" in office.db.scalars(select(JobAttempt.error)).one()
    assert case.document("acceptance_notice").status == "pending"
    assert try_now(app, premises, document)


def test_missing_and_ending_keys_are_told_to_those_who_watch(
    client: FlaskClient,
    login: Login,
    premises: Premises,
    keyless: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The tests' tables come from the models, without a revision of their own.
    monkeypatch.setattr("webapp.health.database_problems", lambda _engine: [])
    told = client.get("/readyz").get_json()
    assert any("没有任何可用的签名密钥" in sentence for sentence in told["problems"])
    assert "3 个机关没有可用的签名密钥" in told["warnings"][0]

    with premises.reading() as office:
        now = office.now
    write(keyless / "61.p12", a_key(ends=now + timedelta(days=30, hours=1)))
    (keyless / "00.p12").write_bytes(b"broken")
    signing.organ_keys(premises.settings.signing)._looked = None
    told = client.get("/readyz").get_json()

    assert not any("签名密钥" in sentence for sentence in told["problems"])
    assert told["warnings"] == [
        "签名密钥 00.p12 无法使用：口令不对，或者不是 PKCS#12 文件。",
        "陕西省自然资源厅（演示）的签名证书还有 30 天到期，请尽快换用新的证书。",
        "2 个机关没有可用的签名密钥，其文书不能签发："
        "自然资源部（演示）、西安市自然资源和规划局（演示）。",
    ]
    page = login(client, "admin").get("/admin/seals").get_data(as_text=True)
    assert all(sentence in page for sentence in told["warnings"])
    assert "30 天后到期" in page
    assert page.count("没有密钥") == 2


def test_a_demo_needs_no_keys_of_its_own(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.health.database_problems", lambda _engine: [])
    told = client.get("/readyz").get_json()
    assert told["warnings"] == []
    assert not any("签名密钥" in sentence for sentence in told["problems"])


def test_the_administrator_sees_every_certificate(
    app: Flask, client: FlaskClient, login: Login, premises: Premises, case: PublicCase
) -> None:
    signing.make_demo_keys(premises)
    assert try_now(app, premises, case.document("acceptance_notice"))
    issued = case.document("acceptance_notice")
    with premises.reading() as office:
        used = office.db.scalars(select(SigningCertificate)).one()
    gone = a_key(organ="6101")
    with premises.transaction() as office:
        row = signing.keep_used(office, gone)
    assert row != used.id

    page = login(client, "admin").get("/admin/seals").get_data(as_text=True)

    assert page.count("正在使用") == 3
    assert page.count("只用于核验") == 1
    assert issued.issued_at is not None
    assert office_date(issued.issued_at).isoformat() in page


def test_the_certificates_are_published(
    app: Flask, client: FlaskClient, premises: Premises, case: PublicCase
) -> None:
    assert "还没有签名证书" in client.get("/trust").get_data(as_text=True)
    assert try_now(app, premises, case.document("acceptance_notice"))
    file = files_of(app).get(case.document("acceptance_notice").digest or "")

    published = client.get("/trust/organs.pem")
    above = client.get("/trust/authorities.pem")

    from certificates.signatures import read_trusted

    report = examine(file, read_trusted(published.data))
    assert report.is_genuine
    assert published.mimetype == above.mimetype == "application/x-pem-file"
    assert [one.organ for one in read_trusted(above.data)] == ["测资通演示证书机构"]
    page = client.get("/trust").get_data(as_text=True)
    assert report.fingerprint[:4] in page
    assert "西安市自然资源和规划局（演示）" in page


def test_secrets_come_from_files_and_are_not_shown(tmp_path: Path) -> None:
    secret = tmp_path / "pin"
    secret.write_text("2468\nsecond line\n", "utf-8")
    environment = {"CARTOUCHE_DEMO": "yes", "CARTOUCHE_PKCS11_PIN_FILE": str(secret)}
    found = read_settings({**environment, "CARTOUCHE_SIGNING_PASSPHRASE": "abc"}).signing

    assert (found.device_pin, found.passphrase) == ("2468", "abc")
    assert not {"2468", "abc"} & set(repr(found).replace("'", " ").split())
    with pytest.raises(SettingMissing, match="CARTOUCHE_PKCS11_PIN_FILE 指定的文件"):
        read_settings({"CARTOUCHE_DEMO": "yes", "CARTOUCHE_PKCS11_PIN_FILE": "/none"})


def test_keys_are_loaded_once_for_a_process(premises: Premises) -> None:
    settings = premises.settings.signing
    signing.make_demo_keys(premises)
    with premises.reading() as office:
        now = office.now
    first = signing.organ_keys(settings).key_for("61", "x", now)

    assert isinstance(first.signer, KeptKey)
    assert signing.organ_keys(replace(settings)).key_for("61", "x", now) is first
