"""The pages of an application by their key: title, form, and whether the page is a list of rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _

from forms import equipment, projects, staff, unit_pages
from forms.attachments import ATTACHMENTS, AttachmentKind
from forms.base import TaskForm


@dataclass(frozen=True)
class Page:
    """One page; of a page with rows, ``form`` is the form of one row and ``row`` its name."""

    key: str
    title: str
    form: type[TaskForm]
    row: str = ""

    @property
    def attachments(self) -> tuple[AttachmentKind, ...]:
        """The kinds of file that the page, or one of its rows, takes."""
        return ATTACHMENTS[self.row or self.key]


_ALL = (
    Page("application", _("申请书"), unit_pages.ApplicationForm),
    Page("profile", _("单位简介"), unit_pages.ProfileForm),
    Page("unit_basics", _("单位基本信息"), unit_pages.UnitBasicsForm),
    Page("leaders", _("法人及分管资质申报领导信息"), unit_pages.LeadersForm),
    Page("staff", _("技术人员信息"), staff.PersonForm, row="person"),
    Page("equipment", _("技术装备信息"), equipment.EquipmentForm, row="equipment"),
    Page("projects", _("测绘业绩信息"), projects.ProjectForm, row="project"),
    Page("security", _("测绘地理信息安全保障措施和管理制度"), unit_pages.SecurityForm),
    Page("quality", _("技术和质量保障体系"), unit_pages.QualityForm),
    Page("archives", _("测绘成果和资料档案管理制度"), unit_pages.ArchivesForm),
)
PAGES: Mapping[str, Page] = {page.key: page for page in _ALL}
