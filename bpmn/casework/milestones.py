"""Which events of a case its story tells, and in which words."""

from collections.abc import Mapping
from gettext import gettext as _

MILESTONES: Mapping[str, tuple[str, str]] = {
    "opened": ("done", _("新建工作")),
    "assigned": ("done", _("移交{authority}")),
    "deemed_accepted": ("done", _("逾期未告知，视为受理")),
    "document_issued": ("done", _("出具{title}")),
    "paper_filed": ("done", _("形成{title}")),
    "notice_published": ("done", _("发布公示")),
    "notice_closed": ("done", _("公示结束")),
    "notice_resumed": ("done", _("异议不成立，继续公示")),
    "announcement_published": ("done", _("发布公告")),
    "objection_received": ("returned", _("收到异议")),
    "statement_received": ("done", _("收到申请单位的陈述")),
    "certificate_changed": ("done", _("变更证书：{change}")),
    "certificate_renewed": ("done", _("延续证书")),
    "deemed_renewed": ("done", _("有效期届满未作决定，视为准予延续")),
    "expired": ("refused", _("补正期间有效期届满，延续终止")),
    "qualification_registered": ("done", _("登记资质")),
    "unit_changed": ("done", _("变更单位信息")),
    "certificate_reissued": ("done", _("换发证书")),
    "dossier_adopted": ("done", _("启用更新的数据")),
    "unit_registered": ("done", _("登记法人单位身份")),
    "withdrawn": ("refused", _("申请单位撤回申请")),
    "terminated": ("refused", _("审批机关终止办理")),
    "answer_missed": ("returned", _("对方单位逾期未答复")),
    "claim_moved": ("done", _("{label}转归{unit}")),
    "claim_kept": ("refused", _("{label}仍由{unit}持有")),
    "claim_struck": ("refused", _("{label}由双方移除")),
    "claim_lost": ("returned", _("{label}经协调不再计入（办件 {conflict}）")),
    "needless": ("refused", _("申请方办件已结束，协调随之结束")),
    "rated": ("done", _("申请单位评价：{grade}")),
    "rating_added": ("done", _("申请单位追评")),
    "migrated": ("done", _("改按第 {version} 版流程图办理")),
    "migration_undone": ("done", _("改回第 {version} 版流程图办理")),
    "lapsed": ("refused", _("逾期未补正，视为撤回申请")),
}
"""Kind of event → state of its line and its title, with places for the event's details."""
BY_UNIT = {"opened", "withdrawn", "rated", "rating_added"}
IN_THE_ORGAN = frozenset({"paper_filed", "migrated", "migration_undone"})
"""Not told to units: what stays in the organ (审查意见表)."""
