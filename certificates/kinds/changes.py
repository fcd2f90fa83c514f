"""The papers of 基本信息变更 and of the certificates made anew after it."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

_CHANGES = (("fact", "变更事项"), ("before", "变更前"), ("after", "变更后"))

KINDS: Mapping[str, Kind] = {
    "change_decision": Kind(
        "准予变更决定书",
        "变",
        (
            *PAPER,
            *REMEDIES,
            Fact("accepted_on", "受理日期", "day"),
            Fact("changes", "变更事项", "rows", columns=_CHANGES),
            Fact("certificate_number", "证书编号"),
            Fact("valid_until", "有效期止", "day"),
        ),
    ),
    "reissue_objection": Kind(
        "不予换发通知书",
        "不换",
        (
            *PAPER,
            *REMEDIES,
            Fact("certificate_number", "证书编号"),
            Fact("reasons", "不予换发的理由", "texts"),
        ),
    ),
}
