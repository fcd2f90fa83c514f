"""The public figures of 好差评: by organ and matter, and month by month. No unit, no words.

Read from the counters alone: the cost follows the number of organs and matters, not of cases.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bpmn.office import Office
from models import Authority, RatingCount
from models.calendar import office_date

MONTHS = 12
PAGE_SIZE = 50
_COLUMNS = ("rated", "satisfied", "bad", "handled", "in_time", "excluded")
_TABLE = RatingCount.__table__
_SUMS: tuple[Any, ...] = tuple(func.coalesce(func.sum(_TABLE.c[name]), 0) for name in _COLUMNS)
_COUNTS = select(_TABLE.c.authority_id, _TABLE.c.matter, *(_TABLE.c[name] for name in _COLUMNS))


@dataclass(frozen=True)
class FiguresWanted:
    """What is asked for; empty means all. `period` is a month, a year, or empty for all time."""

    period: str = ""
    authority_id: int = 0
    matter: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.period or self.authority_id or self.matter)


@dataclass(frozen=True)
class Figures:
    """Ratings counted, with the shares as the public reads them."""

    rated: int
    satisfied: int
    bad: int
    handled: int
    in_time: int
    excluded: int

    @property
    def satisfied_share(self) -> str:
        """满意率: 基本满意 and better, of all."""
        return _share(self.satisfied, self.rated)

    @property
    def handled_share(self) -> str:
        """整改率: replied to, of the bad ones."""
        return _share(self.handled, self.bad)

    @property
    def in_time_share(self) -> str:
        """按期率: within the limit, of those replied to."""
        return _share(self.in_time, self.handled)


@dataclass(frozen=True)
class FiguresRow:
    organ: str
    matter: str
    figures: Figures


@dataclass(frozen=True)
class FiguresPage:
    rows: tuple[FiguresRow, ...]
    page: int
    pages: int
    count: int
    total: Figures
    months: tuple[tuple[str, Figures], ...]
    """Of the last twelve, the newest first; months without a rating are left out."""


def figures_page(office: Office, wanted: FiguresWanted) -> FiguresPage:
    """One page of organs and matters, the most rated first, with their totals."""
    rows = _COUNTS.where(*_conditions(wanted))
    count = office.db.scalar(select(func.count()).select_from(rows.subquery())) or 0
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(wanted.page, 1), pages)
    query = rows.order_by(_TABLE.c.rated.desc(), _TABLE.c.id)
    found = office.db.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    organs = organ_names(office, [row[0] for row in found])
    whole = _whole(wanted)
    total = office.db.execute(select(*_SUMS).where(_TABLE.c.month == wanted.period, *whole)).one()
    return FiguresPage(
        rows=tuple(FiguresRow(organs[row[0]], row[1], Figures(*row[2:])) for row in found),
        page=page,
        pages=pages,
        count=count,
        total=Figures(*total),
        months=_by_month(office, whole),
    )


def last_months(office: Office) -> list[str]:
    """This month and the eleven before it, the newest first: 2026-11."""
    today = office_date(office.now)
    return [_month_before(today, back) for back in range(MONTHS)]


def rated_years(office: Office) -> list[str]:
    """From this year back to the first in which anything was rated."""
    first = office.db.scalar(select(func.min(_TABLE.c.month)).where(_TABLE.c.month > ""))
    this = office_date(office.now).year
    return [str(year) for year in range(this, int(first[:4]) - 1, -1)] if first else []


def rated_organs(office: Office) -> list[tuple[int, str]]:
    """(id, name) of the organs that have been rated, in the order of their codes."""
    rated = select(_TABLE.c.authority_id).where(_TABLE.c.month == "", _TABLE.c.matter == "")
    query = select(Authority.id, Authority.name).where(Authority.id.in_(rated))
    return [(key, name) for key, name in office.db.execute(query.order_by(Authority.code))]


def organ_names(office: Office, ids: list[int]) -> dict[int, str]:
    query = select(Authority.id, Authority.name).where(Authority.id.in_(ids))
    return {key: name for key, name in office.db.execute(query)} if ids else {}  # noqa: C416


def _by_month(office: Office, whole: list[ColumnElement[bool]]) -> tuple[tuple[str, Figures], ...]:
    month = _TABLE.c.month
    query = select(month, *_SUMS).where(month.in_(last_months(office)), *whole)
    found = office.db.execute(query.group_by(month).order_by(month.desc()))
    return tuple((row[0], Figures(*row[1:])) for row in found)


def _conditions(wanted: FiguresWanted) -> list[ColumnElement[bool]]:
    """Each row by itself is one organ's figures on one matter."""
    matter = _TABLE.c.matter
    one = matter == wanted.matter if wanted.matter else matter != ""
    return [_TABLE.c.month == wanted.period, one, *_of_organ(wanted)]


def _whole(wanted: FiguresWanted) -> list[ColumnElement[bool]]:
    """One row an organ: of the matter, or of all its matters together."""
    return [_TABLE.c.matter == wanted.matter, *_of_organ(wanted)]


def _of_organ(wanted: FiguresWanted) -> list[ColumnElement[bool]]:
    return [_TABLE.c.authority_id == wanted.authority_id] if wanted.authority_id else []


def _month_before(day: date, back: int) -> str:
    months = day.year * 12 + day.month - 1 - back
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"
