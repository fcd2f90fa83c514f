"""What the unit answers when the organ asks it: a hearing, a statement, whether minutes are right.

Not for the application itself: that is filled in by pages.
"""

from collections.abc import Mapping
from gettext import gettext as _

from forms import fields
from forms.base import TaskForm
from forms.review import OutcomeForm


class ReplyForm(OutcomeForm):
    """A form whose outcomes are the unit's own."""

    opinion = None  # type: ignore[assignment]  # a unit replies, an officer opines
    is_reply = True


class RequestHearingForm(ReplyForm):
    """选择是否听证: ask for a hearing within five days, or waive it (Art. 47)."""

    title = _("申请听证")
    minutes = _("听证申请")

    hearing_wish = fields.LongTextField(
        _("听证的理由和要求"),
        required=False,
        limit=1000,
        rows=4,
        help=_("可以不填。申请听证的，审批机关在二十个工作日内组织；不收取费用。"),
    )


class ConfirmMinutesForm(ReplyForm):
    """确认笔录: they are right, or what is wrong with them (Art. 48)."""

    title = _("确认笔录")
    minutes = _("对笔录的确认")
    demands = {"dispute": {"objections": _("有异议的，请写明哪一处、应当怎样记录。")}}

    objections = fields.LongTextField(
        _("对笔录的异议"), required=False, limit=2000, rows=5, help=_("没有异议的，不用填写。")
    )


class HearingRecordReplyForm(ConfirmMinutesForm):
    """确认听证笔录."""

    title = _("确认听证笔录")
    shows = ("record_hearing",)


class SiteCheckReplyForm(ConfirmMinutesForm):
    """确认核查笔录."""

    title = _("确认核查笔录")
    shows = ("record_site_check",)


class StatementForm(ReplyForm):
    """陈述申辩: what the unit says to an intended refusal, or nothing (Art. 7, 36)."""

    title = _("陈述申辩")
    minutes = _("陈述申辩")
    demands = {"state": {"statement_made": _("请写明陈述、申辩的意见。")}}

    statement_made = fields.LongTextField(
        _("陈述、申辩的意见"),
        required=False,
        limit=5000,
        rows=10,
        help=_("写明事实、理由和依据，原文记入笔录；签发决定前审批机关应当听取。"),
    )


FORMS: Mapping[str, type[TaskForm]] = {
    "request_hearing": RequestHearingForm,
    "sign_hearing_record": HearingRecordReplyForm,
    "confirm_site_check": SiteCheckReplyForm,
    "make_statement": StatementForm,
}
