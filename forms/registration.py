"""The organ's form of 新单位注册: the legal person is verified, or not yet, or not at all."""

from collections.abc import Mapping
from gettext import gettext as _

from forms.base import TaskForm
from forms.review import CheckMaterialsForm


class VerifyLegalPersonForm(CheckMaterialsForm):
    """核实法人身份: register, return with everything to correct at once, or refuse (R120)."""

    title = _("核实法人身份")
    demands = {
        "return": {"items": _("退回补齐材料须一次列出全部需要补正的内容。")},
        "refuse": {"opinion": _("不予注册须写明理由。")},
    }


FORMS: Mapping[str, type[TaskForm]] = {"verify_legal_person": VerifyLegalPersonForm}
