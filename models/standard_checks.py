"""Which numbers of the standard cannot be: of one cell, and of cells beside each other.

Pure. What a form can tell by itself (a number, a list) is told there; here is what numbers mean.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from gettext import gettext as _
from typing import Any

from models.policy import CATEGORY_NAMES, COUNTED
from models.standard_cells import Cell

Cells = Mapping[str, Cell]
Problems = Iterator[tuple[str, str]]
_OTHER = {"A": "B", "B": "A"}
_CLASS_NAMES = {"A": _("甲级"), "B": _("乙级")}


def impossible(cells: Cells, key: str) -> list[tuple[str, str]]:
    """(field, sentence) for everything that is wrong with one cell; empty when it can be so."""
    check = _CHECKS.get(key.rpartition(".")[2])
    return list(check(cells, key)) if check else []


def _staff(cells: Cells, key: str) -> Problems:
    own = cells[key].value
    parts = sum(own[name] for name in COUNTED)
    if own["total"] < parts:
        sentence = _("合计 %(total)d 名少于各级之和 %(parts)d 名。")
        yield "total", sentence % {"total": own["total"], "parts": parts}
    if own["total"] < 1:
        yield "total", _("合计应至少 1 名。")
    beside = cells.get(_beside(key))
    if beside:
        names = {"total": _("合计"), **CATEGORY_NAMES}
        for name in ("total", *COUNTED):
            yield from _order(key, name, names[name], own[name], beside.value[name])


def _equipment(cells: Cells, key: str) -> Problems:
    own = list(_groups(cells[key]))
    if not own:
        yield "groups", _("至少要有一组装备。")
    known = _kinds(cells)
    for kinds, minimum in own:
        names = "、".join(kinds)
        if minimum < 1:
            yield "groups", _("%s的数量应至少为 1。") % names
        yield from _unknown(kinds, known)
        if len(set(kinds)) < len(kinds):
            yield "groups", _("%s中有重复的种类。") % names
    sets = [frozenset(kinds) for kinds, _minimum in own]
    for repeated in {one for one in sets if sets.count(one) > 1}:
        yield "groups", _("%s重复列了几次。") % "、".join(sorted(repeated))
    yield from _lower_equipment(cells, key, own)


def _lower_equipment(
    cells: Cells, key: str, own: Collection[tuple[tuple[str, ...], int]]
) -> Problems:
    beside = cells.get(_beside(key))
    others = {frozenset(kinds): least for kinds, least in _groups(beside)} if beside else {}
    for kinds, minimum in own:
        other = others.get(frozenset(kinds))
        if other is not None:
            yield from _order(key, "groups", "、".join(kinds), minimum, other)


def _order(key: str, field: str, name: str, own: int, other: int) -> Problems:
    """甲级 wants no less than 乙级 does."""
    letter = key.split(".")[-2]
    high, low = (own, other) if letter == "A" else (other, own)
    if high < low:
        words = {"name": name, "own": own, "other": other, "class": _CLASS_NAMES[_OTHER[letter]]}
        sentence = (
            _("%(name)s %(own)d 少于%(class)s的 %(other)d：甲级的要求不能低于乙级。")
            if letter == "A"
            else _("%(name)s %(own)d 多于%(class)s的 %(other)d：乙级的要求不能高于甲级。")
        )
        yield field, sentence % words


def _kind_list(cells: Cells, key: str) -> Problems:
    """Every kind stands once, and none that is used is missing."""
    listed = [kind for kinds in cells[key].value["units"].values() for kind in kinds]
    for kind in {one for one in listed if listed.count(one) > 1}:
        yield "units", _("“%s”列了几次。") % kind
    for used in sorted(_used_kinds(cells) - set(listed)):
        yield "units", _("“%s”还在标准中使用，不能删去。") % used


def _counts_as(cells: Cells, key: str) -> Problems:
    for kind, others in cells[key].value["values"].items():
        for problem in _unknown((kind, *others), _kinds(cells)):
            yield "values", problem[1]
        if kind in others:
            yield "values", _("“%s”不能算作它自己。") % kind


def _titles(cells: Cells, key: str) -> Problems:
    """A title has one level."""
    seen: dict[str, str] = {}
    for level, titles in cells[key].value.items():
        for title in titles:
            if title in seen:
                yield level, _("“%s”已列在另一级，或者重复。") % title
            seen[title] = level


def _promotion(cells: Cells, key: str) -> Problems:
    own = cells[key].value
    if own["single_yuan"] > own["total_yuan"]:
        yield "single_yuan", _("单个项目的金额不能大于总值。")


def _renewal(cells: Cells, key: str) -> Problems:
    """It can be applied for before it is too late."""
    if cells["renewal.opens"].value["days"] <= cells["renewal.closes"].value["days"]:
        yield "days", _("可以申请的第一天应早于截止的一天。")


def _unknown(kinds: Collection[str], known: Collection[str]) -> Problems:
    for kind in kinds:
        if kind not in known:
            yield "groups", _("没有“%s”这种装备，请先列入装备种类，或者改正名称。") % kind


def _kinds(cells: Cells) -> set[str]:
    units: Mapping[str, list[str]] = cells["equipment_kinds"].value["units"]
    return {kind for kinds in units.values() for kind in kinds}


def _used_kinds(cells: Cells) -> set[str]:
    groups = [cell for key, cell in cells.items() if key.endswith(".equipment")]
    used = {kind for cell in groups for kinds, _minimum in _groups(cell) for kind in kinds}
    pairs = cells["counts_as"].value["values"].items()
    return used | {one for kind, others in pairs for one in (kind, *others)}


def _groups(cell: Cell) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every group of kinds with its minimum, alternatives too."""
    for group in cell.value["groups"]:
        for one in group.get("or", [group]):
            yield tuple(one["any_of"]), one["min"]


def _beside(key: str) -> str:
    """The same cell of the other class."""
    *path, letter, name = key.split(".")
    return ".".join((*path, _OTHER[letter], name))


_CHECKS: Mapping[str, Callable[[Cells, str], Problems]] = {
    "staff": _staff,
    "equipment": _equipment,
    "equipment_kinds": _kind_list,
    "counts_as": _counts_as,
    "titles": _titles,
    "promotion": _promotion,
    "opens": _renewal,
    "closes": _renewal,
}


def all_problems(cells: Cells) -> Iterator[tuple[str, Any]]:
    """(key, sentence) for everything that is wrong anywhere."""
    for key in cells:
        for _field, sentence in impossible(cells, key):
            yield key, sentence
