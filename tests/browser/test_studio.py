"""An administrator changes an approval in the browser, and a case goes over the new step."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.applicants import see_case
from tests.browser.conftest import Visit
from tests.browser.officers import decide, decision, grant, open_task
from tests.browser.papers import download
from tests.browser.servers import Site
from tests.browser.studio import (
    append,
    begin,
    change_kind,
    connect,
    drag,
    name_outcomes,
    open_file,
    pick,
    properties,
    ready,
    use,
    words_on,
)
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

NUMBER, UNIT, NAME = "CH2026000005", "unit_09", "浐河工程测量有限公司"
"""A case of the demo that the checker has before him, on the diagram as it is shipped."""
STEP = "法制审核"
MINUTE = 60_000


@pytest.mark.requirement("R103")
def test_a_drawn_step_on_the_way_to_the_certificate(either_site: Site, visit: Visit) -> None:
    """Drawn wrong, shown why, mended, looked at, consented to, moved to, and taken."""
    site = either_site
    admin, other = visit(site, "admin"), visit(site, "admin_2")
    editor = begin(admin)
    draw(admin)
    be_shown_why(admin)
    be_refused(admin)
    mend(admin)
    compare(admin, editor)
    replay(admin, editor)
    preview(admin, editor)
    deploy(admin, other, editor)
    move(admin)
    take(site, visit)


def draw(admin: Visitor) -> None:
    """法制审核 behind 同意; the ways meet again in a gateway that waits for both: the mistake."""
    page = admin.page
    open_file(page, "审查")
    drag(page, "审查完毕", 290, 0)
    words_on(page, "同意").click(force=True)
    use(page, "删除")
    pick(page, "复核意见")
    append(page, "接人工环节", STEP)
    set_step(admin)
    append(page, "接排他网关", "法制意见")
    append(page, "接排他网关", "汇合")
    change_kind(page, "汇合", "并行网关（同时）")
    connect(page, "汇合", "审查完毕")
    connect(page, "法制意见", "经办审查")
    connect(page, "复核意见", "汇合")
    agreed = [("退回经办", "return"), ("同意", "agree"), ("无需法制审核", "simple")]
    name_outcomes(page, "复核意见", agreed)
    name_outcomes(page, "法制意见", [("审核通过", "pass"), ("退回经办", "return")])


def set_step(admin: Visitor) -> None:
    """Who takes it, within which time, and a field of its own."""
    panel = properties(admin.page)
    panel.get_by_label("办理角色").select_option(label="复核")
    panel.get_by_label("表单", exact=True).select_option(label="自定表单")
    panel.get_by_label("办理时限（工作日）").fill("3")
    panel.get_by_label("显示哪个时限").select_option(label="决定时限")
    admin.press("添加字段", within=panel)
    field = panel.get_by_role("group", name="字段 1", exact=True)
    field.get_by_label("字段名称").fill("法律风险")
    field.get_by_label("类型").select_option(label="选项")
    field.get_by_label("选项", exact=True).fill("无\n低\n高")
    field.get_by_label("选项", exact=True).press("Tab")
    required = field.get_by_label("必填")
    required.click()  # not `check`, which looks at the box of before: the panel is drawn anew
    expect(required).to_be_checked()


def be_shown_why(admin: Visitor) -> None:
    """The run goes to where the case stands for good, step by step; its captions name them."""
    page = admin.page
    page.get_by_role("button", name=re.compile("^演示：")).first.click()
    player = page.get_by_role("region", name="演示", exact=True)
    count = player.get_by_text(re.compile("^第 1 /"))
    expect(count).to_be_visible()
    steps = int((count.text_content() or "").split("/")[1].split()[0])
    told = []
    for step in range(1, steps + 1):
        expect(player.get_by_text(f"第 {step} / {steps} 步")).to_be_visible()
        told.append(player.inner_text())
        page.keyboard.press("ArrowRight")
    assert any("复核" in words for words in told)
    expect(page.get_by_title("办件在这里").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(player).to_be_hidden()


def be_refused(admin: Visitor) -> None:
    """What is wrong is one click away on the canvas, in whatever file it is drawn."""
    onward(admin, "申请部署")
    admin.sees("改好检查出的问题之后才能申请部署。")
    expect(admin.page.get_by_role("button", name="提出申请")).to_have_count(0)
    admin.page.get_by_role("link", name="在图上看").first.click()
    ready(admin.page)
    expect(admin.page.get_by_role("tab", name="审查", selected=True)).to_be_visible()
    expect(properties(admin.page).get_by_label("名称", exact=True).first).to_have_value("汇合")


def mend(admin: Visitor) -> None:
    open_file(admin.page, "审查")
    change_kind(admin.page, "汇合", "排他网关（择一）")
    expect(admin.page.get_by_text("没有发现问题")).to_be_visible()


def compare(admin: Visitor, editor: str) -> None:
    onward(admin, "比较")
    changes = admin.page.get_by_role("region", name="改动", exact=True)
    told = re.compile(f"增加人工环节“{STEP}”.*填写项“法律风险”：选项，必填，无/低/高")
    admin.sees(told, within=changes)
    back(admin, editor)


def replay(admin: Visitor, editor: str) -> None:
    """What the closed cases would have done, with what is assumed of the new step."""
    onward(admin, "推演")
    assumed = admin.page.get_by_role("group", name=re.compile(f"^{STEP}"))
    admin.fill({"预计用时（工作日）": "2", "办理结果": "审核通过"}, within=assumed)
    admin.press("开始推演")
    admin.page.get_by_role("heading", level=1, name=re.compile("^推演：")).wait_for()
    done(admin.page, re.compile("件会走另一条路"))
    told = admin.page.get_by_role("region", name="新环节的假设").get_by_role("row", name=STEP)
    expect(told.get_by_role("cell", name="2", exact=True)).to_be_visible()
    back(admin, editor)


def preview(admin: Visitor, editor: str) -> None:
    onward(admin, "迁移预览")
    admin.press("开始预览")
    done(admin.page, "预览完成")
    expect(case_row(admin.page).get_by_text("可以迁移")).to_be_visible()
    back(admin, editor)


def deploy(admin: Visitor, other: Visitor, editor: str) -> None:
    """Four eyes: who asked cannot consent."""
    onward(admin, "申请部署")
    admin.fill({"部署说明": "复核同意后增加法制审核。"})
    admin.press("提出申请")
    admin.sees("须由您之外的另一位管理员决定。")
    expect(admin.page.get_by_role("button", name="同意并部署")).to_have_count(0)
    other.page.goto(admin.page.url)
    other.press("同意并部署")
    other.sees("第 2 版")
    other.go("/admin/diagrams/qualification_application")
    newest = other.page.get_by_role("row").filter(has_text="第 2 版")
    expect(newest.get_by_text("现行")).to_be_visible()


def move(admin: Visitor) -> None:
    """The open case goes to version 2, standing where it stood."""
    admin.go("/admin/diagrams/qualification_application/migrate")
    admin.press("预览迁移到第 2 版")
    done(admin.page, "待确认")
    admin.fill({"迁移说明": "在办件也要经法制审核。"})
    admin.press("迁移", within=admin.page.get_by_role("main"))
    done(admin.page, "已完成")
    expect(case_row(admin.page).get_by_text("已迁移")).to_be_visible()


def take(site: Site, visit: Visit) -> None:
    """The officers' way over the new step, with its field and its buttons, to the certificate."""
    checker = visit(site, "city_checker")
    decide(checker, NUMBER, "同意", {"意见": "同意。"})
    open_task(checker, NUMBER)
    checker.sees(STEP)
    expect(decision(checker).get_by_role("button", name="退回经办", exact=True)).to_be_visible()
    checker.press("审核通过", within=decision(checker))
    expect(checker.page.get_by_text(re.compile("法律风险")).first).to_be_visible()
    checker.sees("请选择法律风险")
    checker.fill({"法律风险": "低"}, within=decision(checker))
    checker.press("审核通过", within=decision(checker))
    checker.sees(f"办件 {NUMBER} 转入下一环节")
    site.advance(6)
    grant(visit, site, "city", NUMBER, "工程测量")
    unit = visit(site, UNIT)
    unit.go("/work")
    unit.sees("准予许可，办结")
    see_case(unit, NUMBER)
    certificate = download(unit, "测绘资质证书（正本）").text.replace("\n", "")
    assert NAME in certificate
    assert "乙级" in certificate


def onward(admin: Visitor, word: str) -> None:
    """A way out of the editor; it waits until everything is saved."""
    head = admin.page.locator("#studio header")
    admin.follow(word, within=head)
    expect(admin.page.locator("#studio")).to_have_count(0)


def back(admin: Visitor, editor: str) -> None:
    admin.page.goto(editor)
    expect(admin.page.locator("#studio[data-ready]")).to_be_attached()


def done(page: Page, words: str | re.Pattern[str]) -> None:
    """The page says so once the worker is through; it loads itself anew."""
    expect(page.get_by_text(words).first).to_be_visible(timeout=MINUTE)


def case_row(page: Page) -> Locator:
    return page.get_by_role("row").filter(has_text=NUMBER)
