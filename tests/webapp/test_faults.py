"""Killed workers, lost pokes, several at once: nothing is lost and nothing is done twice."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, text

import certificates
from certificates import KINDS
from certificates.signatures import signing
from models import Delivery, Document, JobAttempt
from tests.webapp.live import LiveOffice
from webapp.jobs import attempts, kinds, papers
from webapp.jobs.queue import close_queue
from webapp.jobs.work import perform, wanted, work_off
from webapp.jobs.worker import Worker
from webapp.storage import FileStore


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each paper was printed; printing takes no time."""
    counted: Counter[str] = Counter()

    def render(kind: str, facts: Any, _wording: Any = None) -> bytes:
        counted[kind] += 1
        return f"{kind} {sorted(facts)}".encode()

    monkeypatch.setattr(certificates, "render", render)
    monkeypatch.setattr(signing, "sign", lambda printed, *_given: printed + b" signed")
    return counted


class Killed(BaseException):
    """What a worker's end looks like from inside: no handler sees it."""


def _papers(live: LiveOffice) -> list[Document]:
    with live.premises.reading() as office:
        return list(office.db.scalars(select(Document).order_by(Document.id)))


def _services(live: LiveOffice) -> list[int]:
    """The papers whose service is noted, as often as it is."""
    with live.premises.reading() as office:
        query = select(Delivery.document_id).order_by(Delivery.document_id)
        return list(office.db.scalars(query))


def _everything_is_done(live: LiveOffice) -> bool:
    return live.statuses() == {"documents": {"issued"}, "messages": {"kept"}}


STEPS: dict[str, tuple[Any, str]] = {
    "while printing": (certificates, "render"),
    "while signing": (signing, "sign"),
    "while storing": (kinds.FileStore, "put"),
    "before it is served": (papers, "serve_document"),
    "before it is noted": (papers, "finish"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_any_step_loses_nothing(
    live: LiveOffice, printed: Counter[str], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    live.granted_case(live.applicants[0])

    def die(*_given: Any, **_named: Any) -> Any:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(*STEPS[step], die)
        for document in _papers(live):
            with pytest.raises(Killed):
                perform(live.premises, live.store, "document", document.id)
    assert {document.status for document in _papers(live)} == {"pending"}
    assert _services(live) == []
    # Held by the dead worker still: nobody else takes it, until its time is over.
    assert "document" not in {kind for kind, _id in wanted(live.premises)}
    live.let_seconds_pass(attempts.HELD.total_seconds() + 1)
    work_off(live.premises, live.store)
    assert _everything_is_done(live)
    assert all(live.store.get(document.digest or "") for document in _papers(live))
    served = [document.id for document in _papers(live) if KINDS[document.kind].is_served]
    assert _services(live) == served


def test_a_failing_job_pauses_and_then_succeeds(
    live: LiveOffice, printed: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    live.granted_case(live.applicants[0])

    def fail(*_given: Any) -> bytes:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(certificates, "render", fail)
        work_off(live.premises, live.store)
    with live.premises.reading() as office:
        noted = list(office.db.scalars(select(JobAttempt)))
    assert {(one.kind, one.attempts, one.error) for one in noted} == {
        ("document", 1, "no space left")
    }
    assert len(noted) == len(_papers(live))
    assert work_off(live.premises, live.store) == 0
    live.let_seconds_pass(attempts.FIRST_PAUSE.total_seconds() + 1)
    assert work_off(live.premises, live.store) == len(_papers(live))
    assert _everything_is_done(live)


def test_a_database_that_restarts_in_the_middle_of_a_job_loses_nothing(
    live: LiveOffice, printed: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every connection is cut while a paper is being signed, once for each paper."""
    if not live.database_url.startswith("postgresql"):
        pytest.skip("SQLite has no server")
    live.granted_case(live.applicants[0])
    server, cut = create_engine(live.database_url), set[bytes]()

    def sign(printed: bytes, *_given: Any) -> bytes:
        if printed not in cut:
            cut.add(printed)
            with server.begin() as other:
                other.execute(text(CUT))
        return printed + b" signed"

    monkeypatch.setattr(signing, "sign", sign)
    work_off(live.premises, live.store)
    live.let_seconds_pass(attempts.HELD.total_seconds() + 1)
    work_off(live.premises, live.store)
    server.dispose()

    assert len(cut) == len(_papers(live))
    assert _everything_is_done(live)
    assert len(_services(live)) == len(set(_services(live)))


CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid != pg_backend_pid()"
)


def test_every_poke_may_be_lost(live: LiveOffice, printed: Counter[str]) -> None:
    live.granted_case(live.applicants[0])
    worker = Worker(live.jobs())
    worker.start()
    try:
        _wait_for(lambda: _everything_is_done(live))
    finally:
        worker.stop()
    assert sum(printed.values()) == len(_papers(live))


def test_several_workers_do_each_job_once(live: LiveOffice, printed: Counter[str]) -> None:
    for applicant in live.applicants:
        live.granted_case(applicant)
    workers = [Worker(live.jobs(), threads=2) for _n in range(3)]
    for worker in workers:
        worker.start()
    jobs = live.jobs()
    for _n in range(20):
        jobs.poke()
    close_queue(jobs.queue)
    try:
        _wait_for(lambda: _everything_is_done(live))
    finally:
        for worker in workers:
            worker.stop()
    assert sum(printed.values()) == len(_papers(live))


def test_a_worker_that_is_killed_while_printing(live: LiveOffice) -> None:
    """A real process, a real paper and kill -9."""
    live.granted_case(live.applicants[0])
    inherited = dict(os.environ)  # noqa: TID251 - handed on to the worker, not read
    worker = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "worker", "--threads", "1"],
        env={**inherited, **live.environment()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(lambda: _held(live) > 0, pause=0.005)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    live.let_seconds_pass(attempts.HELD.total_seconds() + 1)
    work_off(live.premises, live.store)
    assert _everything_is_done(live)
    for document in _papers(live):
        assert live.store.get(document.digest or "").startswith(b"%PDF")


def _held(live: LiveOffice) -> int:
    with live.premises.reading() as office:
        query = select(func.count()).select_from(JobAttempt).where(JobAttempt.kind == "document")
        return office.db.scalar(query) or 0


def _wait_for(happened: Callable[[], bool], seconds: float = 20, pause: float = 0.1) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(pause)


def test_a_full_disk_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    """A real limit on the size of files: what was written of a signed paper goes away again."""
    store = FileStore(f"file://{tmp_path}")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            store.put(b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]
    assert store.get(store.put(b"x" * 100_000)) == b"x" * 100_000
