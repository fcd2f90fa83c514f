"""归属协调: why a unit claims something, what the other unit says, what the organ finds."""

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import ClassVar

from forms import fields
from forms.attachments import AttachmentKind, always
from forms.base import TaskForm
from forms.page import Page
from forms.review import OutcomeForm

_PROOFS = ("social_insurance", "invoice", "other_proof")
EVIDENCE = (
    AttachmentKind(
        "labour_contract",
        _("劳动合同或聘用文件"),
        always,
        _PROOFS,
        wanted=_("证明材料：劳动合同、社保缴纳证明、发票等至少一份"),
        help=_("人员归属的主要依据，签订单位应为本单位。"),
    ),
    AttachmentKind("social_insurance", _("社保缴纳证明"), help=_("缴纳单位应为本单位。")),
    AttachmentKind(
        "invoice", _("发票等所有权证明"), help=_("装备归属的主要依据，抬头应为本单位。")
    ),
    AttachmentKind("other_proof", _("其他证明材料")),
)


class ConflictClaimForm(TaskForm):
    """陈述理由: the claimant's side (R080, R084)."""

    title = _("协调申请理由")

    reasons = fields.LongTextField(
        _("理由"),
        limit=2000,
        rows=8,
        help=_("写明该人员或者装备何时起属于本单位、与对方单位联系的经过。对方单位看不到这一页。"),
    )
    contact_name = fields.TextField(_("联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))


class ConflictAnswerForm(OutcomeForm):
    """答复协调申请: release it, prove that it is held, or contest the claim itself."""

    title = _("对方单位答复")
    demands = {
        "release": {"confirmed": _("请先确认释放的后果。")},
        "prove": {"statement": _("举证持有须说明该人员或者装备现在属于本单位的事实。")},
        "contest": {"statement": _("提出异议须说明理由。")},
    }
    meanings: ClassVar[Mapping[str, str]] = {
        "release": _("不再由本单位持有，转归申请方。"),
        "prove": _("仍由本单位持有，附证明材料，由协调机关核实。"),
        "contest": _("对申请方的主张有异议，附证明材料，由协调机关核实。"),
    }
    """What the unit should know of each answer before it gives it."""
    evidenced: ClassVar[frozenset[str]] = frozenset({"prove", "contest"})

    opinion = None  # type: ignore[assignment]  # a unit states, an officer opines
    statement = fields.LongTextField(
        _("情况说明"),
        required=False,
        limit=2000,
        rows=6,
        help=_("说明事实和依据，只有审批机关能看到。"),
    )
    confirmed = fields.TickField(
        _("同意释放：该人员或者装备从本单位的材料中移除，不再计入本单位。"),
        help=_("选择“释放”时勾选。"),
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what the answer lacks; ``evidence`` hands in the files that are there."""
        yield from super().problems()
        if self.outcome.data in self.evidenced and not self.handed.get("evidence"):
            yield "statement", _("请至少上传一份证明材料，保存后再作答复。")


class ConflictSupplementForm(TaskForm):
    """对方补充材料: what the organ asked of the other unit."""

    title = _("补充说明")

    statement = fields.LongTextField(_("补充说明"), limit=2000, rows=6)


class ExamineClaimsForm(OutcomeForm):
    """核实双方材料: report it for a decision, or ask either side for more."""

    title = _("核实双方材料")
    demands = {
        "report": {"opinion": _("报请决定须写明核实意见。")},
        "ask_claimant": {"opinion": _("请写明要求申请方补充什么。")},
        "ask_respondent": {"opinion": _("请写明要求对方补充什么。")},
    }

    opinion = fields.LongTextField(
        _("意见"),
        required=False,
        limit=500,
        rows=5,
        help=_("要求补充的，原文告知该方；意见列入审批记录，请勿写入对方的材料内容和证件号码。"),
    )


class DecideOwnershipForm(OutcomeForm):
    """作出协调决定: whose it is, with the reasons that both sides are told."""

    title = _("作出协调决定")
    demands = {
        "transfer": {"reasons": _("协调决定须写明理由。")},
        "keep": {"reasons": _("协调决定须写明理由。")},
        "remove": {"reasons": _("协调决定须写明理由。")},
        "return": {"opinion": _("退回须写明理由。")},
    }

    reasons = fields.LongTextField(
        _("决定的理由"),
        required=False,
        limit=2000,
        rows=6,
        help=_("写入决定书并送达双方，请勿写入完整证件号码。"),
    )


PAGES = (
    Page("conflict_claim", _("协调申请理由"), ConflictClaimForm, files=EVIDENCE),
    Page("conflict_answer", _("对方单位答复"), ConflictAnswerForm, files=EVIDENCE),
)
FORMS = {
    "conflict_supplement": ConflictSupplementForm,
    "examine_claims": ExamineClaimsForm,
    "decide_ownership": DecideOwnershipForm,
}
