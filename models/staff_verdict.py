"""Whether a unit's people meet the standard: who counts, what is missing, in numbers and words.

Pure: the standard and the people are handed in; nothing is read or written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from models.policy import CATEGORY_NAMES, COUNTED, LEVEL_NAMES, SURVEYING, StaffNeed, Standard
from models.standard_cells import is_sure
from models.verdict import NotCounted, Part, Row, StaffMember, Verdict

# Words are looked up once: gettext goes to the disk at every call.
_TOTAL = _("合计")
_LENT = _("由高一级或测绘人员抵 %d 人。")
_SURVEYING, _RELATED = _("测绘"), _("测绘相关")
_MISSING = _("还缺 %(missing)d 名%(level)s（%(label)s专业技术人员，需 %(needed)d 名）。")
_MISSING_ANY = _("还缺 %(missing)d 名专业技术人员（级别不限，合计需 %(needed)d 名）。")
_NOT_COUNTED = _("非专业技术人员不计入。")
_FOREIGN = _("应为中国公民。")
_INCOMPLETE = _("信息不完整。")
_TITLE_TOO_LOW = _("职称级别低于人员类别“%s”。")
_RANK = {"senior": 3, "mid": 2, "junior": 1, "related": 0}
Tally = Mapping[str, int]


@dataclass(frozen=True)
class _Pool:
    """The people who may count, by category; of the retired only as many as the cap."""

    active: Tally
    retired: Tally
    cap: int
    downfill: bool


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
    """Compare people with what some specialties need in class A or B (R031, R078, R162).

    For each specialty by itself as for all of them, those of the retired count who help most.
    """
    reasons = [_reason(standard, member) for member in members]
    able = [m for m, reason in zip(members, reasons, strict=True) if not reason]
    pool = _pool(standard, certificate_class, able)
    need = staff_need(standard, certificate_class, codes)
    chosen = _chosen_retired(need, pool)
    counted, over = _divided(able, chosen)
    capped = _("超出退休人员计入上限（%d 人）。") % pool.cap
    not_counted = [
        NotCounted(m.key, m.name, reason or capped)
        for m, reason in zip(members, reasons, strict=True)
        if reason or id(m) in over
    ]
    rows = _rows(need, pool, chosen)
    parts = tuple(_part(standard, certificate_class, code, pool) for code in codes)
    return Verdict(
        met=not any(row.missing for row in rows),
        rows=tuple(rows),
        shortfalls=tuple(_shortfalls(rows, len(not_counted))),
        counted=tuple(member.key for member in counted),
        not_counted=tuple(not_counted),
        assumed=any(part.assumed for part in parts),
        parts=parts,
        basis=standard.citation,
    )


def _part(standard: Standard, certificate_class: str, code: str, pool: _Pool) -> Part:
    cell = standard.specialties[code].classes[certificate_class]
    rows = _rows(cell.staff, pool, _chosen_retired(cell.staff, pool))
    return Part(
        code=code,
        name=standard.specialties[code].name,
        certificate_class=certificate_class,
        met=not any(row.missing for row in rows),
        rows=tuple(rows),
        shortfalls=tuple(_shortfalls(rows)),
        assumed=not is_sure(cell.staff_confidence),
    )


def _reason(standard: Standard, member: StaffMember) -> str:
    """Why a person does not count; empty when the person does."""
    if member.category not in COUNTED:
        return _NOT_COUNTED
    if member.nationality != standard.nationality:
        return _FOREIGN
    if not member.complete:
        return "".join(member.problems) or _INCOMPLETE
    wanted = _RANK[member.category]
    if member.legacy or not wanted or _RANK.get(member.title_level, 0) >= wanted:
        return ""
    return _TITLE_TOO_LOW % CATEGORY_NAMES[member.category]


def _pool(standard: Standard, certificate_class: str, able: Iterable[StaffMember]) -> _Pool:
    active, retired = dict.fromkeys(COUNTED, 0), dict.fromkeys(COUNTED, 0)
    for member in able:
        (retired if member.retired else active)[member.category] += 1
    cap = standard.retired_cap[certificate_class]
    return _Pool(active, retired, cap, standard.allow_downfill)


def _chosen_retired(need: StaffNeed, pool: _Pool) -> Tally:
    """How many of the retired count in each category: those who help most.

    Where a higher one may fill a lower place, the highest help most; where not, those whose own
    places are still empty.
    """
    have, chosen = dict(pool.active), dict.fromkeys(COUNTED, 0)

    def helps(category: str) -> tuple[bool, int]:
        short = have[category] < getattr(need, category)
        return (short and not pool.downfill, _RANK[category])

    for _place in range(min(pool.cap, sum(pool.retired.values()))):
        best = max((one for one in COUNTED if chosen[one] < pool.retired[one]), key=helps)
        chosen[best] += 1
        have[best] += 1
    return chosen


def _divided(able: Iterable[StaffMember], chosen: Tally) -> tuple[list[StaffMember], set[int]]:
    """Those who count, and the identities of the retired who are too many."""
    left, counted, over = dict(chosen), [], set()
    for member in able:
        if member.retired and not left[member.category]:
            over.add(id(member))
            continue
        if member.retired:
            left[member.category] -= 1
        counted.append(member)
    return counted, over


def _rows(need: StaffNeed, pool: _Pool, chosen: Tally) -> list[Row]:
    """The row of each category, from the highest down, and that of the total."""
    have = {one: pool.active[one] + chosen[one] for one in COUNTED}
    spare, rows = 0, []
    for category in COUNTED:
        needed, own = getattr(need, category), have[category]
        lent = min(spare, max(needed - own, 0))
        note = _LENT % lent if lent else ""
        rows.append(Row(CATEGORY_NAMES[category], needed, own, max(needed - own - lent, 0), note))
        spare = spare - lent + max(own - needed, 0) if pool.downfill else 0
    total = sum(have.values())
    return [*rows, Row(_TOTAL, need.total, total, max(need.total - total, 0))]


def _shortfalls(rows: Sequence[Row], left_out: int = 0) -> list[str]:
    """The nearest miss: so many more people of each level, and no fewer, meet the standard.

    ``left_out`` are those who might count once their rows are mended.
    """
    *levels, total = rows
    words = [
        _MISSING
        % {
            "missing": row.missing,
            "level": LEVEL_NAMES[category],
            "label": _SURVEYING if category in SURVEYING else _RELATED,
            "needed": row.needed,
        }
        for category, row in zip(COUNTED, levels, strict=True)
        if row.missing
    ]
    more = total.missing - sum(row.missing for row in levels)
    if more > 0:
        words.append(_MISSING_ANY % {"missing": more, "needed": total.needed})
    if words and left_out:
        words.append(_("另有 %d 人未计入，补正后可能满足要求。") % left_out)
    return words
