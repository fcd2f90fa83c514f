"""甲级: years of 乙级 and performance per specialty, with the exemptions."""

from datetime import date
from decimal import Decimal

import pytest

from config.policy import load_standards
from models.promotion import (
    Holding,
    ProjectRecord,
    promotion_problems,
    read_promotion_rule,
    years_after,
)

RULE = read_promotion_rule(load_standards())
TODAY = date(2026, 11, 20)
LONG_AGO = Holding("GCCL", "B", date(2023, 5, 1))
NONE_EVER = "“工程测量”尚未取得乙级资质，取得乙级满 2 年方可晋升甲级。"
NO_LARGE = "“工程测量”近 2 年没有 50 万元以上的已完成项目。"


def project(amount, completed="2026-01-01", signed="2025-06-01", **more) -> ProjectRecord:
    done = date.fromisoformat(completed) if completed else None
    return ProjectRecord(
        more.pop("specialty", "GCCL"), Decimal(amount), date.fromisoformat(signed), done, **more
    )


ENOUGH = [project("5500000"), project("500000")]


def problems(holdings, projects, specialties=None, today=TODAY) -> list[str]:
    found = promotion_problems(RULE, specialties or {"GCCL": "工程测量"}, holdings, projects, today)
    return [problem.message for problem in found]


@pytest.mark.requirement("R034")
@pytest.mark.parametrize(
    ("approved", "sentence"),
    [
        ("2023-05-01", None),
        ("2024-11-20", None),
        (
            "2024-11-21",
            "“工程测量”2024-11-21 取得乙级，至 2026-11-21 满 2 年方可晋升甲级，还差 1 天。",
        ),
    ],
)
def test_class_b_is_held_for_two_full_years(approved, sentence):
    holdings = [Holding("GCCL", "B", date.fromisoformat(approved))]

    assert problems(holdings, ENOUGH) == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("holdings", "expected"),
    [
        ([], [NONE_EVER]),
        ([Holding("DDCL", "B", date(2020, 1, 1))], [NONE_EVER]),
        pytest.param(
            [Holding("GCCL", "A", date(2026, 1, 1), former=True)],
            [],
            marks=pytest.mark.requirement("R035"),
        ),
        pytest.param(
            [Holding("GCCL", "B", date(2019, 3, 1), former=True), Holding("GCCL", "B", TODAY)],
            [],
            marks=pytest.mark.requirement("R036"),
        ),
        pytest.param(
            [Holding("GCCL", "C", date(2010, 1, 1), former=True)],
            [NONE_EVER],
            marks=pytest.mark.requirement("R037"),
        ),
        ([Holding("GCCL", "D", date(2010, 1, 1), former=True)], [NONE_EVER]),
    ],
)
def test_former_qualifications(holdings, expected):
    assert problems(holdings, ENOUGH) == expected


@pytest.mark.requirement("R033")
@pytest.mark.parametrize(
    ("projects", "expected"),
    [
        (ENOUGH, []),
        ([project("6000000")], []),
        (
            [project("5999999.99")],
            ["“工程测量”近 2 年测绘服务总值 5999999.99 元，应不少于 600 万元，还差 0.01 元。"],
        ),
        ([project("499999.99")] * 13, [NO_LARGE]),
        ([project("6000000", completed=None)], [NO_LARGE]),
        ([project("6000000", completed="2024-11-20", signed="2024-01-01")], []),
        (
            [project("6000000", completed="2024-11-19", signed="2024-01-01")],
            ["“工程测量”近 2 年测绘服务总值 0 元，应不少于 600 万元，还差 600 万元。", NO_LARGE],
        ),
        (
            [project("6000000", specialty="DDCL")],
            ["“工程测量”近 2 年测绘服务总值 0 元，应不少于 600 万元，还差 600 万元。", NO_LARGE],
        ),
        (
            [project("1500000"), project("6000000", counts=False)],
            ["“工程测量”近 2 年测绘服务总值 150 万元，应不少于 600 万元，还差 450 万元。"],
        ),
    ],
)
def test_performance_of_two_years(projects, expected):
    assert problems([LONG_AGO], projects) == expected


@pytest.mark.parametrize("code", ["DHDT", "HLWD"])
def test_navigation_and_internet_maps_have_nothing_to_prove(code):
    assert problems([], [], {code: "名称"}) == []


def test_a_specialty_held_as_class_a_has_nothing_to_prove():
    assert problems([Holding("GCCL", "A", TODAY)], []) == []


def test_each_specialty_is_judged_by_itself():
    found = promotion_problems(
        RULE, {"GCCL": "工程测量", "DDCL": "大地测量"}, [LONG_AGO], ENOUGH, TODAY
    )

    assert {one.specialty for one in found} == {"DDCL"}
    assert [one.kind for one in found] == ["years", "performance", "performance"]


@pytest.mark.parametrize(
    ("day", "years", "result"),
    [
        (date(2024, 2, 29), 2, date(2026, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 11, 20), -2, date(2024, 11, 20)),
    ],
)
def test_years_after_keeps_the_day(day, years, result):
    assert years_after(day, years) == result


LEAP = date(2024, 2, 29)


@pytest.mark.requirement("R034")
@pytest.mark.parametrize(
    ("approved", "former", "today", "told"),
    [
        (LEAP, False, date(2026, 2, 27), "2026-02-28 满 2 年方可晋升甲级，还差 1 天"),
        (LEAP, False, date(2026, 2, 28), ""),
        (date(2026, 2, 28), False, date(2028, 2, 28), ""),
        (date(2026, 3, 1), False, date(2028, 2, 29), "还差 1 天"),
        (TODAY, False, TODAY, "2028-11-20 满 2 年方可晋升甲级，还差 731 天"),
        (date(2027, 1, 1), False, TODAY, "2027-01-01 取得乙级，至 2029-01-01"),
        (date(2024, 11, 21), True, TODAY, "2024-11-21 取得乙级（旧系统记录），至 2026-11-21"),
    ],
)
def test_the_earliest_day_and_what_is_missing_are_told(approved, former, today, told):
    found = problems([Holding("GCCL", "B", approved, former)], [], today=today)
    years = [sentence for sentence in found if "取得乙级" in sentence]
    assert [told in sentence for sentence in years] == ([True] if told else [])


@pytest.mark.parametrize(
    ("done", "today", "counts"),
    [
        ("2024-11-20", TODAY, True),
        ("2024-11-19", TODAY, False),
        ("2026-11-20", TODAY, True),
        ("2026-11-21", TODAY, False),
        ("2026-02-28", date(2028, 2, 29), True),
        ("2026-02-27", date(2028, 2, 29), False),
        ("2024-02-29", date(2026, 2, 28), True),
    ],
)
def test_a_project_counts_from_the_first_to_the_last_day_of_two_years(done, today, counts):
    long_ago = Holding("GCCL", "B", date(2010, 1, 1))
    found = problems([long_ago], [project("6000000", completed=done)], today=today)
    assert (found == []) is counts


def test_the_earliest_of_both_systems_counts():
    holdings = [
        Holding("GCCL", "B", date(2026, 6, 1)),
        Holding("GCCL", "B", date(2020, 6, 1), former=True),
        Holding("GCCL", "C", date(2001, 6, 1), former=True),
    ]
    assert problems(holdings, ENOUGH) == []
