"""Samples of the refusals of 延续, 变更 and 数据更新."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, REMEDIES, SPECIALTIES

PAGES = {
    "renewal_refusal": (2, 3),
    "change_refusal": (2, 3),
    "specialty_change_refusal": (2, 3),
    "update_refusal": (2, 3),
}
_REASON = (
    "经核查，申报的专业技术人员中有三人的社会保险由其他单位缴纳，一人已经退休且超过可以计入的人数，"
    "可以计入的人员为二十一人，未达到标准规定的人数。"
)
_REFUSED: dict[str, Any] = {
    **PAPER,
    **REMEDIES,
    "accepted_on": "2026-11-05",
    "certificate_number": "甲测资字61100013",
    "findings": ["专业技术人员现为32人。"],
    "reasons": ["专业技术人员数量未达到甲级工程测量的要求。"],
    "articles": ["《中华人民共和国行政许可法》第五十条", "《测绘资质分类分级标准》"],
}
_LONG: dict[str, Any] = {**LONG_UNIT, "findings": [_REASON] * 3, "reasons": [_REASON] * 3}
_ADDRESS = "陕西省西安市雁塔区科技路 48 号创业广场 B 座 12 层 1203–1216 室"
_PAGE = {"page": "技术人员信息", "added": "2：王玥、李镕", "removed": "1：赵喆", "altered": "无"}
SHORT: dict[str, dict[str, Any]] = {
    "renewal_refusal": {
        **_REFUSED,
        "document_number": "陕测资不延〔2026〕1号",
        "valid_until": "2026-12-31",
        "asked_until": "2031-12-31",
    },
    "change_refusal": {
        **_REFUSED,
        "document_number": "陕测资不变〔2026〕1号",
        "changes": [{"fact": "法定代表人", "before": "李镕", "after": "王喆"}],
    },
    "specialty_change_refusal": {
        **_REFUSED,
        "document_number": "陕测资不变〔2026〕2号",
        "specialties": ["工程测量", "地图编制"],
        "present": ["工程测量"],
        "asked": ["工程测量", "地图编制"],
    },
    "update_refusal": {
        **_REFUSED,
        "document_number": "陕测资不更〔2026〕1号",
        "changes": [_PAGE],
    },
}
LONG: dict[str, dict[str, Any]] = {
    "renewal_refusal": {**SHORT["renewal_refusal"], **_LONG},
    "change_refusal": {
        **SHORT["change_refusal"],
        **_LONG,
        "changes": [{"fact": "注册地址", "before": _ADDRESS, "after": _ADDRESS * 2}] * 4,
    },
    "specialty_change_refusal": {
        **SHORT["specialty_change_refusal"],
        **_LONG,
        "present": SPECIALTIES[:8],
        "asked": SPECIALTIES,
    },
    "update_refusal": {**SHORT["update_refusal"], **_LONG, "changes": [_PAGE] * 6},
}
