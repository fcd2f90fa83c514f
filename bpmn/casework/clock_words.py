"""What the statutory clocks are called, and what is said of a last day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from gettext import gettext as _

from models import NO_LIMIT, WorkingCalendar
from models.calendar import office_date

CLOCKS: Mapping[str, str] = {
    "acceptance": _("受理时限"),
    "decision": _("决定时限"),
    "issue": _("发证时限"),
    "correction": _("补正期限"),
    "notice": _("公示期"),
    "answer": _("答复期限"),
    "rating": _("差评办理时限"),
    "hearing": _("听证期限"),
    "expert": _("评审时间"),
}


def clock_word(clock: str) -> str:
    """The name of a clock; a diagram may have others than the house's own."""
    return CLOCKS.get(clock, _("时限"))


def last_day_words(due: datetime, calendar: WorkingCalendar) -> str:
    """The last day before a due time, marked 暂按 in a year without a notice (policy 7)."""
    if due == NO_LIMIT:
        return ""
    last = office_date(due - timedelta(seconds=1))
    words = _("{day}（暂按）") if calendar.is_provisional(last) else "{day}"
    return words.format(day=last.isoformat())
