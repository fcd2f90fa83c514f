"""Ends that are no certificate: not accepted, refused in part and whole, withdrawn by the unit."""

import pytest
from playwright.sync_api import expect

from tests.browser.applicants import reply, see_case, see_trace
from tests.browser.conftest import Visit
from tests.browser.officers import decide, decision, open_task
from tests.browser.papers import download
from tests.browser.servers import Site

pytestmark = pytest.mark.browser

AT_WINDOW, AT_REVIEW = ("CH2026000001", "unit_05"), ("CH2026000004", "unit_08")
REASON = "中级技术人员不足 2 名，不符合标准。"


def test_refused(site: Site, visit: Visit) -> None:
    """拟不予 and 不予 each want a reason; the unit gets it in the decision."""
    number, username = AT_REVIEW
    reviewer = visit(site, "city_reviewer")
    open_task(reviewer, number)
    reviewer.press("拟不予", within=decision(reviewer))
    reviewer.sees("拟不予许可须写明理由。")
    reviewer.fill({"意见": REASON}, within=decision(reviewer))
    reviewer.press("拟不予", within=decision(reviewer))
    reviewer.sees(f"办件 {number} 转入下一环节")
    decide(visit(site, "city_checker"), number, "同意", {"意见": "同意。"})
    unit = visit(site, username)
    reply(unit, number, "提交意见", {"陈述、申辩的意见": "请重新核实人员的职称。"})
    approver = visit(site, "city_approver")
    open_task(approver, number)
    approver.sees("请重新核实人员的职称。", within=decision(approver))
    decide(approver, number, "不予", {"不予许可的理由": REASON})

    see_case(unit, number)
    unit.sees("不予许可，办结")
    paper = download(unit, "不予行政许可决定书")
    assert "中级技术人员不足" in paper.text.replace("\n", "")
    unit.sees("签发不予决定：不予", within=see_trace(unit))
    unit.go("/work")
    expect(unit.page.get_by_role("link", name="新建工作", exact=True)).to_be_visible()


@pytest.mark.requirement("R341")
def test_not_accepted(site: Site, visit: Visit) -> None:
    """不予受理 wants a reason; the unit may begin anew."""
    number, username = AT_WINDOW
    window = visit(site, "city_window")
    open_task(window, number)
    window.press("不予受理", within=decision(window))
    window.sees("不予受理须写明理由。")
    window.fill({"意见": "不属于本机关职权范围。"}, within=decision(window))
    window.press("不予受理", within=decision(window))
    window.sees(f"办件 {number} 已办结")
    unit = visit(site, username)
    see_case(unit, number)
    assert number in download(unit, "不予受理决定书").text
    unit.follow("消息", within=unit.page.get_by_role("navigation", name="主导航"))
    unit.sees("不予受理决定书", within=unit.page.get_by_role("main"))


def test_withdrawn(site: Site, visit: Visit) -> None:
    """撤回申请 wants a reason and a tick; the officer finds nothing left to do."""
    number, username = AT_WINDOW
    unit = visit(site, username)
    unit.follow("撤回申请", within=unit.page.get_by_role("main"))
    unit.press("撤回申请")
    unit.sees("请先确认后果。")
    unit.fill(
        {
            "理由": "单位拟变更注册地址后重新申请。",
            "我知道撤回或终止后本次申请即告结束，不能恢复。": True,
        }
    )
    unit.press("撤回申请")
    unit.sees("已撤回")
    window = visit(site, "city_window")
    window.heading("待办任务")
    expect(window.page.get_by_role("row").filter(has_text=number)).to_have_count(0)


def test_work_opened_by_mistake(site: Site, visit: Visit) -> None:
    """勾选 and 删除: gone after a question; meanwhile no second work may be opened."""
    unit = visit(site, "unit_ready")
    main = unit.page.get_by_role("main")
    unit.follow("新建工作", within=main)
    unit.fill({"要添加的工作": "资质申请", "资质证书": "甲级证书（非导航电子地图制作）"})
    unit.press("确定")
    unit.follow("新建工作", within=main)
    unit.sees("贵单位有正在办理的申请，办结之前不能再发起其他申请。")
    unit.follow("返回工作列表")
    unit.page.get_by_role("checkbox", name="选择 CH").check()
    unit.press("删除", within=main)
    unit.answer("删除")
    unit.sees("没有正在办理的工作")
