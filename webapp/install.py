"""Bringing an empty database to where work can begin: tables, working days, standard, diagrams."""

from collections.abc import Mapping
from datetime import date, timedelta
from gettext import gettext as _
from typing import Any

from sqlalchemy import insert, select

from bpmn import casework
from bpmn.casework import standards
from bpmn.diagram import load_files
from bpmn.matters import MATTERS
from bpmn.office import Office
from config.policy import load_standards
from models import CalendarDay, DiagramVersion, StandardVersion
from models.migrations import is_current, upgrade
from models.standard_cells import cells_of
from webapp.offices import Premises

FIRST_YEAR, LAST_YEAR = 2021, 2026
"""The years whose working days are known from notices; later ones are loaded from files."""


def install(premises: Premises) -> bool:
    """Migrate, and fill in what every office needs. Safe to repeat; True when tables changed."""
    changed = not is_current(premises.engine)
    if changed:
        upgrade(premises.engine)
    furnish(premises)
    return changed


def furnish(premises: Premises) -> None:
    """Write working days, the standard and diagrams into tables that lack them."""
    with premises.transaction() as office:
        seed_calendar(office)
        seed_standard(office, load_standards())
        _deploy_shipped_diagrams(office)
    premises.forget_calendar()
    premises.forget_standards()


def seed_calendar(office: Office) -> None:
    """Write the State Council's yearly arrangements of days off, unless days are there."""
    if office.db.scalar(select(CalendarDay.day).limit(1)) is not None:
        return
    office.db.execute(insert(CalendarDay), known_days())


def known_days() -> list[dict[str, object]]:
    """The days off and the worked weekends of the known years (package chinesecalendar).

    Other days need no row: their weekday says whether they are worked.
    """
    import chinese_calendar

    source = _("国务院办公厅节假日安排通知（chinesecalendar）")
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    days = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        is_holiday, name = chinese_calendar.get_holiday_detail(day)
        if name is not None:
            named = chinese_calendar.Holiday(name).chinese
            days.append({"day": day, "worked": not is_holiday, "name": named, "source": source})
    return days


def seed_standard(office: Office, data: Mapping[str, Any]) -> None:
    """Write the shipped standard as version 1, unless there are versions."""
    if office.db.scalar(select(StandardVersion.id).limit(1)) is not None:
        return
    version = StandardVersion(
        number=1,
        title=data["title"],
        note=_("随程序提供"),
        effective=data["effective"],
        created_at=office.now,
        published_at=office.now,
    )
    office.db.add(version)
    standards.write_cells(office, version, cells_of(data))


def _deploy_shipped_diagrams(office: Office) -> None:
    """A matter that has no version yet gets the shipped one; later versions are left alone."""
    known = set(office.db.scalars(select(DiagramVersion.matter).distinct()))
    for key in MATTERS:
        if key not in known:
            casework.deploy_diagram(office, key, load_files(key))
