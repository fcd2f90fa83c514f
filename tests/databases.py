"""Databases for tests that commit: migrated once, then empty again for each test."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from sqlalchemy import create_engine, text

from models.migrations import upgrade
from tests.conftest import POSTGRES
from webapp import database


@contextmanager
def migrated_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an office's empty database on sqlite or postgresql, for one test."""
    if kind == "sqlite":
        shutil.copyfile(_migrated_file(), folder / "cartouche.db")
        yield f"sqlite:///{folder / 'cartouche.db'}"
        return
    name = _migrated_on_server()
    yield f"{POSTGRES}/{name}"
    _empty(name)


@cache
def _migrated_file() -> Path:
    folder = Path(mkdtemp(prefix="cartouche-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _migrate(f"sqlite:///{folder / 'empty.db'}")
    return folder / "empty.db"


@cache
def _migrated_on_server() -> str:
    """One for the process: dropping a database costs PostgreSQL a checkpoint, seconds at times."""
    name = f"cartouche_live_{os.getpid()}"
    _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _on_server(f"CREATE DATABASE {name}")
    _on_server(f"ALTER DATABASE {name} SET synchronous_commit = off")
    atexit.register(_on_server, f"DROP DATABASE {name} WITH (FORCE)")
    _migrate(f"{POSTGRES}/{name}")
    return name


def _empty(name: str) -> None:
    """Leave no row, whoever may still be connected."""
    address = f"{POSTGRES}/{name}".replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(_EMPTYING)


# All in one go to the server, and in every table: the queue's too, which are not ours.
_EMPTYING = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
DO $$
DECLARE
    found text;
BEGIN
    FOR found IN
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %I', found);
    END LOOP;
END $$
"""


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
