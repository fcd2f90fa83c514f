"""Samples of the paper that is given for what is handed in."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER

PAGES = {"receipt": (1, 3)}
_FILES = (
    "身份证件 500 件、职称证书 312 件、学历证书 498 件、社会保险缴纳证明 486 件、劳动合同 500 件"
)
SHORT: dict[str, dict[str, Any]] = {
    "receipt": {
        **PAPER,
        "document_number": "陕测资收〔2026〕41号",
        "submitted_at": "2026-11-02T09:05+08:00",
        "round": None,
        "materials": [
            {
                "name": "资质申请书",
                "copies": "1 份",
                "files": "申请书扫描件 1 件",
                "size": "640 KB",
            },
            {
                "name": "技术人员信息",
                "copies": "12 条",
                "files": "身份证件 12 件",
                "size": "9.8 MB",
            },
        ],
        "receiver": "陕西省自然资源厅（通过测资通自动接收）",
    },
}
LONG: dict[str, dict[str, Any]] = {
    "receipt": {
        **SHORT["receipt"],
        **LONG_UNIT,
        "round": 2,
        "submitted_at": "2026-11-30T23:59+08:00",
        "materials": [
            {"name": f"材料第 {place} 页", "copies": "500 条", "files": _FILES, "size": "812.4 MB"}
            for place in range(1, 11)
        ],
    },
}
