"""Numbers printed on papers: of certificates, with their check digit, and of documents.

Where the next sequence comes from is the database's business, not this module's.
"""

import re
from dataclasses import dataclass
from gettext import gettext as _

PROVINCE_ABBREVIATIONS = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "内蒙古", "21": "辽", "22": "吉",
    "23": "黑", "31": "沪", "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣",
    "37": "鲁", "41": "豫", "42": "鄂", "43": "湘", "44": "粤", "45": "桂", "46": "琼",
    "50": "渝", "51": "川", "52": "贵", "53": "云", "54": "藏", "61": "陕", "62": "甘",
    "63": "青", "64": "宁", "65": "新",
}  # fmt: skip
"""GB/T 2260 code of a province to the one its papers are numbered under."""

SEQUENCES = {"甲": range(10001, 20000), "乙": range(50001, 100000)}
"""Sequences a province may give out per class (seen on certificates since 2021; policy §3.1)."""

_ISSUED = re.compile(r"(甲|乙)测资字(\d{2})(\d{5})(\d)", re.ASCII)


class WrongNumber(ValueError):
    """The text is no certificate number of this system; its message says why, in Chinese."""


@dataclass(frozen=True)
class CertificateNumber:
    """A number this system gave out, e.g. 甲测资字61100013; raises WrongNumber when impossible."""

    grade: str
    province: str
    sequence: int

    def __post_init__(self) -> None:
        """Refuse what the office could never have given out."""
        if self.grade not in SEQUENCES:
            raise WrongNumber(_("证书等级只有甲、乙两种，没有“{grade}”。").format(grade=self.grade))
        if self.province not in PROVINCE_ABBREVIATIONS:
            raise WrongNumber(_("省级行政区代码“{code}”不存在。").format(code=self.province))
        if self.sequence not in SEQUENCES[self.grade]:
            allowed = SEQUENCES[self.grade]
            raise WrongNumber(
                _("{grade}级证书的顺序号应在 {first}–{last} 之间。").format(
                    grade=self.grade, first=allowed[0], last=allowed[-1]
                )
            )

    def __str__(self) -> str:
        """The number as printed."""
        body = f"{self.province}{self.sequence:05d}"
        return f"{self.grade}测资字{body}{check_digit(body)}"


def check_digit(body: str) -> str:
    """Return the ISO 7064:2003 MOD 11,10 check digit of the seven digits of a number."""
    product = 10
    for digit in body:
        product = (product + int(digit)) % 10 or 10
        product = product * 2 % 11
    return str((11 - product) % 10)


def certificate_number(grade: str, province: str, sequence: int) -> str:
    """Return the printed number; raises WrongNumber outside the class's range (seed 000)."""
    return str(CertificateNumber(grade, province, sequence))


def parse_certificate_number(text: str) -> CertificateNumber:
    """Read a number given out by this system.

    Raises WrongNumber. Not for numbers of other systems: their check digit follows another,
    unpublished rule (policy §3.2).
    """
    match = _ISSUED.fullmatch(text)
    if match is None:
        raise WrongNumber(
            _("证书编号应为“甲测资字”或“乙测资字”加 8 位数字，例如甲测资字61100013。")
        )
    grade, province, sequence, digit = match.groups()
    if check_digit(province + sequence) != digit:
        raise WrongNumber(_("证书编号的校验码不对，请核对是否抄错了一位数字。"))
    return CertificateNumber(grade, province, int(sequence))


def document_number(abbreviation: str, code: str, year: int, sequence: int) -> str:
    """Return e.g. 陕测资受〔2026〕15号: abbreviation of the organ, code of the kind of paper."""
    if year < 1 or sequence < 1:
        raise ValueError("a document number counts years and sequences from 1")
    return f"{abbreviation}测资{code}〔{year:04d}〕{sequence}号"
