"""The standard's cells in words: where a cell stands, what it says, and how two versions differ.

Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from models.policy import LEVEL_NAMES
from models.standard_cells import Cell

CLASS_NAMES: Mapping[str, str] = {"A": _("甲级"), "B": _("乙级")}
CELL_NAMES: Mapping[str, str] = {
    "staff": _("专业技术人员"),
    "equipment": _("技术装备"),
    "business_types": _("业务类型"),
    "class_b_limits": _("乙级不得承担的"),
    "retired_cap": _("计入的退休人员上限"),
    "secrecy_trained": _("经保密培训的人员"),
    "social_insurance": _("社会保险"),
    "allow_downfill": _("高级抵低级"),
    "nationality": _("国籍"),
    "promotion": _("晋升甲级的年限和业绩"),
    "renewal": _("延续"),
    "opens": _("有效期届满前多少天起可以申请"),
    "closes": _("有效期届满前多少天截止"),
    "validity": _("证书有效期"),
    "titles": _("职称的级别"),
    "surveying_titles": _("测绘专业的职称"),
    "related_subjects": _("测绘相关专业"),
    "equipment_kinds": _("装备种类和计量单位"),
    "counts_as": _("可以算作其他种类的装备"),
    "certificate_types": _("证书种类"),
    "specialty_names": _("专业类别"),
}
_FIELD_NAMES: Mapping[str, str] = {
    **LEVEL_NAMES,
    "total": _("合计"),
    "A": _("甲级"),
    "B": _("乙级"),
    "days": _("天数"),
    "years": _("年数"),
    "months": _("至少缴纳的月数"),
    "years_in_b": _("取得乙级满几年"),
    "window_years": _("业绩看近几年"),
    "total_yuan": _("测绘服务总值（元）"),
    "single_yuan": _("单个已完成项目（元）"),
    "exempt": _("不要求年限和业绩的专业"),
    "subjects": _("专业名单"),
    "containing": _("名称中含有的字样"),
}
SOURCE, CONFIDENCE = _("依据"), _("可靠程度")


@dataclass(frozen=True)
class Change:
    """One thing that differs; `before` or `after` is empty where it was added or removed."""

    key: str
    place: str
    field: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def place_of(key: str, names: Mapping[str, str]) -> str:
    """Where a cell stands, e.g. 工程测量 · 甲级 · 专业技术人员; `names` are of specialties."""
    words = (names.get(part) or CLASS_NAMES.get(part) or CELL_NAMES.get(part)
             for part in key.split("."))  # fmt: skip
    return " · ".join(word for word in words if word)


def facts_of(cell: Cell, names: Mapping[str, str]) -> dict[str, str]:
    """What a cell says, by what it says it of."""
    return dict(_facts(cell.value, names))


def changes_between(
    old: Mapping[str, Cell], new: Mapping[str, Cell], names: Mapping[str, str]
) -> list[Change]:
    """What differs, cell by cell, in the order of the standard."""
    found = []
    for key in dict.fromkeys((*old, *new)):
        before, after = _told(old.get(key), names), _told(new.get(key), names)
        found += [
            Change(key, place_of(key, names), field, before.get(field, ""), after.get(field, ""))
            for field in dict.fromkeys((*before, *after))
            if before.get(field) != after.get(field)
        ]
    return found


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """The names that one of two lists has and the other has not: removed, added."""
    old, new = before.split("、"), after.split("、")
    return [one for one in old if one not in new], [one for one in new if one not in old]


def _told(cell: Cell | None, names: Mapping[str, str]) -> dict[str, str]:
    if cell is None:
        return {}
    return {**facts_of(cell, names), SOURCE: cell.source, CONFIDENCE: cell.confidence}


def _facts(value: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field, one in value.items():
        if field == "groups":
            yield from (requirement_words(group) for group in one)
        elif isinstance(one, Mapping) and any(isinstance(part, Mapping) for part in one.values()):
            yield "", "、".join(part["name"] for part in one.values())
        elif isinstance(one, Mapping):
            yield from ((inner, _words(part, names)) for inner, part in one.items())
        else:
            yield _FIELD_NAMES.get(field, ""), _words(one, names)


def requirement_words(group: Mapping[str, Any]) -> tuple[str, str]:
    """(kinds, how many), alternatives divided by 或者."""
    alternatives = group.get("or", [group])
    kinds = _(" 或者 ").join("、".join(one["any_of"]) for one in alternatives)
    return kinds, _("至少 %s") % _(" 或者 ").join(str(one["min"]) for one in alternatives)


def _words(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("可以") if value else _("不可以")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(names.get(str(one), str(one)) for one in value) or _("无")
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)
