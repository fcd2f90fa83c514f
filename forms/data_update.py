"""补充和修改数据: what has changed in staff, equipment and systems, and why (R126)."""

from gettext import gettext as _

from forms import fields
from forms.attachments import AttachmentKind, always
from forms.base import TaskForm
from forms.page import Page


class UpdateRequestForm(TaskForm):
    """更新申请: the reasons in words; the changes themselves are made on the pages."""

    title = _("更新申请")

    changed_on = fields.DateField(
        _("变化发生日期"), past=True, help=_("自变化之日起三十日内通过本系统申请更新。")
    )
    reasons = fields.LongTextField(
        _("变化情况说明"),
        limit=1000,
        rows=5,
        help=_("说明增减了哪些人员、装备，修改了哪些内容；具体内容在后面各页直接修改。"),
    )
    contact_name = fields.TextField(_("申请联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))
    declaration = fields.TickField(
        _("本单位承诺所填信息和所附材料真实、有效，并承担相应的法律责任。"),
        must=_("请阅读并勾选承诺。"),
    )


PAGES = (
    Page(
        "update_request",
        _("更新申请"),
        UpdateRequestForm,
        once=True,
        files=(
            AttachmentKind(
                "update_application_scan",
                _("更新申请书扫描件"),
                always,
                help=_("需加盖单位公章。"),
            ),
        ),
    ),
)
