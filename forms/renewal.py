"""延续: which term ends, and that the unit still meets what it was granted for (policy 2.3)."""

from gettext import gettext as _

from forms import fields
from forms.attachments import AttachmentKind, always
from forms.base import TaskForm
from forms.page import Page
from forms.shown import ShownField


class RenewalForm(TaskForm):
    """延续申请书: the certificate, its present and its next term."""

    title = _("延续申请书")

    certificate_number = ShownField(_("证书编号"))
    present_term = ShownField(_("现有效期至"))
    next_term = ShownField(_("延续后的有效期"))
    statement = fields.LongTextField(
        _("持续符合资质条件的说明"),
        limit=2000,
        rows=6,
        help=_("有效期内人员、装备、质量和保密管理的情况，以及有无违法违规记录。"),
    )
    contact_name = fields.TextField(_("申请联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))
    declaration = fields.TickField(
        _("本单位承诺持续符合相应的资质条件，所填信息和所附材料真实、有效。"),
        must=_("请阅读并勾选承诺。"),
    )


PAGES = (
    Page(
        "renewal",
        _("延续申请书"),
        RenewalForm,
        files=(
            AttachmentKind(
                "renewal_scan", _("延续申请书扫描件"), always, help=_("需加盖单位公章。")
            ),
        ),
        once=True,
    ),
)
