"""Reading working days from a list, all or nothing, and what the calendar says of a year."""

from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR, date
from gettext import gettext as _
from typing import Any

from sqlalchemy import func, select

from bpmn.office import Office
from models import CalendarDay

COLUMNS = ("date", "worked", "name", "source")
MOST_DAYS = 2000
_TRUE, _FALSE = {"1", "yes", "true", "是", "班"}, {"0", "no", "false", "否", "休"}


class CalendarRefused(Exception):
    """Lines that cannot be read; `problems` holds a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("；".join(problems))


def read_days(lines: Iterable[Mapping[str, str | None]]) -> list[dict[str, Any]]:
    """The days of a list, as a change keeps them. Raises CalendarRefused."""
    days, problems = [], []
    for number, line in enumerate(lines, start=2):
        try:
            days.append(_day(line))
        except ValueError as error:
            problems.append(_("第 {number} 行：{error}").format(number=number, error=error))
    if problems or not days:
        raise CalendarRefused(problems[:50] or [_("文件中没有日期。")])
    if len(days) > MOST_DAYS:
        raise CalendarRefused([_("一次最多载入 {most} 天。").format(most=MOST_DAYS)])
    return days


def _day(line: Mapping[str, str | None]) -> dict[str, Any]:
    values = {name: (line.get(name) or "").strip() for name in COLUMNS}
    try:
        day = date.fromisoformat(values["date"])
    except ValueError:
        raise ValueError(_("日期应写成 2027-01-01 的形式。")) from None
    word = values["worked"].lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(_("worked 一栏应为 1（上班）或 0（放假）。"))
    if not values["source"]:
        raise ValueError(_("请写明来源，例如通知的文号。"))
    return day_of(day, word in _TRUE, values["name"], values["source"])


def day_of(day: date, worked: bool | None, name: str, source: str) -> dict[str, Any]:
    """A day as a change keeps it; `worked` None takes it out of the table."""
    told = {"name": name[:60], "source": source[:120]} if worked is not None else {}
    return {"day": day.isoformat(), "worked": worked, "name": "", "source": "", **told}


def days_of(office: Office, year: int) -> list[CalendarDay]:
    """The year's days that a notice names, in their order."""
    if not MINYEAR <= year <= MAXYEAR:
        return []
    first, last = date(year, 1, 1), date(year, 12, 31)
    query = select(CalendarDay).where(CalendarDay.day.between(first, last))
    return list(office.db.scalars(query.order_by(CalendarDay.day)))


def known_years(office: Office) -> list[int]:
    """The years that have rows, and the one after them."""
    query = select(func.min(CalendarDay.day), func.max(CalendarDay.day))
    first, last = office.db.execute(query).one()
    return list(range(first.year, last.year + 2)) if first else []
