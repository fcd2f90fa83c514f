"""Certificates as files, signed and coded as the office does it; each made once in a process."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from certificates import render
from certificates.signatures.signing import sign
from certificates.verification import CertificateFields, KeyRing, sign_token
from tests.certificates.papers import SHORT
from tests.certificates.signatures.signers import NAME, NOW, organ_key
from tests.certificates.verification.test_tokens import RING

KIND = "certificate_copy"
NAMES = {"GCCL": "工程测量", "GISG": "地理信息系统工程", "DDCL": "大地测量"}
FACTS: dict[str, Any] = SHORT[KIND]
FIELDS = CertificateFields(
    number=FACTS["certificate_number"],
    unit=FACTS["unit_name"],
    class_name=FACTS["class_name"],
    specialties=("GCCL", "GISG"),
    issued_on=date.fromisoformat(FACTS["issued_on"]),
    valid_from=date.fromisoformat(FACTS["valid_from"]),
    valid_until=date.fromisoformat(FACTS["valid_until"]),
    copy_version=0,
)


def coded(ring: KeyRing = RING, printed: dict[str, Any] | None = None, **signed: Any) -> bytes:
    """A certificate without an organ's signature; what is printed and coded may disagree."""
    token = sign_token(ring, replace(FIELDS, **signed))
    url = f"https://cartouche.example.gov.cn/verify/{token}"
    return render(KIND, {**FACTS, "verify_url": url, **(printed or {})})


@lru_cache
def issued() -> bytes:
    return sign(coded(), organ_key(), NAME, NOW)
