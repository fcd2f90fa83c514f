"""A whole case, from 新建工作 to the certificate, against the naive engine, on both databases.

Ours: every use case in its own transaction, with pages, tasks, events, clocks, messages, notices,
papers and the registered qualification. Naive: stock SpiffWorkflow with what was filled in held in
the task's data, the whole case read and written back as one JSON text per step. Rounds of both
are interleaved in one run.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bpmn import casework
from bpmn.office import Office
from models import Base, Case, Task
from tests import builders
from tests.benchmarks.bench_engine import diagram_files
from tests.benchmarks.naive_engine import NaiveEngine
from tests.conftest import POSTGRES
from webapp import database
from webapp.demo import materials
from webapp.demo.materials import Target
from webapp.demo.units import DemoUnit
from webapp.offices import find_account

SPECIALTY = "GCCL"
DECISIONS = (("window", "accept"), ("reviewer", "grant"), ("checker", "agree"))
TARGET = Target("B", (SPECIALTY,))
DATABASE = "cartouche_bench_cases"
TARGETS = {"SQLite": 4.0, "PostgreSQL": 3.0}


def run(quick: bool) -> list[dict[str, Any]]:
    """Measure; `ratio` is naive / ours."""
    rounds = 8 if quick else 40
    return [
        _row(name, _measure(engine, rounds))
        for name, make in _DATABASES.items()
        for engine in make()
    ]


def _row(name: str, spent: tuple[float, float]) -> dict[str, Any]:
    value, baseline = (seconds * 1000 for seconds in spent)
    ratio, target = baseline / value, TARGETS[name]
    return {
        "name": f"whole case, {name}",
        "value": round(value, 1),
        "unit": "ms",
        "baseline": round(baseline, 1),
        "ratio": round(ratio, 2),
        "target": f"≥ {target:g}×",
        "ok": ratio >= target,
    }


def _measure(engine: Engine, rounds: int) -> tuple[float, float]:
    casework.forget_diagrams()
    ours, naive = Ours(engine, rounds + 2), Naive(engine)
    spent = [(ours.walk(), _seconds(naive.walk)) for _n in range(rounds + 2)][2:]
    return statistics.median(s[0] for s in spent), statistics.median(s[1] for s in spent)


def _seconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def a_demo_unit(number: int) -> DemoUnit:
    return DemoUnit(f"unit_{number}", f"示例测绘{number}有限公司", number)


class Ours:
    """Cases of units that were registered before; a walk gives the seconds of its use cases."""

    def __init__(self, engine: Engine, units: int) -> None:
        self._engine = engine
        Base.metadata.create_all(engine)
        with database.transaction(engine) as db:
            builders.deployed(db)
            province = builders.an_authority(db, level="province")
            city = builders.an_authority(db, level="city", superior_id=province.id)
            self._officers = {
                role: builders.an_officer(db, role=role, authority=city).id
                for role in builders.OFFICER_ROLES
            }
            self._applicants = iter([self._register(db, number) for number in range(units)])

    def _register(self, db: Session, number: int) -> tuple[int, int]:
        known = a_demo_unit(number)
        unit = builders.a_unit(db, name=known.name, uscc=known.uscc)
        return number, builders.an_applicant(db, unit=unit, username=known.username).id

    def walk(self) -> float:
        number, applicant = next(self._applicants)
        spent = 0.0
        for act in self._acts(number, applicant):
            spent += _seconds(act)
        return spent

    def _acts(self, number: int, applicant: int) -> Iterator[Callable[[], None]]:
        """One transaction each; the task's number, which a page would know, is read between."""
        yield lambda: self._open(applicant)
        case_id, case_number = self._newest()
        for page, values in materials.pages(a_demo_unit(number), TARGET).items():
            yield partial(self._save, applicant, case_number, page, values)
        yield partial(self._complete, applicant, self._task(case_id), {})
        for role, outcome in DECISIONS:
            yield partial(
                self._complete, self._officers[role], self._task(case_id), answers(outcome)
            )
        yield partial(self._wake, case_id)
        task = self._task(case_id)
        yield partial(self._complete, self._officers["approver"], task, answers("grant"))

    def _open(self, applicant: int) -> None:
        with self._office(applicant) as office:
            casework.open_case(office, builders.MATTER, "class_b")

    def _save(self, applicant: int, number: str, page: str, values: Mapping[str, Any]) -> None:
        with self._office(applicant) as office:
            casework.save_page(office, casework.find_case(office, number), page, values, 0)

    def _complete(self, account: int, task_id: int, told: Mapping[str, Any]) -> None:
        with self._office(account) as office:
            casework.complete_task(office, task_id, told)

    def _wake(self, case_id: int) -> None:
        with database.transaction(self._engine) as db:
            later = builders.NOW + timedelta(days=30)
            casework.wake_case(builders.an_office(db, now=later), case_id)

    @contextmanager
    def _office(self, account: int) -> Iterator[Office]:
        with database.transaction(self._engine) as db:
            yield builders.an_office(db, actor=find_account(db, account))

    def _newest(self) -> tuple[int, str]:
        with database.reading(self._engine) as db:
            query = select(Case.id, Case.number).order_by(Case.id.desc()).limit(1)
            found: tuple[int, str] = db.execute(query).one()
            return found

    def _task(self, case_id: int) -> int:
        with database.reading(self._engine) as db:
            query = select(Task.id).where(Task.case_id == case_id, Task.closed_at.is_(None))
            return db.scalars(query).one()


class Naive:
    """One table with one text per case."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._spiff = NaiveEngine(diagram_files())
        self._number = 0
        with engine.execution_options(writes=True).begin() as connection:
            connection.execute(text("CREATE TABLE naive_case (id INTEGER PRIMARY KEY, state TEXT)"))

    def walk(self) -> None:
        self._number += 1
        routing = {
            "matter": "qualification_application",
            "certificate_type": "class_b",
            "province": "61",
            "city": "6101",
        }
        self._write("INSERT INTO naive_case VALUES (:id, :state)", self._spiff.start(routing))
        filled: dict[str, Any] = {}
        for page, values in materials.pages(a_demo_unit(self._number), TARGET).items():
            filled[page] = values
            self._step(lambda state: self._spiff.keep(state, "fill_application", {"pages": filled}))
        self._complete("fill_application", {})
        self._complete("check_materials", answers("accept") | {"acceptance": "accept"})
        self._complete("review_application", answers("grant") | {"proposal": "grant"})
        self._complete("check_review", answers("agree") | {"check": "agree"})
        self._step(self._spiff.wake)
        self._complete("sign_decision", answers("grant") | {"decision": "grant"})

    def _complete(self, element: str, told: Mapping[str, Any]) -> None:
        self._step(lambda state: self._spiff.complete(state, element, told))

    def _step(self, change: Callable[[str], str]) -> None:
        with self._engine.execution_options(writes=True).begin() as connection:
            query = text("SELECT state FROM naive_case WHERE id = :id")
            state = change(connection.scalar(query, {"id": self._number}) or "")
            update = text("UPDATE naive_case SET state = :state WHERE id = :id")
            connection.execute(update, {"id": self._number, "state": state})

    def _write(self, statement: str, state: str) -> None:
        with self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(text(statement), {"id": self._number, "state": state})


def answers(outcome: str) -> dict[str, Any]:
    """What an officer's form gives."""
    return {
        "outcome": outcome,
        "opinion": "经审查，申请材料齐全，人员、装备和制度符合相应专业标准。",
        "granted": [SPECIALTY],
        "refused": {},
        "reasons": "",
        "proposals": [{"specialty": SPECIALTY, "proposal": "grant", "reason": ""}],
        "items": [],
    }


def _sqlite() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = database.connect(f"sqlite:///{Path(folder) / 'bench.db'}")
        yield engine
        engine.dispose()


def _postgres() -> Iterator[Engine]:
    server = create_engine(
        f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2}
    )
    drop = text(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    try:
        with server.connect() as connection:
            connection.execute(drop)
            connection.execute(text(f"CREATE DATABASE {DATABASE}"))
    except OperationalError:
        print("PostgreSQL 没有应答，略过。")
        return
    engine = database.connect(f"{POSTGRES}/{DATABASE}")
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(drop)
    server.dispose()


_DATABASES: Mapping[str, Callable[[], Iterator[Engine]]] = {
    "SQLite": _sqlite,
    "PostgreSQL": _postgres,
}

if __name__ == "__main__":
    for row in run(quick=True):
        print(json.dumps(row, ensure_ascii=False))
