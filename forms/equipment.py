"""技术装备: the form of one instrument or system, and why its row does not count, in words."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.attachments import missing_attachments
from forms.base import TaskForm
from forms.page import Page

OWNERSHIP = [("owned", _("自有")), ("leased", _("租赁")), ("borrowed", _("借用"))]
CONDITION = [("usable", _("在用")), ("repair", _("维修")), ("unusable", _("停用或报废"))]


class EquipmentForm(TaskForm):
    """One instrument; the serial number is what finds it in other units."""

    title = _("技术装备")

    kind = fields.ChoiceField(_("装备名称"), choices_from="equipment_kinds")
    model = fields.TextField(_("规格型号"), limit=100)
    manufacturer = fields.TextField(_("生产厂家"), required=False, limit=100)
    serial_number = fields.CodeField(
        _("出厂编号"),
        limit=64,
        attributes={"autocapitalize": "characters"},
        help=_("铭牌上的编号；软件填写许可证号。系统按装备名称和编号查重。"),
    )
    purchased_on = fields.DateField(_("购置日期"), past=True)
    price = fields.MoneyField(_("购置金额（元）"), required=False)
    invoice_number = fields.TextField(_("发票号码"), required=False, limit=30)
    ownership = fields.ChoiceField(_("所有权"), choices=OWNERSHIP)
    condition = fields.ChoiceField(_("使用状态"), choices=CONDITION)
    calibration_number = fields.TextField(_("检定证书编号"), required=False, limit=50)
    calibrated_until = fields.DateField(_("检定有效期至"), required=False)
    place = fields.TextField(
        _("存放地点"), required=False, limit=200, help=_("服务器应设在中国境内。")
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a calibration that ended before the instrument was bought."""
        until, bought = self.calibrated_until.data, self.purchased_on.data
        if until and bought and until < bought:
            yield "calibrated_until", _("检定有效期不能早于购置日期。")


def equipment_problems(
    values: Mapping[str, Any], attachment_kinds: Collection[str], today: date
) -> list[str]:
    """Why an instrument's row does not count; empty when it is complete.

    ``today`` is the office's date (Asia/Shanghai): a calibration that has ended does not count.
    """
    found = missing_attachments("equipment", values, attachment_kinds)
    if values.get("ownership") != "owned":
        found.append(_("不是本单位自有。"))
    if values.get("condition") != "usable":
        found.append(_("不在用。"))
    until = values.get("calibrated_until")
    if until and date.fromisoformat(until) < today:
        found.append(_("检定证书已过有效期。"))
    return found


PAGES = (
    Page(
        "equipment",
        _("技术装备信息"),
        EquipmentForm,
        row="equipment",
        own=("serial_number", "calibration_number"),
    ),
)
