"""变更事项: what is registered of the unit beside what it is to become (R128, R151)."""

from collections.abc import Callable, Iterator, Mapping
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.attachments import AttachmentKind, always
from forms.base import TaskForm
from forms.page import Page
from forms.shown import ShownField

CHANGEABLE: Mapping[str, str] = {
    "unit_name": _("单位名称"),
    "uscc": _("统一社会信用代码"),
    "registered_address": _("注册地址"),
    "legal_representative": _("法定代表人"),
}
"""What is printed on a certificate or makes the unit who it is; the rest it updates by itself."""


class UnitChangesForm(TaskForm):
    """The present facts and the new ones; what stays as it is, is left empty."""

    title = _("变更事项")

    present_unit_name = ShownField(_("现单位名称"))
    new_unit_name = fields.TextField(
        _("变更后单位名称"), required=False, attributes={"autocomplete": "organization"}
    )
    present_uscc = ShownField(_("现统一社会信用代码"))
    new_uscc = fields.UsccField(_("变更后统一社会信用代码"), required=False)
    present_registered_address = ShownField(_("现注册地址"))
    new_registered_address = fields.TextField(
        _("变更后注册地址"),
        required=False,
        limit=200,
        attributes={"autocomplete": "street-address"},
    )
    present_legal_representative = ShownField(_("现法定代表人"))
    new_legal_representative = fields.TextField(_("变更后法定代表人"), required=False, limit=50)
    changed_on = fields.DateField(
        _("变更登记日期"), past=True, help=_("登记机关核准变更的日期；自该日起三十日内申请变更。")
    )
    contact_name = fields.TextField(_("申请联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))
    declaration = fields.TickField(
        _("本单位承诺所填信息和所附材料真实、有效，并承担相应的法律责任。"),
        must=_("请阅读并勾选承诺。"),
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what is not changed at all, and that nothing is."""
        given = self.data
        changed = [name for name in CHANGEABLE if given[f"new_{name}"]]
        if not changed:
            yield "new_unit_name", _("请至少填写一项变更后的内容。")
        for name in changed:
            if given[f"new_{name}"] == given[f"present_{name}"]:
                yield f"new_{name}", _("与现登记的相同；没有变更的请留空。")


def changes_in(values: Mapping[str, Any]) -> dict[str, str]:
    """The facts applied for, by their name: only those that are to change."""
    return {name: values[f"new_{name}"] for name in CHANGEABLE if values.get(f"new_{name}")}


def _when_changed(name: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda values: bool(values.get(f"new_{name}"))


PAGES = (
    Page(
        "unit_changes",
        _("变更事项"),
        UnitChangesForm,
        once=True,
        files=(
            AttachmentKind(
                "change_application_scan",
                _("变更申请书扫描件"),
                always,
                help=_("需加盖单位公章。"),
            ),
            AttachmentKind("changed_licence", _("变更后的营业执照或法人证书"), always),
            *(
                AttachmentKind(
                    f"change_proof_{name}",
                    _("%s变更证明") % label,
                    _when_changed(name),
                    help=_("登记机关的变更核准文件；没有变更的不上传。"),
                )
                for name, label in CHANGEABLE.items()
            ),
        ),
    ),
)
