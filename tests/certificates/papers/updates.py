"""Samples of the paper of 补充和修改数据, and how many pages it takes, short and long."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, SPECIALTIES

PAGES = {"update_notice": (1, 2)}
SHORT: dict[str, dict[str, Any]] = {
    "update_notice": {
        **PAPER,
        "matter": "补充和修改数据",
        "document_number": "陕测资更〔2026〕12号",
        "changes": [
            {
                "page": "技术人员信息",
                "added": "2：王玥、赵雨",
                "removed": "1：钱海",
                "altered": "无",
            },
        ],
        "certificates": [{"number": "甲测资字61100013", "specialties": "工程测量"}],
    },
}
LONG: dict[str, dict[str, Any]] = {
    "update_notice": {
        **SHORT["update_notice"],
        **LONG_UNIT,
        "changes": [
            {
                "page": page,
                "added": f"{count}：{'、'.join(['欧阳文清'] * 8)}等",
                "removed": f"{count}：{'、'.join(['上官书远'] * 8)}等",
                "altered": "3：王玥、赵雨、李镕",
            }
            for count, page in ((120, "技术人员信息"), (60, "技术装备信息"))
        ],
        "certificates": [
            {"number": "甲测资字61100013", "specialties": "、".join(SPECIALTIES)},
            {"number": "乙测资字61500017", "specialties": "、".join(SPECIALTIES[:4])},
        ],
    },
}
