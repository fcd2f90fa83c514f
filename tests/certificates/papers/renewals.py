"""Samples of the papers of 延续."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, REMEDIES

PAGES = {"renewal_decision": (2, 2), "deemed_renewal": (1, 2)}
_TERMS = {
    "certificate_number": "甲测资字61100013",
    "former_until": "2026-12-31",
    "valid_from": "2027-01-01",
    "valid_until": "2031-12-31",
}
SHORT: dict[str, dict[str, Any]] = {
    "renewal_decision": {
        **PAPER,
        **REMEDIES,
        **_TERMS,
        "matter": "延续",
        "document_number": "陕测资延〔2026〕3号",
        "accepted_on": "2026-11-06",
    },
    "deemed_renewal": {
        **PAPER,
        **_TERMS,
        "matter": "延续",
        "document_number": "陕测资视延〔2026〕1号",
    },
}
LONG: dict[str, dict[str, Any]] = {kind: {**facts, **LONG_UNIT} for kind, facts in SHORT.items()}
