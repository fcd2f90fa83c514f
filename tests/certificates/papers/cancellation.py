"""Samples of the papers of 资质注销."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, REMEDIES

PAGES = {"cancellation_decision": (2, 2), "cancellation_refusal": (1, 2)}
_LONG_REASON = "在施测绘项目尚未移交，涉密测绘成果的清点和移交手续没有办理完毕，不能注销。"
SHORT: dict[str, dict[str, Any]] = {
    "cancellation_decision": {
        **PAPER,
        **REMEDIES,
        "document_number": "陕测资销〔2026〕2号",
        "certificate_number": "甲测资字61100013",
        "reason": "单位不再从事这类测绘活动，主动申请注销",
        "cancelled_on": "2026-11-20",
        "articles": ["《中华人民共和国行政许可法》第七十条", "《测绘资质管理办法》"],
    },
    "cancellation_refusal": {
        **PAPER,
        **REMEDIES,
        "document_number": "陕测资不销〔2026〕1号",
        "certificate_number": "甲测资字61100013",
        "reasons": ["涉密测绘成果尚未移交。"],
        "articles": ["《中华人民共和国行政许可法》第七十条"],
    },
}
LONG: dict[str, dict[str, Any]] = {
    "cancellation_decision": {**SHORT["cancellation_decision"], **LONG_UNIT},
    "cancellation_refusal": {
        **SHORT["cancellation_refusal"],
        **LONG_UNIT,
        "reasons": [_LONG_REASON] * 4,
    },
}
