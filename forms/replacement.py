"""补领证书: which certificate was lost or damaged, how, and where that was declared (R131)."""

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.attachments import AttachmentKind, always
from forms.base import TaskForm
from forms.page import Page

LOST, DAMAGED = "lost", "damaged"
REASONS = [(LOST, _("遗失")), (DAMAGED, _("损毁"))]


class ReplacementForm(TaskForm):
    """补领申请: the reason, the day and the circumstances."""

    title = _("补领申请")

    reason = fields.RadioField(_("补领原因"), choices=REASONS)
    happened_on = fields.DateField(_("遗失或者损毁日期"), past=True)
    circumstances = fields.LongTextField(_("经过说明"), limit=1000, rows=4)
    statement_medium = fields.TextField(
        _("刊登遗失声明的媒体"),
        required=False,
        limit=100,
        help=_("遗失证书的，可以在公开媒体声明原证书作废；没有刊登的不填。"),
    )
    statement_on = fields.DateField(_("声明日期"), required=False, past=True)
    contact_name = fields.TextField(_("申请联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))
    declaration = fields.TickField(
        _("本单位承诺所填情况真实；原证书找回的，交回发证机关，不再使用。"),
        must=_("请阅读并勾选承诺。"),
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what does not go together in the statement."""
        if bool(self.statement_medium.data) != bool(self.statement_on.data):
            missing = "statement_on" if self.statement_medium.data else "statement_medium"
            yield missing, _("请同时填写刊登声明的媒体和日期，或者都不填。")
        declared, happened = self.statement_on.data, self.happened_on.data
        if declared and happened and declared < happened:
            yield "statement_on", _("声明日期不能早于遗失或者损毁日期。")


def _damaged(values: Mapping[str, Any]) -> bool:
    return values.get("reason") == DAMAGED


PAGES = (
    Page(
        "replacement",
        _("补领申请"),
        ReplacementForm,
        files=(
            AttachmentKind(
                "replacement_scan", _("补领申请书扫描件"), always, help=_("需加盖单位公章。")
            ),
            AttachmentKind("loss_statement", _("遗失声明")),
            AttachmentKind(
                "damaged_certificate",
                _("损毁证书照片"),
                _damaged,
                help=_("应能看出是本单位的证书。"),
            ),
        ),
    ),
)
