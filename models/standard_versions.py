"""Versions of the standard: the tables, and which version holds on which day.

A published version is never changed. A case keeps the one it was first submitted under
(docs/decisions/0008-standard-versions.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import AwareDateTime, Base, Code, Key, Name, PrimaryKey, Time
from models.policy import Standard
from models.reading import read_standard
from models.standard_cells import Cell, data_of


class StandardVersion(Base):
    """A version of the standard; a draft until it is published."""

    __tablename__ = "standard_version"

    id: Mapped[PrimaryKey]
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[Name]
    note: Mapped[str] = mapped_column(String(500), default="")
    """Why it was made; said when it is published."""
    effective: Mapped[date | None] = mapped_column(Date)
    """The office's day from which it holds; null for a draft."""
    created_at: Mapped[Time]
    created_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    """Null for the version that shipped with the program."""
    published_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    published_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))


class StandardCell(Base):
    """One cell of a version; `key` is its path, as `standard_cells` makes it."""

    __tablename__ = "standard_cell"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[PrimaryKey]
    version_id: Mapped[int] = mapped_column(Key, ForeignKey("standard_version.id"))
    key: Mapped[Code]
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(500))
    confidence: Mapped[str] = mapped_column(String(2))
    revision: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Standards:
    """Every published version, in the order in which they come into force; never empty."""

    versions: tuple[Standard, ...]

    def on(self, day: date) -> Standard:
        """The version in force on an office's day; before all of them, the first."""
        held = [one for one in self.versions if one.effective <= day]
        return held[-1] if held else self.versions[0]

    def after(self, day: date) -> Standard | None:
        """The next version that is published and not yet in force."""
        return next((one for one in self.versions if one.effective > day), None)

    def numbered(self, number: int) -> Standard | None:
        return next((one for one in self.versions if one.number == number), None)


_PUBLISHED = (
    select(StandardVersion)
    .where(StandardVersion.published_at.is_not(None))
    .order_by(StandardVersion.effective, StandardVersion.number)
)


def published_standards(db: Session, known: Sequence[Standard] = ()) -> tuple[Standard, ...]:
    """The published versions; those known already are not read again, as they never change."""
    kept = {one.number: one for one in known}
    return tuple(kept.get(row.number) or _standard(db, row) for row in db.scalars(_PUBLISHED))


def published_standard(db: Session, number: int) -> Standard:
    """One published version; raises NoResultFound."""
    return _standard(db, db.scalars(_PUBLISHED.where(StandardVersion.number == number)).one())


def stored_cells(db: Session, version_id: int) -> dict[str, Cell]:
    """A version's cells in the order of the standard."""
    query = select(StandardCell).where(StandardCell.version_id == version_id)
    return {
        row.key: Cell(row.value, row.source, row.confidence)
        for row in db.scalars(query.order_by(StandardCell.id))
    }


def _standard(db: Session, row: StandardVersion) -> Standard:
    return read_standard(
        {
            **data_of(stored_cells(db, row.id)),
            "number": row.number,
            "title": row.title,
            "effective": row.effective,
        }
    )
