"""A step that a walk has taken before, written again instead of worked out again.

What a step writes depends on what was written before it, on who takes it and on what the desk
holds. Where all three are as they were in an earlier test of this process and on this database, the
same statements are sent once more with the same values; the first walk that takes a step always
takes it through the use cases, on each database. A walk that does anything else on its way has
written something else, and goes on by itself.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import Session

from models import Base

Write = tuple[str, Any]
"""A statement with its values, as the driver had it: a list of them for many rows."""
_NO_WRITES = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Step:
    """What it wrote, the digest of everything written by then, and what the desk then held."""

    writes: tuple[Write, ...]
    history: bytes
    desk: Mapping[str, Any]


@dataclass
class Journal:
    """What one test has written; `steps` is shared by all tests of the process on one database."""

    connection: Connection
    steps: dict[Hashable, Step]
    history: bytes = b""
    is_known: bool = True
    writes: list[Write] = field(default_factory=list)

    def __post_init__(self) -> None:
        event.listen(self.connection, "before_cursor_execute", self._note)
        event.listen(self.connection, "rollback_savepoint", self._lose)

    def take(self, desk: Any, action: Hashable, play: Callable[[], object]) -> None:
        desk.db.flush()
        before = _freeze(_held(desk))
        key = (self.history, type(desk), action, repr(before))
        step = self.steps.get(key) if self.is_known else None
        if step is not None:
            self._write_again(step)
            desk.db.expire_all()
            changed = {name: new for name, new in step.desk.items() if new != before.get(name)}
            vars(desk).update(_thaw(desk.db, changed))
            return
        self.writes = []
        play()
        desk.db.flush()
        if self.is_known:
            self.steps[key] = Step(tuple(self.writes), self.history, _freeze(_held(desk)))

    def _write_again(self, step: Step) -> None:
        driver: Any = self.connection.connection.driver_connection
        with ExitStack() as stack:
            if self.connection.dialect.name == "postgresql":
                stack.enter_context(driver.pipeline())
            cursor = driver.cursor()
            for statement, values in step.writes:
                many = isinstance(values, list)
                (cursor.executemany if many else cursor.execute)(statement, values)
            cursor.close()
        self.history = step.history

    def _note(self, _conn: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.startswith(_NO_WRITES):
            return
        self.writes.append((statement, values))
        digest = hashlib.sha256(self.history)
        digest.update(repr((statement, _plain(values))).encode())
        self.history = digest.digest()

    def _lose(self, *_savepoint: Any) -> None:
        self.is_known = False


def once(desk: Any, action: Hashable, play: Callable[[], object]) -> None:
    """Take a step of a walk; from memory where it was taken just so before."""
    journal = desk.db.info.get("journal")
    if journal is None:
        play()
        desk.db.flush()
    else:
        journal.take(desk, action, play)


def _plain(values: Any) -> Any:
    """JSON values come wrapped for PostgreSQL, and show only their beginning."""
    if isinstance(values, dict):
        return {name: _plain(value) for name, value in values.items()}
    if isinstance(values, list | tuple):
        return [_plain(value) for value in values]
    return getattr(values, "obj", values)


@dataclass(frozen=True)
class _Row:
    """A row that the desk holds, by its table and id; of a row that was deleted None."""

    kind: type[Base]
    id: Any


def _held(desk: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(desk).items() if name != "db"}


def _freeze(value: Any) -> Any:
    if isinstance(value, Base):
        # Not value.id, which would read the row again. SQLite gives a deleted row's id once more.
        known = inspect(value)
        return _Row(type(value), known.identity[0] if known.persistent else None)
    if isinstance(value, dict):
        return {name: _freeze(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_freeze(one) for one in value)
    return value


def _thaw(db: Session, value: Any) -> Any:
    read = {}
    for kind, ids in _rows_in(value).items():
        for row in db.scalars(select(kind).where(kind.id.in_(ids))):  # type: ignore[attr-defined]
            read[_Row(kind, row.id)] = row
    return _with_rows(value, read)


def _rows_in(value: Any) -> dict[Any, set[Any]]:
    found: defaultdict[Any, set[Any]] = defaultdict(set)
    if isinstance(value, _Row):
        found[value.kind] |= {value.id} - {None}
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            for kind, ids in _rows_in(one).items():
                found[kind] |= ids
    return found


def _with_rows(value: Any, read: Mapping[_Row, Any]) -> Any:
    if isinstance(value, _Row):
        return read[value] if value.id is not None else None
    if isinstance(value, dict):
        return {name: _with_rows(one, read) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_with_rows(one, read) for one in value)
    return value
