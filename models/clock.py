"""The statutory clock (时限): an append-only ledger, and the due time as a fold over it.

No due time is stored as the truth; `Task.due_at` is a projection that casework rewrites.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_LIMIT, AwareDateTime, Base, Code, Key, PrimaryKey, Time
from models.calendar import WorkingCalendar

START, SUSPEND, RESUME, EXTEND, FINISH = "start", "suspend", "resume", "extend", "finish"


class ClockEntry(Base):
    """One thing that happened to one clock of a case; never changed, never removed."""

    __tablename__ = "clock_entry"
    __table_args__ = (Index(None, "case_id", "id"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"))
    clock: Mapped[Code]
    """acceptance, decision, issue, correction, notice or answer."""
    kind: Mapped[Code]
    """start, suspend, resume, extend or finish."""
    working_days: Mapped[int] = mapped_column(default=0)
    """Length at a start, additional length at an extension."""
    article: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    """Why, in the words of who decided it."""
    paper: Mapped[Code] = mapped_column(default="", server_default="")
    """The kind of paper by which the unit was told in writing; empty where none is asked for."""
    at: Mapped[Time]
    """The legal moment: of a timer its due time, however late the program noticed."""
    recorded_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When it was written; null for entries from before this was kept."""
    actor_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))


@dataclass(frozen=True)
class Clock:
    """One clock as its entries leave it."""

    name: str
    started_at: datetime
    working_days: int
    article: str
    due_at: datetime
    """End of its last day, aware UTC; NO_LIMIT while suspended."""
    suspended_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def last_moment(self) -> datetime:
        """Inside the last day that counts: its date is the date that people are told."""
        return self.due_at - timedelta(seconds=1)

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.suspended_at is None


def read_clock(name: str, ledger: Iterable[ClockEntry], calendar: WorkingCalendar) -> Clock | None:
    """The newest run of the named clock; None when it never started.

    Days used before a suspension are kept; the first working day after a resumption is the
    next one to count (行政许可法 Art. 45).
    """
    entries = [entry for entry in ledger if entry.clock == name]
    starts = [place for place, entry in enumerate(entries) if entry.kind == START]
    if not starts:
        return None
    return _fold(entries[starts[-1] :], calendar)


def _fold(entries: list[ClockEntry], calendar: WorkingCalendar) -> Clock:
    first = entries[0]
    left, since = first.working_days, first.at
    total, suspended_at, finished_at = left, None, None
    for entry in entries[1:]:
        if entry.kind == EXTEND:
            left, total = left + entry.working_days, total + entry.working_days
        elif entry.kind == SUSPEND and suspended_at is None:
            left -= calendar.working_days_between(since, entry.at)
            suspended_at = entry.at
        elif entry.kind == RESUME and suspended_at is not None:
            since, suspended_at = entry.at, None
        elif entry.kind == FINISH:
            finished_at = entry.at
    due = NO_LIMIT if suspended_at else calendar.deadline(since, left)
    return Clock(first.clock, first.at, total, first.article, due, suspended_at, finished_at)
