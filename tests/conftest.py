"""Databases, offices and clients for the tests: SQLite always, PostgreSQL where one answers."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bpmn import casework
from config.settings import Settings, read_settings
from models import Account, Base
from webapp import database, demo, passwords
from webapp.app import create_app, open_premises
from webapp.install import furnish
from webapp.memory import settle
from webapp.offices import Premises
from webapp.storage import FileStore

POSTGRES = os.environ.get(  # noqa: TID251 - the tests' own setting, not the program's
    "TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432"
)


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
    found = "answers" if POSTGRES_ANSWERS else "DOES NOT ANSWER, its tests are left out"
    return f"PostgreSQL: {found}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quick tests first, those in a browser last."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish() -> None:
    """As a server does: thousands of collected tests are not for the garbage collector to visit."""
    settle()


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with sqlite_database(tmp_path_factory.mktemp("db")) as engine:
        yield engine


@pytest.fixture(scope="session")
def postgres_engine(worker_id: str) -> Iterator[Engine]:
    with postgres_database(f"cartouche_test_{worker_id}_{os.getpid()}") as engine:
        yield engine


@contextmanager
def sqlite_database(folder: Path) -> Iterator[Engine]:
    """A database with the tables and nothing in them."""
    engine = database.connect(f"sqlite:///{folder / 'test.db'}")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@contextmanager
def postgres_database(name: str) -> Iterator[Engine]:
    """The same on PostgreSQL; dropped in the end."""
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
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


Login = Callable[[FlaskClient, str], FlaskClient]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the database and files of a freshly seeded demo; copied, never changed.

    Seeded once for all processes of a run: whoever comes first does it, the others copy.
    """
    folder = tmp_path_factory.mktemp("demo")
    if worker_id == "master":
        _seed_demo(folder)
        return folder
    shared = tmp_path_factory.getbasetemp().parent / "seeded_demo"
    with shared.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not shared.exists():
            _seed_demo(folder)
            shutil.copytree(folder, shared)
            return folder
    shutil.copytree(shared, folder, dirs_exist_ok=True)
    return folder


def _seed_demo(folder: Path) -> None:
    found = read_settings({"CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": str(folder)})
    premises = open_premises(found)
    Base.metadata.create_all(premises.engine)
    furnish(premises)
    demo.seed(premises, FileStore(found.attachment_url))
    premises.engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def light_passwords() -> Iterator[None]:
    """argon2id with the least work it can do: tests are about who may come in, not how long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture(scope="session")
def shared_app(demo_folder: Path) -> Flask:
    """One application per test process; `app` gives it another database for each test."""
    folder = {"CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": str(demo_folder)}
    app = create_app(read_settings(folder))
    app.config["TESTING"] = True
    return app


@pytest.fixture
def app(shared_app: Flask, demo_folder: Path, tmp_path: Path) -> Iterator[Flask]:
    """The demo office on a SQLite database of the test's own; posts need no CSRF token."""
    casework.forget_diagrams()
    shutil.copyfile(demo_folder / "cartouche.db", tmp_path / "cartouche.db")
    premises: Premises = shared_app.extensions["premises"]
    premises.engine = database.connect(f"sqlite:///{tmp_path / 'cartouche.db'}")
    premises.forget_calendar()
    premises.forget_standards()
    shared_app.config["WTF_CSRF_ENABLED"] = False
    yield shared_app
    premises.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def login(app: Flask) -> Login:
    """`login(client, "city_window")`: the session as after a login, without the slow password."""

    def log_in(client: FlaskClient, username: str) -> FlaskClient:
        premises: Premises = app.extensions["premises"]
        with premises.reading() as office:
            query = select(Account).where(Account.username == username)
            account = office.db.scalars(query).one()
        with client.session_transaction() as session:
            session.clear()
            session["_user_id"] = f"{account.id}:{account.session_version}"
            session["_fresh"] = True
        return client

    return log_in
