"""What the unit is given for what it hands in: 申请材料接收凭证."""

from collections.abc import Mapping
from dataclasses import replace

from certificates.kinds.base import PAPER, Fact, Kind

# What a unit that never applied before hands in may be the first to tell its credit code.
_PAPER = tuple(replace(fact, required=False) if fact.key == "uscc" else fact for fact in PAPER)
_MATERIALS = (
    ("name", "材料名称"),
    ("copies", "份数"),
    ("files", "附件"),
    ("size", "附件大小"),
)

KINDS: Mapping[str, Kind] = {
    "receipt": Kind(
        "申请材料接收凭证",
        "收",
        (
            *_PAPER,
            Fact("submitted_at", "提交时间", "moment"),
            Fact("round", "补正次数", "count", required=False),
            Fact("materials", "材料清单", "rows", required=False, columns=_MATERIALS),
            Fact("receiver", "接收"),
        ),
        told=False,
    ),
}
