"""What a matter (事项) is beside its diagram: its name, its audience, its pages and its guide.

Lanes, order, conditions and routing are absent on purpose: they are in the diagram.
"""

from dataclasses import dataclass
from typing import Literal

Audience = Literal["unit", "person"]


@dataclass(frozen=True)
class CertificateKind:
    """One kind of certificate that the applicant chooses when the work is opened.

    `key` is the routing variable certificate_type; what may be claimed under it is the
    standard's business.
    """

    key: str
    name: str
    summary: str


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
    """One application type; `pages` are the keys of the forms that the applicant fills."""

    key: str
    name: str
    audience: Audience
    pages: tuple[str, ...]
    kinds: tuple[CertificateKind, ...]
    guide: Guide
