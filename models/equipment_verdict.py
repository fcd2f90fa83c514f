"""Whether a unit's instruments meet the standard: which count, what is missing, in words.

Pure: the standard and the instruments are handed in; nothing is read or written.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _

from models.policy import EquipmentGroup, EquipmentNeed, Standard
from models.standard_cells import is_sure
from models.verdict import EquipmentItem, NotCounted, Part, Row, Verdict

# Words are looked up once: gettext goes to the disk at every call.
_NOT_COUNTED = _("不计入。")
_NOT_ASKED_FOR = _("所选专业的标准不要求这类装备。")
_EITHER, _ANY_GROUP = _(" 或者 "), _("任一组满足即可。")
_UNIT, _OR, _OR_ELSE = _("台"), _("或"), _("，或者 ")
_SO_MANY, _MISSING = _("%d %s%s"), _("还缺 %s。")
Tally = Mapping[str, int]


def equipment_need(
    standard: Standard, certificate_class: str, codes: Iterable[str]
) -> list[EquipmentNeed]:
    """What the specialties need together: of the same kinds the greatest number, not the sum."""
    plain: dict[frozenset[str], EquipmentNeed] = {}
    either: list[EquipmentNeed] = []
    for code in codes:
        for need in standard.specialties[code].classes[certificate_class].equipment:
            kinds = frozenset(need[0].kinds)
            if len(need) > 1:
                either += [need] if need not in either else []
            elif kinds not in plain or plain[kinds][0].minimum < need[0].minimum:
                plain[kinds] = need
    return [*plain.values(), *either]


def equipment_verdict(
    standard: Standard,
    certificate_class: str,
    codes: Sequence[str],
    items: Sequence[EquipmentItem],
) -> Verdict:
    """Compare instruments with what some specialties need in class A or B (R031, R167)."""
    needs = equipment_need(standard, certificate_class, codes)
    wanted = {kind for need in needs for group in need for kind in group.kinds}
    reasons = [_reason(standard, wanted, item) for item in items]
    counted = [item for item, reason in zip(items, reasons, strict=True) if not reason]
    tally = _tally(counted)
    rows = [_row(standard, need, tally) for need in needs]
    parts = tuple(_part(standard, certificate_class, code, tally) for code in codes)
    return Verdict(
        met=not any(row.missing for row in rows),
        rows=tuple(rows),
        shortfalls=tuple(_shortfalls(standard, needs, rows, tally)),
        counted=tuple(item.key for item in counted),
        not_counted=tuple(
            NotCounted(item.key, item.name or item.kind, reason)
            for item, reason in zip(items, reasons, strict=True)
            if reason
        ),
        assumed=any(part.assumed for part in parts),
        parts=parts,
        basis=standard.citation,
    )


def _part(standard: Standard, certificate_class: str, code: str, tally: Tally) -> Part:
    cell = standard.specialties[code].classes[certificate_class]
    rows = [_row(standard, need, tally) for need in cell.equipment]
    return Part(
        code=code,
        name=standard.specialties[code].name,
        certificate_class=certificate_class,
        met=not any(row.missing for row in rows),
        rows=tuple(rows),
        shortfalls=tuple(_shortfalls(standard, cell.equipment, rows, tally)),
        assumed=not is_sure(cell.equipment_confidence),
    )


def _reason(standard: Standard, wanted: set[str], item: EquipmentItem) -> str:
    """Why an instrument does not count; empty when it does, or when nothing is asked for."""
    if not item.counts:
        return "".join(item.problems) or _NOT_COUNTED
    if not wanted or _stands_for(standard, item.kind) & wanted:
        return ""
    return _NOT_ASKED_FOR


def _stands_for(standard: Standard, kind: str) -> set[str]:
    return {kind, *standard.counts_as.get(kind, ())}


def _tally(items: Iterable[EquipmentItem]) -> Tally:
    tally: Counter[str] = Counter()
    for item in items:
        tally[item.kind] += item.quantity
    return tally


def _count(standard: Standard, group: EquipmentGroup, tally: Tally) -> int:
    """How many instruments fall in a group; one that stands for another kind counts once."""
    kinds = set(group.kinds)
    return sum(much for kind, much in tally.items() if _stands_for(standard, kind) & kinds)


def _row(standard: Standard, need: EquipmentNeed, tally: Tally) -> Row:
    """The row of the alternative that is nearest to being met."""
    counts = [(group, _count(standard, group, tally)) for group in need]
    group, have = min(counts, key=lambda pair: max(pair[0].minimum - pair[1], 0))
    label = _EITHER.join("、".join(one.kinds) for one in need)
    note = _ANY_GROUP if len(need) > 1 else ""
    return Row(label, group.minimum, have, max(group.minimum - have, 0), note)


def _shortfalls(
    standard: Standard, needs: Sequence[EquipmentNeed], rows: Sequence[Row], tally: Tally
) -> list[str]:
    pairs = zip(needs, rows, strict=True)
    return [_words(standard, need, tally) for need, row in pairs if row.missing]


def _words(standard: Standard, need: EquipmentNeed, tally: Tally) -> str:
    """So many more of any one alternative meet it; the nearest first."""
    parts = []
    for group in need:
        missing = group.minimum - _count(standard, group, tally)
        unit = standard.equipment_units.get(group.kinds[0], _UNIT)
        parts.append((missing, _SO_MANY % (missing, unit, _OR.join(group.kinds))))
    parts.sort(key=lambda part: part[0])
    return _MISSING % _OR_ELSE.join(words for _missing, words in parts)
