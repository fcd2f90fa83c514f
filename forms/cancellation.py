"""资质注销: which certificate the unit gives up and why (R132; 行政许可法 Art. 70)."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.attachments import AttachmentKind, always
from forms.base import TaskForm
from forms.page import Page

ENDED = "ended"
REASONS = [
    ("given_up", _("单位不再从事这类测绘活动，主动申请注销")),
    (ENDED, _("法人资格依法终止")),
    ("expired", _("有效期届满，不再申请延续")),
    ("other", _("其他情形（在说明中写明）")),
]


class CancellationForm(TaskForm):
    """注销申请: the reason and what becomes of running work and of classified results."""

    title = _("注销申请")

    reason = fields.RadioField(_("注销原因"), choices=REASONS)
    explanation = fields.LongTextField(_("情况说明"), limit=1000, rows=4)
    running_work = fields.LongTextField(
        _("在施测绘项目的处理"),
        limit=1000,
        rows=3,
        help=_("没有在施项目的，写“无”。"),
    )
    classified_results = fields.LongTextField(
        _("涉密成果的移交或者销毁情况"),
        limit=1000,
        rows=3,
        help=_("没有涉密成果的，写“无”。"),
    )
    contact_name = fields.TextField(_("申请联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))
    declaration = fields.TickField(
        _("本单位知悉：证书注销后不得再从事相应的测绘活动，注销结果向社会公告。"),
        must=_("请阅读并勾选承诺。"),
    )


def _ended(values: Mapping[str, Any]) -> bool:
    return values.get("reason") == ENDED


PAGES = (
    Page(
        "cancellation",
        _("注销申请"),
        CancellationForm,
        files=(
            AttachmentKind(
                "cancellation_scan", _("注销申请书扫描件"), always, help=_("需加盖单位公章。")
            ),
            AttachmentKind("returned_certificate", _("证书正本、副本"), help=_("交回的原件照片。")),
            AttachmentKind(
                "end_of_legal_person", _("法人终止证明"), _ended, help=_("登记机关的注销通知书等。")
            ),
        ),
    ),
)
