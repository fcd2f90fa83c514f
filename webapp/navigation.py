"""What the navigation offers: by what the person may do."""

from gettext import gettext as _
from typing import Any

ENTRIES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("work.index", _("工作列表"), frozenset({"applicant"})),
    ("certificates.mine", _("资质证书"), frozenset({"applicant"})),
    ("messages.index", _("消息"), frozenset({"applicant"})),
    (
        "worklist.index",
        _("待办任务"),
        frozenset({"window", "reviewer", "checker", "approver", "expert"}),
    ),
    ("messages.organ", _("消息"), frozenset({"window", "reviewer", "checker", "approver"})),
    ("worklist.done", _("已办"), frozenset({"window", "reviewer", "checker", "approver"})),
    ("deliveries.index", _("待送达"), frozenset({"window", "reviewer", "checker", "approver"})),
    ("cases.index", _("办件查询"), frozenset({"window", "reviewer", "checker", "approver"})),
    (
        "certificates.index",
        _("证书台账"),
        frozenset({"window", "reviewer", "checker", "approver"}),
    ),
    ("wordings.index", _("文书文字"), frozenset({"approver"})),
    ("admin.diagrams", _("流程图"), frozenset({"admin"})),
    ("users.index", _("用户"), frozenset({"admin"})),
    ("admin.authorities", _("审批机关"), frozenset({"admin"})),
    ("standards.index", _("分类分级标准"), frozenset({"admin"})),
    ("calendar.index", _("工作日历"), frozenset({"admin"})),
    ("former_files.index", _("旧系统数据"), frozenset({"admin"})),
    ("contacts.index", _("联系方式"), frozenset({"admin"})),
    ("admin.jobs", _("后台作业"), frozenset({"admin"})),
    ("audit.index", _("审计记录"), frozenset({"auditor"})),
)
PUBLIC_ENTRIES = (
    ("matters.index", _("办事指南")),
    ("notices.index", _("公示公告")),
    ("help.index", _("帮助")),
)


def entries(person: Any) -> list[tuple[str, str, int]]:
    """(endpoint, label, count) of each entry; the count is filled in by the pages that know it."""
    own = person.roles if person and person.is_authenticated else frozenset()
    mine = [(endpoint, label, 0) for endpoint, label, roles in ENTRIES if roles & own]
    return mine + [(endpoint, label, 0) for endpoint, label in PUBLIC_ENTRIES]


def home_of(roles: frozenset[str]) -> str:
    """The page where a person with these roles begins the day."""
    return next((endpoint for endpoint, _label, wanted in ENTRIES if wanted & roles), "hall.index")
