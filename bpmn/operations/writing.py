"""Rows that are only ever added: collected while a step runs, then written a table at a time.

A step adds tasks, events, messages, papers and clock entries, none of which it reads back as
objects; written so, they cost a tenth of what the session would take for them one by one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Table, insert

from bpmn.office import Office
from models import Base

Rows = dict[type[Base], list[dict[str, Any]]]
_PENDING = "rows of the running step"


@contextmanager
def together(office: Office) -> Iterator[None]:
    """Write at the end, in one statement a table, whatever `add_row` is given inside."""
    if _PENDING in office.kept:
        yield
        return
    rows: Rows = office.kept.setdefault(_PENDING, {})
    try:
        yield
        for table, found in rows.items():
            office.db.execute(insert(_table_of(table)), found)
    finally:
        del office.kept[_PENDING]


def add_row(office: Office, table: type[Base], **values: Any) -> None:
    """Add a row, now or with the running step's. Rows of one table have the same columns."""
    pending: Rows | None = office.kept.get(_PENDING)
    if pending is None:
        office.db.execute(insert(_table_of(table)), values)
    else:
        pending.setdefault(table, []).append(values)


def pending_rows(office: Office, table: type[Base]) -> list[dict[str, Any]]:
    """What the running step has added and not yet written."""
    pending: Rows = office.kept.get(_PENDING, {})
    return pending.get(table, [])


def _table_of(table: type[Base]) -> Table:
    return cast(Table, table.__table__)
