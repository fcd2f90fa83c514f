"""Two people and one task; two clicks on one button; a task of somebody else."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.officers import decision, open_task
from tests.browser.servers import Site
from tests.browser.visitors import PASSWORD

pytestmark = pytest.mark.browser

AT_WINDOW, AT_REVIEW = "CH2026000001", "CH2026000004"


def test_one_wins_and_the_other_reads_who(either_site: Site, visit: Visit) -> None:
    """The second decision changes nothing and says who was first."""
    colleague = ["--name", "市戊（窗口）", "--role", "window", "--authority", "6101", "--password"]
    either_site.run("user", "add", "city_window_2", *colleague, PASSWORD)
    first, second = visit(either_site, "city_window"), visit(either_site, "city_window_2")
    for officer in (first, second):
        open_task(officer, AT_WINDOW)
    first.press("受理", within=decision(first))
    first.sees(f"办件 {AT_WINDOW} 转入下一环节")
    second.fill({"意见": "不符合法定形式。"}, within=decision(second))
    second.press("不予受理", within=decision(second))
    second.sees("“初步核查材料”已由 市甲（窗口） 办理，您的操作没有生效。")


def test_claimed_task_is_for_its_holder(site: Site, visit: Visit) -> None:
    """认领 keeps others from deciding until 释放."""
    first, second = visit(site, "city_reviewer"), visit(site, "city_reviewer")
    open_task(first, AT_REVIEW)
    first.press("认领", within=decision(first))
    first.sees("已认领")
    second.go("/worklist?view=free")
    expect(second.page.get_by_role("row").filter(has_text=AT_REVIEW)).to_have_count(0)
    first.press("释放", within=decision(first))
    second.go("/worklist?view=free")
    expect(second.page.get_by_role("row").filter(has_text=AT_REVIEW)).to_have_count(1)


def test_two_clicks_are_one_decision(site: Site, visit: Visit) -> None:
    window = visit(site, "city_window")
    open_task(window, AT_WINDOW)
    decision(window).get_by_role("button", name="受理", exact=True).dblclick()
    window.heading("待办任务")
    window.sees(f"办件 {AT_WINDOW} 转入下一环节")
    window.go(f"/cases/{AT_WINDOW}")
    record = window.page.get_by_role("region", name="审批记录")
    expect(record.get_by_text("初步核查材料：受理")).to_have_count(1)


def test_back_and_again(site: Site, visit: Visit) -> None:
    """The page that the back button brings is of a task that is done: told so, nothing twice."""
    window = visit(site, "city_window")
    open_task(window, AT_WINDOW)
    window.press("受理", within=decision(window))
    window.sees(f"办件 {AT_WINDOW} 转入下一环节")
    window.page.go_back()
    window.sees("办理")
    if decision(window).get_by_role("button", name="受理", exact=True).count():
        window.press("受理", within=decision(window))
    window.go(f"/cases/{AT_WINDOW}")
    record = window.page.get_by_role("region", name="审批记录")
    expect(record.get_by_text("初步核查材料：受理")).to_have_count(1)
