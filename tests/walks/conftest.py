"""Whatever case a walk brings to its end, its recording plays the same case over again.

Walks have databases of their own, where the diagrams stand already, and remember their steps.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from bpmn.casework.conformance import Witness, contradiction, read_witnesses
from bpmn.casework.replaying import (
    CLOSED,
    ClosedCase,
    course_of_version,
    play,
    read_closed,
    script_of,
)
from bpmn.casework.running import load_diagram
from bpmn.office import Office
from models import Case, Event
from tests import builders
from tests.conftest import postgres_database, sqlite_database
from tests.walks.remembered import Journal
from webapp import database

_RESTART = text(
    "SELECT setval(quote_ident(sequencename)::regclass, 1000)"
    " FROM pg_sequences WHERE schemaname = 'public'"
)
_EVENT = [column.key for column in Event.__table__.columns]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The walks of one matter in one process: they remember each other's steps."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with sqlite_database(tmp_path_factory.mktemp("walks")) as engine:
        yield _with_diagrams(engine)


@pytest.fixture(scope="session")
def postgres_engine(worker_id: str) -> Iterator[Engine]:
    with postgres_database(f"cartouche_walks_{worker_id}_{os.getpid()}") as engine:
        yield _with_diagrams(engine)


def _with_diagrams(engine: Engine) -> Engine:
    with database.transaction(engine) as db:
        builders.deployed(db)
    return engine


@pytest.fixture(scope="session")
def walked() -> dict[str, dict[Any, Any]]:
    """The steps taken in this process, by database."""
    return {"sqlite": {}, "postgresql": {}}


@pytest.fixture(scope="session")
def judged() -> set[bytes]:
    """The closed cases that were replayed in this process, by all that is known of them."""
    return set()


@pytest.fixture
def db(
    db: Session,
    walked: dict[str, dict[Any, Any]],
    judged: set[bytes],
    request: pytest.FixtureRequest,
) -> Iterator[Session]:
    connection = db.connection()
    _count_from_the_start(connection)
    db.info["deployed"] = True
    if "monkeypatch" not in request.fixturenames:  # what is patched shows in no key
        db.info["journal"] = Journal(connection, walked[connection.dialect.name])
    yield db
    replay_all(db, judged)


def _count_from_the_start(connection: Connection) -> None:
    """PostgreSQL's counters outlive a rollback: the same step is to write the same ids."""
    if connection.dialect.name == "postgresql":
        connection.execute(_RESTART)


def replay_all(db: Session, judged: set[bytes]) -> int:
    """Every closed case, on the diagram it ran on: the same to the microsecond, clocks and all.

    Once for the same rows: walks that begin alike bring the same case to its end.
    """
    db.expire_all()  # what a test has tried on a row and not written
    office = builders.an_office(db)
    rows = db.execute(select(*CLOSED).where(Case.closed_at.is_not(None))).all()
    cases = read_closed(office, rows)
    witnesses = read_witnesses(office, cases)
    for case in cases:
        digest = _digest(office, case, witnesses[case.id])
        if digest not in judged:
            _replay(office, case, witnesses[case.id])
            judged.add(digest)
    return len(rows)


def _replay(office: Office, case: ClosedCase, witness: Witness) -> None:
    course = course_of_version(office, case.version_id)
    script = script_of(case, course)

    played = play(case, script, course, office.calendar, {})

    assert played.recording == script.recording
    assert (played.recording.ended, played.recording.closed_at) == (case.ended, case.closed_at)
    assert [_line(one) for one in played.ledger] == [_line(one) for one in case.ledger]
    assert contradiction(office, case, course, witness) == ""


def _digest(office: Office, case: ClosedCase, witness: Witness) -> bytes:
    diagram = load_diagram(office, case.version_id).compiled.digest
    events = [[getattr(one, name) for name in _EVENT] for one in witness.events]
    tasks = [tuple(task) for task in witness.tasks]
    return hashlib.sha256(repr((case, diagram, tasks, events)).encode()).digest()


def _line(entry: object) -> tuple[object, ...]:
    return tuple(getattr(entry, column) for column in ("clock", "kind", "working_days", "at"))
