"""What the old system (before 2021-07-01) knew: its qualifications and its staff, from its files.

Never written by a case. What it knew of a unit is found by the unit's key: its credit code, or its
name where the old system had no code.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Digest, Json, Key, Name, PrimaryKey, Time
from models.units import Unit

STAFF, QUALIFICATIONS = "staff", "qualifications"


class FormerLoad(Base):
    """A file of the old system. What it was the last to say is removed with it."""

    __tablename__ = "former_load"

    id: Mapped[PrimaryKey]
    kind: Mapped[Code]
    """staff or qualifications."""
    filename: Mapped[Name]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Until it is accepted, by row: values, and told: what is wrong, as [address, sentence]."""
    unknown: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Columns that were left out, as they are called in the file."""
    repeated: Mapped[int] = mapped_column(default=0)
    """Rows that only say again what another one says; left out."""
    row_count: Mapped[int] = mapped_column(default=0)
    """How many rows were taken from it."""
    accepted_at: Mapped[Time | None]
    loaded_at: Mapped[Time] = mapped_column(index=True)
    loaded_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))


class FormerQualification(Base):
    """One specialty of a 甲, 乙, 丙 or 丁 qualification of the old system (R034-R037)."""

    __tablename__ = "former_qualification"
    __table_args__ = (UniqueConstraint("unit_key", "level", "specialty"),)

    id: Mapped[PrimaryKey]
    load_id: Mapped[int] = mapped_column(Key, ForeignKey("former_load.id"), index=True)
    unit_key: Mapped[Name]
    unit_name: Mapped[Name]
    level: Mapped[Code]
    """A, B, C or D."""
    specialty: Mapped[Code]
    number: Mapped[Name] = mapped_column(default="")
    first_approved_on: Mapped[date]
    """Of the first qualification of that level that the old system recorded."""


class FormerPerson(Base):
    """A person of the old system's staff list, for 老人老办法 (R065, R154)."""

    __tablename__ = "former_person"
    __table_args__ = (UniqueConstraint("unit_key", "digest"),)

    id: Mapped[PrimaryKey]
    load_id: Mapped[int] = mapped_column(Key, ForeignKey("former_load.id"), index=True)
    unit_key: Mapped[Name]
    unit_name: Mapped[Name]
    name: Mapped[Name]
    digest: Mapped[Digest]
    """Blind index of the ID number, as claims have it."""
    values: Mapped[Json]
    """The fields of the staff form that the old system had: name, id_number, category ..."""


def former_keys(unit: Unit) -> list[str]:
    """Under what the old system may have known the unit."""
    return [key for key in (unit.uscc, unit.name) if key]
