"""Forms that open a case, stop one, or answer a correction; no user task of a diagram."""

from gettext import gettext as _

from forms import fields
from forms.base import TaskForm


class OpenCaseForm(TaskForm):
    """新建工作: the matter and the kind of certificate (R048, R049)."""

    title = _("新建工作")

    matter = fields.RadioField(_("要添加的工作"), choices_from="matters")
    certificate_type = fields.RadioField(
        _("资质证书"),
        choices_from="certificate_types",
        help=_("每个申请只针对一种资质证书。"),
    )


class AnswerForm(TaskForm):
    """已补正: how one item of the organ's list was dealt with."""

    title = _("补正说明")

    answer = fields.LongTextField(_("补正说明"), required=False, limit=500, rows=2)


class StopForm(TaskForm):
    """撤回 by the unit or 终止 by the organ, with the reason."""

    title = _("撤回或终止")

    reason = fields.LongTextField(_("理由"), limit=1000, rows=4)
    confirmation = fields.TickField(
        _("我知道撤回或终止后本次申请即告结束，不能恢复。"), must=_("请先确认后果。")
    )
