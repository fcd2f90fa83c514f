"""Which row and which kind of file a scan is for, told by the words of its name alone.

Nothing is guessed: where a name fits two rows, or says two kinds, it says neither.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

Values = Mapping[str, Any]

_KIND_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    # A longer word stands before one that it contains.
    "person": (
        ("id_card", "身份证"),
        ("social_insurance", "社保|社会保险|养老保险|参保|缴费"),
        ("title_review", "职称评审|评审结果|评审表|公示"),
        ("title_certificate", "职称|资格证|工程师"),
        ("education_certificate", "学历|学位|毕业证"),
        ("retirement_proof", "退休"),
        ("service_contract", "劳务合同|劳务协议|劳务"),
        ("labour_contract", "劳动合同|劳动"),
        ("substitute", "替代"),
    ),
    "equipment": (
        ("invoice", "发票"),
        ("photo", "照片|图片|相片|铭牌"),
        ("calibration", "检定|校准"),
    ),
    "project": (
        ("payment", "发票|到账|付款|收款"),
        ("acceptance", "验收|质检"),
        ("contract", "合同|协议"),
    ),
}
_NOISE = re.compile(
    "扫描件|复印件|原件|副本|正反面|正面|反面|证明材料|证明|材料|证书|附件|照片|号码|的|证|页|第|"
    "[一二三四五六]|[0-9]+|[^\u4e00-\u9fff·]+"
)
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dX](?![\dA-Z])")


@dataclass(frozen=True)
class Match:
    """What a file's name says: the number of the row, the kind of file, and why one is missing."""

    row: int | None = None
    kind: str = ""
    reason: str = ""


def match(place: str, filename: str, rows: Mapping[int, Values]) -> Match:
    """The row, of ``rows`` by number, and the kind that a file of a page belongs to.

    ``place`` is what a row of the page is called: person, equipment or project.
    """
    name = _plain(filename.rsplit(".", 1)[0])
    kinds = _kinds(place, name)
    found = _FINDERS[place](name, rows)
    reasons = []
    if len(found) != 1:
        reasons.append(_("文件名对应 %d 行，无法确定是哪一行。") % len(found) if found else _NOBODY)
    if len(kinds) != 1:
        reasons.append(_("文件名里有几种材料。") if kinds else _("文件名没有说明是哪种材料。"))
    return Match(
        found[0] if len(found) == 1 else None, kinds[0] if len(kinds) == 1 else "", "".join(reasons)
    )


_NOBODY = _("文件名没有对应列表中的任何一行。")


def _kinds(place: str, name: str) -> list[str]:
    """The kinds that the name speaks of; a word that was understood is not read again."""
    found = []
    for kind, words in _KIND_WORDS[place]:
        if re.search(words, name):
            name = re.sub(words, " ", name)
            found.append(kind)
    return found


def _people(name: str, rows: Mapping[int, Values]) -> list[int]:
    """By the ID number; else by a name that stands alone, so that 张伟 is not found in 张伟明."""
    numbers = set(_ID_NUMBER.findall(name))
    named = [row for row, values in rows.items() if str(values.get("name")) in _names(name)]
    if not numbers:
        return named
    held = [row for row, values in rows.items() if values.get("id_number") in numbers]
    others = [row for row in named if row not in held]
    same = {str(rows[row].get("name")) for row in held}
    return held + [row for row in others if str(rows[row].get("name")) not in same]


def _names(name: str) -> set[str]:
    """What is left of a file's name between the words for kinds, pages and copies."""
    words = "|".join(words for _kind, words in _KIND_WORDS["person"])
    rest = re.sub(words, " ", name)
    return {*rest.split(), *_NOISE.sub(" ", rest).split()}


def _instruments(name: str, rows: Mapping[int, Values]) -> list[int]:
    """By the serial number; else by what the instrument is and its model."""
    by_number = [
        row for row, values in rows.items() if _stands(values.get("serial_number"), name, least=3)
    ]
    if len(by_number) == 1:
        return by_number
    fitting = {row: rows[row] for row in by_number} or rows
    return [
        row
        for row, values in fitting.items()
        if _plain(str(values.get("kind"))) in name and _stands(values.get("model"), name, least=2)
    ] or by_number


def _projects(name: str, rows: Mapping[int, Values]) -> list[int]:
    """By the number of the contract; else by the project's name, the longest that fits."""
    by_number = [
        row for row, values in rows.items() if _stands(values.get("contract_number"), name, least=4)
    ]
    if by_number:
        return by_number
    fitting = {
        row: len(title)
        for row, values in rows.items()
        if len(title := _plain(str(values.get("name")))) > 3 and title in name
    }
    longest = max(fitting.values(), default=0)
    return [row for row, length in fitting.items() if length == longest]


def _stands(value: Any, name: str, least: int) -> bool:
    """Whether a number stands in the name, and not only as a part of a longer one."""
    plain = _plain(str(value or ""))
    if len(plain) < least:
        return False
    return re.search(rf"(?<![0-9A-Z]){re.escape(plain)}(?![0-9A-Z])", name) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


_FINDERS = {"person": _people, "equipment": _instruments, "project": _projects}
