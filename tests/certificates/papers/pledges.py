"""Samples of what the unit pledges."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER

PAGES = {"pledge": (1, 2)}
_TEXT = "所填报的信息和上传的材料真实、准确、完整，电子件与原件一致；对材料实质内容的真实性负责。"
SHORT: dict[str, dict[str, Any]] = {
    "pledge": {
        **PAPER,
        "document_number": "陕测资诺〔2026〕41号",
        "legal_representative": "李镕",
        "texts": [_TEXT, "接受监督检查。"],
        "opened_at": "2026-11-02T09:03+08:00",
        "confirmed_at": "2026-11-02T09:05+08:00",
        "reading_seconds": 87,
        "confirmed_by": "示例联系人",
    },
}
LONG: dict[str, dict[str, Any]] = {
    "pledge": {
        **SHORT["pledge"],
        **LONG_UNIT,
        "texts": [_TEXT] * 12,
        "legal_representative": "阿卜杜热合曼·买买提明·麦麦提艾力",
    },
}
