"""Databases, offices and clients for the tests: SQLite always, PostgreSQL where one answers."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bpmn import casework
from config.settings import Settings, read_settings
from models import Base
from webapp import database

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432")


def _postgres_answers() -> bool:
    try:
        engine = create_engine(f"{POSTGRES}/postgres", connect_args={"connect_timeout": 2})
        with engine.connect():
            pass
        engine.dispose()
    except OperationalError:
        return False
    return True


POSTGRES_ANSWERS = _postgres_answers()


def pytest_report_header() -> str:
    return f"PostgreSQL: {'answers' if POSTGRES_ANSWERS else 'DOES NOT ANSWER, its tests are left out'}"


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = database.connect(f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.db'}")
    Base.metadata.create_all(engine)
    return engine


@pytest.fixture(scope="session")
def postgres_engine(worker_id: str) -> Iterator[Engine]:
    name = f"cartouche_test_{worker_id}"
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = database.connect(f"{POSTGRES}/{name}")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each test that asks for it runs on both databases."""
    if request.param == "postgresql" and not POSTGRES_ANSWERS:
        pytest.skip("PostgreSQL does not answer")
    casework.forget_diagrams()
    found: Engine = request.getfixturevalue(
        "sqlite_engine" if request.param == "sqlite" else "postgres_engine"
    )
    return found


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    """A session in a transaction that is rolled back: tests leave nothing behind."""
    with engine.execution_options(writes=True).connect() as connection:
        outer = connection.begin()
        with Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as session:
            yield session
        outer.rollback()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A demo office of its own in a folder of its own."""
    return read_settings({"CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": str(tmp_path)})


Login = Callable[[str], None]
