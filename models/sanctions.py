"""Bars on new applications (限制期): which unit, until when, by which decision."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name, PrimaryKey, Time


class Sanction(Base):
    """One bar on one unit; ends by its own last day and is never removed (policy 2.5)."""

    __tablename__ = "sanction"
    __table_args__ = (Index(None, "unit_id", "until"),)

    id: Mapped[PrimaryKey]
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    ground: Mapped[Code]
    """Key of the ground in certificates/grounds.yml."""
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    """Its last day, Asia/Shanghai."""
    article: Mapped[Name]
    """What forbids a new application, as it is cited."""
    document_number: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"), index=True)
    created_at: Mapped[Time]
