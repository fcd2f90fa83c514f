"""The organ's forms for what is proposed and signed as a whole, not specialty by specialty."""

from collections.abc import Mapping
from gettext import gettext as _

from forms import fields
from forms.base import TaskForm
from forms.review import OutcomeForm


class ProposeForm(OutcomeForm):
    """审核: what is proposed, with the reason where it is against the unit."""

    title = _("审核")
    demands = {"refuse": {"opinion": _("拟不同意的，须写明理由。")}}


class SignForm(OutcomeForm):
    """签发: agree, refuse with reasons that the unit is told, or send back."""

    title = _("签发")
    demands = {
        "refuse": {"reasons": _("不同意的，须写明理由。")},
        "return": {"opinion": _("退回须写明理由。")},
    }

    reasons = fields.LongTextField(
        _("不同意的理由"),
        required=False,
        limit=2000,
        rows=5,
        help=_("写入给申请单位的决定书。"),
    )


FORMS: Mapping[str, type[TaskForm]] = {"propose": ProposeForm, "sign": SignForm}
