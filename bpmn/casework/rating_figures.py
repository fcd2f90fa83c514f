"""The public figures of 好差评: by organ and matter, and month by month. No unit, no words.

Read from the counters alone: the cost follows the number of organs and matters, not of cases.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bpmn.office import Office
from models import Authority, RatingCount
from models.calendar import office_date

MONTHS, ALL = 12, "all"
PAGE_SIZE = 50
_COLUMNS = ("rated", "satisfied", "bad", "handled", "in_time", "excluded")
_TABLE = RatingCount.__table__
_SUMS: tuple[Any, ...] = tuple(func.coalesce(func.sum(_TABLE.c[name]), 0) for name in _COLUMNS)


@dataclass(frozen=True)
class FiguresWanted:
    """What is asked for; empty means all, and of the months the last twelve (ALL: every one)."""

    month: str = ""
    authority_id: int = 0
    matter: str = ""
    page: int = 1


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
    """The newest first; months without a rating are left out."""


def figures_page(office: Office, wanted: FiguresWanted) -> FiguresPage:
    """One page of organs and matters, the most rated first, with their totals."""
    where = _conditions(office, wanted)
    groups = _by(RatingCount.authority_id, RatingCount.matter).where(*where)
    count = office.db.scalar(select(func.count()).select_from(groups.subquery())) or 0
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(wanted.page, 1), pages)
    query = groups.order_by(
        func.sum(RatingCount.rated).desc(), RatingCount.authority_id, RatingCount.matter
    )
    found = office.db.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    organs = organ_names(office, [row[0] for row in found])
    months = _by(RatingCount.month).where(*where).order_by(RatingCount.month.desc())
    total = office.db.execute(select(*_SUMS).where(*where)).one()
    return FiguresPage(
        rows=tuple(FiguresRow(organs[row[0]], row[1], Figures(*row[2:])) for row in found),
        page=page,
        pages=pages,
        count=count,
        total=Figures(*total),
        months=tuple((row[0], Figures(*row[1:])) for row in office.db.execute(months)),
    )


def last_months(office: Office) -> list[str]:
    """This month and the eleven before it, the newest first: 2026-11."""
    today = office_date(office.now)
    return [_month_before(today, back) for back in range(MONTHS)]


def rated_organs(office: Office) -> list[tuple[int, str]]:
    """(id, name) of the organs that have been rated, in the order of their codes."""
    rated = select(RatingCount.authority_id).distinct()
    query = select(Authority.id, Authority.name).where(Authority.id.in_(rated))
    return [(key, name) for key, name in office.db.execute(query.order_by(Authority.code))]


def organ_names(office: Office, ids: list[int]) -> dict[int, str]:
    query = select(Authority.id, Authority.name).where(Authority.id.in_(ids))
    return {key: name for key, name in office.db.execute(query)} if ids else {}  # noqa: C416


def _by(*columns: Any) -> Select[Any]:
    return select(*columns, *_SUMS).group_by(*columns)


def _conditions(office: Office, wanted: FiguresWanted) -> list[ColumnElement[bool]]:
    month = RatingCount.month
    first = "" if wanted.month == ALL else last_months(office)[-1]
    one = wanted.month not in ("", ALL)
    found = [month == wanted.month if one else month >= first]
    if wanted.authority_id:
        found.append(RatingCount.authority_id == wanted.authority_id)
    if wanted.matter:
        found.append(RatingCount.matter == wanted.matter)
    return found


def _month_before(day: date, back: int) -> str:
    months = day.year * 12 + day.month - 1 - back
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"
