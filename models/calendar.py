"""Working days in the office's zone: which days are worked, and when n of them have passed.

The days are rows, seeded from the State Council's yearly notice; a year without rows is reckoned
from weekends and the holidays of fixed date, and every date in it is provisional (暂按).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Date, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
SATURDAY = 5
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""(month, day) off in every year: 全国年节及纪念日放假办法 Art. 2, 国令第795号 (confidence M).

The festivals of the lunar calendar wait for the year's notice.
"""


class CalendarDay(Base):
    """A day whose being worked is known from a notice (法定节假日, 调休)."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    worked: Mapped[bool]
    name: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[str] = mapped_column(String(120))


@dataclass(frozen=True)
class WorkingCalendar:
    """Answers every question about working days from days loaded once."""

    days: Mapping[date, bool] = field(default_factory=dict)

    def changed(self, days: Mapping[date, bool | None]) -> "WorkingCalendar":
        """As it would be with these days written over it; None takes a day out."""
        known = {day: worked for day, worked in {**self.days, **days}.items() if worked is not None}
        return WorkingCalendar(known)

    def is_worked(self, day: date) -> bool:
        known = self.days.get(day)
        if known is not None:
            return known
        return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED_HOLIDAYS

    def is_provisional(self, day: date) -> bool:
        """True where no notice covers the day's year."""
        return date(day.year, 1, 1) not in self.days

    def deadline(self, start: datetime, working_days: int) -> datetime:
        """The end, aware UTC, of the nth working day after the office's date of `start`.

        Day 1 is the first working day after it; the last day ends at 24:00 Asia/Shanghai
        (行政许可法 Art. 82; policy 7). Zero days end at the end of the start's own day.
        """
        key = legal_date(start), working_days
        end = self._ends.get(key)
        if end is None:
            end = self._ends[key] = self._end(*key)
        return end

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """How many working days lie after the date of `start`, up to and with that of `end`.

        Negative when `end` is earlier: as many working days overdue.
        """
        first, last = legal_date(start), legal_date(end)
        if last < first:
            return -self._count(last, first)
        return self._count(first, last)

    def days_left(self, now: datetime, due: datetime) -> int:
        """Working days left before `due`, an end of day; 0 is today, negative is overdue."""
        return self.working_days_between(now, due)

    @cached_property
    def _ends(self) -> dict[tuple[date, int], datetime]:
        """Ends counted before: thousands of open cases have a few hundred between them."""
        return {}

    def _end(self, day: date, left: int) -> datetime:
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_worked(day)
        return end_of_day(day)

    def _count(self, first: date, last: date) -> int:
        span = (last - first).days
        return sum(self.is_worked(first + timedelta(days=n)) for n in range(1, span + 1))


def end_of_day(day: date) -> datetime:
    """24:00 of the office's day, in UTC."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=OFFICE_ZONE)
    return midnight.astimezone(UTC)


def office_date(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()


def legal_date(moment: datetime) -> date:
    """The office's date of a legal moment; midnight is 24:00 of the day before, where terms end."""
    return office_date(moment - timedelta(microseconds=1))


def load_calendar(db: Session) -> WorkingCalendar:
    return WorkingCalendar(dict(db.execute(select(CalendarDay.day, CalendarDay.worked)).all()))
