"""Killed workers, lost pokes, several at once: nothing is lost and nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

import certificates
from bpmn import casework
from bpmn.errors import CaseworkError, HeldElsewhere, TaskDone
from models import Account, Case, Claim, Document, Event, JobAttempt, Message, Task
from models.settings import next_number
from tests import builders
from tests.conftest import POSTGRES_ANSWERS
from tests.webapp.live import ANSWERS, LiveOffice, live_office
from webapp.jobs import attempts, kinds
from webapp.jobs.work import perform, wanted, work_off
from webapp.jobs.worker import Worker

PAPERS = 4


@pytest.fixture(params=["sqlite", "postgresql"])
def live(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[LiveOffice]:
    if request.param == "postgresql" and not POSTGRES_ANSWERS:
        pytest.skip("PostgreSQL does not answer")
    with live_office(request.param, tmp_path, worker_id) as office:
        yield office


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each paper was printed; printing takes no time."""
    counted: Counter[str] = Counter()

    def render(kind: str, facts: Any) -> bytes:
        counted[kind] += 1
        return f"{kind} {sorted(facts)}".encode()

    monkeypatch.setattr(certificates, "render", render)
    return counted


class Killed(BaseException):
    """What a worker's end looks like from inside: no handler sees it."""


def _papers(live: LiveOffice) -> list[Document]:
    with live.premises.reading() as office:
        return list(office.db.scalars(select(Document).order_by(Document.id)))


def _everything_is_done(live: LiveOffice) -> bool:
    return live.statuses() == {"documents": {"issued"}, "messages": {"kept"}}


STEPS: dict[str, tuple[Any, str]] = {
    "while printing": (certificates, "render"),
    "while storing": (kinds.FileStore, "put"),
    "before it is noted": (kinds, "finish"),
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
    # Held by the dead worker still: nobody else takes it, until its time is over.
    assert "document" not in {kind for kind, _id in wanted(live.premises)}
    live.let_seconds_pass(attempts.HELD.total_seconds() + 1)
    work_off(live.premises, live.store)
    assert _everything_is_done(live)
    assert all(live.store.get(document.digest or "") for document in _papers(live))


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
    assert len(noted) == PAPERS
    assert work_off(live.premises, live.store) == 0
    live.let_seconds_pass(attempts.FIRST_PAUSE.total_seconds() + 1)
    assert work_off(live.premises, live.store) == PAPERS
    assert _everything_is_done(live)


def test_every_poke_may_be_lost(live: LiveOffice, printed: Counter[str]) -> None:
    live.granted_case(live.applicants[0])
    worker = Worker(live.jobs())
    worker.start()
    try:
        _wait_for(lambda: _everything_is_done(live))
    finally:
        worker.stop()
    assert sum(printed.values()) == PAPERS


def test_several_workers_do_each_job_once(live: LiveOffice, printed: Counter[str]) -> None:
    for applicant in live.applicants:
        live.granted_case(applicant)
    workers = [Worker(live.jobs(), threads=2) for _n in range(3)]
    for worker in workers:
        worker.start()
    jobs = live.jobs()
    for _n in range(20):
        jobs.poke()
    jobs.queue.storage.close()
    try:
        _wait_for(lambda: _everything_is_done(live))
    finally:
        for worker in workers:
            worker.stop()
    assert sum(printed.values()) == PAPERS * len(live.applicants)


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


def _at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave or raised, all of them begun at the same moment."""
    gate, came = Barrier(len(acts)), [None] * len(acts)

    def take_part(number: int) -> None:
        gate.wait()
        try:
            came[number] = acts[number]()
        except CaseworkError as error:
            came[number] = error  # type: ignore[call-overload]

    threads = [Thread(target=take_part, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_two_officers_on_one_task(live: LiveOffice) -> None:
    case_id = live.open_case(live.applicants[0])
    live.decide(case_id)
    with live.premises.transaction() as office:
        first = office.db.get_one(Account, live.officers["window"])
        second = builders.an_officer(office.db, role="window2", authority=first.authority)  # type: ignore[arg-type]
        second.grants[0].role = "window"
        second.name = "第二个窗口"
        query = select(Task.id).where(Task.case_id == case_id, Task.closed_at.is_(None))
        task_id, people = office.db.scalars(query).one(), {first.id: first.name}
        people[second.id] = second.name

    def complete(account_id: int) -> Callable[[], Any]:
        def act() -> int:
            with live.premises.transaction(account_id) as office:
                casework.complete_task(office, task_id, {**ANSWERS, "outcome": "accept"})
            return account_id

        return act

    came = _at_once(*(complete(account_id) for account_id in people))
    winners = [one for one in came if isinstance(one, int)]
    losers = [one for one in came if isinstance(one, TaskDone)]
    assert (len(winners), len(losers)) == (1, 1)
    assert people[winners[0]] in str(losers[0])
    with live.premises.reading() as office:
        assert office.db.get_one(Task, task_id).closed_by == winners[0]
        assert office.db.scalar(select(func.count()).select_from(Document)) == 1


def test_a_double_submission_is_one(live: LiveOffice) -> None:
    case_id = live.open_case(live.applicants[0])
    with live.premises.reading() as office:
        task_id = office.db.scalars(select(Task.id).where(Task.case_id == case_id)).one()

    def submit() -> str:
        with live.premises.transaction(live.applicants[0]) as office:
            casework.complete_task(office, task_id, {})
        return "submitted"

    came = _at_once(submit, submit, submit)
    assert came.count("submitted") == 1
    assert sum(isinstance(one, TaskDone) for one in came) == 2
    with live.premises.reading() as office:
        query = select(func.count()).select_from(Event).where(Event.kind == "submitted")
        assert office.db.scalar(query) == 1
        assert office.db.scalar(select(func.count()).select_from(Message)) == 1


def test_two_units_and_one_person(live: LiveOffice) -> None:
    cases = [live.open_case(applicant) for applicant in live.applicants[:2]]
    person = {"name": "示例人", "id_number": "110101199003070396", "category": "senior"}

    def hold(applicant: int, case_id: int) -> Callable[[], Any]:
        def act() -> str:
            with live.premises.transaction(applicant) as office:
                case = office.db.get_one(Case, case_id)
                casework.add_row(office, case, "staff", person)
                return case.unit.name

        return act

    came = _at_once(*(hold(*pair) for pair in zip(live.applicants, cases, strict=False)))
    winners = [one for one in came if isinstance(one, str)]
    losers = [one for one in came if isinstance(one, HeldElsewhere)]
    assert (len(winners), len(losers)) == (1, 1)
    assert winners[0] in str(losers[0])
    with live.premises.reading() as office:
        assert office.db.scalar(select(func.count()).select_from(Claim)) == 1


def test_numbers_have_no_gaps_whatever_fails(live: LiveOffice) -> None:
    taken: list[int] = []

    def take() -> None:
        for turn in range(12):
            with suppress(ZeroDivisionError), live.premises.transaction() as office:
                number = next_number(office.db, "certificate:乙:61", 50001)
                _ = 1 / (turn % 3)  # every third is rolled back
                taken.append(number)

    _at_once(take, take, take, take)
    assert sorted(taken) == list(range(50001, 50001 + 4 * 8))


def test_a_case_is_woken_once(live: LiveOffice) -> None:
    case_id = live.open_case(live.applicants[0])
    live.decide(case_id)
    live.let_days_pass(7)

    def wake() -> bool:
        with live.premises.transaction() as office:
            return casework.wake_case(office, case_id)

    assert sorted(_at_once(wake, wake, wake)) == [False, False, True]
    with live.premises.reading() as office:
        query = select(func.count()).select_from(Event).where(Event.kind == "deemed_accepted")
        assert office.db.scalar(query) == 1
