"""The papers of 撤销、撤回、注销 by the organ: what is intended, and the three decisions."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

_PROPOSED = (
    *PAPER,
    Fact("certificate_number", "证书编号"),
    Fact("measure", "措施"),
    Fact("ground", "情形"),
    Fact("facts", "查明的事实", "texts"),
    Fact("evidence", "证据", "texts"),
    Fact("article", "依据"),
    Fact("bar_years", "限制期（年）", required=False),
    Fact("bar_article", "限制期的依据", required=False),
)
_DECIDED = (
    *_PROPOSED,
    *REMEDIES,
    Fact("statement", "陈述申辩的意见", "texts", required=False),
    Fact("reviewed", "复核意见", "texts"),
    Fact("ended_on", "失效日期", "day"),
    Fact("bar_until", "限制期止", required=False),
)

_LISTED = (
    ("order", "序号"),
    ("unit_name", "单位名称"),
    ("certificate_number", "证书编号"),
    ("specialties", "等级和专业类别"),
    ("reason", "情形"),
    ("cancelled_on", "失效日期"),
)

KINDS: Mapping[str, Kind] = {
    "revocation_notice": Kind(
        "行政处理事先告知书",
        "处告",
        (
            *_PROPOSED,
            Fact("answer_until", "陈述申辩期限", "day"),
            Fact("answer_working_days", "陈述申辩工作日", "count"),
        ),
    ),
    "revocation_decision": Kind("撤销测绘资质决定书", "撤", _DECIDED),
    "revocation_announcement": Kind(
        "测绘资质失效公告",
        "失告",
        (
            *PAPER,
            Fact("organ_address", "机关地址", required=False),
            Fact("organ_email", "电子邮箱", required=False),
            Fact("listed", "公告名单", "rows", columns=_LISTED),
            Fact("measure", "措施"),
            Fact("articles", "依据", "texts"),
        ),
        told=False,
        is_public=True,
    ),
    "recall_decision": Kind("撤回测绘资质决定书", "撤回", _DECIDED),
    "deregistration_decision": Kind("依职权注销测绘资质决定书", "依销", _DECIDED),
}
