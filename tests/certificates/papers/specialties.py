"""Samples of the paper of 专业类别变更."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, REMEDIES, SPECIALTIES

PAGES = {"specialty_change_decision": (2, 2)}
SHORT: dict[str, dict[str, Any]] = {
    "specialty_change_decision": {
        **PAPER,
        **REMEDIES,
        "matter": "专业类别变更",
        "document_number": "陕测资变〔2026〕5号",
        "accepted_on": "2026-11-06",
        "change": "新增地理信息系统工程；不再保留地图编制",
        "granted": ["工程测量", "地理信息系统工程"],
        "refused": None,
        "certificate_number": "甲测资字61100013",
        "valid_until": "2031-11-19",
    },
}
LONG: dict[str, dict[str, Any]] = {
    "specialty_change_decision": {
        **SHORT["specialty_change_decision"],
        **LONG_UNIT,
        "change": f"新增{'、'.join(SPECIALTIES[:6])}；不再保留{'、'.join(SPECIALTIES[6:])}",
        "granted": SPECIALTIES[:6],
        "refused": [
            {"specialty": name, "reason": "中级技术人员不足 4 名，不符合该专业的人员标准。"}
            for name in SPECIALTIES[6:9]
        ],
    },
}
