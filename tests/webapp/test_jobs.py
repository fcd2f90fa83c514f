"""Jobs one by one: messages of the queue, pauses, mail, the page where failed ones are seen."""

import smtplib
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from huey import PostgresHuey, RedisHuey
from huey.registry import Message as Poke
from sqlalchemy import select, update

import certificates
from certificates.signatures import signing
from models import NO_LIMIT, Account, Document, JobAttempt, Message
from tests import builders
from tests.conftest import Login
from webapp.demo.clock import advance_demo
from webapp.jobs import attempts
from webapp.jobs.mail import send_mail
from webapp.jobs.queue import IdsOnly, open_queue
from webapp.jobs.work import perform, wanted, work_off
from webapp.offices import Premises
from webapp.storage import FileStore


@pytest.fixture
def premises(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Premises:
    """The demo's, with papers that print themselves at once."""
    monkeypatch.setattr(certificates, "render", lambda kind, *_given: f"%PDF {kind}".encode())
    monkeypatch.setattr(signing, "sign", lambda printed, *_given: printed)
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def store(app: Flask) -> FileStore:
    found: FileStore = app.extensions["files"]
    return found


def test_messages_are_names_and_ids() -> None:
    poke = Poke("7", "webapp.jobs.worker.perform", args=("document", 12), kwargs={})
    sent = IdsOnly().serialize(poke)
    assert sent == b'["7", "webapp.jobs.worker.perform", ["document", 12]]'
    came = IdsOnly().deserialize(sent)
    assert (came.id, came.name, came.args) == ("7", poke.name, ("document", 12))


def test_the_queue_is_chosen_by_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[type, Any]] = []
    for kind in (PostgresHuey, RedisHuey):
        monkeypatch.setattr(
            f"webapp.jobs.queue.{kind.__name__}",
            lambda kind=kind, **options: made.append((kind, options)),
        )
    open_queue("postgresql+psycopg://db/cartouche")
    open_queue("redis://cache/0")
    assert [kind for kind, _options in made] == [PostgresHuey, RedisHuey]
    assert made[0][1]["dsn"] == "postgresql://db/cartouche"
    queue = open_queue(f"sqlite:///{tmp_path / 'queue.db'}")
    assert queue.pending_count() == 0
    queue.storage.close()
    with pytest.raises(ValueError, match="amqp"):
        open_queue("amqp://host")


def test_pauses_double_until_a_person_is_needed(premises: Premises) -> None:
    now, pauses = builders.NOW, []
    for turn in range(1, attempts.MOST_ATTEMPTS + 1):
        with premises.transaction() as office:
            then = replace(office, now=now)
            assert attempts.take(then, "document", 999)
            assert not attempts.take(then, "document", 999)
            attempts.note_failure(then, "document", 999, f"failure {turn}")
            found = office.db.get_one(JobAttempt, ("document", 999))
            assert (found.attempts, found.error) == (turn, f"failure {turn}")
            pauses.append(found.retry_at - now)
            now = found.retry_at if found.retry_at != NO_LIMIT else now
    assert pauses[:4] == [timedelta(seconds=n) for n in (10, 20, 40, 80)]
    assert found.retry_at == NO_LIMIT


def test_a_demo_office_is_worked_off(premises: Premises, store: FileStore) -> None:
    waiting = wanted(premises, limit=1000)
    assert {kind for kind, _id in waiting} == {"document", "message", "steps"}
    assert work_off(premises, store) == len(waiting)
    assert wanted(premises) == []
    kind, subject_id = waiting[0]
    with premises.reading() as office:
        before = office.db.get_one(Document, subject_id).issued_at
    perform(premises, store, kind, subject_id)
    with premises.reading() as office:
        assert office.db.get_one(Document, subject_id).issued_at == before


class FakeServer:
    """An SMTP server that keeps what it is given."""

    sent: list[EmailMessage] = []  # noqa: RUF012
    calls: list[Any] = []  # noqa: RUF012

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.calls.append((host, port))

    def __enter__(self) -> "FakeServer":
        return self

    def __exit__(self, *_exc: object) -> None:
        pass

    def starttls(self) -> None:
        self.calls.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.calls.append((user, password))

    def send_message(self, mail: EmailMessage) -> None:
        self.sent.append(mail)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[FakeServer]:
    FakeServer.sent, FakeServer.calls = [], []
    monkeypatch.setattr(smtplib, "SMTP", FakeServer)
    return FakeServer


def test_a_message_is_mailed_where_there_is_an_address(
    premises: Premises, store: FileStore, server: type[FakeServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "smtp+tls://clerk:p%40ss@mail.example.cn:587"
    monkeypatch.setattr(premises, "settings", replace(premises.settings, smtp_url=url))
    with premises.transaction() as office:
        message = office.db.scalars(select(Message).order_by(Message.id)).first()
        assert message is not None
        reached = update(Account).where(Account.unit_id == message.unit_id)
        office.db.execute(reached.values(email="unit@example.cn"))
    assert perform(premises, store, "message", message.id)
    assert server.calls == [("mail.example.cn", 587), "starttls", ("clerk", "p@ss")]
    assert server.sent[0]["To"] == "unit@example.cn"
    assert server.sent[0]["Message-ID"] == f"<message-{message.id}@localhost>"
    work_off(premises, store)
    with premises.reading() as office:
        statuses = dict(office.db.execute(select(Message.id, Message.status)).all())
    assert statuses.pop(message.id) == "sent"
    assert {*statuses.values()} <= {"kept", "sent"}


def test_without_a_server_nothing_is_mailed(premises: Premises) -> None:
    assert send_mail(premises.settings, 1, "unit@example.cn", "主题", "正文") is False


def test_a_post_pokes_and_a_refused_one_does_not(
    app: Flask, client: FlaskClient, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    pokes: list[int] = []
    monkeypatch.setitem(app.extensions, "poke", lambda: pokes.append(1))
    login(client, "admin")
    assert client.post("/admin/users/999999/active").status_code == 404
    assert pokes == []
    assert client.post("/admin/jobs/document/1/retry").status_code == 302
    assert pokes == [1]


def test_a_poke_that_fails_harms_nobody(
    app: Flask, client: FlaskClient, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("the queue is away")

    monkeypatch.setitem(app.extensions, "poke", fail)
    response = login(client, "admin").post("/admin/jobs/document/1/retry")
    assert response.status_code == 302


def test_failed_work_is_seen_and_tried_again(
    premises: Premises, store: FileStore, client: FlaskClient, login: Login
) -> None:
    document_id = next(subject for kind, subject in wanted(premises) if kind == "document")
    with premises.transaction() as office:
        attempts.take(office, "document", document_id)
        attempts.note_failure(office, "document", document_id, "磁盘已满")
        office.db.get_one(JobAttempt, ("document", document_id)).retry_at = NO_LIMIT
    page = login(client, "admin").get("/admin/jobs").get_data(as_text=True)
    assert "磁盘已满" in page
    assert "已停止自动重试" in page
    assert ("document", document_id) not in wanted(premises)
    client.post(f"/admin/jobs/document/{document_id}/retry")
    assert ("document", document_id) in wanted(premises)
    work_off(premises, store)
    assert "磁盘已满" not in client.get("/admin/jobs").get_data(as_text=True)


def test_the_demo_clock_goes_through_everything_that_falls_due(
    premises: Premises, store: FileStore
) -> None:
    with premises.reading() as office:
        begun = office.now
    moment, done = advance_demo(premises, store, 30)
    assert moment > begun + timedelta(days=40)
    assert done > 0
    with premises.reading() as office:
        assert abs(office.now - moment) < timedelta(minutes=1)
        assert office.db.scalar(select(Document.id).where(Document.status != "issued")) is None
