"""The statutory clock (时限): an append-only ledger, and the due time as a fold over it.

No due time is stored as the truth; `Task.due_at` is a projection that casework rewrites.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

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


class Entry(Protocol):
    """What a fold reads of an entry: the row itself, or a few columns of many."""

    @property
    def clock(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def working_days(self) -> int: ...
    @property
    def article(self) -> str: ...
    @property
    def at(self) -> datetime: ...


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


def read_clock(name: str, ledger: Iterable[Entry], calendar: WorkingCalendar) -> Clock | None:
    """The newest run of the named clock; None when it never started.

    Days used before a suspension are kept, that of the suspension among them; the first working
    day after a resumption is the next one to count (行政许可法 Art. 45).
    """
    entries = [entry for entry in ledger if entry.clock == name]
    starts = [place for place, entry in enumerate(entries) if entry.kind == START]
    if not starts:
        return None
    return fold_run(entries[starts[-1] :], calendar)


def fold_run(entries: Sequence[Entry], calendar: WorkingCalendar) -> Clock:
    """One run of a clock: its start and what followed, in order."""
    first, total, finished_at = entries[0], entries[0].working_days, None
    for entry in entries[1:]:
        if entry.kind == EXTEND:
            total += entry.working_days
        elif entry.kind == FINISH:
            finished_at = entry.at
    spans, since = _spans(entries)
    due = _due(spans, since, total, calendar)
    suspended_at = spans[-1][1] if since is None else None
    return Clock(first.clock, first.at, total, first.article, due, suspended_at, finished_at)


def days_used(entries: Sequence[Entry], until: datetime, calendar: WorkingCalendar) -> int:
    """How many working days of a run were counted up to and with the date of `until`.

    None before its start: the machine's clock may have been set back.
    """
    so_far = [entry for entry in entries if entry.at <= until]
    if not so_far:
        return 0
    spans, since = _spans(so_far)
    running = [(since, until)] if since is not None else []
    return sum(calendar.working_days_between(*span) for span in [*spans, *running])


def _spans(entries: Sequence[Entry]) -> tuple[list[tuple[datetime, datetime]], datetime | None]:
    """When the clock ran, each from and until; and since when it runs now, if it does."""
    spans: list[tuple[datetime, datetime]] = []
    since: datetime | None = entries[0].at
    for entry in entries[1:]:
        if entry.kind == SUSPEND and since is not None:
            spans.append((since, entry.at))
            since = None
        elif entry.kind == RESUME and since is None:
            since = entry.at
    return spans, since


def _due(
    spans: Iterable[tuple[datetime, datetime]],
    since: datetime | None,
    left: int,
    calendar: WorkingCalendar,
) -> datetime:
    for begun, ended in spans:
        due = calendar.deadline(begun, left)
        if due <= ended:
            return due  # over before it was suspended: no pause gives it back
        left -= calendar.working_days_between(begun, ended)
    return NO_LIMIT if since is None else calendar.deadline(since, left)
