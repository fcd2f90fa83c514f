"""What officers do: find the case in the work list, decide, give the reasons asked for."""

from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, expect

from tests.browser.visitors import Visitor

OPINION: Mapping[str, str] = {"意见": "经核实，情况属实。"}


def open_task(officer: Visitor, number: str) -> None:
    """办理 in the row of that case."""
    officer.go("/worklist")
    row = officer.page.get_by_role("row").filter(has_text=number)
    officer.follow("办理", within=row)
    officer.sees(number)


def decide(
    officer: Visitor,
    number: str,
    outcome: str,
    values: Mapping[str, object] | None = None,
    question: str = "",
) -> None:
    """Open the case's task, fill in what stands beside the file and press the outcome."""
    open_task(officer, number)
    officer.fill(values or OPINION, within=decision(officer))
    officer.press(outcome, within=decision(officer))
    officer.heading("待办任务")
    officer.sees(f"办件 {number} 转入下一环节")


def return_for_correction(officer: Visitor, number: str, items: Sequence[Mapping[str, str]]) -> None:
    """退回补齐材料 with every item at its place."""
    open_task(officer, number)
    for order, item in enumerate(items, start=1):
        officer.press("添加一项", within=decision(officer))
        place = officer.page.get_by_role("group", name=f"第 {order} 项", exact=True)
        expect(place).to_be_visible()
        officer.fill(item, within=place)
    officer.press("退回补齐材料", within=decision(officer))
    officer.sees(f"办件 {number} 转入下一环节")


def decision(officer: Visitor) -> Locator:
    """The column in which an officer decides."""
    return officer.page.get_by_role("complementary", name="办理意见")
