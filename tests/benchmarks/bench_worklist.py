"""The officers' work list over a long queue: server time of the page, against a short one.

All tasks lie at one organ with one role, the worst there is: nothing narrows the queue down.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Connection, Table, insert

from bpmn.diagram import load_files
from config.settings import read_settings
from models import (
    Account,
    AccountRole,
    Authority,
    Base,
    Case,
    DiagramVersion,
    Dossier,
    Task,
    Unit,
)
from webapp.app import create_app

MANY, FEW = 100_000, 1_000
CASES_PER_TASK = 3
LIMIT = 50.0
"""Milliseconds that the page may take, 95 times out of 100."""
SEARCH = "search by unit"
"""Looks through the names of all units: bounded by time alone."""
PATHS = {
    "first page": "/worklist",
    "page 20": "/worklist?page=20",
    "unclaimed, near": "/worklist?view=free&due=near",
    SEARCH: "/worklist?text=第 77 测绘",
}
CHUNK = 20_000
_NOW = datetime.now(UTC).replace(microsecond=0)


def run(quick: bool) -> list[dict[str, Any]]:
    """Measure each page on both databases in turns; milliseconds, p95."""
    rounds = 40 if quick else 200
    with tempfile.TemporaryDirectory() as folder:
        long, short = (_office(Path(folder) / str(size), size) for size in (MANY, FEW))
        return [_row(name, path, long, short, rounds) for name, path in PATHS.items()]


def _row(
    name: str, path: str, long: FlaskClient, short: FlaskClient, rounds: int
) -> dict[str, Any]:
    value, baseline = _p95(long, short, path, rounds)
    most = 2 * baseline if name != SEARCH else LIMIT
    return {
        "name": f"worklist, {MANY:,} open tasks, {name}",
        "value": round(value, 2),
        "unit": "ms p95",
        "baseline": round(baseline, 2),
        "ratio": round(value / baseline, 2),
        "target": f"≤ {LIMIT:g} ms" + (f" and ≤ 2× at {FEW:,}" if name != SEARCH else ""),
        "ok": value <= min(LIMIT, most),
    }


def _p95(long: FlaskClient, short: FlaskClient, path: str, rounds: int) -> tuple[float, float]:
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 3):
        for place, client in enumerate((long, short)):
            seconds = _seconds(client, path)
            if number >= 3:
                spent[place].append(seconds * 1000)
    return _percentile(spent[0]), _percentile(spent[1])


def _percentile(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _seconds(client: FlaskClient, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)
    spent = time.perf_counter() - begun
    assert answer.status_code == 200, answer.status_code
    return spent


def _office(folder: Path, tasks: int) -> FlaskClient:
    """An application on a SQLite file with so many open tasks, and its reviewer logged in."""
    folder.mkdir()
    app = create_app(read_settings({"CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": str(folder)}))
    engine = app.extensions["premises"].engine
    Base.metadata.create_all(engine)
    with engine.execution_options(writes=True).begin() as connection:
        account = _people(connection)
        _fill(connection, tasks)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{account}:1"
        session["_fresh"] = True
    return client


def _people(connection: Connection) -> int:
    """An organ, its reviewer and a deployed diagram; returns the reviewer's id."""
    organ = {"id": 1, "code": "6101", "level": "city", "name": "示例局", "short_name": "示例"}
    person = {"id": 1, "username": "reviewer", "password_hash": "", "name": "经办人"}
    state = {"authority_id": 1, "active": True, "session_version": 1, "created_at": _NOW}
    connection.execute(insert(Authority), [organ])
    connection.execute(insert(Account), [{**person, **state}])
    connection.execute(insert(AccountRole), [{"account_id": 1, "role": "reviewer"}])
    connection.execute(insert(DiagramVersion), [_version()])
    return 1


def _version() -> dict[str, Any]:
    files = load_files("qualification_application")
    return {
        "id": 1,
        "matter": "qualification_application",
        "number": 1,
        "files": {name: text.decode() for name, text in files.items()},
        "sha256": "0" * 64,
        "checked_at": _NOW,
        "deployed_at": _NOW,
    }


def _fill(connection: Connection, tasks: int) -> None:
    units = range(1, tasks + 1)
    _insert(connection, Unit, (_unit(n) for n in units))
    _insert(connection, Dossier, [{"id": 1, "unit_id": 1, "created_at": _NOW}])
    _insert(connection, Case, (_case(n, tasks) for n in range(1, tasks * CASES_PER_TASK + 1)))
    _insert(connection, Task, (_task(n) for n in units))


def _unit(number: int) -> dict[str, Any]:
    name = f"第 {number} 测绘有限公司"
    return {"id": number, "name": name, "province": "61", "created_at": _NOW}


def _case(number: int, tasks: int) -> dict[str, Any]:
    """The first of a unit's cases is open, the others were closed before."""
    at = _NOW - timedelta(minutes=number)
    return {
        "id": number,
        "number": f"CH2026{number:06d}",
        "matter": "qualification_application",
        "certificate_type": "class_b",
        "unit_id": (number - 1) % tasks + 1,
        "authority_id": 1,
        "dossier_id": 1,
        "diagram_version_id": 1,
        "state": b"",
        "opened_at": at,
        "submitted_at": at,
        "closed_at": None if number <= tasks else _NOW,
        "ended": None if number <= tasks else "granted_city",
    }


def _task(number: int) -> dict[str, Any]:
    return {
        "case_id": number,
        "engine_id": f"e-{number}",
        "element": "review_application",
        "name": "经办审查",
        "form": "review_application",
        "role": "reviewer",
        "authority_id": 1,
        "assignee_id": None if number % 4 else 1,
        "clock": "decision",
        "opened_at": _NOW - timedelta(minutes=number),
        "due_at": _NOW + timedelta(days=number * 7919 % 60 - 10),
    }


def _insert(connection: Connection, model: Any, rows: Any) -> None:
    table: Table = model.__table__
    for chunk in _chunks(rows):
        connection.execute(insert(table), chunk)


def _chunks(rows: Any) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


if __name__ == "__main__":
    for row in run(quick=True):
        print(row)
