"""The refusals of 延续, of both 变更 and of 数据更新: each prints what stays and what was asked."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

_REFUSED = (
    *PAPER,
    *REMEDIES,
    Fact("accepted_on", "受理日期", "day"),
    Fact("certificate_number", "证书编号"),
    Fact("findings", "查明的事实", "texts"),
    Fact("reasons", "不予批准的理由", "texts"),
    Fact("articles", "法律依据", "texts"),
)
_FACTS = (("fact", "变更事项"), ("before", "变更前"), ("after", "变更后"))
_PAGES = (
    ("page", "内容"),
    ("added", "新增"),
    ("removed", "移除"),
    ("altered", "修改"),
)

KINDS: Mapping[str, Kind] = {
    "renewal_refusal": Kind(
        "不予延续决定书",
        "不延",
        (
            *_REFUSED,
            Fact("valid_until", "现有效期止", "day"),
            Fact("asked_until", "申请延续至", "day"),
        ),
    ),
    "change_refusal": Kind(
        "不予变更决定书",
        "不变",
        (*_REFUSED, Fact("changes", "申请变更的事项", "rows", columns=_FACTS)),
    ),
    "specialty_change_refusal": Kind(
        "不予变更决定书",
        "不变",
        (
            *_REFUSED,
            Fact("present", "现有专业类别", "texts"),
            Fact("asked", "申请变更后的专业类别", "texts"),
        ),
    ),
    "update_refusal": Kind(
        "不予更新数据决定书",
        "不更",
        (*_REFUSED, Fact("changes", "申请更新的数据", "rows", columns=_PAGES)),
    ),
}
