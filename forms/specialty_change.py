"""专业类别变更: the specialties that a certificate is to carry, beside those that it has."""

from collections.abc import Iterable, Iterator, Mapping
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.attachments import AttachmentKind, always
from forms.base import TaskForm
from forms.page import Page
from forms.shown import ShownField


class SpecialtyChangeForm(TaskForm):
    """变更申请书: present specialties come ticked; what is added and dropped is told (R130).

    ``choices["held_specialties"]`` are the (code, name) pairs that the certificate carries.
    """

    title = _("变更申请书")

    present = ShownField(_("现有专业类别"))
    chosen_specialties = fields.ChecklistField(
        _("变更后的专业类别"),
        choices_from="specialties",
        help=_("现有的专业已经勾选：勾选其他专业为新增，取消勾选为不再保留。"),
    )
    added = ShownField(_("新增的专业类别"), help=_("保存后列出。"))
    dropped = ShownField(_("不再保留的专业类别"), help=_("保存后列出。"))
    reason = fields.LongTextField(_("变更说明"), required=False, limit=500, rows=3)
    contact_name = fields.TextField(_("申请联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))
    declaration = fields.TickField(
        _("本单位知悉：不再保留的专业自准予变更之日起终止；承诺所填信息和所附材料真实、有效。"),
        must=_("请阅读并勾选承诺。"),
    )

    def __init__(
        self,
        formdata: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        **handed: Any,
    ) -> None:
        super().__init__(formdata, data, **handed)
        held = dict(fields.flat(self.handed.get("held_specialties", ())))
        chosen = self.chosen_specialties.data or ()
        self.present.data = "、".join(held.values())
        self.added.data = self._names(code for code in chosen if code not in held)
        self.dropped.data = self._names(code for code in held if code not in chosen)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield that nothing would change."""
        if not self.added.data and not self.dropped.data:
            yield (
                "chosen_specialties",
                _("与现有的专业相同，请勾选要新增的或者取消不再保留的专业。"),
            )

    def _names(self, codes: Iterable[str]) -> str:
        return "、".join(self.specialties.get(code, code) for code in codes)


PAGES = (
    Page(
        "specialty_change",
        _("变更申请书"),
        SpecialtyChangeForm,
        files=(
            AttachmentKind(
                "specialty_change_scan",
                _("变更申请书扫描件"),
                always,
                help=_("需加盖单位公章。"),
            ),
        ),
        once=True,
    ),
)
