"""The papers of 新单位注册: registered, or not and why."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

KINDS: Mapping[str, Kind] = {
    "registration_notice": Kind(
        "新单位注册通知书",
        "注",
        (
            *PAPER,
            Fact("legal_representative", "法定代表人"),
            Fact("address", "注册地址"),
            Fact("registered_on", "注册日期", "day"),
        ),
    ),
    "registration_refusal": Kind(
        "不予注册通知书",
        "不注",
        (*PAPER, *REMEDIES, Fact("reasons", "不予注册的理由", "texts")),
    ),
}
