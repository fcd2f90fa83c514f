"""Databases of a test's own with their tables: copies of one that was migrated once."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import create_engine, text

from models.migrations import upgrade
from tests.conftest import POSTGRES
from webapp import database

_numbers = count(1)


@contextmanager
def migrated_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty office's database on sqlite or postgresql, for one test."""
    if kind == "sqlite":
        shutil.copyfile(_migrated_file(), folder / "cartouche.db")
        yield f"sqlite:///{folder / 'cartouche.db'}"
        return
    name = f"cartouche_test_{os.getpid()}_{next(_numbers)}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {_migrated_template()}")
    yield f"{POSTGRES}/{name}"
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _migrated_file() -> Path:
    folder = Path(mkdtemp(prefix="cartouche-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _migrate(f"sqlite:///{folder / 'empty.db'}")
    return folder / "empty.db"


@cache
def _migrated_template() -> str:
    name = f"cartouche_test_{os.getpid()}_template"
    _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _on_server(f"CREATE DATABASE {name}")
    atexit.register(_on_server, f"DROP DATABASE {name} WITH (FORCE)")
    _migrate(f"{POSTGRES}/{name}")
    return name


def _migrate(url: str) -> None:
    engine = database.connect(url)
    upgrade(engine)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _on_server(statement: str) -> None:
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(statement))
    server.dispose()
