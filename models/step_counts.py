"""How long the steps of a matter took, counted day by day: what the heat map reads.

A day that is over never changes, so its steps are counted once, by a job; figures over a million
cases then cost no more than figures over a hundred.
"""

from datetime import date

from sqlalchemy import Date, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name, PrimaryKey, Time

EVERY_ORGAN = 0
"""Stands for an organ in the rows that count all of them together."""


class StepDay(Base):
    """A day whose steps have been counted, or that had none since the day before it."""

    __tablename__ = "step_day"

    id: Mapped[PrimaryKey]
    day: Mapped[date] = mapped_column(Date, unique=True)
    """Asia/Shanghai."""
    ends_at: Mapped[Time] = mapped_column(index=True)
    """Its 24:00: steps closed before it are counted."""
    steps: Mapped[int]


class StepCount(Base):
    """The steps of one element that were closed in one month and took so many working days."""

    __tablename__ = "step_count"
    __table_args__ = (UniqueConstraint("matter", "authority_id", "month", "element", "days"),)

    id: Mapped[PrimaryKey]
    matter: Mapped[Code]
    authority_id: Mapped[int] = mapped_column(Key)
    """The case's organ; 0 for all together."""
    month: Mapped[Code]
    """In which they were closed, Asia/Shanghai: 2026-11."""
    element: Mapped[Code]
    name: Mapped[Name]
    role: Mapped[Code]
    days: Mapped[int]
    """Working days from the day of opening to that of closing; 0 for the same day."""
    count: Mapped[int]
    lapsed: Mapped[int]
    """Of these: taken away by a timer or another event, done by nobody."""
    again: Mapped[int]
    """Of these: the case had been at the step before."""
