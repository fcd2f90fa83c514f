"""The kinds of papers: title, code in the document number, and the facts each one prints.

Facts are JSON values, because the deciding transaction freezes them in the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal["text", "day", "count", "address", "texts", "rows"]


@dataclass(frozen=True)
class Fact:
    """One fact of a paper.

    Shapes: text; day (ISO date); count (int ≥ 1); address (https:// or http:// URL);
    texts (list of text); rows (list of mappings with `columns`, all texts).
    """

    key: str
    label: str
    shape: Shape = "text"
    required: bool = True
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of paper; `code` goes between 测资 and the year, empty for certificates."""

    title: str
    code: str
    facts: tuple[Fact, ...]


_UNIT = (
    Fact("organ", "机关名称"),
    Fact("unit_name", "单位名称"),
    Fact("uscc", "统一社会信用代码"),
    Fact("issued_on", "发文日期", "day"),
    Fact("verify_url", "核验网址", "address"),
)
_PAPER = (
    *_UNIT,
    Fact("document_number", "文号"),
    Fact("matter", "事项名称"),
    Fact("case_number", "申请编号"),
    Fact("submitted_on", "申请日期", "day"),
    Fact("enquiry_phone", "咨询电话"),
    Fact("class_name", "申请等级"),
    Fact("specialties", "申请专业类别", "texts"),
    Fact("handler", "经办人", required=False),
)
_REMEDIES = (
    Fact("reconsideration_organ", "行政复议机关"),
    Fact("court", "管辖法院"),
)
_REFUSED = (("specialty", "专业类别"), ("reason", "理由"))
_ITEMS = (
    ("subject", "材料名称"),
    ("problem", "存在的问题"),
    ("requirement", "补正要求"),
    ("basis", "依据"),
)
_CERTIFICATE = (
    *_UNIT,
    Fact("class_name", "等级"),
    Fact("certificate_number", "证书编号"),
    Fact("legal_representative", "法定代表人"),
    Fact("address", "注册地址"),
    Fact("specialties", "专业类别", "texts"),
    Fact("valid_from", "有效期起", "day"),
    Fact("valid_until", "有效期止", "day"),
    Fact("replacement", "补领标记", required=False),
)

KINDS: Mapping[str, Kind] = {
    "acceptance_notice": Kind(
        "受理通知书",
        "受",
        (
            *_PAPER,
            Fact("accepted_on", "受理日期", "day"),
            Fact("decision_due_on", "办结期限", "day"),
            Fact("decision_working_days", "审查工作日数", "count"),
            Fact("not_counted", "不计入期限的时间", "texts"),
        ),
    ),
    "correction_notice": Kind(
        "补正告知书",
        "补",
        (
            *_PAPER,
            Fact("round", "补正次数", "count"),
            Fact("deadline", "补正期限", "day"),
            Fact("corrections", "补正事项", "rows", columns=_ITEMS),
        ),
    ),
    "non_acceptance_decision": Kind(
        "不予受理决定书",
        "不受",
        (
            *_PAPER,
            *_REMEDIES,
            Fact("reason", "不予受理理由"),
            Fact("articles", "法律依据", "texts"),
            Fact("right_organ", "有权办理的机关", required=False),
        ),
    ),
    "grant_decision": Kind(
        "准予行政许可决定书",
        "准",
        (
            *_PAPER,
            *_REMEDIES,
            Fact("accepted_on", "受理日期", "day"),
            Fact("granted", "准予的专业类别", "texts"),
            Fact("refused", "不予批准的专业类别", "rows", required=False, columns=_REFUSED),
            Fact("certificate_number", "证书编号"),
            Fact("valid_from", "有效期起", "day"),
            Fact("valid_until", "有效期止", "day"),
        ),
    ),
    "refusal_decision": Kind(
        "不予行政许可决定书",
        "不准",
        (
            *_PAPER,
            *_REMEDIES,
            Fact("accepted_on", "受理日期", "day"),
            Fact("findings", "查明的事实", "texts"),
            Fact("reasons", "不予许可的理由", "texts"),
            Fact("articles", "法律依据", "texts"),
        ),
    ),
    "certificate_original": Kind("测绘资质证书（正本）", "", _CERTIFICATE),
    "certificate_copy": Kind(
        "测绘资质证书（副本）", "", (*_CERTIFICATE, Fact("copy_number", "副本序号", "count"))
    ),
}
