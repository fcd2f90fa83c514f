"""Whether a unit meets the standard: the names that judging needs, and several certificates."""

from collections.abc import Iterable

from models.equipment_verdict import equipment_need, equipment_verdict
from models.policy import (
    CATEGORY_NAMES,
    CertificateType,
    Specialty,
    Standard,
)
from models.reading import read_standard
from models.staff_verdict import staff_need, staff_verdict
from models.verdict import EquipmentItem, NotCounted, Part, Row, StaffMember, Verdict

__all__ = [
    "CATEGORY_NAMES",
    "CertificateType",
    "EquipmentItem",
    "NotCounted",
    "Part",
    "Row",
    "Specialty",
    "StaffMember",
    "Standard",
    "Verdict",
    "equipment_need",
    "equipment_verdict",
    "merged",
    "read_standard",
    "staff_need",
    "staff_verdict",
]


def merged(verdicts: Iterable[Verdict]) -> Verdict:
    """One verdict over several certificates: what any of them lacks is lacking.

    A row that counts for one of them counts.
    """
    found = list(verdicts)
    if len(found) == 1:
        return found[0]
    counted = dict.fromkeys(key for one in found for key in one.counted)
    left_out = {row.key: row for one in found for row in one.not_counted}
    return Verdict(
        met=all(one.met for one in found),
        rows=tuple(dict.fromkeys(row for one in found for row in one.rows)),
        shortfalls=tuple(dict.fromkeys(words for one in found for words in one.shortfalls)),
        counted=tuple(counted),
        not_counted=tuple(row for key, row in left_out.items() if key not in counted),
        assumed=any(one.assumed for one in found),
        parts=tuple(part for one in found for part in one.parts),
        basis="；".join(dict.fromkeys(one.basis for one in found)),
    )
