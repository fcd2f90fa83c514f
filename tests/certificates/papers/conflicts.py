"""Facts of the paper that settles a conflict over a person or an instrument."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, REMEDIES

SHORT: dict[str, dict[str, Any]] = {
    "ownership_ruling": {
        **PAPER,
        **REMEDIES,
        "unit_name": "灞桥地理信息有限公司、渭水工程测量有限公司",
        "specialties": [],
        "document_number": "陕测资协〔2026〕1号",
        "matter": "人员和技术装备归属协调",
        "claimant": "灞桥地理信息有限公司",
        "respondent": "渭水工程测量有限公司",
        "contested": "张*（身份证号末位 002X）",
        "answered": "举证称由其持有",
        "ruling": "张*（身份证号末位 002X）归申请方。自本决定作出之日起，由申请方填报，"
        "对方单位不再计入。",
        "reasons": ["社会保险自2026年3月起由申请方缴纳。", "与对方单位的劳动合同已经解除。"],
        "articles": ["《测绘资质管理办法》", "《测绘资质分类分级标准》"],
    }
}
LONG: dict[str, dict[str, Any]] = {
    "ownership_ruling": {
        **SHORT["ownership_ruling"],
        **LONG_UNIT,
        "specialties": [],
        "unit_name": f"{LONG_UNIT['unit_name']}、{LONG_UNIT['unit_name']}",
        "claimant": LONG_UNIT["unit_name"],
        "respondent": LONG_UNIT["unit_name"],
        "reasons": ["社会保险自二〇二六年三月起由申请方连续缴纳，劳动合同和工资发放记录一致。"] * 8,
    }
}
PAGES = {"ownership_ruling": (2, 2)}
