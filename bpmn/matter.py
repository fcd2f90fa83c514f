"""What a matter (事项) is beside its diagram: its name, its audience, its pages and its guide.

Lanes, order, conditions and routing are absent on purpose: they are in the diagram.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from gettext import gettext as _
from typing import Literal

from bpmn.errors import DossierProblem
from bpmn.office import Office
from models import Case, Unit

Audience = Literal["unit", "person", "office"]
"""Who begins it: a unit, a person, or the office by itself."""
Scope = Literal["chosen", "changed", "held", "none"]
"""Whose specialties it is about: those chosen in its 申请书, those that a held certificate is to
carry after its change, those held, or none."""

Prerequisite = Callable[[Office, Unit, str], str]
"""Why the unit may not begin it for a certificate type, as a sentence; empty when it may."""
Check = Callable[[Office, Case], Iterable[DossierProblem]]
"""What still stands in the way of 提交, beside the pages' own forms."""


@dataclass(frozen=True)
class CertificateKind:
    """One kind of certificate that the applicant chooses when the work is opened.

    `key` is the routing variable certificate_type; what may be claimed under it is the
    standard's business.
    """

    key: str
    name: str
    summary: str


CERTIFICATES = {
    "class_a_navigation": _("甲级证书（仅导航电子地图制作）"),
    "class_a": _("甲级证书（非导航电子地图制作）"),
    "class_b": _("乙级证书"),
}
"""The certificate types and their names."""


def every_kind(*summaries: str) -> tuple[CertificateKind, ...]:
    """甲级 for navigation, 甲级, 乙级 (R001), in this order: a sentence for each or one for all."""
    told = summaries * len(CERTIFICATES) if len(summaries) == 1 else summaries
    named = zip(CERTIFICATES.items(), told, strict=True)
    return tuple(CertificateKind(key, name, summary) for (key, name), summary in named)


@dataclass(frozen=True)
class Material:
    """One material of the guide's list (《行政许可法》第三十条)."""

    name: str
    detail: str
    page: str


@dataclass(frozen=True)
class GuideStep:
    """One step of the guide: what happens, who does it, and how long it may take in words."""

    name: str
    who: str
    limit: str


@dataclass(frozen=True)
class Guide:
    """The 办事指南: what the law wants published about a matter (《行政许可法》第三十条).

    Days are working days; `promised_days` is never longer than `legal_days`.
    """

    basis: tuple[str, ...]
    conditions: tuple[str, ...]
    materials: tuple[Material, ...]
    steps: tuple[GuideStep, ...]
    legal_days: int
    promised_days: int
    fee: str
    result: str


@dataclass(frozen=True)
class Matter:
    """One application type; `pages` are the keys of the pages that the applicant fills in.

    A case starts from the unit's approved dossier unless `starts_empty` (R056). While an
    `exclusive` one is open the unit can begin no other exclusive one (R055).
    """

    key: str
    name: str
    audience: Audience
    pages: tuple[str, ...]
    kinds: tuple[CertificateKind, ...]
    guide: Guide
    order: int = 100
    """Where lists show it: the lower, the earlier."""
    alias: str = ""
    """Another name that the manuals use (专业范围变更)."""
    scope: Scope = "chosen"
    prerequisites: tuple[Prerequisite, ...] = ()
    checks: tuple[Check, ...] = ()
    starts_empty: bool = False
    exclusive: bool = True
    offers_former_staff: bool = False
    """The staff page offers the unit's people of the old system (老人老办法, R065)."""
    offered: bool = True
    """新建工作 offers it; otherwise it is begun from the place where it becomes necessary."""
