"""Each specialty by itself and the nearest miss, against an evaluator that tries every way."""

import re
from dataclasses import replace
from itertools import combinations_with_replacement

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from config.policy import load_standards
from models.policy import EquipmentGroup, StaffNeed
from models.standards import (
    EquipmentItem,
    StaffMember,
    equipment_verdict,
    merged,
    read_standard,
    staff_verdict,
)
from tests.models.oracle import LEVELS, cell, equipment_of, greatest, is_met

STANDARD = read_standard(load_standards())
NOBODY = StaffNeed(0, 0, 0, 0, 0)
WORDS = {"高级": "senior", "中级": "mid", "初级": "junior", "相关": "related"}


def standard_of(cells, downfill=True, counts_as=None):
    """A standard whose specialties s0, s1 … have exactly these cells in either class."""
    template = STANDARD.specialties["GCCL"]
    specialties = {
        f"s{number}": replace(template, classes={"A": one, "B": one})
        for number, one in enumerate(cells)
    }
    return replace(
        STANDARD, specialties=specialties, allow_downfill=downfill, counts_as=counts_as or {}
    )


def named(shortfalls):
    """What the words name: so many more of each level, and so many of any."""
    found, free = dict.fromkeys(LEVELS, 0), 0
    for words in shortfalls:
        number = re.match(r"还缺 (\d+) 名(高级|中级|初级|相关|专业)", words)
        if number and number[2] == "专业":
            free = int(number[1])
        elif number:
            found[WORDS[number[2]]] = int(number[1])
    return found, free


def levels(found):
    return [level for level, number in found.items() for _ in range(number)]


needs = st.builds(
    lambda more, four: StaffNeed(sum(four) + more, *four),
    st.sampled_from([0, 0, 0, 1, 3]),
    st.tuples(*[st.integers(0, 2)] * 4),
)
people = st.lists(
    st.builds(
        lambda category, retired, complete: StaffMember(
            category, category, retired, complete=complete
        ),
        st.sampled_from([*LEVELS, "other"]),
        st.booleans(),
        st.sampled_from([True, True, True, False]),
    ),
    max_size=7,
)


@pytest.mark.requirement("R162")
@settings(max_examples=200, deadline=None)
@given(st.lists(needs, min_size=1, max_size=3), people, st.booleans(), st.sampled_from("AB"))
def test_each_specialty_is_judged_as_if_it_were_alone(needs, members, downfill, letter):
    standard = standard_of([cell(one) for one in needs], downfill)
    cap = standard.retired_cap[letter]

    verdict = staff_verdict(standard, letter, list(standard.specialties), members)

    assert [part.met for part in verdict.parts] == [
        is_met(one, members, cap, downfill) for one in needs
    ]
    assert verdict.met == is_met(greatest(needs), members, cap, downfill)
    assert all(bool(part.shortfalls) != part.met for part in verdict.parts)


@pytest.mark.requirement("R031")
@settings(max_examples=200, deadline=None)
@given(needs, people, st.booleans())
def test_the_numbers_named_are_the_fewest_people_who_are_missing(need, members, downfill):
    standard = standard_of([cell(need)], downfill)
    cap = standard.retired_cap["B"]
    [part] = staff_verdict(standard, "B", ["s0"], members).parts
    assume(not part.met)

    found, free = named(part.shortfalls)

    more = levels(found) + ["related"] * free
    assert is_met(need, members, cap, downfill, more)
    for level, number in found.items():
        fewer = levels({**found, level: number - 1}) + ["related"] * free
        assert not number or not is_met(need, members, cap, downfill, fewer)
    if len(more) <= 5:
        for fewer in combinations_with_replacement(LEVELS, len(more) - 1):
            assert not is_met(need, members, cap, downfill, fewer)


def test_a_total_greater_than_its_levels_asks_for_people_of_any_level():
    standard = standard_of([cell(StaffNeed(4, 0, 1, 0, 1))])
    members = [StaffMember("mid", "mid", key="a")]

    [part] = staff_verdict(standard, "B", ["s0"], members).parts

    assert part.shortfalls == (
        "还缺 1 名相关（测绘相关专业技术人员，需 1 名）。",
        "还缺 2 名专业技术人员（级别不限，合计需 4 名）。",
    )


KINDS = ("甲", "乙", "丙", "丁")
groups = st.builds(
    EquipmentGroup,
    st.lists(st.sampled_from(KINDS[:3]), min_size=1, unique=True).map(tuple),
    st.integers(1, 4),
)
requirements = st.lists(
    st.lists(groups, min_size=1, max_size=2, unique_by=lambda one: one.kinds).map(tuple),
    max_size=3,
).map(tuple)
kit = st.lists(
    st.builds(
        lambda kind, counts, quantity: EquipmentItem(kind, counts, quantity=quantity),
        st.sampled_from(KINDS),
        st.sampled_from([True, True, False]),
        st.integers(1, 3),
    ),
    max_size=6,
)
stand_ins = st.dictionaries(
    st.sampled_from(KINDS), st.sampled_from([("甲",), ("乙", "丙")]), max_size=2
)


@pytest.mark.requirement("R167")
@settings(max_examples=200, deadline=None)
@given(st.lists(requirements, min_size=1, max_size=3), kit, stand_ins)
def test_equipment_of_each_specialty_with_alternatives_and_stand_ins(cells, items, counts_as):
    standard = standard_of([cell(NOBODY, one) for one in cells], counts_as=counts_as)

    verdict = equipment_verdict(standard, "B", list(standard.specialties), items)

    def stands_for(kind):
        return (kind, *counts_as.get(kind, ()))

    expected = [all(equipment_of(need, items, stands_for) for need in one) for one in cells]
    assert [part.met for part in verdict.parts] == expected
    assert verdict.met == all(expected)
    assert len(verdict.counted) + len(verdict.not_counted) == len(items)


@settings(max_examples=200, deadline=None)
@given(st.lists(groups, min_size=1, max_size=2, unique_by=lambda one: one.kinds), kit)
def test_the_instruments_named_are_the_fewest_that_are_missing(alternatives, items):
    need = tuple(alternatives)
    standard = standard_of([cell(NOBODY, (need,))])
    [part] = equipment_verdict(standard, "B", ["s0"], items).parts
    assume(not part.met)

    for group in need:
        kinds = "或".join(group.kinds)
        number = int(re.search(rf"(\d+) 台{kinds}(?=，|。)", part.shortfalls[0])[1])
        enough = [*items, EquipmentItem(group.kinds[0], quantity=number)]
        short = [*items, *[EquipmentItem(group.kinds[0], quantity=number - 1)] * (number > 1)]
        assert equipment_of((group,), enough, lambda kind: (kind,))
        assert not equipment_of((group,), short, lambda kind: (kind,))


def test_an_instrument_that_no_chosen_specialty_asks_for_does_not_count():
    items = [EquipmentItem("全站仪", key="1"), EquipmentItem("地图制图软件", key="2")]

    verdict = equipment_verdict(STANDARD, "B", ["GCCL"], items)

    assert verdict.counted == ("1",)
    [left_out] = verdict.not_counted
    assert (left_out.key, left_out.reason) == ("2", "所选专业的标准不要求这类装备。")


def test_what_counts_for_one_certificate_counts():
    items = [EquipmentItem("全站仪", key="1"), EquipmentItem("服务器(境内)", key="2")]

    verdict = merged(
        equipment_verdict(STANDARD, letter, [code], items)
        for letter, code in (("A", "GCCL"), ("B", "HLWD"))
    )

    assert set(verdict.counted) == {"1", "2"}
    assert verdict.not_counted == ()
    assert [(part.name, part.met) for part in verdict.parts] == [
        ("工程测量", False),
        ("互联网地图服务", True),
    ]


def test_a_verdict_names_its_standard_and_what_of_it_is_assumed():
    verdict = staff_verdict(STANDARD, "B", ["GCCL", "HLWD"], [])

    assert [part.assumed for part in verdict.parts] == [False, True]
    assert verdict.assumed
    assert verdict.basis == (
        "测绘资质分类分级标准（自然资办发〔2021〕43号）第 1 版，2021-07-01 起施行"
    )
