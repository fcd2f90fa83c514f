"""Samples of the papers of 基本信息变更, and how many pages each takes, short and long."""

from typing import Any

from tests.certificates.papers.base import LONG_NAME, LONG_UNIT, PAPER, REMEDIES

PAGES = {"change_decision": (2, 2), "reissue_objection": (1, 2)}
SHORT: dict[str, dict[str, Any]] = {
    "change_decision": {
        **PAPER,
        **REMEDIES,
        "matter": "基本信息变更",
        "document_number": "陕测资变〔2026〕3号",
        "accepted_on": "2026-11-05",
        "changes": [
            {"fact": "法定代表人", "before": "李镕", "after": "王喆"},
        ],
        "certificate_number": "甲测资字61100013",
        "valid_until": "2031-11-19",
    },
    "reissue_objection": {
        **PAPER,
        **REMEDIES,
        "matter": "换发证书",
        "document_number": "陕测资不换〔2026〕1号",
        "certificate_number": "甲测资字61100013",
        "reasons": ["本机关正在核查你单位注册地址的真实性。"],
    },
}
LONG: dict[str, dict[str, Any]] = {
    "change_decision": {
        **SHORT["change_decision"],
        **LONG_UNIT,
        "changes": [
            {"fact": "单位名称", "before": f"{LONG_NAME}（原）", "after": LONG_NAME},
            {"fact": "统一社会信用代码", "before": "无", "after": "91610100MA6U8K3X2T"},
            {
                "fact": "注册地址",
                "before": "陕西省西安市雁塔区科技路 48 号创业广场 B 座 1203 室",
                "after": "陕西省西安市高新技术产业开发区（新市区）锦业路西二巷 168 号 23 层",
            },
            {"fact": "法定代表人", "before": "李镕", "after": "阿卜杜热合曼·买买提明"},
        ],
    },
    "reissue_objection": {
        **SHORT["reissue_objection"],
        **LONG_UNIT,
        "reasons": ["注册地址与实际住所不一致，正在核查。", "法定代表人另有未办结的处罚。"] * 3,
    },
}
