"""Finding cases by what people type: a number, its end, or a unit's name. Bounded everywhere."""

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from bpmn.office import Office
from models import Case, Unit
from models.calendar import office_date

MOST_NAMED = 300
"""More than these are not looked at: the text says too little."""
_PREFIX = re.compile(r"CH\d{8,}")
_ORDER = re.compile(r"\d{1,6}")


def cases_named(office: Office, text: str, *, open_only: bool = False) -> list[int]:
    """The ids of at most MOST_NAMED cases that the text names, the newest first."""
    conditions: list[ColumnElement[bool]] = [or_(*_numbers(office, text), _units(office, text))]
    if open_only:
        conditions.append(Case.closed_at.is_(None))
    query = select(Case.id).where(*conditions).order_by(Case.id.desc()).limit(MOST_NAMED)
    return list(office.db.scalars(query))


def _numbers(office: Office, text: str) -> Sequence[ColumnElement[bool]]:
    typed = text.strip().upper()
    if _ORDER.fullmatch(typed):
        typed = f"CH{office_date(office.now).year}{int(typed):06d}"
    if _PREFIX.fullmatch(typed):
        # A range, for LIKE would not be read along the index of SQLite.
        return [Case.number.between(typed, typed + "~")]
    return [Case.number == typed]


def _units(office: Office, text: str) -> ColumnElement[bool]:
    query = select(Unit.id).where(Unit.name.contains(text.strip(), autoescape=True))
    found = list(office.db.scalars(query.order_by(Unit.id).limit(MOST_NAMED)))
    return Case.unit_id.in_(found)
