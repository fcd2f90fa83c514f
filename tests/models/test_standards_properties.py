"""The verdict against an independent evaluator that simply tries every way of placing people."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from config.policy import load_standards
from models.policy import ClassNeed, EquipmentGroup, StaffNeed
from models.standards import (
    EquipmentItem,
    StaffMember,
    equipment_verdict,
    read_standard,
    staff_verdict,
)
from tests.models.oracle import LEVELS, crews, most_slots_filled

STANDARD = read_standard(load_standards())


def standard_of(needs, downfill=True):
    """A standard whose specialties s0, s1 … need exactly these numbers in class B."""
    template = STANDARD.specialties["GCCL"]
    specialties = {}
    for number, need in enumerate(needs):
        staff = StaffNeed(sum(need), *need)
        cell = ClassNeed(staff, (), "S", "S")
        specialties[f"s{number}"] = replace(template, classes={"A": cell, "B": cell})
    return replace(STANDARD, specialties=specialties, allow_downfill=downfill)


def fewest_missing(members, needs, cap, downfill):
    """How many slots stay empty at best, over every choice of the retired who count."""
    need = [max(column) for column in zip(*needs, strict=True)]
    slots = [level for level, number in zip(LEVELS, need, strict=True) for _ in range(number)]
    return len(slots) - max(
        most_slots_filled(crew, slots, downfill) for crew in crews(members, cap)
    )


needs = st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=1, max_size=3)
members = st.lists(
    st.builds(
        lambda category, retired, complete, nationality: StaffMember(
            category, category, retired, nationality, complete
        ),
        st.sampled_from([*LEVELS, "other"]),
        st.booleans(),
        st.sampled_from([True, True, True, False]),
        st.sampled_from(["中国", "中国", "中国", "美国"]),
    ),
    max_size=9,
)


@settings(max_examples=300, deadline=None)
@given(needs, members, st.booleans(), st.sampled_from("AB"))
def test_verdict_finds_the_best_way_to_place_people(needs, members, downfill, letter):
    standard = standard_of(needs, downfill)

    verdict = staff_verdict(standard, letter, list(standard.specialties), members)

    missing = fewest_missing(members, needs, standard.retired_cap[letter], downfill)
    assert sum(row.missing for row in verdict.rows[:-1]) == missing
    assert verdict.met == (missing == 0)
    assert bool(verdict.shortfalls) == (not verdict.met)
    assert len(verdict.counted) + len(verdict.not_counted) == len(members)


groups = st.builds(
    EquipmentGroup,
    st.lists(st.sampled_from(["甲", "乙", "丙"]), min_size=1, unique=True).map(tuple),
    st.integers(1, 5),
)
cells = st.lists(
    st.lists(groups, min_size=1, max_size=2, unique_by=lambda one: one.kinds).map(tuple),
    max_size=3,
).map(tuple)
items = st.lists(
    st.builds(
        lambda kind, counts, quantity: EquipmentItem(kind, counts, quantity=quantity),
        st.sampled_from(["甲", "乙", "丙", "丁"]),
        st.booleans(),
        st.integers(1, 3),
    ),
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(cells, min_size=1, max_size=3), items)
def test_equipment_is_enough_when_every_specialty_alone_is(cells, items):
    template = STANDARD.specialties["GCCL"]
    staff = StaffNeed(0, 0, 0, 0, 0)
    specialties = {
        f"s{number}": replace(template, classes={"B": ClassNeed(staff, cell, "S", "S")})
        for number, cell in enumerate(cells)
    }
    standard = replace(STANDARD, specialties=specialties)

    verdict = equipment_verdict(standard, "B", list(specialties), items)

    def have(group):
        return sum(i.quantity for i in items if i.counts and i.kind in group.kinds)

    enough = all(
        any(have(group) >= group.minimum for group in need) for cell in cells for need in cell
    )
    assert verdict.met == enough
    assert bool(verdict.shortfalls) == (not enough)
