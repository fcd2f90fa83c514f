"""A review with an extension and a hearing, played by its people: what each is shown and told."""

import pytest
from playwright.sync_api import expect

from tests.browser.applicants import reply, see_case
from tests.browser.conftest import Visit
from tests.browser.officers import decide, decision, open_task
from tests.browser.papers import download
from tests.browser.servers import Site
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

NUMBER, UNIT = "CH2026000004", "unit_08"
REASON, SUBJECT = "外省协查尚未回复。", "业绩与他人主张的业绩是否为同一项目。"


def test_extension_and_hearing(site: Site, visit: Visit) -> None:
    """Each procedure comes back to the review; the limit waits for the hearing."""
    reviewer, approver = visit(site, "city_reviewer"), visit(site, "city_approver")
    unit = visit(site, UNIT)

    ask(reviewer, "申请延期", REASON)
    open_task(approver, NUMBER)
    approver.sees(REASON, within=decision(approver))
    decide(approver, NUMBER, "批准延期", {"意见": "同意延长。"})
    open_task(reviewer, NUMBER)
    again(reviewer, "申请延期", REASON)
    reviewer.sees("本件已经延长过一次审批期限")

    ask(reviewer, "组织听证", SUBJECT)
    see_case(unit, NUMBER)
    unit.sees("听证中")
    reply(unit, NUMBER, "申请听证")
    day = arrange(reviewer)
    site.run("demo", "advance", "--working-days", "9")
    record(reviewer, day)
    unit.go("/work")
    reply(unit, NUMBER, "确认无误")

    open_task(reviewer, NUMBER)
    reviewer.sees("听证笔录", within=decision(reviewer))
    see_case(unit, NUMBER)
    for title in ("延长审批期限告知书", "听证告知书", "听证通知书"):
        unit.sees(title)
    assert "提交标段划分文件" in download(unit, "听证笔录").text.replace("\n", "")


def ask(reviewer: Visitor, procedure: str, words: str) -> None:
    open_task(reviewer, NUMBER)
    again(reviewer, procedure, words)
    reviewer.sees(f"办件 {NUMBER} 转入下一环节")


def again(reviewer: Visitor, procedure: str, words: str) -> None:
    decision(reviewer).get_by_role("heading", name="办理程序").click()
    reviewer.fill({"事项和理由": words}, within=decision(reviewer))
    reviewer.press(procedure, within=decision(reviewer))


def arrange(reviewer: Visitor) -> str:
    """The reviewer may not preside; seven working days lie before the hearing."""
    open_task(reviewer, NUMBER)
    first = decision(reviewer).get_by_label("听证日期")
    expect(first).to_be_visible()
    reviewer.fill(
        {
            "听证日期": "2026-11-21",
            "听证时间": "上午 9:30",
            "听证地点": "演示路 1 号",
            "听证主持人": "市乙（经办）",
            "听证参加人": "审查人员；申请单位代理人",
        },
        within=decision(reviewer),
    )
    reviewer.press("办结", within=decision(reviewer))
    reviewer.sees("听证主持人不得是审查本件申请的人员")
    told = reviewer.page.get_by_text("最早为").first.inner_text()
    day = told.rpartition("最早为")[2].strip(" 。")
    more = {"听证日期": day, "听证主持人": "市丁（签发）"}
    reviewer.fill(more, within=decision(reviewer))
    reviewer.press("办结", within=decision(reviewer))
    reviewer.sees(f"办件 {NUMBER} 转入下一环节")
    return day


def record(reviewer: Visitor, day: str) -> None:
    """Not before the day of which the unit was told."""
    reviewer.go("/worklist")
    open_task(reviewer, NUMBER)
    arranged = decision(reviewer).get_by_text("听证日期").first
    expect(arranged).to_be_attached()
    reviewer.fill(
        {
            "举行日期": "2026-11-21",
            "到场人员": "双方",
            "审查人员的意见、证据和理由": "合同编号相同。",
            "申请单位的陈述、申辩和质证": "提交标段划分文件。",
        },
        within=decision(reviewer),
    )
    reviewer.press("办结", within=decision(reviewer))
    reviewer.sees(f"听证通知书通知的日期是 {day}，不能在这之前举行。")
    reviewer.fill({"举行日期": day}, within=decision(reviewer))
    reviewer.press("办结", within=decision(reviewer))
    reviewer.sees(f"办件 {NUMBER} 转入下一环节")
