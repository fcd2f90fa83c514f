"""Titles, degrees and choices: what the standard says of a person's papers."""

from datetime import date

import pytest

from config.policy import load_standards
from models.standards import read_standard

STANDARD = read_standard(load_standards())


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        (
            {
                "category": "mid",
                "title_name": "工程师",
                "title_level": "mid",
                "title_subject": "房产测量",
            },
            [],
        ),
        ({"category": "mid", "title_subject": "土木工程"}, ["职称专业“土木工程”不是测绘专业。"]),
        (
            {"category": "mid", "title_name": "助理工程师（测绘）", "title_level": "mid"},
            ["“助理工程师（测绘）”的职称级别应为初级。"],
        ),
        ({"category": "mid", "title_subject": "土木工程", "legacy": True}, []),
        ({"category": "related", "major": "计算机科学与技术"}, []),
        ({"category": "related", "title_subject": "测绘工程"}, []),
        ({"category": "related", "major": "会计"}, ["专业“会计”不在测绘相关专业之列。"]),
        ({"category": "related"}, []),
        ({"category": "other", "major": "会计"}, []),
    ],
)
def test_titles_and_degrees_fit_the_category(values, problems):
    assert STANDARD.subject_problems(values) == problems


def test_choices_for_forms():
    assert ("全站仪", "全站仪") in STANDARD.equipment_choices()
    assert list(STANDARD.business_type_choices(["DHDT"])) == ["导航电子地图制作"]


@pytest.mark.parametrize(
    ("months", "problems"),
    [
        (("", ""), []),
        (("2026-08-01", "2026-10-31"), []),
        (("2026-09-01", "2026-11-30"), []),
        (("2025-12-01", "2026-02-28"), ["社保缴纳证明应含本月或上月。"]),
        (("2026-01-01", "2026-09-30"), ["社保缴纳证明应含本月或上月。"]),
        (("2026-09-01", "2026-10-31"), ["社保缴纳不足 3 个月。"]),
    ],
)
def test_social_insurance_covers_the_last_months(months, problems):
    values = dict(zip(("insurance_from", "insurance_until"), months, strict=True))

    assert STANDARD.insurance_problems(values, date(2026, 11, 20)) == problems
    assert STANDARD.insurance_problems({**values, "retired": True}, date(2026, 11, 20)) == []
