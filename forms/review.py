"""The forms of the organ: each gives an outcome of the diagram, an opinion and what goes with it.

Which outcomes there are is handed in; here stands only what each one demands beside it.
"""

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField, HiddenField

from forms import fields
from forms.base import Choices, TaskForm

VERDICTS = [("grant", _("拟准予")), ("refuse", _("拟不予"))]


class OutcomeForm(TaskForm):
    """A form whose buttons are the outcomes of the diagram; ``demands``: outcome → fields."""

    demands: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    examines: ClassVar[bool] = False
    """Who completes it has examined the application: such a one presides over no hearing."""
    for_procedures: ClassVar[tuple[str, ...]] = ()
    """Fields that belong to the outcomes which open a procedure, not to the decision."""

    outcome = fields.RadioField(_("办理结果"), choices_from="outcomes")
    opinion = fields.LongTextField(_("意见"), required=False, limit=2000, rows=5)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what the chosen outcome demands and does not have."""
        for name, sentence in self.demands.get(self.outcome.data or "", {}).items():
            if name in self and not self[name].data:
                yield name, sentence


class CorrectionItem(Form):
    """One thing to correct, at one place of the dossier."""

    place = fields.ChoiceField(_("补正的位置"), choices_from="places")
    problem = fields.LongTextField(_("存在的问题"), limit=500, rows=2)
    requirement = fields.LongTextField(_("补正要求"), limit=500, rows=2)


class CheckMaterialsForm(OutcomeForm):
    """初步核查: accept, return with everything to correct at once, or do not accept."""

    title = _("初步核查")
    demands = {
        "return": {"items": _("退回补齐材料须一次列出全部需要补正的内容。")},
        "refuse": {"opinion": _("不予受理须写明理由。")},
    }

    items = FieldList(FormField(CorrectionItem), label=_("补正内容"), max_entries=200)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether all is right, leaving out the items in which nothing was filled in."""
        self.items.entries = [entry for entry in self.items.entries if any(entry.data.values())]
        return super().validate(extra_validators)

    def answers(self) -> dict[str, Any]:
        """What was answered; items only with an outcome that asks for them."""
        given = super().answers()
        asked = "items" in self.demands.get(given["outcome"] or "", {})
        return {**given, "items": given["items"] if asked else []}


class SpecialtyProposal(Form):
    """What is proposed for one specialty."""

    specialty = HiddenField()
    proposal = fields.RadioField(_("审查结论"), required=False, choices=VERDICTS)
    reason = fields.LongTextField(_("不予的理由"), required=False, limit=1000, rows=2)


class ReviewForm(OutcomeForm):
    """审查: a proposal, for every specialty; or what the review needs before there can be one."""

    title = _("审查")
    demands = {
        "refuse": {"opinion": _("拟不予许可须写明理由。")},
        "extend": {"request": _("申请延期须写明延长的理由。")},
        "hear": {"request": _("组织听证须写明听证的事项和理由。")},
        "inspect": {"request": _("实地核查须写明核查的内容和理由。")},
        "consult": {"request": _("专家评审须写明评审的事项和理由。")},
    }
    examines = True
    minutes = _("提请办理程序")
    for_procedures = ("request",)

    request = fields.LongTextField(
        _("事项和理由"),
        required=False,
        limit=1000,
        rows=3,
        help=_("延期写理由，听证、核查、评审写事项。将告知申请单位；上面已填的审查意见会保留。"),
    )
    proposals = FieldList(FormField(SpecialtyProposal), label=_("各专业审查结论"), max_entries=20)

    def __init__(
        self,
        formdata: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        *,
        specialties: Choices = (),
        **handed: Any,
    ) -> None:
        stored = {one["specialty"]: one for one in (data or {}).get("proposals", ())}
        rows = [stored.get(code, {"specialty": code}) for code, _name in specialties]
        data = {**(data or {}), "proposals": rows}
        super().__init__(formdata, data, specialties=specialties, **handed)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what the proposals lack, all of them together."""
        yield from super().problems()
        if self.outcome.data == "refuse" or self._opens() or "proposals" not in self:
            return
        rows = [row for row in self.proposals.data if row["proposal"]]
        if sorted(row["specialty"] for row in rows) != sorted(self.specialties):
            yield "proposals", _("请对申请的每个专业作出结论。")
        for row in rows:
            if row["proposal"] == "refuse" and not row["reason"]:
                name = self.specialties.get(row["specialty"], "")
                yield "proposals", _("拟不予的专业“%s”须写明理由。") % name
        if rows and all(row["proposal"] == "refuse" for row in rows):
            yield "proposals", _("各专业均拟不予的，办理结果应为不予许可。")

    def answers(self) -> dict[str, Any]:
        """What was answered; ``granted`` codes and ``refused`` code → reason sum up the rows.

        Of a procedure only what it asks for: what else was filled in is ``begun``, no proposal.
        """
        given = {"proposals": [], **super().answers()}
        request = given.pop("request")
        if self._opens():
            begun = {"proposals": given["proposals"], "opinion": given["opinion"]}
            return {"outcome": given["outcome"], "request": request, "begun": begun}
        rows = given["proposals"]
        refused = {r["specialty"]: r["reason"] for r in rows if r["proposal"] == "refuse"}
        if given["outcome"] == "refuse":  # a specialty without a reason of its own has the opinion
            own = {code: refused.get(code) or given["opinion"] for code in self.specialties}
            return {**given, "granted": [], "refused": own}
        granted = [r["specialty"] for r in rows if r["proposal"] == "grant"]
        return {**given, "granted": granted, "refused": refused}

    def _opens(self) -> bool:
        return "request" in self.demands.get(self.outcome.data or "", {})


class CheckReviewForm(OutcomeForm):
    """复核: agree, or send it back with the reason."""

    title = _("复核")
    examines = True
    demands = {"return": {"opinion": _("退回须写明理由。")}}


class SignDecisionForm(OutcomeForm):
    """签发: grant all or some specialties, refuse, or send back to review."""

    title = _("签发")
    demands = {
        "grant": {"granted": _("准予许可须至少勾选一个专业。")},
        "refuse": {"reasons": _("不予许可须写明理由。")},
        "return": {"opinion": _("退回须写明理由。")},
    }

    granted = fields.ChecklistField(
        _("准予的专业类别"),
        required=False,
        choices_from="specialties",
        help=_("没有勾选的专业即不予许可，须写明理由。"),
    )
    reasons = fields.LongTextField(_("不予许可的理由"), required=False, limit=2000, rows=5)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield the reason that a partial grant lacks, and what any outcome demands."""
        yield from super().problems()
        if self.outcome.data == "grant" and self._refused() and not self.reasons.data:
            yield "reasons", _("部分专业不予许可的，须写明理由。")

    def answers(self) -> dict[str, Any]:
        """What was answered, with ``refused``: code → reason of each specialty not granted."""
        given = {"granted": [], **super().answers()}
        if given["outcome"] != "grant":
            given["granted"] = []
        return {**given, "refused": dict.fromkeys(self._refused(), given["reasons"])}

    def _refused(self) -> list[str]:
        granted = self.data.get("granted") if self.outcome.data == "grant" else None
        return [code for code in self.specialties if code not in (granted or ())]


FORMS: Mapping[str, type[TaskForm]] = {
    "check_materials": CheckMaterialsForm,
    "review_application": ReviewForm,
    "check_review": CheckReviewForm,
    "sign_decision": SignDecisionForm,
}
