"""A certificate so near its end that it is too late to ask for more, so that a page shows it."""

from datetime import datetime, timedelta
from gettext import gettext as _

from webapp.demo.cases import Run
from webapp.demo.story import GCCL, GRANTED
from webapp.demo.units import DemoUnit

UNIT_LATE = DemoUnit("unit_31", _("昆明湖测量有限公司"), 31)
_DAYS_BACK = 5 * 365 + 4
"""Before the case of five years ago began; about 17 days later it was granted."""


def late_run(now: datetime) -> Run:
    """A case granted five years ago but a fortnight."""
    begun = (now - timedelta(days=_DAYS_BACK)).replace(hour=1, minute=30)
    return Run(UNIT_LATE, "class_b", GCCL, 0, GRANTED, on=begun)
