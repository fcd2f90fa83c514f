"""Samples of the papers of a permit, and how many pages each takes, short and long."""

from typing import Any

from tests.certificates.papers.base import CERTIFICATE, LONG_UNIT, PAPER, REMEDIES, SPECIALTIES

PAGES = {
    "acceptance_notice": (1, 2),
    "correction_notice": (2, 6),
    "non_acceptance_decision": (2, 2),
    "grant_decision": (2, 2),
    "refusal_decision": (2, 2),
    "certificate_original": (1, 1),
    "certificate_copy": (1, 1),
}
SHORT: dict[str, dict[str, Any]] = {
    "acceptance_notice": {
        **PAPER,
        "accepted_on": "2026-11-05",
        "decision_due_on": "2026-11-26",
        "decision_working_days": 15,
        "not_counted": ["听证", "检验", "检测", "专家评审"],
    },
    "correction_notice": {
        **PAPER,
        "document_number": "陕测资补〔2026〕7号",
        "round": 1,
        "deadline": "2026-12-31",
        "corrections": [
            {
                "subject": "技术人员信息·王玥",
                "problem": "未上传职称证书扫描件。",
                "requirement": "上传测绘工程师职称证书，或者职称评审结果文件。",
                "basis": "《测绘资质分类分级标准》",
            },
            {
                "subject": "测绘成果和资料档案管理制度",
                "problem": "缺少档案销毁、检查、延期的规定。",
                "requirement": "补充相应条款后重新上传。",
                "basis": "《测绘资质管理办法》",
            },
        ],
    },
    "non_acceptance_decision": {
        **PAPER,
        **REMEDIES,
        "document_number": "陕测资不受〔2026〕2号",
        "reason": "乙级测绘资质由设区的市级自然资源主管部门审批，不属于本机关职权范围。",
        "articles": ["《中华人民共和国行政许可法》第三十二条第一款第（二）项"],
        "right_organ": "西安市自然资源和规划局",
    },
    "grant_decision": {
        **PAPER,
        **REMEDIES,
        "document_number": "陕测资准〔2026〕9号",
        "accepted_on": "2026-11-05",
        "granted": ["工程测量", "地理信息系统工程"],
        "refused": [],
        "certificate_number": "甲测资字61100013",
        "valid_from": "2026-11-20",
        "valid_until": "2031-11-19",
    },
    "refusal_decision": {
        **PAPER,
        **REMEDIES,
        "document_number": "陕测资不准〔2026〕3号",
        "accepted_on": "2026-11-05",
        "findings": ["你单位申报工程测量专业技术人员40人，其中3人已登记在其他单位。"],
        "reasons": ["专业技术人员数量未达到甲级工程测量的要求。"],
        "articles": ["《测绘资质分类分级标准》", "《中华人民共和国行政许可法》第三十八条第二款"],
    },
    "certificate_original": CERTIFICATE,
    "certificate_copy": {**CERTIFICATE, "copy_number": 1},
}
_REASON = (
    "申报的测绘航摄仪中有两套检定证书已经过期，另有一套权属证明记载的单位与申请单位不一致，"
    "可以计入的装备数量为一套，未达到标准规定的四台（套）。"
)
LONG: dict[str, dict[str, Any]] = {
    "acceptance_notice": {**SHORT["acceptance_notice"], **LONG_UNIT},
    "correction_notice": {
        **SHORT["correction_notice"],
        **LONG_UNIT,
        "corrections": [
            {
                "subject": f"技术装备信息·第 {place} 台 全站仪（出厂编号 TS{place:05d}）",
                "problem": "检定证书已于2026年6月30日过期，且证书上的出厂编号与填报的不一致。",
                "requirement": "重新检定并上传在有效期内的检定证书；更正出厂编号。",
                "basis": "《测绘资质分类分级标准》通用标准",
            }
            for place in range(1, 31)
        ],
    },
    "non_acceptance_decision": {
        **SHORT["non_acceptance_decision"],
        **LONG_UNIT,
        "reason": _REASON * 3,
        "right_organ": None,
    },
    "grant_decision": {
        **SHORT["grant_decision"],
        **LONG_UNIT,
        "granted": SPECIALTIES[2:],
        "refused": [{"specialty": name, "reason": _REASON} for name in SPECIALTIES[:2]],
    },
    "refusal_decision": {
        **SHORT["refusal_decision"],
        **LONG_UNIT,
        "findings": [_REASON] * 4,
        "reasons": [_REASON, "不具备法人资格。"],
    },
    "certificate_original": {
        **SHORT["certificate_original"],
        **LONG_UNIT,
        "address": "新疆维吾尔自治区乌鲁木齐市高新技术产业开发区（新市区）北京南路西二巷 168 号"
        "创新广场 D 座 23 层 2301–2316 室",
        "legal_representative": "阿卜杜热合曼·买买提明·麦麦提艾力",
        "replacement": "补",
    },
    "certificate_copy": {},
}
LONG["certificate_copy"] = {**LONG["certificate_original"], "copy_number": 12}
