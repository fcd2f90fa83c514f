"""Rows of the old system's files (before 2021-07-01): its qualifications and its staff."""

from gettext import gettext as _

from forms import fields
from forms.base import TaskForm
from forms.staff import CATEGORIES, EDUCATION

_LEVELS = [("A", _("甲级")), ("B", _("乙级")), ("C", _("丙级")), ("D", _("丁级"))]
_SHORT_LEVELS = [("A", _("甲")), ("B", _("乙")), ("C", _("丙")), ("D", _("丁"))]
LEVEL_NAMES = dict(_LEVELS)
FORMER_SPECIALTIES = [("JXBD", _("不动产测绘")), ("JXBD", _("界线测绘"))]
"""Names of the standard of 2014 whose specialty is called otherwise since 2021 (待核实)."""


class FormerQualificationForm(TaskForm):
    """One specialty of a former qualification (R034-R037)."""

    title = _("旧系统测绘资质")

    unit_name = fields.TextField(_("单位名称"), limit=100)
    uscc = fields.UsccField(_("统一社会信用代码"), required=False)
    level = fields.ChoiceField(_("资质等级"), choices=[*_LEVELS, *_SHORT_LEVELS])
    specialty = fields.ChoiceField(_("专业类别"), choices_from="specialties")
    number = fields.TextField(_("资质证书编号"), required=False, limit=40)
    first_approved_on = fields.DateField(_("首次取得日期"), past=True)


class FormerPersonForm(TaskForm):
    """A person of a unit's former staff list, recognised by the rules of then (R065)."""

    title = _("旧系统技术人员")

    unit_name = fields.TextField(_("单位名称"), limit=100)
    uscc = fields.UsccField(_("统一社会信用代码"), required=False)
    name = fields.TextField(_("姓名"), limit=50)
    id_number = fields.IdNumberField(_("身份证号"))
    category = fields.ChoiceField(_("人员类别"), choices=CATEGORIES)
    title_name = fields.TextField(_("职称名称"), required=False, limit=50)
    title_subject = fields.TextField(_("职称专业"), required=False, limit=50)
    education = fields.ChoiceField(_("学历"), required=False, choices=EDUCATION)
    major = fields.TextField(_("所学专业"), required=False, limit=50)


FORMER_FORMS: dict[str, type[TaskForm]] = {
    "qualifications": FormerQualificationForm,
    "staff": FormerPersonForm,
}
