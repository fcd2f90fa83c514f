"""The papers of 补领证书: the notice that comes with the new papers, and the refusal."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

KINDS: Mapping[str, Kind] = {
    "replacement_notice": Kind(
        "补发证书通知书",
        "补证",
        (
            *PAPER,
            Fact("certificate_number", "证书编号"),
            Fact("reason", "补领原因"),
            Fact("happened_on", "遗失或者损毁日期", "day"),
            Fact("statement", "遗失声明", required=False),
            Fact("version", "补发次数", "count"),
            Fact("valid_until", "有效期止", "day"),
        ),
    ),
    "replacement_refusal": Kind(
        "不予补发证书决定书",
        "不补证",
        (
            *PAPER,
            *REMEDIES,
            Fact("certificate_number", "证书编号"),
            Fact("reasons", "不予补发的理由", "texts"),
            Fact("articles", "依据", "texts"),
        ),
    ),
}
