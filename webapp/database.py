"""The one way to the database: an engine per process, and the transaction around every change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

BUSY_MILLISECONDS = 10_000


def connect(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL that behaves the same on both.

    Parameters are kept out of its errors: these go to the log, and hold people's numbers.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            url, pool_size=10, max_overflow=10, pool_pre_ping=True, hide_parameters=True
        )
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite does, and rightly.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """A writer takes the write lock at once: two that read first and then write would deadlock."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Everything inside is done, or nothing is. The only commit of the program."""
    with Session(engine.execution_options(writes=True), expire_on_commit=False) as db:
        try:
            yield db
            db.commit()
        except BaseException:
            db.rollback()
            raise


@contextmanager
def rehearsal(engine: Engine) -> Iterator[Session]:
    """A transaction that is always undone: to see what a change would lead to."""
    with Session(engine.execution_options(writes=True), expire_on_commit=False) as db:
        try:
            yield db
        finally:
            db.rollback()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """For a page that only looks; whatever it should change is not kept."""
    with Session(engine, expire_on_commit=False) as db:
        yield db
