"""Samples of the papers of 撤销、撤回、注销 by the organ."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER, REMEDIES

_FACTS = [
    "2026 年 3 月提交的乙级测绘资质申请中，技术人员张某等六人的职称证书系伪造。",
    "经发证单位书面答复，上述证书没有颁发记录。",
]
_PROPOSED: dict[str, Any] = {
    **PAPER,
    "document_number": "陕测资处告〔2026〕2号",
    "certificate_number": "乙测资字61500013",
    "measure": "撤销",
    "ground": "以欺骗、贿赂等不正当手段取得测绘资质",
    "facts": _FACTS,
    "evidence": ["职称证书复印件六份。", "陕西省职称管理部门 2026 年 10 月 12 日复函。"],
    "article": "《中华人民共和国行政许可法》第六十九条第二款",
    "bar_years": "3",
    "bar_article": "《中华人民共和国行政许可法》第七十九条",
}
_NOTICE = {**_PROPOSED, "answer_until": "2026-11-27", "answer_working_days": 5}
_DECISION = {
    **_PROPOSED,
    **REMEDIES,
    "document_number": "陕测资撤〔2026〕2号",
    "statement": [],
    "reviewed": ["经复核，事实清楚，证据确凿。"],
    "ended_on": "2026-12-01",
    "bar_until": "2029-11-30",
}
_RECALL = {
    **_DECISION,
    "measure": "撤回",
    "ground": "准予许可所依据的客观情况发生重大变化",
    "article": "《中华人民共和国行政许可法》第八条第二款",
}
for _fact in ("bar_years", "bar_article", "bar_until"):
    del _RECALL[_fact]
_DEREGISTRATION = {
    **_RECALL,
    "measure": "注销",
    "ground": "有效期届满未延续",
    "article": "《中华人民共和国行政许可法》第七十条第（一）项",
}
_SAID = ["本单位对证书伪造并不知情，愿意配合调查。" * 3, "请求从轻处理。"]
_LISTED = {
    "order": "1",
    "unit_name": PAPER["unit_name"],
    "certificate_number": "乙测资字61500013",
    "specialties": "乙级：工程测量",
    "reason": "以欺骗、贿赂等不正当手段取得测绘资质",
    "cancelled_on": "2026-12-01",
}
_ANNOUNCEMENT = {
    **{key: fact for key, fact in PAPER.items() if key not in ("handler", "specialties")},
    "document_number": "陕测资失告〔2026〕2号",
    "class_name": "乙级",
    "organ_address": "陕西省西安市雁塔区科技路 1 号",
    "organ_email": "chzz@example.gov.cn",
    "listed": [_LISTED],
    "measure": "撤销",
    "articles": ["《中华人民共和国行政许可法》第六十九条第二款"],
}

SHORT: dict[str, dict[str, Any]] = {
    "revocation_notice": _NOTICE,
    "revocation_decision": _DECISION,
    "revocation_announcement": _ANNOUNCEMENT,
    "recall_decision": _RECALL,
    "deregistration_decision": _DEREGISTRATION,
}
LONG: dict[str, dict[str, Any]] = {
    kind: {
        **facts,
        **LONG_UNIT,
        **({"facts": _FACTS * 3} if "facts" in facts else {}),
        **({"statement": _SAID * 2} if "statement" in facts else {}),
    }
    for kind, facts in SHORT.items()
}
LONG["revocation_announcement"].pop("specialties")
PAGES = {
    "revocation_announcement": (1, 1),
    "revocation_notice": (2, 2),
    "revocation_decision": (2, 3),
    "recall_decision": (2, 3),
    "deregistration_decision": (2, 3),
}
