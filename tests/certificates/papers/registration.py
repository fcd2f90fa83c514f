"""Facts of the papers of 新单位注册."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, REMEDIES

_ABOUT = {**PAPER, "matter": "新单位注册", "specialties": []}
SHORT: dict[str, dict[str, Any]] = {
    "registration_notice": {
        **_ABOUT,
        "document_number": "陕测资注〔2026〕4号",
        "legal_representative": "李镕",
        "address": "陕西省西安市雁塔区科技路 48 号创业广场 B 座 1203 室",
        "registered_on": "2026-11-20",
    },
    "registration_refusal": {
        **_ABOUT,
        **REMEDIES,
        "document_number": "陕测资不注〔2026〕1号",
        "reasons": ["上传的营业执照已被注销。"],
    },
}
LONG: dict[str, dict[str, Any]] = {
    "registration_notice": {**SHORT["registration_notice"], **LONG_UNIT, "specialties": []},
    "registration_refusal": {
        **SHORT["registration_refusal"],
        **LONG_UNIT,
        "specialties": [],
        "reasons": ["营业执照上的名称与填报的不一致，统一社会信用代码也不是同一单位的。"] * 5,
    },
}
PAGES = {"registration_notice": (1, 1), "registration_refusal": (1, 2)}
