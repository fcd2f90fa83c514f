"""Numbers of the standard that cannot be are told at their field, in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.policy import load_standards
from models.standard_cells import Cell, cells_of
from models.standard_checks import all_problems, impossible

CELLS = cells_of(load_standards())


def problems(key, **value):
    cell = Cell({**CELLS[key].value, **value}, "示例通知", "S")
    return impossible({**CELLS, key: cell}, key)


def group(*kinds, least=1):
    return {"any_of": list(kinds), "min": least}


def test_nothing_is_impossible_in_the_shipped_standard():
    assert list(all_problems(CELLS)) == []


@pytest.mark.parametrize(
    ("key", "value", "field", "sentence"),
    [
        ("specialties.GCCL.B.staff", {"total": 5}, "total", "合计 5 名少于各级之和 6 名。"),
        ("specialties.GCCL.B.staff", {"total": 0, "mid": 0, "junior": 0, "related": 0},
         "total", "合计应至少 1 名。"),
        ("specialties.GCCL.A.staff", {"senior": 0, "mid": 1}, "mid",
         "测绘中级 1 少于乙级的 2：甲级的要求不能低于乙级。"),
        ("specialties.GCCL.B.staff", {"total": 41}, "total",
         "合计 41 多于甲级的 40：乙级的要求不能高于甲级。"),
        ("specialties.GCCL.A.equipment", {"groups": []}, "groups", "至少要有一组装备。"),
        ("specialties.GCCL.A.equipment", {"groups": [group("全站仪", least=0)]}, "groups",
         "全站仪的数量应至少为 1。"),
        ("specialties.GCCL.A.equipment", {"groups": [group("全站仪"), {"or": [group("水准仪"),
         group("算盘")]}]}, "groups", "没有“算盘”这种装备，请先列入装备种类，或者改正名称。"),
        ("specialties.GCCL.A.equipment", {"groups": [group("全站仪", "全站仪")]}, "groups",
         "全站仪、全站仪中有重复的种类。"),
        ("specialties.GCCL.A.equipment", {"groups": [group("全站仪", "水准仪"),
         group("水准仪", "全站仪")]}, "groups", "全站仪、水准仪重复列了几次。"),
        ("specialties.GCCL.A.equipment", {"groups": [group("GNSS接收机", "全站仪", "水准仪",
         "地下管线探测仪", least=3)]}, "groups",
         "GNSS接收机、全站仪、水准仪、地下管线探测仪 3 少于乙级的 4：甲级的要求不能低于乙级。"),
        ("equipment_kinds", {"units": {"台": ["全站仪"]}}, "units",
         "“测深仪”还在标准中使用，不能删去。"),
        ("counts_as", {"values": {"全站仪": ["全站仪"]}}, "values", "“全站仪”不能算作它自己。"),
        ("counts_as", {"values": {"算盘": ["全站仪"]}}, "values",
         "没有“算盘”这种装备，请先列入装备种类，或者改正名称。"),
        ("titles", {"junior": ["讲师"]}, "junior", "“讲师”已列在另一级，或者重复。"),
        ("renewal.closes", {"days": 90}, "days", "可以申请的第一天应早于截止的一天。"),
        ("promotion", {"single_yuan": 6_000_001}, "single_yuan", "单个项目的金额不能大于总值。"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(key, value, field, sentence):
    assert (field, sentence) in problems(key, **value)


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries({name: st.integers(0, 50) for name in
       ("total", "senior", "mid", "junior", "related")}))  # fmt: skip
def test_a_row_of_staff_is_refused_exactly_when_its_numbers_cannot_be(value):
    levels = [value[name] for name in ("senior", "mid", "junior", "related")]
    low = CELLS["specialties.GCCL.B.staff"].value
    possible = 1 <= value["total"] >= sum(levels) and all(value[n] >= low[n] for n in value)

    assert (problems("specialties.GCCL.A.staff", **value) == []) == possible
