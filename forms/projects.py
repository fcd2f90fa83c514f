"""测绘业绩: the form of one project, and why its row does not count, in words."""

from collections.abc import Collection, Iterator, Mapping
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.attachments import missing_attachments
from forms.base import TaskForm
from forms.page import Page


class ProjectForm(TaskForm):
    """One project of one specialty; amounts in yuan."""

    title = _("测绘业绩")

    name = fields.TextField(_("项目名称"), limit=200)
    specialty = fields.ChoiceField(
        _("专业类别"), choices_from="specialties", help=_("这个项目计入哪个专业的业绩。")
    )
    business_type = fields.ChoiceField(_("业务类型"), required=False, choices_from="business_types")
    client = fields.TextField(_("委托单位"), limit=200)
    contract_number = fields.TextField(_("合同编号"), required=False, limit=100)
    amount = fields.MoneyField(_("项目金额（元）"), help=_("测绘服务的合同金额，例如 600000.00。"))
    signed_on = fields.DateField(_("合同签订日期"), past=True)
    completed_on = fields.DateField(
        _("完成日期"), required=False, past=True, help=_("通过验收的日期；未完成的不填。")
    )
    place = fields.TextField(_("项目地点"), required=False, limit=200)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a project that ended before it was signed."""
        signed, completed = self.signed_on.data, self.completed_on.data
        if signed and completed and completed < signed:
            yield "completed_on", _("完成日期不能早于合同签订日期。")


def project_problems(values: Mapping[str, Any], attachment_kinds: Collection[str]) -> list[str]:
    """Why a project's row does not count; empty when it is complete."""
    return missing_attachments("project", values, attachment_kinds)


PAGES = (
    Page(
        "projects", _("测绘业绩信息"), ProjectForm, row="project", own=("name", "contract_number")
    ),
)
