"""好差评: what a unit answers, and how the organ deals with a bad answer."""

from collections.abc import Iterator, Mapping
from gettext import gettext as _

from forms import fields
from forms.base import TaskForm
from forms.review import OutcomeForm

CALLED_BY = [("telephone", _("电话")), ("in_person", _("当面")), ("online", _("网上"))]


class RatingForm(TaskForm):
    """评价: one of five grades, what it is about, and words; ``bad`` lists the bad grades."""

    title = _("评价本次服务")

    grade = fields.RadioField(_("满意程度"), choices_from="grades")
    reasons = fields.ChecklistField(
        _("评价的方面"),
        required=False,
        choices_from="indicators",
        help=_("不满意、非常不满意的，请至少选择一项。"),
    )
    words = fields.LongTextField(
        _("意见和建议"),
        required=False,
        limit=500,
        rows=4,
        help=_("只有办理机关能看到，不对外公布。最多 500 字。"),
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield the reason that a bad grade lacks."""
        if self.grade.data in dict(self.handed.get("bad", ())) and not self.reasons.data:
            yield "reasons", _("请至少选择一项不满意的方面，以便核实整改。")


class AdditionForm(TaskForm):
    """追评: words added once to a rating; its grade stays."""

    title = _("追评")

    addition = fields.LongTextField(
        _("补充意见"), limit=500, rows=4, help=_("只能补充一次，满意程度不变。最多 500 字。")
    )


class VerifyRatingForm(OutcomeForm):
    """核实与回访: whom one talked to and what was found."""

    title = _("核实与回访")
    demands = {
        "rectify": {"opinion": _("须写明核实的情况。")},
        "explain": {"opinion": _("须写明核实的情况和向申请单位作出的解释。")},
        "appeal": {"opinion": _("申诉须写明认为属于恶意评价的事实和依据。")},
    }

    called_on = fields.DateField(_("回访日期"), past=True)
    called_by = fields.RadioField(_("回访方式"), choices=CALLED_BY)
    call_note = fields.LongTextField(
        _("回访记录"),
        limit=1000,
        rows=3,
        help=_("申请单位反映的情况和诉求；联系不上的，写明几次、什么时间联系过。"),
    )
    opinion = fields.LongTextField(
        _("核实意见"),
        required=False,
        limit=1000,
        rows=4,
        help=_("列入审批记录，申请单位可以看到。"),
    )


class RectifyServiceForm(TaskForm):
    """整改: what was done about it."""

    title = _("整改")

    measures = fields.LongTextField(_("整改措施和结果"), limit=1000, rows=5)


class ReplyRatingForm(OutcomeForm):
    """审核答复: the head of the organ answers the unit, or sends it back."""

    title = _("审核答复")
    demands = {
        "agree": {"reply_words": _("请写明给申请单位的答复。")},
        "return": {"opinion": _("退回须写明理由。")},
    }

    reply_words = fields.LongTextField(
        _("答复"), required=False, limit=1000, rows=4, help=_("原文告知申请单位。")
    )


class RuleOnAppealForm(OutcomeForm):
    """裁定申诉: whether the rating was malicious, with the reasons that the unit is told."""

    title = _("裁定申诉")
    demands = {
        "uphold": {"ruling_reasons": _("裁定须写明理由。")},
        "dismiss": {"ruling_reasons": _("裁定须写明理由。")},
    }

    opinion = None  # type: ignore[assignment]  # a ruling has reasons
    ruling_reasons = fields.LongTextField(
        _("裁定的理由"),
        required=False,
        limit=1000,
        rows=5,
        help=_("申诉成立的，原文告知申请单位。"),
    )


FORMS: Mapping[str, type[TaskForm]] = {
    "verify_rating": VerifyRatingForm,
    "rectify_service": RectifyServiceForm,
    "reply_rating": ReplyRatingForm,
    "rule_on_appeal": RuleOnAppealForm,
}
