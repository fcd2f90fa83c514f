"""What benchmarks of many cases share: one case written many times, and a rate as a row."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, insert, select
from sqlalchemy.orm import Session

Copied = tuple[Any, ColumnElement[bool], Mapping[str, Any]]
"""A model, which of its rows, and what is another one in the copy."""


def copy_rows(db: Session, copied: Iterable[Copied]) -> None:
    """Write the rows once more; None is left to the database."""
    for model, those, new in copied:
        table: Table = model.__table__
        for row in db.execute(select(table).where(those)).mappings().all():
            given = {k: v for k, v in {**row, **new}.items() if v is not None}
            db.execute(insert(table), given)


def rate(
    name: str, cases: int, ours: Sequence[float], naive: Sequence[float], least: float
) -> dict[str, Any]:
    """Cases a second from the seconds of each round, beside those of the baseline."""
    value, baseline = (cases / statistics.median(times) for times in (ours, naive))
    return {
        "name": name,
        "value": round(value, 1),
        "unit": "/s",
        "baseline": round(baseline, 1),
        "ratio": round(value / baseline, 2),
        "target": f"≥ {least:g} /s",
        "ok": value >= least,
    }
