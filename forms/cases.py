"""Forms that open a case, stop one, or speak up in a notice period; no user task of a diagram."""

from collections.abc import Iterator
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


class ObjectionForm(TaskForm):
    """异议: anyone may object within the notice period, with a name and a way to answer."""

    title = _("提出异议")

    name = fields.TextField(_("姓名或单位名称"), limit=100, attributes={"autocomplete": "name"})
    mobile = fields.MobileField(_("手机号码"), required=False)
    email = fields.EmailField(_("电子邮箱"), required=False)
    content = fields.LongTextField(
        _("异议内容"), limit=2000, rows=8, help=_("写明事实和依据。最多 2000 字。")
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a way to answer that is missing."""
        if not (self.mobile.data or self.email.data):
            yield "mobile", _("手机号码和电子邮箱至少填写一项，以便答复。")


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
