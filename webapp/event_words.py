"""What the kinds of events are called on the screen."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from webapp.jobs_seen import KIND_NAMES
from webapp.roles import ROLE_NAMES

_WORDS = {
    "opened": _("新建办件"),
    "submitted": _("提交"),
    "assigned": _("分送审批机关"),
    "claimed": _("认领任务"),
    "released": _("释放任务"),
    "completed": _("办结任务"),
    "deemed_accepted": _("逾期视为受理"),
    "woken": _("到期自动流转"),
    "document_issued": _("出具文书"),
    "paper_served": _("登记送达"),
    "paper_filed": _("形成内部文书"),
    "notice_published": _("发布公示"),
    "announcement_published": _("发布公告"),
    "notice_closed": _("公示结束"),
    "notice_resumed": _("继续公示"),
    "objection_received": _("收到异议"),
    "statement_received": _("收到陈述"),
    "qualification_registered": _("登记资质"),
    "certificate_replaced": _("补发证书"),
    "certificate_changed": _("变更证书"),
    "certificate_renewed": _("延续证书"),
    "deemed_renewed": _("视为准予延续"),
    "expired": _("补正期间有效期届满"),
    "qualification_cancelled": _("注销资质"),
    "unit_registered": _("新单位注册"),
    "dossier_adopted": _("启用更新的数据"),
    "unit_changed": _("变更单位信息"),
    "certificate_reissued": _("换发证书"),
    "stop_requested": _("请求撤回或终止"),
    "withdrawn": _("撤回"),
    "terminated": _("终止办理"),
    "lapsed": _("逾期未补正"),
    "answer_missed": _("对方逾期未答复"),
    "claim_moved": _("转移持有"),
    "claim_kept": _("维持持有"),
    "claim_struck": _("双方均移除"),
    "claim_lost": _("经协调不再计入"),
    "needless": _("协调不再需要"),
    "deleted": _("删除办件"),
    "bar_set": _("记入限制期"),
    "revocation_dropped": _("不予处理"),
    "rated": _("评价"),
    "rating_added": _("追评"),
    "rating_handled": _("差评办结"),
    "revealed": _("查看完整证件号码"),
    "former_loaded": _("载入旧系统数据"),
    "former_discarded": _("删除旧系统数据"),
    "former_staff_added": _("人员基本信息转移"),
    "account_added": _("新增用户"),
    "account_opened": _("启用用户"),
    "account_closed": _("停用用户"),
    "roles_changed": _("修改角色"),
    "password_reset": _("重置密码"),
    "authority_changed": _("修改审批机关"),
    "calendar_loaded": _("载入工作日历"),
    "calendar_changed": _("修改工作日历"),
    "contact_changed": _("修改联系方式"),
    "feedback_handled": _("处理意见反馈"),
    "standard_drafted": _("拟定新版标准"),
    "standard_changed": _("修改标准草稿"),
    "standard_published": _("发布标准"),
    "standard_discarded": _("放弃标准草稿"),
    "diagram_proposed": _("申请部署流程图"),
    "diagram_deployed": _("部署流程图"),
    "diagram_declined": _("不同意部署流程图"),
    "diagram_withdrawn": _("撤回部署申请"),
    "wording_changed": _("修改文书文字"),
    "migrated": _("迁移到另一版流程图"),
    "migration_undone": _("撤销迁移"),
    "migration_confirmed": _("确认迁移办件"),
    "job_retried": _("重试后台作业"),
}


def event_word(kind: str) -> str:
    """The words for a kind; the kind itself where there are none."""
    return _WORDS.get(kind, kind)


def event_kinds() -> dict[str, str]:
    """Every kind with its words, to choose from."""
    return dict(_WORDS)


_DETAILS = {
    "title": _("名称"),
    "way": _("方式"),
    "number": _("编号"),
    "task": _("环节"),
    "outcome": _("结果"),
    "authority": _("机关"),
    "organ": _("机关"),
    "reason": _("理由"),
    "objection": _("异议"),
    "username": _("用户名"),
    "roles": _("角色"),
    "code": _("代码"),
    "cell": _("项目"),
    "source": _("依据"),
    "count": _("天数"),
    "people": _("人数"),
    "rows": _("行数"),
    "load": _("载入序号"),
    "first": _("起"),
    "last": _("止"),
    "job": _("作业"),
    "subject": _("序号"),
    "stop": _("方式"),
    "label": _("对象"),
    "grade": _("满意程度"),
    "result": _("处理结果"),
    "unit": _("单位"),
    "conflict": _("协调办件"),
    "certificate_type": _("资质证书"),
    "change": _("变更内容"),
    "facts": _("变更事项"),
    "from_version": _("原版本"),
    "version": _("版本"),
    "cases": _("件数"),
    "place": _("所在位置"),
    "due": _("届满日"),
    "field": _("项目"),
    "paper": _("文书"),
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "roles": ROLE_NAMES,
    "job": KIND_NAMES,
    "stop": {"withdrawn": _("撤回"), "terminated": _("终止办理")},
    "objection": {"upheld": _("异议成立"), "dismissed": _("无异议成立")},
}
_LEFT_OUT = frozenset({"element", "matter"})
"""Names of the diagram and the program: they stand in the record, not on the screen."""


def detail_words(
    detail: Mapping[str, Any], known: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, str]]:
    """(word, value) of what an event says beside its kind, without what is empty.

    `known` has the words for the values that the office's data or the case's diagram names.
    """
    words = {**_VALUES, **known}
    return [
        (_DETAILS.get(key, key), _in_words(value, words.get(key, {})))
        for key, value in detail.items()
        if key not in _LEFT_OUT and value not in (None, "", [])
    ]


def _in_words(value: Any, words: Mapping[str, str]) -> str:
    values = value if isinstance(value, list) else [value]
    return "、".join(words.get(str(one), str(one)) for one in values)
