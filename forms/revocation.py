"""撤销、撤回、注销（依职权）: what the organ proposes, what the unit says to it, what is signed."""

from collections.abc import Mapping
from gettext import gettext as _

from forms import fields
from forms.attachments import AttachmentKind
from forms.base import TaskForm
from forms.page import Page
from forms.review import OutcomeForm


class ProposeRevocationForm(TaskForm):
    """提出: the ground, the facts and the evidence; the unit is told all of it word by word."""

    title = _("提出撤销、撤回、注销")

    ground = fields.ChoiceField(
        _("情形"),
        choices_from="grounds",
        help=_("撤销、撤回还是注销，依据哪一条，由所选的情形决定。"),
    )
    facts = fields.LongTextField(
        _("查明的事实"),
        limit=2000,
        rows=6,
        help=_("时间、经过和结果，一段一项。写入告知书和决定书，请勿写入个人的证件号码。"),
    )
    evidence = fields.LongTextField(
        _("证据"), limit=2000, rows=4, help=_("一行一份：名称、来源和取得的日期。")
    )


class RevocationStatementForm(TaskForm):
    """陈述申辩: what the unit says to it."""

    title = _("陈述申辩")

    statement = fields.LongTextField(
        _("陈述、申辩的意见"),
        limit=2000,
        rows=8,
        help=_("写明事实、理由和要求。不陈述的，不用提交，期限届满后由发证机关继续办理。"),
    )
    contact_name = fields.TextField(_("联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))


class ReviewRevocationForm(OutcomeForm):
    """复核: whether it stands after what the unit has said."""

    title = _("复核")
    demands = {
        "confirm": {"reviewed": _("须写明对陈述申辩的复核意见。")},
        "drop": {"opinion": _("不予处理的，须写明理由。")},
    }

    reviewed = fields.LongTextField(
        _("对陈述申辩的复核意见"),
        required=False,
        limit=1000,
        rows=4,
        help=_("对当事人提出的事实、理由和证据逐项复核，写入决定书；没有陈述的，写明逾期未提出。"),
    )


class SignRevocationForm(OutcomeForm):
    """签发: decide, drop it, or send it back."""

    title = _("签发")
    demands = {
        "drop": {"opinion": _("不予处理的，须写明理由。")},
        "return": {"opinion": _("退回须写明理由。")},
    }


PAGES = (
    Page(
        "revocation_statement",
        _("陈述申辩"),
        RevocationStatementForm,
        files=(AttachmentKind("statement_evidence", _("证据材料")),),
        once=True,
    ),
)
FORMS: Mapping[str, type[TaskForm]] = {
    "propose_revocation": ProposeRevocationForm,
    "review_revocation": ReviewRevocationForm,
    "sign_revocation": SignRevocationForm,
}
