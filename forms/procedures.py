"""The organ's forms of what a review may call for: extension, hearing, site check, experts.

What the form tells the others of the case is its `minutes`: its title where they read it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.base import TaskForm
from forms.review import OutcomeForm


class ApproveExtensionForm(OutcomeForm):
    """审批延期: the head of the organ approves a longer limit or does not (Art. 42)."""

    title = _("审批延期")
    demands = {
        "approve": {"opinion": _("批准延期须写明理由，理由将告知申请单位。")},
        "refuse": {"opinion": _("不批准延期须写明理由。")},
    }


class ArrangeHearingForm(TaskForm):
    """安排听证: when, where, who presides, who takes part (Art. 48)."""

    title = _("安排听证")
    wants = ("officers", "reviewers", "hearing_days")
    minutes = _("听证安排")

    hearing_on = fields.DateField(
        _("听证日期"), help=_("举行的七个工作日前通知，自收到听证申请起二十个工作日内举行。")
    )
    hearing_time = fields.TextField(_("听证时间"), limit=40, help=_("例如：上午 9:30"))
    hearing_place = fields.TextField(_("听证地点"), limit=120)
    chair = fields.ChoiceField(
        _("听证主持人"), choices_from="officers", help=_("不得是审查本件申请的人员。")
    )
    hearing_participants = fields.LongTextField(
        _("听证参加人"), limit=500, rows=3, help=_("审查人员、申请单位的代表和其他参加人。")
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a chair who reviews the case, and a day that is too near or too far."""
        if self.chair.data in dict(_pairs(self.handed.get("reviewers"))):
            yield "chair", _("听证主持人不得是审查本件申请的人员，请另行指定。")
        days = dict(_pairs(self.handed.get("hearing_days")))
        day: date | None = self.hearing_on.data
        if day is None or not days:
            return
        if day.isoformat() < days["first"]:
            yield "hearing_on", _("须在听证七个工作日前通知，最早为 %s。") % days["first"]
        if day.isoformat() > days["last"]:
            yield (
                "hearing_on",
                _("须在收到听证申请后二十个工作日内举行，最晚为 %s。") % days["last"],
            )

    def answers(self) -> dict[str, Any]:
        """What was answered, with the chair by name."""
        names = dict(_pairs(self.handed.get("officers")))
        given = super().answers()
        return {**given, "chair_name": names.get(given["chair"], "")}


class RecordHearingForm(TaskForm):
    """记录听证: who came, what both sides said, which evidence was shown (Art. 48)."""

    title = _("听证笔录")
    wants = ("hearing_arranged",)
    minutes = _("听证笔录")

    held_on = fields.DateField(_("举行日期"), past=True)
    attended = fields.LongTextField(_("到场人员"), limit=500, rows=3)
    organ_points = fields.LongTextField(_("审查人员的意见、证据和理由"), limit=3000, rows=5)
    unit_points = fields.LongTextField(_("申请单位的陈述、申辩和质证"), limit=3000, rows=5)
    evidence_shown = fields.LongTextField(
        _("出示的证据"), required=False, limit=1000, rows=3, help=_("没有出示的，可以不填。")
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a day before the one that the unit was told of (Art. 48)."""
        told = dict(_pairs(self.handed.get("hearing_arranged"))).get("day", "")
        day: date | None = self.held_on.data
        if day is not None and day.isoformat() < told:
            yield "held_on", _("听证通知书通知的日期是 %s，不能在这之前举行。") % told


class ArrangeSiteCheckForm(OutcomeForm):
    """安排实地核查: when, where, what, how long; by whom is the outcome (Art. 34, 45)."""

    title = _("安排实地核查")
    minutes = _("实地核查安排")
    demands = {"third_party": {"institution": _("委托第三方的，须写明检验、检测机构。")}}

    opinion = None  # type: ignore[assignment]  # what to check was said when it was asked for
    planned_on = fields.DateField(_("核查日期"))
    check_place = fields.TextField(_("核查地点"), limit=120)
    check_scope = fields.LongTextField(_("核查内容"), limit=1000, rows=4)
    check_days = fields.QuantityField(_("所需工作日"), least=1, most=30)
    institution = fields.TextField(
        _("检验、检测机构"), required=False, limit=100, help=_("委托第三方时填写。")
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a day that has passed, and what the outcome demands."""
        yield from super().problems()
        if self.planned_on.data and self.today and self.planned_on.data < self.today:
            yield "planned_on", _("核查日期不能早于今天。")

    def answers(self) -> dict[str, Any]:
        """What was answered; an institution only where the outcome charges one with it."""
        given = super().answers()
        charged = "institution" in self.demands.get(str(given.get("outcome")), {})
        return given if charged else {**given, "institution": ""}


class RecordSiteCheckForm(TaskForm):
    """记录实地核查: at least two officers, their numbers, and what they found (Art. 34)."""

    title = _("核查（勘验）笔录")
    minutes = _("核查（勘验）笔录")

    checked_on = fields.DateField(_("核查日期"), past=True)
    checked_place = fields.TextField(_("核查地点"), limit=120)
    officer_one = fields.TextField(_("核查人员一"), limit=50)
    number_one = fields.TextField(_("核查人员一证号"), limit=40)
    officer_two = fields.TextField(_("核查人员二"), limit=50)
    number_two = fields.TextField(_("核查人员二证号"), limit=40)
    findings = fields.LongTextField(_("查明的情况"), limit=3000, rows=6)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what makes the two officers one."""
        if self.officer_one.data and self.officer_one.data == self.officer_two.data:
            yield "officer_two", _("实地核查须由两名以上工作人员进行，请填写另一名人员。")
        if self.number_one.data and self.number_one.data == self.number_two.data:
            yield "number_two", _("两名核查人员的证号不能相同。")


class ArrangeExpertReviewForm(TaskForm):
    """安排专家评审: who, about what, and how long the unit is told it takes (Art. 45)."""

    title = _("安排专家评审")
    wants = ("experts",)
    minutes = _("专家评审安排")

    expert = fields.ChoiceField(_("评审专家"), choices_from="experts")
    questions = fields.LongTextField(
        _("评审事项"), limit=1000, rows=4, help=_("告知申请单位和专家。")
    )
    review_days = fields.QuantityField(
        _("所需工作日"), least=1, most=30, help=_("书面告知申请单位，不计入决定时限。")
    )

    def answers(self) -> dict[str, Any]:
        """What was answered, with the expert by name."""
        names = dict(_pairs(self.handed.get("experts")))
        given = super().answers()
        return {**given, "expert_name": names.get(given["expert"], "")}


class ExpertOpinionForm(TaskForm):
    """专家评审: what the expert finds on what was asked."""

    title = _("专家评审意见")
    shows = ("arrange_expert_review",)
    minutes = _("专家评审意见")

    expert_opinion = fields.LongTextField(
        _("评审意见"), limit=3000, rows=8, help=_("逐项回答评审事项，写明依据。")
    )
    impartial = fields.TickField(
        _("本人与申请单位没有利害关系。"),
        must=_("请确认与申请单位没有利害关系；有的，请联系审批机关更换专家。"),
    )


def _pairs(handed: Any) -> Sequence[tuple[str, str]]:
    return handed or ()


FORMS: Mapping[str, type[TaskForm]] = {
    "approve_extension": ApproveExtensionForm,
    "arrange_hearing": ArrangeHearingForm,
    "record_hearing": RecordHearingForm,
    "arrange_site_check": ArrangeSiteCheckForm,
    "record_site_check": RecordSiteCheckForm,
    "arrange_expert_review": ArrangeExpertReviewForm,
    "give_expert_opinion": ExpertOpinionForm,
}
