"""The paper of 归属协调: whose a person or an instrument is, served on both units."""

from collections.abc import Mapping
from dataclasses import replace

from certificates.kinds.base import PAPER, REMEDIES, Fact, Kind

# A unit may claim somebody before any application of its own told its credit code.
_PAPER = tuple(replace(fact, required=False) if fact.key == "uscc" else fact for fact in PAPER)

KINDS: Mapping[str, Kind] = {
    "ownership_ruling": Kind(
        "归属协调决定书",
        "协",
        (
            *_PAPER,
            *REMEDIES,
            Fact("claimant", "申请方"),
            Fact("respondent", "对方单位"),
            Fact("contested", "争议的人员或者技术装备"),
            Fact("answered", "对方单位的答复"),
            Fact("ruling", "决定"),
            Fact("reasons", "理由", "texts"),
            Fact("articles", "法律依据", "texts"),
        ),
        for_respondent=True,
    ),
}
