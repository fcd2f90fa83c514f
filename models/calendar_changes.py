"""Changes of the working days: what is to be written, and which dates of open cases it moves.

A change is looked at first, over all open cases, and written only when an officer confirms it; the
cases are then gone through once more, each batch with its dates (policy 7).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AwareDateTime, Base, Code, Key, Name, PrimaryKey, Time

LOOKING, READY, MOVING, DONE, DROPPED = "looking", "ready", "moving", "done", "dropped"


class CalendarChange(Base):
    """Days that an officer wants to write over the calendar's, and how far that has come."""

    __tablename__ = "calendar_change"
    __table_args__ = (Index(None, "status", "id"),)

    id: Mapped[PrimaryKey]
    title: Mapped[Name]
    """The name of the file, or the day."""
    days: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """day (ISO), worked (None takes the day out of the table), name, source."""
    before: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The same days as they were when this was written."""
    status: Mapped[Code] = mapped_column(default=LOOKING)
    """looking at the cases, ready to be confirmed, moving dates, done; or dropped."""
    position: Mapped[int] = mapped_column(Key, default=0)
    """The last case that the present pass has looked at: it goes on from there."""
    looked: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)
    """Cases with a date that moves, in the present pass."""
    total: Mapped[int] = mapped_column(default=0)
    """Open cases when the pass began."""
    created_at: Mapped[Time]
    created_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class CalendarMove(Base):
    """One clock of a case whose last day another calendar moves."""

    __tablename__ = "calendar_move"
    __table_args__ = (Index(None, "change_id", "case_id"), Index(None, "case_id"))

    id: Mapped[PrimaryKey]
    change_id: Mapped[int] = mapped_column(Key, ForeignKey("calendar_change.id"))
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"))
    clock: Mapped[Code]
    old_due: Mapped[Time]
    new_due: Mapped[Time]


def worked_days(days: Iterable[Mapping[str, Any]]) -> dict[date, bool | None]:
    """Day to whether it is worked; None where only its weekday says so."""
    return {date.fromisoformat(day["day"]): day["worked"] for day in days}
