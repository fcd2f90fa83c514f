"""Moments in the words of the office: Chinese, in the time of Shanghai."""

from datetime import datetime
from gettext import gettext as _
from zoneinfo import ZoneInfo

_OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


def day_of(moment: datetime) -> str:
    """Return e.g. 2026年11月20日, for an aware moment."""
    day = moment.astimezone(_OFFICE_ZONE)
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def moment_of(moment: datetime) -> str:
    """Return e.g. 2026年11月20日 10:00:00, for an aware moment."""
    return f"{day_of(moment)} {moment.astimezone(_OFFICE_ZONE):%H:%M:%S}"
