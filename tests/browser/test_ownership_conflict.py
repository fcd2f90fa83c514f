"""归属协调 in the browser: two units and an officer, by the words they read."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import materials
from tests.browser.applicants import open_work, pledge, turn_to
from tests.browser.conftest import Visit
from tests.browser.officers import decide, decision, open_task
from tests.browser.servers import Site
from tests.browser.visitors import Visitor, control

pytestmark = pytest.mark.browser

PERSON = materials.person(7, "测绘中级")
NAME, NUMBER = PERSON["姓名"], PERSON["身份证号"]
MASKED = f"{NAME[0]}{'*' * (len(NAME) - 1)}（身份证号末位 {NUMBER[-4:]}）"


def _add(unit: Visitor, values: materials.Values) -> None:
    turn_to(unit, "技术人员信息")
    unit.follow("添加")
    panel = unit.page.get_by_role("complementary", name="添加")
    unit.fill(values, within=panel)
    unit.press("保存", within=panel)


def _ask(claimant: Visitor) -> str:
    """申请协调 from the refused form, with the reasons and a paper; the number of the case."""
    panel = claimant.page.get_by_role("complementary", name="添加")
    claimant.sees("已存在于其他单位", within=panel)
    claimant.press("申请协调", within=panel)
    claimant.heading("协调申请理由")
    claimant.sees(MASKED)
    claimant.fill(
        {
            "理由": "二〇二六年三月起与本单位签订劳动合同，已两次联系对方未果。",
            "联系人": "示例联系人",
            "联系人手机号码": "13800138000",
            "劳动合同或聘用文件": materials.pdf("申请方合同.pdf"),
        }
    )
    claimant.press("保存")
    claimant.sees("“协调申请理由”已保存。")
    claimant.press("提交")
    pledge(claimant)
    told = claimant.page.get_by_text("已提交，等待审批").first
    expect(told).to_be_visible()
    found = re.search(r"办件 (\S+) 已提交", told.inner_text())
    assert found
    return found[1]


def _answer(holder: Visitor, number: str) -> None:
    """The other unit keeps its papers, is told what is missing, and proves that it holds."""
    holder.go("/work")
    holder.follow("答复")
    holder.heading("答复协调申请")
    holder.sees(MASKED)
    expect(holder.page.get_by_text(NUMBER)).to_have_count(0)
    holder.press("举证持有")
    holder.sees("举证持有须说明该人员或者装备现在属于本单位的事实。")
    holder.fill(
        {"情况说明": "该员仍在我单位工作。", "社保缴纳证明": materials.pdf("对方社保.pdf")},
        within=holder.page.get_by_role("main"),
    )
    holder.press("举证持有")
    holder.sees(f"办件 {number} 已答复")


def test_two_units_and_their_organ_settle_whose_a_person_is(site: Site, visit: Visit) -> None:
    holder, claimant = visit(site, "unit_b"), visit(site, "unit_ready")
    open_work(holder, "甲级证书（非导航电子地图制作）")
    _add(holder, PERSON)
    holder.sees(f"已保存：{NAME}")
    open_work(claimant, "乙级证书")
    _add(claimant, PERSON)

    number = _ask(claimant)
    _answer(holder, number)

    reviewer, approver = visit(site, "city_reviewer"), visit(site, "city_approver")
    open_task(reviewer, number)
    for told in ("申请方合同.pdf", "对方社保.pdf", "该员仍在我单位工作。", NAME):
        reviewer.sees(told)
    reviewer.fill({"意见": "社会保险由申请方缴纳。"}, within=decision(reviewer))
    reviewer.press("报请决定", within=decision(reviewer))
    reviewer.sees(f"办件 {number} 转入下一环节")
    ruled = {"决定的理由": "劳动合同和社会保险均在申请方。"}
    decide(approver, number, "转归申请方", ruled)

    holder.go(f"/conflicts/{number}")
    holder.sees("已转归申请方")
    holder.sees("归属协调决定书")
    claimant.go("/work")
    claimant.page.get_by_role("main").get_by_role("link", name="办理", exact=True).click()
    turn_to(claimant, "技术人员信息")
    claimant.sees("已归本单位")
    offer = claimant.page.get_by_role("link", name="添加", exact=True)
    offer.and_(claimant.page.get_by_title(MASKED)).click()
    panel = claimant.page.get_by_role("complementary", name="添加")
    expect(control(panel, "身份证号")).to_have_value(NUMBER)
    claimant.press("保存", within=panel)
    claimant.sees(f"已保存：{NAME}")
