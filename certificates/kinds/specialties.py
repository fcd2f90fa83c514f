"""The paper of 专业类别变更: which specialties the certificate carries from now on."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

_REFUSED = (("specialty", "专业类别"), ("reason", "理由"))

KINDS: Mapping[str, Kind] = {
    "specialty_change_decision": Kind(
        "准予变更决定书",
        "变",
        (
            *PAPER,
            *REMEDIES,
            Fact("accepted_on", "受理日期", "day"),
            Fact("change", "变更内容"),
            Fact("granted", "变更后的专业类别", "texts"),
            Fact("refused", "不予批准的专业类别", "rows", required=False, columns=_REFUSED),
            Fact("certificate_number", "证书编号"),
            Fact("valid_until", "有效期止", "day"),
        ),
    ),
}
