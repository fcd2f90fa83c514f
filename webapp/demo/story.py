"""Which cases the demo has: at each organ some in every state that a worklist can show."""

from datetime import UTC, datetime
from gettext import gettext as _

from webapp.demo.cases import Run
from webapp.demo.units import NAMED, DemoUnit

UNIT_NEW, UNIT_B, UNIT_A, UNIT_NAV, UNIT_OLD, UNIT_EXPIRING, UNIT_READY = NAMED
GCCL, DHDT = ("GCCL",), ("DHDT",)

_NAMES = (
    _("灞桥地理信息有限公司"),
    _("曲江空间数据有限公司"),
    _("终南山勘测有限公司"),
    _("泾河测绘服务有限公司"),
    _("浐河工程测量有限公司"),
    _("骊山测绘科技有限公司"),
    _("昆明池测绘有限公司"),
    _("子午规划测绘有限公司"),
    _("沣东工程勘测有限公司"),
    _("太白测绘工程有限公司"),
    _("洛南地理信息有限公司"),
    _("云阳测绘技术有限公司"),
    _("汉水导航科技有限公司"),
    _("关中地图有限公司"),
)
OTHERS = tuple(
    DemoUnit(f"unit_{number:02d}", name, number, agrees=number != 12)
    for number, name in enumerate(_NAMES, start=5)
)

ACCEPTED: tuple[str | int, ...] = ("submit", 1, "accept")
REVIEWED: tuple[str | int, ...] = (*ACCEPTED, 3, "grant")
NOTICED: tuple[str | int, ...] = (*REVIEWED, 1, "agree")
GRANTED: tuple[str | int, ...] = (*NOTICED, 6, "grant")

HISTORY = (
    Run(UNIT_B, "class_b", GCCL, 0, GRANTED, on=datetime(2023, 9, 4, 1, 30, tzinfo=UTC)),
    Run(UNIT_A, "class_a", GCCL, 0, GRANTED, on=datetime(2024, 3, 11, 2, 10, tzinfo=UTC)),
)
EXPIRING = Run(UNIT_EXPIRING, "class_b", GCCL, 1215, GRANTED)
"""Granted almost five years ago, whenever the demo is begun: its renewal is due now."""
"""What the named units hold was granted long ago, by cases like any other."""

PRESENT = (
    Run(OTHERS[0], "class_b", GCCL, 1),
    Run(OTHERS[1], "class_b", ("GCCL", "JXBD"), 4, ("submit", "claim")),
    Run(OTHERS[2], "class_b", GCCL, 3, ("submit", 1, "return")),
    Run(OTHERS[3], "class_b", GCCL, 6, ACCEPTED),
    Run(OTHERS[4], "class_b", GCCL, 9, REVIEWED),
    Run(OTHERS[5], "class_b", GCCL, 8, NOTICED),
    Run(OTHERS[6], "class_b", GCCL, 14, (*NOTICED, 6)),
    Run(OTHERS[7], "class_b", GCCL, 20, GRANTED),
    Run(OTHERS[8], "class_b", GCCL, 24, (*ACCEPTED, 2, "claim")),
    Run(OTHERS[9], "class_b", GCCL, 7, (*NOTICED, 1, "object")),
    Run(OTHERS[10], "class_a", GCCL, 2),
    Run(OTHERS[11], "class_a", GCCL, 7, (*ACCEPTED, "claim")),
    Run(OTHERS[12], "class_a_navigation", DHDT, 2),
    Run(OTHERS[13], "class_a_navigation", DHDT, 8, NOTICED),
)
"""New at the window; held by an officer; returned for correction; at review; at checking; in
public notice; waiting for a decision; granted; overdue; objected to; and some at the others."""
