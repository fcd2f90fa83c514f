"""Samples of the papers of 补领证书."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, REMEDIES

PAGES = {"replacement_notice": (2, 2), "replacement_refusal": (1, 2)}
_LONG_REASON = "核查中与原证书副本的去向有关的记录不一致，原证书仍在招投标中出示，遗失不属实。"
SHORT: dict[str, dict[str, Any]] = {
    "replacement_notice": {
        **PAPER,
        "document_number": "陕测资补证〔2026〕3号",
        "certificate_number": "甲测资字61100013",
        "reason": "遗失",
        "happened_on": "2026-10-30",
        "statement": "示例日报（2026-11-05）",
        "version": 1,
        "valid_until": "2031-11-19",
    },
    "replacement_refusal": {
        **PAPER,
        **REMEDIES,
        "document_number": "陕测资不补证〔2026〕1号",
        "certificate_number": "甲测资字61100013",
        "reasons": ["原证书仍在使用，遗失的情况不属实。"],
        "articles": ["《测绘资质管理办法》"],
    },
}
LONG: dict[str, dict[str, Any]] = {
    "replacement_notice": {**SHORT["replacement_notice"], **LONG_UNIT, "statement": None},
    "replacement_refusal": {
        **SHORT["replacement_refusal"],
        **LONG_UNIT,
        "reasons": [_LONG_REASON] * 4,
    },
}
