"""Forms of the process studio: a draft's title, why to deploy it, and the second person's word."""

from gettext import gettext as _

from forms import fields
from forms.base import TaskForm

MOST_REASON = 1000


class DraftForm(TaskForm):
    """A new draft: what it is called, and the version it begins from."""

    title = _("新建草稿")

    name = fields.TextField(_("草稿名称"), limit=100, help=_("打算改什么，例如：增加法制审核。"))
    base = fields.ChoiceField(_("以哪一版为底稿"), choices_from="versions")


class ProposalForm(TaskForm):
    """Why these files are to go live; `waiver` where a check could not decide."""

    title = _("申请部署")

    note = fields.LongTextField(
        _("部署说明"),
        limit=MOST_REASON,
        rows=4,
        help=_("改了什么、为什么改、依据什么。写入版本记录，第二人据此决定。"),
    )
    waiver = fields.LongTextField(
        _("未能判定之处的理由"),
        required=False,
        limit=MOST_REASON,
        rows=4,
        help=_("有检查未能得出结论时必填：您如何确认这些地方没有问题。写入版本记录。"),
    )


class ProposalDecisionForm(TaskForm):
    """Why the second administrator declines; asked for with a refusal alone."""

    title = _("决定")

    reason = fields.LongTextField(
        _("意见"), required=False, limit=MOST_REASON, rows=3, help=_("不同意时必填。")
    )


class MigrationForm(TaskForm):
    """Which cases move, and why."""

    title = _("确认迁移")

    which = fields.RadioField(
        _("迁移哪些办件"),
        choices=[("all", _("全部可以迁移的")), ("ticked", _("只迁移下面勾选的"))],
        default="all",
    )
    note = fields.LongTextField(
        _("迁移说明"),
        limit=MOST_REASON,
        rows=3,
        help=_("为什么迁移。写入每个办件的记录。"),
    )
