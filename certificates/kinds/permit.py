"""The papers of a permit: acceptance, correction, decision and certificate."""

from collections.abc import Mapping

from certificates.kinds.base import CERTIFICATE, PAPER, REMEDIES, Fact, Kind

_REFUSED = (("specialty", "专业类别"), ("reason", "理由"))
_ITEMS = (
    ("subject", "材料名称"),
    ("problem", "存在的问题"),
    ("requirement", "补正要求"),
    ("basis", "依据"),
)

KINDS: Mapping[str, Kind] = {
    "acceptance_notice": Kind(
        "受理通知书",
        "受",
        (
            *PAPER,
            Fact("accepted_on", "受理日期", "day"),
            Fact("silent_until", "受理时限届满日", "day", required=False),
            Fact("silent_days", "受理时限工作日数", "count", required=False),
            Fact("decision_due_on", "办结期限", "day"),
            Fact("decision_due_note", "暂按说明", required=False),
            Fact("decision_working_days", "审查工作日数", "count"),
            Fact("not_counted", "不计入期限的时间", "texts"),
        ),
        keeps=("行政许可法第三十二条第一款第（五）项", "受理日期", "办结期限"),
    ),
    "correction_notice": Kind(
        "补正告知书",
        "补",
        (
            *PAPER,
            Fact("round", "补正次数", "count"),
            Fact("deadline", "补正期限", "day"),
            Fact("deadline_note", "暂按说明", required=False),
            Fact("corrections", "补正事项", "rows", columns=_ITEMS),
        ),
        keeps=("行政许可法第三十二条第一款第（四）项", "补正事项", "补正期限"),
    ),
    "non_acceptance_decision": Kind(
        "不予受理决定书",
        "不受",
        (
            *PAPER,
            *REMEDIES,
            Fact("reason", "不予受理理由"),
            Fact("articles", "法律依据", "texts"),
            Fact("right_organ", "有权办理的机关", required=False),
        ),
        keeps=("不予受理理由", "法律依据", "救济途径"),
    ),
    "grant_decision": Kind(
        "准予行政许可决定书",
        "准",
        (
            *PAPER,
            *REMEDIES,
            Fact("accepted_on", "受理日期", "day"),
            Fact("granted", "准予的专业类别", "texts"),
            Fact("refused", "不予批准的专业类别", "rows", required=False, columns=_REFUSED),
            Fact("certificate_number", "证书编号"),
            Fact("valid_from", "有效期起", "day"),
            Fact("valid_until", "有效期止", "day"),
        ),
        keeps=(
            "行政许可法第三十八条第一款",
            "准予的专业类别",
            "不予批准的专业类别",
            "证书编号",
            "有效期起",
            "有效期止",
            "救济途径",
        ),
    ),
    "refusal_decision": Kind(
        "不予行政许可决定书",
        "不准",
        (
            *PAPER,
            *REMEDIES,
            Fact("accepted_on", "受理日期", "day"),
            Fact("findings", "查明的事实", "texts"),
            Fact("reasons", "不予许可的理由", "texts"),
            Fact("articles", "法律依据", "texts"),
        ),
        keeps=("查明的事实", "不予许可的理由", "法律依据", "救济途径"),
    ),
    "certificate_original": Kind("测绘资质证书（正本）", "", CERTIFICATE),
    "certificate_copy": Kind(
        "测绘资质证书（副本）", "", (*CERTIFICATE, Fact("copy_number", "副本序号", "count"))
    ),
}
