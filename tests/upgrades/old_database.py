"""A database of revision 0002 with cases in flight, as its own release left it.

The rows of `0002.json.gz` were written by the release of revision 0002 (commit b558feb): one
资质申请 at a city organ for each state that a case may stand in. They are never made anew.
"""

import gzip
import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Engine, MetaData, func, select

from models.migrations import config_for, upgrade

ROWS = Path(__file__).with_name("0002.json.gz")


def bring_up(engine: Engine) -> None:
    """Fill an empty database as of revision 0002, and upgrade it to today's."""
    with engine.execution_options(writes=True).begin() as connection:
        command.upgrade(config_for(connection), "0002")
        _load(connection, json.loads(gzip.decompress(ROWS.read_bytes())))
    upgrade(engine)


def _load(connection: Connection, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    # Units and dossiers name each other: no order of the tables suits both.
    connection.exec_driver_sql(
        "PRAGMA defer_foreign_keys = ON"
        if is_sqlite
        else "SET LOCAL session_replication_role = replica"
    )
    tables = MetaData()
    tables.reflect(connection, only=list(rows))
    for name, found in rows.items():
        table = tables.tables[name]
        typed = [{key: _typed(table.c[key].type, row[key]) for key in row} for row in found]
        connection.execute(table.insert(), typed)
        if not is_sqlite and "id" in table.c:
            highest = select(func.max(table.c.id)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(f'"{name}"', "id")
            connection.execute(select(func.setval(sequence, highest)))


def _typed(kind: Any, value: Any) -> Any:
    """The value as its column takes it; times are UTC, and SQLite keeps no zone."""
    if value is None:
        return None
    if isinstance(value, dict):
        return b64decode(value["base64"])
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if kind.timezone else moment
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, JSON):
        return json.loads(value)
    return bool(value) if isinstance(kind, Boolean) else value
