"""The paper of 补充和修改数据: what was changed, and which certificates are still deserved."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, Fact, Kind

_CHANGES = (
    ("page", "内容"),
    ("added", "新增"),
    ("removed", "移除"),
    ("altered", "修改"),
)
_HELD = (("number", "证书编号"), ("specialties", "专业类别"))

KINDS: Mapping[str, Kind] = {
    "update_notice": Kind(
        "数据更新通知书",
        "更",
        (
            *PAPER,
            Fact("changes", "更新的数据", "rows", columns=_CHANGES),
            Fact("certificates", "持有的证书", "rows", columns=_HELD),
        ),
    ),
}
