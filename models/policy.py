"""The standard of classes and specialties as values; `models.reading` makes them of policy data.

Not for judging: `models.standards` compares a unit with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

from models.promotion import PromotionRule
from models.renewal import RenewalRule

SURVEYING = ("senior", "mid", "junior")
COUNTED = (*SURVEYING, "related")
CATEGORY_NAMES: Mapping[str, str] = {
    "senior": _("测绘高级"),
    "mid": _("测绘中级"),
    "junior": _("测绘初级"),
    "related": _("相关"),
    "other": _("非专业"),
}
LEVEL_NAMES: Mapping[str, str] = {
    "senior": _("高级"),
    "mid": _("中级"),
    "junior": _("初级"),
    "related": _("相关"),
}


@dataclass(frozen=True)
class StaffNeed:
    """How many people a specialty needs in a class; total is the sum of the four."""

    total: int
    senior: int
    mid: int
    junior: int
    related: int


@dataclass(frozen=True)
class EquipmentGroup:
    """Kinds that are counted together, and how many of them are needed."""

    kinds: tuple[str, ...]
    minimum: int


EquipmentNeed = tuple[EquipmentGroup, ...]  # any one of the groups does (或者)


@dataclass(frozen=True)
class ClassNeed:
    """What one specialty needs in one class, and how sure the numbers are (D, S, S2, M, A)."""

    staff: StaffNeed
    equipment: tuple[EquipmentNeed, ...]
    staff_confidence: str
    equipment_confidence: str


@dataclass(frozen=True)
class Specialty:
    """One of the ten specialties."""

    code: str
    name: str
    classes: Mapping[str, ClassNeed]
    business_types: tuple[str, ...]
    class_b_limits: str


@dataclass(frozen=True)
class CertificateType:
    """One of the three kinds of certificate: its class and the specialties it may carry."""

    key: str
    name: str
    certificate_class: str
    specialties: tuple[str, ...]


@dataclass(frozen=True)
class Standard:
    """A version of 《测绘资质分类分级标准》 with the numbers of the office's policy."""

    number: int
    title: str
    effective: date
    specialties: Mapping[str, Specialty]
    certificate_types: Mapping[str, CertificateType]
    retired_cap: Mapping[str, int]
    allow_downfill: bool
    nationality: str
    insurance_months: int
    promotion: PromotionRule
    renewal: RenewalRule
    title_levels: Mapping[str, str]
    surveying_subjects: tuple[str, ...]
    surveying_words: tuple[str, ...]
    related_subjects: tuple[str, ...]
    equipment_units: Mapping[str, str]
    counts_as: Mapping[str, tuple[str, ...]]

    @property
    def citation(self) -> str:
        """The version in words: what a verdict rests on."""
        words = _("%(title)s第 %(number)d 版，%(effective)s 起施行")
        return words % {"title": self.title, "number": self.number, "effective": self.effective}

    def specialty_choices(self, certificate_type: str) -> list[tuple[str, str]]:
        """The (code, name) pairs that one kind of certificate may carry."""
        codes = self.certificate_types[certificate_type].specialties
        return [(code, self.specialties[code].name) for code in codes]

    def equipment_choices(self) -> list[tuple[str, str]]:
        """Every kind of equipment as a (value, label) pair, in the order of the standard."""
        return [(kind, kind) for kind in self.equipment_units]

    def business_type_choices(self, codes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """The business types of some specialties, grouped by the specialty's name."""
        chosen = [self.specialties[code] for code in codes]
        return {one.name: [(kind, kind) for kind in one.business_types] for one in chosen}

    def title_level(self, title: str) -> str | None:
        """senior, mid or junior of a title's name; None when the list does not have it."""
        plain = title.replace("（", "(").split("(")[0].strip()
        return self.title_levels.get(plain)

    def is_surveying_subject(self, subject: str) -> bool:
        """Whether a title's subject is one of surveying: listed, or holding 测绘 or 测量."""
        named = any(word in subject for word in self.surveying_words)
        return named or subject in self.surveying_subjects

    def is_related_subject(self, subject: str) -> bool:
        """Whether a title's or degree's subject is related; a surveying one always is."""
        named = any(word in subject for word in self.related_subjects)
        return named or self.is_surveying_subject(subject)

    def subject_problems(self, values: Mapping[str, Any]) -> list[str]:
        """Why a person's title or degree does not fit the category, in words.

        ``values`` are a person's answers: category, title_name, title_level, title_subject, major
        and legacy (老人老办法: recognised without a surveying title).
        """
        if values.get("category") == "related":
            return self._related_problems(values)
        if values.get("category") in SURVEYING and not values.get("legacy"):
            return self._surveying_problems(values)
        return []

    def insurance_problems(self, values: Mapping[str, Any], today: date) -> list[str]:
        """What is wrong with the months of social insurance that a person's answers name.

        At least the last months, including this one or the one before; the retired need none, and
        nothing is said of months that were not filled in (U09, U21).
        """
        first, last = values.get("insurance_from"), values.get("insurance_until")
        if values.get("retired") or not (first and last):
            return []
        begin, end, now = (_month(day) for day in (first, last, today.isoformat()))
        if end < now - 1:
            return [_("社保缴纳证明应含本月或上月。")]
        enough = end - begin + 1 >= self.insurance_months
        return [] if enough else [_("社保缴纳不足 %d 个月。") % self.insurance_months]

    def _surveying_problems(self, values: Mapping[str, Any]) -> list[str]:
        found = []
        subject, title = values.get("title_subject"), values.get("title_name")
        if subject and not self.is_surveying_subject(subject):
            found.append(_("职称专业“%s”不是测绘专业。") % subject)
        level = self.title_level(title) if title else None
        if level and values.get("title_level") not in (level, None, ""):
            names = {"title": title, "level": LEVEL_NAMES[level]}
            found.append(_("“%(title)s”的职称级别应为%(level)s。") % names)
        return found

    def _related_problems(self, values: Mapping[str, Any]) -> list[str]:
        known = [s for s in (values.get("title_subject"), values.get("major")) if s]
        if not known or any(self.is_related_subject(subject) for subject in known):
            return []
        return [_("专业“%s”不在测绘相关专业之列。") % _("、").join(known)]


def _month(day: str) -> int:
    """The number of the month in which an ISO date lies."""
    return int(day[:4]) * 12 + int(day[5:7])
