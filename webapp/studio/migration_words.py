"""The words for what a migration finds and does."""

from gettext import gettext as _

from models.moves import FIT, MOVED, OVERTAKEN, UNDONE, UNFIT

VERDICTS = {
    FIT: (_("可以迁移"), "done"),
    UNFIT: (_("不能迁移"), "problem"),
    MOVED: (_("已迁移"), "done"),
    OVERTAKEN: (_("不再需要"), "skipped"),
    UNDONE: (_("已撤销"), "returned"),
}
"""Verdict to its word and the look of its chip, in the order of the summary."""

REASONS = {
    "gone": _("所在环节已删除"),
    "kind": _("所在环节换了类型"),
    "calls": _("所在的调用换了流程"),
    "join": _("并行汇合处改变"),
    "instances": _("多人办理的分派改变"),
    "event": _("等待的事情改变"),
    "timer": _("到期时间会改变"),
    "restless": _("迁移后会自行流转"),
    "end": _("不能证明可以办结"),
    "draft": _("有未交的内容"),
    "person": _("没有指定办理人"),
    "fault": _("办件状态不能读取"),
}
