"""Forms of the standard's cells, one for each kind of cell; and the form that publishes a version.

`CELL_FORMS` is by the last part of a cell's key. What is not in it is not edited: other tables
refer to it.
"""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.base import TaskForm
from forms.standard_fields import GroupsField, KindsField, NamesField, YesNoField

CONFIDENCES = (
    ("D", _("委托方给定")),
    ("S", _("见于出处")),
    ("S2", _("仅见一次，待核实")),
    ("M", _("凭记忆，待核实")),
    ("A", _("推定，待核实")),
)
_ABOUT = ("source", "confidence")
MOST_PEOPLE, MOST_YUAN = 9999, 999_999_999


class CellForm(TaskForm):
    """A cell's values, and where they are from; a subclass names the values."""

    source = fields.TextField(
        _("依据"), limit=500, help=_("这些数字出自哪里，例如通知的文号和条款。每次修改都要写明。")
    )
    confidence = fields.ChoiceField(
        _("可靠程度"), choices=CONFIDENCES, help=_("没有可靠出处的，对外一律标明“待核实”。")
    )

    def __init__(self, *arguments: Any, **handed: Any) -> None:
        super().__init__(*arguments, **handed)
        for name in _ABOUT:  # a subclass's own values come first
            self._fields[name] = self._fields.pop(name)

    def cell_value(self) -> dict[str, Any]:
        """The cell's value as policy data hold it: the answers without where they are from."""
        return {name: one for name, one in self.answers().items() if name not in _ABOUT}


def _number(label: str, least: int = 0, most: int = MOST_PEOPLE, **more: Any) -> Any:
    return fields.QuantityField(label, least=least, most=most, **more)


class StaffCell(CellForm):
    total = _number(_("合计"), least=1)
    senior = _number(_("测绘高级"))
    mid = _number(_("测绘中级"))
    junior = _number(_("测绘初级"))
    related = _number(_("相关"))


class EquipmentCell(CellForm):
    groups = GroupsField(
        _("装备要求"),
        rows=5,
        help=_(
            "每行一项要求：合并计数的种类用顿号隔开，冒号后写至少几台（套）；"
            "几种满足其一即可的，用“或者”连接。例如：GNSS接收机、全站仪：12 或者 三维激光扫描仪：2"
        ),
    )


class ClassNumbersCell(CellForm):
    """A number for each class."""

    A = _number(_("甲级（人）"))
    B = _number(_("乙级（人）"))


class InsuranceCell(CellForm):
    months = _number(_("至少缴纳几个月"), most=120)


class DaysCell(CellForm):
    days = _number(_("天数"), least=1, most=3650)


class YearsCell(CellForm):
    years = _number(_("年数"), least=1, most=100)


class DownfillCell(CellForm):
    value = YesNoField(_("高一级的人员可以抵低一级，测绘人员可以抵相关人员"))


class PromotionCell(CellForm):
    years_in_b = _number(_("取得乙级满几年"), most=50)
    window_years = _number(_("业绩看近几年"), least=1, most=50)
    total_yuan = _number(_("测绘服务总值不少于（元）"), most=MOST_YUAN)
    single_yuan = _number(_("至少一个已完成项目不少于（元）"), most=MOST_YUAN)
    exempt = fields.ChecklistField(
        _("不要求年限和业绩的专业"), required=False, choices_from="specialties"
    )


class TitlesCell(CellForm):
    senior = NamesField(_("高级"))
    mid = NamesField(_("中级"))
    junior = NamesField(_("初级"))


class SubjectsCell(CellForm):
    subjects = NamesField(_("专业名单"))
    containing = NamesField(_("名称中含有下列字样的也算"), rows=2)


class ListCell(CellForm):
    values = NamesField(_("名单"), help=_("用顿号隔开，或者每行一个。"))


class LimitsCell(CellForm):
    text = fields.LongTextField(_("乙级不得承担的"), limit=1000)


class KindsCell(CellForm):
    units = KindsField(_("种类"), rows=8, help=_("每行一个计量单位，冒号后列出种类，用顿号隔开。"))


class CountsAsCell(CellForm):
    values = KindsField(_("种类"), help=_("每行：这种装备：可以算作的种类。"))


CELL_FORMS: Mapping[str, type[CellForm]] = {
    "staff": StaffCell,
    "equipment": EquipmentCell,
    "retired_cap": ClassNumbersCell,
    "secrecy_trained": ClassNumbersCell,
    "social_insurance": InsuranceCell,
    "allow_downfill": DownfillCell,
    "promotion": PromotionCell,
    "opens": DaysCell,
    "closes": DaysCell,
    "validity": YearsCell,
    "titles": TitlesCell,
    "surveying_titles": SubjectsCell,
    "related_subjects": ListCell,
    "business_types": ListCell,
    "class_b_limits": LimitsCell,
    "equipment_kinds": KindsCell,
    "counts_as": CountsAsCell,
}


class PublishForm(TaskForm):
    """From when a new version holds, and why it was made."""

    title = _("发布")

    effective = fields.DateField(_("施行日期"), help=_("今天或者今后的一天。"))
    note = fields.LongTextField(_("修改说明"), limit=500, rows=3)
