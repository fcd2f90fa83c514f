"""Whether a unit may rise to 甲级 in a specialty: years of 乙级 and performance, in words.

Pure: holdings, projects and the day of submission are handed in.
"""

import calendar
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any


@dataclass(frozen=True)
class PromotionRule:
    """The office's numbers: whole years, amounts in yuan, codes of exempt specialties."""

    years_in_b: int
    window_years: int
    total_yuan: Decimal
    single_yuan: Decimal
    exempt: frozenset[str]


@dataclass(frozen=True)
class Holding:
    """A specialty the unit holds or held: level A, B, C or D, and when first approved.

    ``former`` says that it comes from the old system (before 2021-07-01).
    """

    specialty: str
    level: str
    approved_on: date
    former: bool = False


@dataclass(frozen=True)
class ProjectRecord:
    """A project as far as performance goes; ``counts`` is false while its row is incomplete."""

    specialty: str
    amount: Decimal
    signed_on: date
    completed_on: date | None = None
    counts: bool = True


@dataclass(frozen=True)
class PromotionProblem:
    """What stands in the way in one specialty; ``kind`` is 'years' or 'performance'."""

    specialty: str
    kind: str
    message: str


def read_promotion_rule(data: Mapping[str, Any]) -> PromotionRule:
    """The rule from the mapping of `config/policy/standards.yml`; raises KeyError on a gap."""
    rule = data["promotion"]
    return PromotionRule(
        years_in_b=rule["years_in_b"],
        window_years=rule["window_years"],
        total_yuan=Decimal(rule["total_yuan"]),
        single_yuan=Decimal(rule["single_yuan"]),
        exempt=frozenset(rule["exempt"]),
    )


def promotion_problems(
    rule: PromotionRule,
    specialties: Mapping[str, str],
    holdings: Sequence[Holding],
    projects: Sequence[ProjectRecord],
    submitted_on: date,
) -> list[PromotionProblem]:
    """What keeps each specialty (code → name) from 甲级 (R033–R038, R089, R168).

    Exempt specialties and those held as 甲级 in this system already have nothing to prove. A
    former 甲 counts as two years of 乙; former 丙 and 丁 count as never. Days are the office's.
    """
    found = []
    for code, name in specialties.items():
        held = [one for one in holdings if one.specialty == code]
        if code in rule.exempt or any(one.level == "A" and not one.former for one in held):
            continue
        years = _years_problem(rule, name, held, submitted_on)
        if years:
            found.append(PromotionProblem(code, "years", years))
        own = [project for project in projects if project.specialty == code]
        found += [
            PromotionProblem(code, "performance", message)
            for message in performance_problems(rule, name, own, submitted_on)
        ]
    return found


def performance_problems(
    rule: PromotionRule, name: str, projects: Iterable[ProjectRecord], submitted_on: date
) -> list[str]:
    """What the projects of one specialty lack in the years before submission (R089).

    A completed project counts by the day of completion, one under way by the day of signing, and
    only a completed one can be the single large one.
    """
    since = years_after(submitted_on, -rule.window_years)
    recent = [p for p in projects if p.counts and since <= _day(p) <= submitted_on]
    total = sum((project.amount for project in recent), Decimal(0))
    largest = max((p.amount for p in recent if p.completed_on), default=Decimal(0))
    words = {"name": name, "years": rule.window_years}
    found = []
    if total < rule.total_yuan:
        sentence = _(
            "“%(name)s”近 %(years)d 年测绘服务总值 %(total)s，应不少于 %(least)s，还差 %(gap)s。"
        )
        amounts = {"total": total, "least": rule.total_yuan, "gap": rule.total_yuan - total}
        found.append(sentence % {**words, **{key: _yuan(one) for key, one in amounts.items()}})
    if largest < rule.single_yuan:
        sentence = _("“%(name)s”近 %(years)d 年没有 %(least)s以上的已完成项目。")
        found.append(sentence % {**words, "least": _yuan(rule.single_yuan)})
    return found


def left_out(
    rule: PromotionRule, chosen: Container[str], project: ProjectRecord, submitted_on: date
) -> str:
    """Why a complete project counts for no promotion, in words; empty when it does."""
    if project.specialty not in chosen:
        return _("不是所申请的专业类别。")
    since = years_after(submitted_on, -rule.window_years)
    if not since <= _day(project) <= submitted_on:
        return _("不在提交前 %d 年内。") % rule.window_years
    return ""


def years_after(day: date, years: int) -> date:
    """The same day some years later or earlier; 29 February becomes the 28th."""
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _years_problem(
    rule: PromotionRule, name: str, held: Iterable[Holding], submitted_on: date
) -> str:
    counting = [one for one in held if one.level in ("A", "B")]
    if any(one.level == "A" for one in counting):
        return ""
    words = {"name": name, "years": rule.years_in_b}
    if not counting:
        return _("“%(name)s”尚未取得乙级资质，取得乙级满 %(years)d 年方可晋升甲级。") % words
    first = min(counting, key=lambda one: one.approved_on)
    due = years_after(first.approved_on, rule.years_in_b)
    if due <= submitted_on:
        return ""
    sentence = _(
        "“%(name)s”%(first)s取得乙级%(record)s，至 %(due)s满 %(years)d 年方可晋升甲级，"
        "还差 %(days)d 天。"
    )
    record = _("（旧系统记录）") if first.former else ""
    days = (due - submitted_on).days
    dates = {"first": f"{first.approved_on} ", "due": f"{due} "}
    return sentence % {**words, **dates, "record": record, "days": days}


def _day(project: ProjectRecord) -> date:
    return project.completed_on or project.signed_on


def _yuan(amount: Decimal) -> str:
    """An amount as people say it: 600 万元, 123.45 元."""
    unit = Decimal(10000)
    if amount >= unit and amount % 100 == 0:
        return _("%s 万元") % f"{(amount / unit).normalize():f}"
    return _("%s 元") % f"{amount.normalize():f}"
