"""What officers do: find the case in the work list, decide, give the reasons asked for."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.servers import Site
from tests.browser.visitors import Visitor

Visit = Callable[..., Visitor]


def open_task(officer: Visitor, number: str) -> None:
    """办理 in the row of that case."""
    officer.go("/worklist")
    row = officer.page.get_by_role("row").filter(has_text=number)
    officer.follow("办理", within=row)
    expect(decision(officer)).to_be_visible()


def decide(
    officer: Visitor, number: str, outcome: str, values: Mapping[str, Any] | None = None
) -> None:
    """Open the case's task, fill in what stands beside the file and press the outcome."""
    open_task(officer, number)
    officer.fill(values or {"意见": "经核实，情况属实。"}, within=decision(officer))
    officer.press(outcome, within=decision(officer))
    officer.sees(re.compile(f"办件 {number} (转入下一环节|已办结)"))


def return_for_correction(
    officer: Visitor, number: str, items: Sequence[Mapping[str, str]]
) -> None:
    """退回补齐材料 with every item at its place."""
    open_task(officer, number)
    for order, item in enumerate(items, start=1):
        officer.press("添加一项", within=decision(officer))
        place = officer.page.get_by_role("group", name=f"第 {order} 项", exact=True)
        expect(place).to_be_visible()
        officer.fill(item, within=place)
    officer.press("退回补齐材料", within=decision(officer))
    officer.sees(f"办件 {number} 转入下一环节")


def answer_objections(officer: Visitor, number: str, answers: Sequence[tuple[str, str]]) -> None:
    """核实处理异议: a verdict and reasons for each, in the order in which they came."""
    open_task(officer, number)
    for order, (verdict, reasons) in enumerate(answers, start=1):
        one = officer.page.get_by_role("group", name=re.compile(f"^第 {order} 件"))
        officer.fill({"核实结论": verdict, "答复和理由": reasons}, within=one)
    officer.press("提交答复", within=decision(officer))
    officer.sees(f"办件 {number} 转入下一环节")


def decision(officer: Visitor) -> Locator:
    """The column in which an officer decides."""
    return officer.page.get_by_role("complementary", name="作出处理")


def accept(visit: Visit, site: Site, level: str, number: str) -> Visitor:
    window = visit(site, f"{level}_window")
    decide(window, number, "受理", {"意见": "材料齐全，符合法定形式。"})
    return window


def propose_grant(visit: Visit, site: Site, level: str, number: str) -> tuple[Visitor, Visitor]:
    """拟准予 by the reviewer, 同意 by the checker: the notice is published."""
    reviewer, checker = visit(site, f"{level}_reviewer"), visit(site, f"{level}_checker")
    decide(reviewer, number, "拟准予", {"审查结论": "拟准予", "意见": "人员、装备符合标准。"})
    decide(checker, number, "同意", {"意见": "同意。"})
    return reviewer, checker


def propose_whole(visit: Visit, site: Site, level: str, number: str) -> None:
    """拟准予 and 同意 on a case that is judged as a whole, not specialty by specialty."""
    decide(visit(site, f"{level}_reviewer"), number, "拟准予", {"意见": "持续符合条件。"})
    decide(visit(site, f"{level}_checker"), number, "同意", {"意见": "同意。"})


def propose_each(
    visit: Visit, site: Site, level: str, number: str, specialties: Sequence[str]
) -> None:
    """拟准予 for each of several specialties, and 同意."""
    reviewer = visit(site, f"{level}_reviewer")
    open_task(reviewer, number)
    for specialty in specialties:
        row = decision(reviewer).get_by_role("group", name=specialty, exact=True)
        reviewer.fill({"审查结论": "拟准予"}, within=row)
    reviewer.fill({"意见": "符合标准。"}, within=decision(reviewer))
    reviewer.press("拟准予", within=decision(reviewer))
    reviewer.sees(f"办件 {number} 转入下一环节")
    decide(visit(site, f"{level}_checker"), number, "同意", {"意见": "同意。"})


def grant(visit: Visit, site: Site, level: str, number: str, specialty: str) -> Visitor:
    approver = visit(site, f"{level}_approver")
    decide(approver, number, "准予", {"准予的专业类别": [specialty], "意见": "同意。"})
    return approver
