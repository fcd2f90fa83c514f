"""How moments, days and amounts are written on the screen, in the office's zone."""

from datetime import date, datetime, timedelta
from gettext import gettext as _
from typing import Any

from flask import Flask

from models.base import NO_LIMIT
from models.calendar import OFFICE_ZONE, office_date
from webapp.offices import premises


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        moment=moment, day=day, moment_iso=moment_iso, last_day=last_day, file_size=file_size
    )


def moment(when: datetime | None) -> str:
    """2026-11-20 14:05, Asia/Shanghai; empty for none."""
    return when.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if when else ""


def recent(when: datetime, now: datetime) -> str:
    """14:05; with the day when that is not today's."""
    return moment(when).removeprefix(f"{moment(now)[:10]} ")


def moment_iso(when: datetime | None) -> str:
    """For the datetime attribute of a time element."""
    return when.astimezone(OFFICE_ZONE).isoformat(timespec="seconds") if when else ""


def day(when: date | datetime | str | None) -> str:
    """2026-11-20; a moment by its office date, an ISO text as it is."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        return office_date(when).isoformat()
    return str(when)


def last_day(due: datetime | None) -> str:
    """The last day before a due time, which is a midnight; empty without a limit.

    In a year whose holidays are not announced yet the day is marked 暂按 (policy 7).
    """
    if due is None or due == NO_LIMIT:
        return ""
    last = office_date(due - timedelta(seconds=1))
    if premises().is_provisional(last):
        return _("{day}（暂按）").format(day=last.isoformat())
    return last.isoformat()


def file_size(size: int) -> str:
    """Bytes in words: 350 KB, 1.8 MB."""
    if size < 1024 * 1024:
        return _("{n} KB").format(n=max(1, round(size / 1024)))
    return _("{n} MB").format(n=round(size / 1024 / 1024, 1))


def due_words(days_left: int | None) -> Any:
    """剩 3 个工作日, 今日到期, 已超期 2 个工作日, or 未设时限."""
    if days_left is None:
        return _("未设时限")
    if days_left < 0:
        return _("已超期 {n} 个工作日").format(n=-days_left)
    return _("剩 {n} 个工作日").format(n=days_left) if days_left else _("今日到期")
