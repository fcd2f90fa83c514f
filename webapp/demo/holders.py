"""A unit that holds two certificates, of two organs: what changes on one changes on the other."""

from datetime import UTC, datetime
from gettext import gettext as _

from webapp.demo.cases import Run
from webapp.demo.story import GCCL, GRANTED
from webapp.demo.units import DemoUnit

UNIT_TWO = DemoUnit("unit_two", _("岐山测绘集团有限公司"), 40)
HISTORY = (
    Run(UNIT_TWO, "class_b", GCCL, 0, GRANTED, on=datetime(2022, 10, 10, 1, 20, tzinfo=UTC)),
    Run(UNIT_TWO, "class_a", GCCL, 0, GRANTED, on=datetime(2025, 3, 10, 2, 40, tzinfo=UTC)),
)
