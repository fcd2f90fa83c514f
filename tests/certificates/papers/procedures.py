"""Samples of the papers of a review's procedures: extension, hearing, statement, checks."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, SPECIALTIES

PAGES = {
    "extension_notice": (1, 2),
    "hearing_right_notice": (1, 2),
    "hearing_notice": (2, 2),
    "hearing_record": (2, 4),
    "statement_notice": (2, 2),
    "statement_record": (1, 2),
    "site_check_notice": (1, 2),
    "site_check_record": (1, 3),
    "expert_review_notice": (1, 2),
}
_CONFIRMED = "申请单位于2026年12月18日阅读本笔录，确认无误。"
_OBJECTED = (
    "申请单位于2026年12月18日阅读本笔录，提出异议：第二项陈述中全站仪的数量应为十二台，不是十台。"
)
SHORT: dict[str, dict[str, Any]] = {
    "extension_notice": {
        **PAPER,
        "document_number": "陕测资延期〔2026〕1号",
        "accepted_on": "2026-11-05",
        "reason": "申报的技术人员需要逐一核实社会保险缴纳情况，外省协查尚未回复。",
        "former_due_on": "2026-11-26",
        "working_days": 10,
        "due_on": "2026-12-10",
        "articles": ["《中华人民共和国行政许可法》第四十二条", "《测绘资质管理办法》"],
    },
    "hearing_right_notice": {
        **PAPER,
        "document_number": "陕测资听告〔2026〕1号",
        "accepted_on": "2026-11-05",
        "subject": "申报的工程测量业绩与他人主张的业绩是否为同一项目。",
        "working_days": 5,
        "deadline": "2026-11-27",
        "articles": [
            "《中华人民共和国行政许可法》第四十六条",
            "《中华人民共和国行政许可法》第四十七条",
        ],
    },
    "hearing_notice": {
        **PAPER,
        "document_number": "陕测资听通〔2026〕1号",
        "subject": "申报的工程测量业绩与他人主张的业绩是否为同一项目。",
        "hearing_on": "2026-12-15",
        "hearing_time": "上午 9:30",
        "place": "示例路 1 号 301 会议室",
        "chair": "省丁（签发）",
        "participants": "审查人员省乙；申请单位的法定代表人或者代理人。",
        "articles": ["《中华人民共和国行政许可法》第四十八条"],
    },
    "hearing_record": {
        **PAPER,
        "document_number": "陕测资听录〔2026〕1号",
        "subject": "申报的工程测量业绩与他人主张的业绩是否为同一项目。",
        "held_on": "2026-12-15",
        "place": "示例路 1 号 301 会议室",
        "chair": "省丁（签发）",
        "participants": "审查人员省乙；申请单位代理人示例人。",
        "organ_points": ["合同编号和测区范围与另一单位申报的项目相同。"],
        "unit_points": ["两份合同为同一工程的不同标段，提交标段划分文件。"],
        "evidence": "标段划分文件一份；合同两份。",
        "signature": _CONFIRMED,
    },
    "statement_notice": {
        **PAPER,
        "document_number": "陕测资陈告〔2026〕1号",
        "accepted_on": "2026-11-05",
        "findings": ["你单位申报工程测量专业技术人员40人，其中3人已登记在其他单位。"],
        "reasons": ["专业技术人员数量未达到甲级工程测量的要求。"],
        "intended": ["工程测量"],
        "working_days": 5,
        "deadline": "2026-11-27",
        "articles": ["《中华人民共和国行政许可法》第三十八条第二款", "《测绘资质管理办法》"],
    },
    "statement_record": {
        **PAPER,
        "document_number": "陕测资陈录〔2026〕1号",
        "made_on": "2026-11-25",
        "content": [
            "所称 3 人已于 2026 年 6 月与原单位解除劳动合同，社会保险自 7 月起由我单位缴纳。",
            "请予重新核实。",
        ],
    },
    "site_check_notice": {
        **PAPER,
        "document_number": "陕测资核告〔2026〕1号",
        "planned_on": "2026-11-24",
        "place": "西安市雁塔区示例路 8 号",
        "scope": "核对全站仪、水准仪的实物、编号和检定证书。",
        "working_days": 2,
        "institution": "陕西省测绘仪器计量检定站",
        "excluded_by": "《中华人民共和国行政许可法》第四十五条",
        "articles": ["《中华人民共和国行政许可法》第三十四条"],
    },
    "site_check_record": {
        **PAPER,
        "document_number": "陕测资核录〔2026〕1号",
        "checked_on": "2026-11-24",
        "place": "西安市雁塔区示例路 8 号",
        "scope": "核对全站仪、水准仪的实物、编号和检定证书。",
        "officers": [
            {"name": "示例甲", "number": "陕执法 0001"},
            {"name": "示例乙", "number": "陕执法 0002"},
        ],
        "findings": ["现场有全站仪十二台、水准仪八台，编号与申报一致，检定证书在有效期内。"],
        "signature": _CONFIRMED,
    },
    "expert_review_notice": {
        **PAPER,
        "document_number": "陕测资评告〔2026〕1号",
        "questions": "导航电子地图制作的质量控制和保密技术方案是否满足甲级要求。",
        "working_days": 10,
        "articles": ["《中华人民共和国行政许可法》第四十五条"],
    },
}
_LONG_TEXT = (
    "申报的测绘航摄仪中有两套检定证书已经过期，另有一套权属证明记载的单位与申请单位不一致，"
    "可以计入的装备数量为一套，未达到标准规定的四台（套）。"
)
_CHANGED: dict[str, dict[str, Any]] = {
    "extension_notice": {"reason": _LONG_TEXT},
    "hearing_right_notice": {"subject": _LONG_TEXT},
    "hearing_notice": {"subject": _LONG_TEXT, "participants": "审查人员、申请单位代理人。" * 4},
    "hearing_record": {
        "organ_points": [_LONG_TEXT] * 8,
        "unit_points": [_LONG_TEXT] * 12,
        "evidence": None,
        "signature": _OBJECTED,
    },
    "statement_notice": {
        "findings": [_LONG_TEXT] * 2,
        "reasons": [_LONG_TEXT, "不具备法人资格。"],
        "intended": SPECIALTIES[:2],
    },
    "statement_record": {"content": [_LONG_TEXT] * 6},
    "site_check_notice": {"scope": _LONG_TEXT, "institution": None, "excluded_by": None},
    "site_check_record": {"findings": [_LONG_TEXT] * 12, "signature": _OBJECTED},
    "expert_review_notice": {"questions": _LONG_TEXT},
}
LONG: dict[str, dict[str, Any]] = {
    kind: {**facts, **LONG_UNIT, **_CHANGED[kind]} for kind, facts in SHORT.items()
}
