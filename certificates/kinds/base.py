"""What a kind of paper is, and the facts that every paper has.

Facts are JSON values, because the deciding transaction freezes them in the database.
"""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["text", "day", "moment", "count", "address", "texts", "rows"]


@dataclass(frozen=True)
class Fact:
    """One fact of a paper.

    Shapes: text; day (ISO date); moment (ISO time with its zone, to the minute); count (int ≥ 1);
    address (https:// or http:// URL); texts (list of text); rows (list of mappings
    with `columns`, all texts).
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
    for_respondent: bool = False
    """It is served on the other unit (对方单位) of the case as well."""
    internal: bool = False
    """It stays in the organ: no unit sees it, is told of it, or verifies it."""
    by_unit: bool = False
    """The unit's own words, kept by the organ: not served on whom it comes from."""
    told: bool = True
    """The unit gets a message when it is issued; not for what it has just done itself."""
    is_public: bool = False
    """It is published and addressed to nobody: anyone may download it, and no person is in it."""
    keeps: tuple[str, ...] = ()
    """The fields, by their labels, that an organ's own wording of it must keep (文书文字); a kind
    without any is never worded by an organ."""

    @property
    def is_served(self) -> bool:
        """On a unit; not what stays in the organ, is for everybody, or the unit itself has said."""
        return not (self.internal or self.is_public or self.by_unit)


UNIT = (
    Fact("organ", "机关名称"),
    Fact("unit_name", "单位名称"),
    Fact("uscc", "统一社会信用代码"),
    Fact("issued_on", "发文日期", "day"),
    Fact("verify_url", "核验网址", "address"),
)
PAPER = (
    *UNIT,
    Fact("document_number", "文号"),
    Fact("matter", "事项名称"),
    Fact("case_number", "申请编号"),
    Fact("submitted_on", "申请日期", "day"),
    Fact("enquiry_phone", "咨询电话"),
    Fact("class_name", "申请等级"),
    Fact("specialties", "申请专业类别", "texts", required=False),
    Fact("handler", "经办人", required=False),
)
REMEDIES = (
    Fact("reconsideration_organ", "行政复议机关"),
    Fact("court", "管辖法院"),
)
CERTIFICATE = (
    *UNIT,
    Fact("class_name", "等级"),
    Fact("certificate_number", "证书编号"),
    Fact("legal_representative", "法定代表人"),
    Fact("address", "注册地址"),
    Fact("specialties", "专业类别", "texts"),
    Fact("valid_from", "有效期起", "day"),
    Fact("valid_until", "有效期止", "day"),
    Fact("replacement", "补领标记", required=False),
)
