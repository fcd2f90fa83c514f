"""The papers of 延续: a further term, by decision or because none was made in time."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

_TERMS = (
    Fact("certificate_number", "证书编号"),
    Fact("former_until", "原有效期止", "day"),
    Fact("valid_from", "延续的有效期起", "day"),
    Fact("valid_until", "延续的有效期止", "day"),
)

KINDS: Mapping[str, Kind] = {
    "renewal_decision": Kind(
        "准予延续决定书",
        "延",
        (*PAPER, *REMEDIES, Fact("accepted_on", "受理日期", "day"), *_TERMS),
    ),
    "deemed_renewal": Kind("视为准予延续通知书", "视延", (*PAPER, *_TERMS)),
}
