"""The standard taken apart into cells, put together again, and compared in words."""

import pytest

from config.policy import load_standards
from models.standard_cells import Cell, cells_of, data_of
from models.standard_words import changes_between, difference, facts_of, place_of
from models.standards import read_standard

DATA = load_standards()
CELLS = cells_of(DATA)
NAMES = dict(CELLS["specialty_names"].value["values"])
STAFF = "specialties.GCCL.B.staff"
GEAR = "specialties.SYYG.A.equipment"


def changed(key, source="示例通知", confidence="S", **value):
    return {**CELLS, key: Cell({**CELLS[key].value, **value}, source, confidence)}


def test_cells_put_together_are_the_standard_again():
    about = {"title": DATA["title"], "effective": DATA["effective"]}

    assert read_standard({**data_of(CELLS), **about}) == read_standard(DATA)


def test_every_cell_says_where_it_is_from_and_how_sure_that_is():
    assert len(CELLS) == 10 * 6 + 16
    for key, cell in CELLS.items():
        assert cell.source, key
        assert cell.confidence in {"D", "S", "S2", "M", "A"}, key


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (STAFF, "工程测量 · 乙级 · 专业技术人员"),
        ("specialties.HLWD.class_b_limits", "互联网地图服务 · 乙级不得承担的"),
        ("retired_cap", "计入的退休人员上限"),
    ],
)
def test_a_cell_has_a_place_in_words(key, place):
    assert place_of(key, NAMES) == place


def test_every_cell_can_be_told():
    for key, cell in CELLS.items():
        assert place_of(key, NAMES), key
        assert all(facts_of(cell, NAMES).values()), key


def test_nothing_differs_from_itself():
    assert changes_between(CELLS, CELLS, NAMES) == []


@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        (
            changed(STAFF, total=7, mid=3, source="U12,U13"),
            [("合计", "6", "7", "changed"), ("中级", "2", "3", "changed")],
        ),
        (
            changed("promotion", total_yuan=7_000_000, source="000; U05, U08, U11, U24"),
            [("测绘服务总值（元）", "6,000,000", "7,000,000", "changed")],
        ),
        (
            changed("allow_downfill", value=False, source=CELLS["allow_downfill"].source),
            [("", "可以", "不可以", "changed"), ("可靠程度", "A", "S", "changed")],
        ),
        (
            changed(GEAR, groups=[*CELLS[GEAR].value["groups"][:1]], source="U05"),
            [("摄影测量系统、遥感图像处理系统", "至少 8", "", "removed")],
        ),
        (
            changed("counts_as", values={"全站仪": ["水准仪"]}, confidence="A",
                    source="扼流圈天线的接收机也是接收机"),
            [("GNSS接收机(扼流圈天线)", "GNSS接收机", "", "removed"),
             ("全站仪", "", "水准仪", "added")],
        ),
    ],
)  # fmt: skip
def test_what_differs_is_told_cell_by_cell(cells, changes):
    found = changes_between(CELLS, cells, NAMES)

    assert [(one.field, one.before, one.after, one.kind) for one in found] == changes


def test_lists_are_compared_name_by_name():
    assert difference("教授、研究员、讲师", "教授、主任") == (["研究员", "讲师"], ["主任"])
