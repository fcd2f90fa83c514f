"""Whether a unit's staff and equipment meet the standard, row by row and in words.

Pure: the standard and the people are handed in; nothing is read or written.
"""

from collections.abc import Iterable, Sequence
from gettext import gettext as _

from models.policy import (
    CATEGORY_NAMES,
    COUNTED,
    LEVEL_NAMES,
    CertificateType,
    EquipmentGroup,
    EquipmentNeed,
    Specialty,
    StaffNeed,
    Standard,
    read_standard,
)
from models.verdict import EquipmentItem, NotCounted, Row, StaffMember, Verdict

__all__ = [
    "CATEGORY_NAMES",
    "CertificateType",
    "EquipmentItem",
    "NotCounted",
    "Row",
    "Specialty",
    "StaffMember",
    "Standard",
    "Verdict",
    "equipment_need",
    "equipment_verdict",
    "merged",
    "read_standard",
    "staff_need",
    "staff_verdict",
]
_SURE = ("D", "S")
_RANK = {"senior": 3, "mid": 2, "junior": 1, "related": 0}


def staff_need(standard: Standard, certificate_class: str, codes: Iterable[str]) -> StaffNeed:
    """The element-wise maximum over the specialties: numbers are not added up (不累加计算)."""
    needs = [standard.specialties[code].classes[certificate_class].staff for code in codes]
    names = ("total", *COUNTED)
    return StaffNeed(**{n: max((getattr(one, n) for one in needs), default=0) for n in names})


def staff_verdict(
    standard: Standard,
    certificate_class: str,
    codes: Sequence[str],
    members: Sequence[StaffMember],
) -> Verdict:
    """Compare people with what some specialties need in class A or B (R031, R078, R162)."""
    need = staff_need(standard, certificate_class, codes)
    reasons = [_reason(standard, member) for member in members]
    counted = [m for m, reason in zip(members, reasons, strict=True) if not reason]
    cap = standard.retired_cap[certificate_class]
    over = {id(member) for member in _over_cap(standard, need, counted, cap)}
    counted = [m for m in counted if id(m) not in over]
    capped = _("超出退休人员计入上限（%d 人）。") % cap
    not_counted = [
        NotCounted(m.key, m.name, reason or capped)
        for m, reason in zip(members, reasons, strict=True)
        if reason or id(m) in over
    ]
    rows = _staff_rows(need, counted, standard.allow_downfill)
    return Verdict(
        met=not any(row.missing for row in rows),
        rows=tuple(rows),
        shortfalls=tuple(_staff_words(rows, not_counted)),
        counted=tuple(member.key for member in counted),
        not_counted=tuple(not_counted),
        assumed=any(
            standard.specialties[c].classes[certificate_class].staff_confidence not in _SURE
            for c in codes
        ),
    )


def _reason(standard: Standard, member: StaffMember) -> str:
    """Why a person does not count; empty when the person does."""
    if member.category not in COUNTED:
        return _("非专业技术人员不计入。")
    if member.nationality != standard.nationality:
        return _("应为中国公民。")
    if not member.complete:
        return "".join(member.problems) or _("信息不完整。")
    wanted = _RANK[member.category]
    if member.legacy or not wanted or _RANK.get(member.title_level, 0) >= wanted:
        return ""
    return _("职称级别低于人员类别“%s”。") % CATEGORY_NAMES[member.category]


def _over_cap(
    standard: Standard, need: StaffNeed, counted: Sequence[StaffMember], cap: int
) -> list[StaffMember]:
    """The retired who are too many; those who help most are kept."""
    have = _tally(m for m in counted if not m.retired)
    waiting = [m for m in counted if m.retired]

    def helps(member: StaffMember) -> tuple[bool, int]:
        short = have[member.category] < getattr(need, member.category)
        return (short and not standard.allow_downfill, _RANK[member.category])

    for _place in range(min(cap, len(waiting))):
        best = max(waiting, key=helps)
        waiting.remove(best)
        have[best.category] += 1
    return waiting


def _tally(members: Iterable[StaffMember]) -> dict[str, int]:
    tally = dict.fromkeys(COUNTED, 0)
    for member in members:
        tally[member.category] += 1
    return tally


def _staff_rows(need: StaffNeed, counted: Sequence[StaffMember], downfill: bool) -> list[Row]:
    have, spare, rows = _tally(counted), 0, []
    for category in COUNTED:
        needed, own = getattr(need, category), have[category]
        lent = min(spare, max(needed - own, 0))
        note = _("由高一级或测绘人员抵 %d 人。") % lent if lent else ""
        rows.append(Row(CATEGORY_NAMES[category], needed, own, max(needed - own - lent, 0), note))
        spare = spare - lent + max(own - needed, 0) if downfill else 0
    total = len(counted)
    return [*rows, Row(_("合计"), need.total, total, max(need.total - total, 0))]


def _staff_words(rows: Sequence[Row], not_counted: Sequence[NotCounted]) -> list[str]:
    levels = dict(zip(CATEGORY_NAMES.values(), LEVEL_NAMES.values(), strict=False))
    words = [
        _("还缺 %(missing)d 名%(level)s（%(label)s专业技术人员，需 %(needed)d 名）。")
        % {
            "missing": row.missing,
            "level": levels[row.label],
            "label": _("测绘") if row.label.startswith("测绘") else _("测绘相关"),
            "needed": row.needed,
        }
        for row in rows[:-1]
        if row.missing
    ]
    if words and not_counted:
        words.append(_("另有 %d 人未计入，补正后可能满足要求。") % len(not_counted))
    return words


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
    counted = [item for item in items if item.counts]
    rows = [_equipment_row(standard, need, counted) for need in needs]
    return Verdict(
        met=not any(row.missing for row in rows),
        rows=tuple(rows),
        shortfalls=tuple(
            _equipment_words(standard, need, counted)
            for need, row in zip(needs, rows, strict=True)
            if row.missing
        ),
        counted=tuple(item.key for item in counted),
        not_counted=tuple(
            NotCounted(item.key, item.name or item.kind, "".join(item.problems) or _("不计入。"))
            for item in items
            if not item.counts
        ),
        assumed=any(
            standard.specialties[c].classes[certificate_class].equipment_confidence not in _SURE
            for c in codes
        ),
    )


def merged(verdicts: Iterable[Verdict]) -> Verdict:
    """One verdict over several certificates: what any of them lacks is lacking."""
    found = list(verdicts)
    if len(found) == 1:
        return found[0]
    counted = [set(one.counted) for one in found]
    return Verdict(
        met=all(one.met for one in found),
        rows=tuple(dict.fromkeys(row for one in found for row in one.rows)),
        shortfalls=tuple(dict.fromkeys(words for one in found for words in one.shortfalls)),
        counted=tuple(sorted(set.intersection(*counted))) if counted else (),
        not_counted=tuple(dict.fromkeys(row for one in found for row in one.not_counted)),
        assumed=any(one.assumed for one in found),
    )


def _count(standard: Standard, group: EquipmentGroup, items: Iterable[EquipmentItem]) -> int:
    """How many instruments fall in a group; one that stands for another kind counts once."""
    return sum(
        item.quantity
        for item in items
        if {item.kind, *standard.counts_as.get(item.kind, ())} & set(group.kinds)
    )


def _equipment_row(standard: Standard, need: EquipmentNeed, items: Sequence[EquipmentItem]) -> Row:
    """The row of the alternative that is nearest to being met."""
    counts = [(group, _count(standard, group, items)) for group in need]
    group, have = min(counts, key=lambda pair: max(pair[0].minimum - pair[1], 0))
    label = _(" 或者 ").join("、".join(one.kinds) for one in need)
    note = _("任一组满足即可。") if len(need) > 1 else ""
    return Row(label, group.minimum, have, max(group.minimum - have, 0), note)


def _equipment_words(
    standard: Standard, need: EquipmentNeed, items: Sequence[EquipmentItem]
) -> str:
    parts = []
    for group in need:
        missing = group.minimum - _count(standard, group, items)
        unit = standard.equipment_units.get(group.kinds[0], "台")
        parts.append(
            (missing, _("%d %s%s") % (missing, unit, _("或").join(group.kinds)), group.minimum)
        )
    parts.sort(key=lambda part: part[0])
    return _("还缺 %s。") % _("，或者 ").join(words for _missing, words, _minimum in parts)
