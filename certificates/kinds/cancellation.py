"""The papers of 资质注销: the decision, and the refusal."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

KINDS: Mapping[str, Kind] = {
    "cancellation_decision": Kind(
        "注销测绘资质决定书",
        "销",
        (
            *PAPER,
            *REMEDIES,
            Fact("certificate_number", "证书编号"),
            Fact("reason", "注销原因"),
            Fact("cancelled_on", "注销日期", "day"),
            Fact("articles", "依据", "texts"),
        ),
    ),
    "cancellation_refusal": Kind(
        "不予注销测绘资质决定书",
        "不销",
        (
            *PAPER,
            *REMEDIES,
            Fact("certificate_number", "证书编号"),
            Fact("reasons", "不予注销的理由", "texts"),
            Fact("articles", "依据", "texts"),
        ),
    ),
}
