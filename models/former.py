"""What the old system (before 2021-07-01) knew: its qualifications and its staff, loaded once.

Never written by a case. A unit finds its own by its credit code, or by its name where the old
system had no code.
"""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Json, Key, Name, PrimaryKey, Time


class FormerQualification(Base):
    """One specialty of a 甲, 乙, 丙 or 丁 qualification of the old system (R034-R037)."""

    __tablename__ = "former_qualification"
    __table_args__ = (Index(None, "uscc"), Index(None, "unit_name"))

    id: Mapped[PrimaryKey]
    unit_name: Mapped[Name]
    uscc: Mapped[str] = mapped_column(String(18), default="")
    level: Mapped[Code]
    """A, B, C or D."""
    specialty: Mapped[Code]
    number: Mapped[str] = mapped_column(String(40), default="")
    first_approved_on: Mapped[date]
    """Of the first qualification of that level that the old system recorded."""
    loaded_at: Mapped[Time]
    loaded_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))


class FormerPerson(Base):
    """A person of the old system's staff list, for 老人老办法 (R065, R154)."""

    __tablename__ = "former_person"
    __table_args__ = (Index(None, "uscc"), Index(None, "unit_name"))

    id: Mapped[PrimaryKey]
    unit_name: Mapped[Name]
    uscc: Mapped[str] = mapped_column(String(18), default="")
    values: Mapped[Json]
    """The fields of the staff form that the old system had: name, id_number, category ..."""
    loaded_at: Mapped[Time]
    loaded_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
