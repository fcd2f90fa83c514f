"""好差评: what a unit thought of a case once it was over, and the figures of it that are public.

The figures are counted as ratings come in, never by reading the ratings: a page that shows them
costs the same after a million cases.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AwareDateTime, Base, Code, Key, PrimaryKey, Time


class Rating(Base):
    """Asked for when a case ends with an outcome; given at most once, by the case's own unit."""

    __tablename__ = "rating"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"), unique=True)
    authority_id: Mapped[int] = mapped_column(Key, ForeignKey("authority.id"))
    """The organ that is rated: the one that the case ended at."""
    matter: Mapped[Code]
    asked_at: Mapped[Time]
    until: Mapped[Time]
    """End of the last day on which it may be given or completed."""
    grade: Mapped[int | None]
    """5 非常满意 … 1 非常不满意; null until given."""
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """Keys of the indicators that were ticked."""
    words: Mapped[str] = mapped_column(String(500), default="")
    """May name persons: for the unit and the organ, never for the public."""
    rated_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    rated_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    addition: Mapped[str] = mapped_column(String(500), default="")
    """What was added once (追评); the grade stays."""
    added_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    month: Mapped[str] = mapped_column(String(7), default="")
    """In which it was given, Asia/Shanghai: 2026-11; its figures stand under it."""
    handling_id: Mapped[int | None] = mapped_column(Key, ForeignKey("case.id"), index=True)
    """The case in which a bad one is dealt with."""
    result: Mapped[Code] = mapped_column(default="")
    """What came of a bad one: replied, or excluded (申诉成立); empty until then."""
    handled_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class RatingCount(Base):
    """The ratings of one organ, counted: by matter and in all, by month, by year and in all."""

    __tablename__ = "rating_count"
    __table_args__ = (
        UniqueConstraint("authority_id", "matter", "month"),
        Index(None, "month", "matter", "authority_id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(Key, ForeignKey("authority.id"))
    matter: Mapped[Code]
    """Empty for all of the organ's matters together."""
    month: Mapped[str] = mapped_column(String(7))
    """2026-11, the year 2026, or empty for all time: no page adds up more than the organs."""
    rated: Mapped[int] = mapped_column(default=0)
    """Without those that an appeal has excluded."""
    satisfied: Mapped[int] = mapped_column(default=0)
    bad: Mapped[int] = mapped_column(default=0)
    handled: Mapped[int] = mapped_column(default=0)
    """Of the bad ones: replied to."""
    in_time: Mapped[int] = mapped_column(default=0)
    """Of the handled ones: by the last day of the limit."""
    excluded: Mapped[int] = mapped_column(default=0)
