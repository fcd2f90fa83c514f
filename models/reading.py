"""Making the standard of policy data: of the shipped file, or of a version's cells."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.policy import (
    COUNTED,
    SURVEYING,
    CertificateType,
    ClassNeed,
    EquipmentGroup,
    EquipmentNeed,
    Specialty,
    StaffNeed,
    Standard,
)
from models.promotion import read_promotion_rule
from models.renewal import read_renewal_rule


def read_standard(data: Mapping[str, Any]) -> Standard:
    """The standard from the mapping of `config/policy/standards.yml`; raises KeyError on a gap.

    The file has no number: it is version 1.
    """
    names = data["specialty_names"]["values"]
    return Standard(
        number=data.get("number", 1),
        title=data["title"],
        effective=data["effective"],
        specialties={
            code: _specialty(code, names[code], one) for code, one in data["specialties"].items()
        },
        certificate_types=_certificate_types(data["certificate_types"]["values"]),
        retired_cap={letter: data["retired_cap"][letter] for letter in "AB"},
        allow_downfill=data["allow_downfill"]["value"],
        nationality=data["nationality"]["value"],
        insurance_months=data["social_insurance"]["months"],
        promotion=read_promotion_rule(data),
        renewal=read_renewal_rule(data),
        title_levels={title: level for level in SURVEYING for title in data["titles"][level]},
        surveying_subjects=tuple(data["surveying_titles"]["subjects"]),
        surveying_words=tuple(data["surveying_titles"]["containing"]),
        related_subjects=tuple(data["related_subjects"]["values"]),
        equipment_units=_units(data["equipment_kinds"]["units"]),
        counts_as={kind: tuple(more) for kind, more in data["counts_as"]["values"].items()},
    )


def _certificate_types(values: Mapping[str, Any]) -> dict[str, CertificateType]:
    return {
        key: CertificateType(key, one["name"], one["class"], tuple(one["specialties"]))
        for key, one in values.items()
    }


def _specialty(code: str, name: str, one: Mapping[str, Any]) -> Specialty:
    return Specialty(
        code=code,
        name=name,
        classes={letter: _class_need(one[letter]) for letter in "AB"},
        business_types=tuple(one["business_types"]["values"]),
        class_b_limits=one["class_b_limits"]["text"],
    )


def _class_need(cell: Mapping[str, Any]) -> ClassNeed:
    staff, equipment = cell["staff"], cell["equipment"]
    return ClassNeed(
        staff=StaffNeed(**{name: staff[name] for name in ("total", *COUNTED)}),
        equipment=tuple(_need(group) for group in equipment["groups"]),
        staff_confidence=staff["confidence"],
        equipment_confidence=equipment["confidence"],
    )


def _need(group: Mapping[str, Any]) -> EquipmentNeed:
    alternatives: Sequence[Mapping[str, Any]] = group.get("or", [group])
    return tuple(EquipmentGroup(tuple(one["any_of"]), one["min"]) for one in alternatives)


def _units(units: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {kind: unit for unit, kinds in units.items() for kind in kinds}
