"""工作日历: the days of a year, and changes of them with the dates that each would move."""

import csv
from datetime import date
from gettext import gettext as _
from io import StringIO
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from bpmn.casework import calendar_changes
from bpmn.casework.clock_words import clock_word, last_day_words
from bpmn.errors import CalendarBusy
from bpmn.office import Office
from forms import TaskForm
from forms.administration import BY_WEEKDAY, WORKED, CalendarDayForm
from models import CalendarChange, CalendarMove, Case
from models.calendar import office_date
from models.calendar_changes import DROPPED
from webapp import workdays
from webapp.offices import premises, reading, transaction
from webapp.paging import page_of
from webapp.security import allow

blueprint = Blueprint("calendar", __name__)
MOST_BYTES = 200_000
CHANGES_SHOWN = 10


@blueprint.get("/admin/calendar")
@allow("admin")
def index() -> Any:
    """The days of a year that a notice names, and the newest changes."""
    return _page([], CalendarDayForm())


@blueprint.post("/admin/calendar")
@allow("admin")
def load() -> Any:
    """Keep a file of date,worked,name,source for its preview; nothing is written yet."""
    upload = request.files.get("file")
    content = upload.read(MOST_BYTES) if upload else b""
    try:
        days = workdays.read_days(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        return _page([_("文件应为 UTF-8 编码的 CSV。")], CalendarDayForm()), 422
    except workdays.CalendarRefused as refused:
        return _page(refused.problems, CalendarDayForm()), 422
    name = (upload.filename or "") if upload else ""
    return _propose(name or _("载入的文件"), days)


@blueprint.post("/admin/calendar/day")
@allow("admin")
def change_day() -> Any:
    """Keep one day for its preview."""
    form = CalendarDayForm(request.form)
    if not form.validate():
        return _page([], form), 422
    given = form.answers()
    day: date = form["day"].data
    worked = None if given["worked"] == BY_WEEKDAY else given["worked"] == WORKED
    chosen = workdays.day_of(day, worked, given["name"] or "", given["source"] or "")
    return _propose(day.isoformat(), [chosen])


@blueprint.get("/admin/calendar/changes/<int:change_id>")
@allow("admin")
def show(change_id: int) -> Any:
    """A change: its days, how far the worker has come, and the dates that move, old and new."""
    return _change_page(change_id, "")


@blueprint.post("/admin/calendar/changes/<int:change_id>/confirm")
@allow("admin")
def confirm(change_id: int) -> Any:
    """Write the days and let the worker move the dates."""
    _require(change_id)
    try:
        with transaction() as office:
            calendar_changes.confirm_change(office, change_id)
    except CalendarBusy as busy:
        return _change_page(change_id, str(busy)), 409
    premises().forget_calendar()
    flash(_("日历已改写，正在重新计算在办办件的期限。"), "success")
    return redirect(url_for("calendar.show", change_id=change_id))


@blueprint.post("/admin/calendar/changes/<int:change_id>/drop")
@allow("admin")
def drop(change_id: int) -> Any:
    """放弃 a change that was not confirmed."""
    _require(change_id)
    with transaction() as office:
        calendar_changes.drop_change(office, change_id)
    flash(_("已放弃，日历没有改动。"), "success")
    return redirect(url_for("calendar.index"))


def _require(change_id: int) -> None:
    with reading() as office:
        _found(office, change_id)


def _found(office: Office, change_id: int) -> CalendarChange:
    change = office.db.get(CalendarChange, change_id)
    if change is None or change.status == DROPPED:
        abort(404)
    return change


def _propose(title: str, days: list[dict[str, Any]]) -> Any:
    with transaction() as office:
        change = calendar_changes.propose_change(office, title, days)
    if change is None:
        flash(_("日历已经是这样，没有需要改动的日子。"), "warning")
        return redirect(url_for("calendar.index", year=days[0]["day"][:4]))
    return redirect(url_for("calendar.show", change_id=change.id))


def _page(problems: list[str], form: TaskForm) -> str:
    with reading() as office:
        today: date = office_date(office.now)
        year = request.args.get("year", today.year, type=int)
        changes = select(CalendarChange).where(CalendarChange.status != DROPPED)
        newest = changes.order_by(CalendarChange.id.desc()).limit(CHANGES_SHOWN)
        return render_template(
            "admin/calendar.html",
            year=year,
            days=workdays.days_of(office, year),
            years=workdays.known_years(office),
            provisional=office.calendar.is_provisional(date(min(max(year, 1), 9999), 1, 1)),
            problems=problems,
            form=form,
            changes=list(office.db.scalars(newest)),
            nav_here="calendar.index",
        )


def _change_page(change_id: int, problem: str) -> str:
    with reading() as office:
        change = _found(office, change_id)
        query = select(CalendarMove).where(CalendarMove.change_id == change_id)
        found = page_of(office.db, query.order_by(CalendarMove.case_id, CalendarMove.id))
        numbers = _numbers(office, [move.case_id for move in found.rows])
        return render_template(
            "admin/calendar_change.html",
            change=change,
            found=found,
            numbers=numbers,
            clock_word=clock_word,
            last_day=lambda due: last_day_words(due, office.calendar),
            problem=problem,
            nav_here="calendar.index",
        )


def _numbers(office: Office, case_ids: list[int]) -> dict[int, str]:
    query = select(Case.id, Case.number).where(Case.id.in_(case_ids))
    return dict(office.db.execute(query).all()) if case_ids else {}
