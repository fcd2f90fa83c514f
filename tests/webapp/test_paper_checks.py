"""A PDF file sent to /verify: ours and untouched, changed, or not ours; nothing of it is kept."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from models import Attachment, Qualification
from models.papers import Document
from tests.webapp.public_case import TO_GRANT, PublicCase
from webapp import paper_checks, throttle
from webapp.jobs.work import perform
from webapp.offices import Premises


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def papers(app: Flask, premises: Premises) -> dict[str, bytes]:
    """The files of a case that was granted, as its unit downloads them, by kind."""
    case = PublicCase(premises)
    case.take(TO_GRANT)
    files = app.extensions["files"]
    for kind in ("acceptance_notice", "certificate_copy"):
        assert perform(premises, files, "document", case.document(kind).id)
    found = [case.document(kind) for kind in ("acceptance_notice", "certificate_copy")]
    return {one.kind: files.get(one.digest) for one in found}


def send(client: FlaskClient, content: bytes, name: str = "证书.pdf") -> TestResponse:
    return client.post("/verify/file", data={"file": (BytesIO(content), name)})


def words(response: TestResponse, status: int = 200) -> str:
    assert response.status_code == status
    text = response.get_data(as_text=True)
    # Werkzeug 3.1's test client leaves a large body to the garbage collector.
    response.request.environ["wsgi.input"].close()
    return text


@pytest.mark.requirement("R003")
def test_an_issued_file_is_ours_and_untouched(
    client: FlaskClient, papers: dict[str, bytes]
) -> None:
    text = words(send(client, papers["certificate_copy"]))
    for word in ("是本系统出具的文件，未被改动", "测绘资质证书（副本）", "证书有效", "周原"):
        assert word in text
    text = words(send(client, papers["acceptance_notice"]))
    assert "未被改动" in text
    assert "证书有效" not in text


def test_only_what_is_public_is_told(client: FlaskClient, papers: dict[str, bytes]) -> None:
    for kind in papers:
        text = words(send(client, papers[kind]))
        for secret in ("秘密人", "内部意见", "示例路"):
            assert secret not in text


def test_a_changed_file_is_told(client: FlaskClient, papers: dict[str, bytes]) -> None:
    pdf = papers["certificate_copy"]
    for changed in (pdf + b"\n", pdf.replace(b"/Rotate", b"/rotate") + b"%"):
        text = words(send(client, changed), 422)
        assert "文件被改动过" in text
        assert "未被改动" not in text


def test_an_untouched_file_that_the_register_lost_is_ours_by_its_signature(
    client: FlaskClient, premises: Premises, papers: dict[str, bytes]
) -> None:
    with premises.transaction() as office:
        office.db.query(Document).update({"digest": None})
    assert "由本系统出具，未被改动" in words(send(client, papers["certificate_copy"]))


def test_a_cancelled_certificates_file_is_genuine_and_void(
    client: FlaskClient, premises: Premises, papers: dict[str, bytes]
) -> None:
    with premises.transaction() as office:
        office.db.query(Qualification).update({"status": "cancelled"})
    text = words(send(client, papers["certificate_copy"]))
    assert "未被改动" in text
    assert "证书已注销" in text
    assert "证书有效" not in text


def test_a_file_of_others_is_not_ours(client: FlaskClient) -> None:
    from certificates import render
    from tests.certificates.papers import SHORT

    pdf = render("acceptance_notice", SHORT["acceptance_notice"])
    assert "不是本系统出具的文件" in words(send(client, pdf), 422)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "请选择要核验的 PDF 文件"),
        (b"GIF89a", "这不是 PDF 文件"),
        (b"%PDF-" + bytes(10 * 1024**2), "超过 10 MB"),
    ],
)
def test_what_cannot_be_a_paper_is_said_at_its_place(
    client: FlaskClient, content: bytes, told: str
) -> None:
    text = words(send(client, content), 422)
    assert told in text[text.index('id="file-error"') :]


def test_a_form_without_a_file_is_answered(client: FlaskClient) -> None:
    assert "请选择" in words(client.post("/verify/file", data={}), 422)
    assert "请选择" in words(client.post("/verify/file", data={"file": "text"}), 422)


def test_a_broken_file_cannot_be_judged(client: FlaskClient) -> None:
    assert "不能核验" in words(send(client, b"%PDF-1.7 nonsense"))


def test_many_files_from_one_address_are_slowed_down(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "MOST_UPLOADS", 2)
    for _turn in range(2):
        words(send(client, b"%PDF-1.7 nonsense"))
    assert "半小时后再试" in words(send(client, b"%PDF-1.7 nonsense"), 429)


def test_a_third_file_at_once_is_asked_to_wait(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_checks, "PATIENCE", 0.01)
    held = [paper_checks.AT_ONCE.acquire() for _turn in range(2)]
    try:
        assert "稍后再试" in words(send(client, b"%PDF-1.7 nonsense"), 503)
    finally:
        for _one in held:
            paper_checks.AT_ONCE.release()


def test_nothing_that_was_sent_is_kept(
    app: Flask, client: FlaskClient, premises: Premises, papers: dict[str, bytes]
) -> None:
    with premises.reading() as office:
        before = office.db.scalar(select(func.count()).select_from(Attachment))
    changed = papers["certificate_copy"] + b"\n"
    send(client, changed)
    with premises.reading() as office:
        assert office.db.scalar(select(func.count()).select_from(Attachment)) == before
    folder = app.extensions["premises"].settings.data_dir
    sizes = {file.stat().st_size for file in folder.rglob("*") if file.is_file()}
    assert len(changed) not in sizes
