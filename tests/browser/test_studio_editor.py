"""The process studio's editor: what an administrator draws is kept, checked and shown."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Locator, Page, Route, expect

from tests.browser import servers
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.studio import (
    begin,
    choose,
    open_file,
    properties,
    ready,
    saved,
    stored,
    words_on,
)
from tests.browser.visitors import NARROW

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all: each test draws in a draft of its own."""
    folder = tmp_path_factory.mktemp("studio") / "site"
    with servers.copied_sqlite(sqlite_template, folder) as site:
        yield site


@pytest.mark.requirement("R103")
def test_what_is_set_is_in_the_file(office: Site, visit: Visit) -> None:
    """A step's limit and a field of its own: written as the engine reads them, and no more."""
    admin = visit(office, "admin")
    begin(admin)
    before = {line.strip() for line in stored(admin, "review.bpmn").splitlines()}
    open_file(admin.page, "审查")
    choose(admin.page, "复核")
    panel = properties(admin.page)
    panel.get_by_label("办理时限（工作日）").fill("0")
    expect(panel.get_by_text("请填写 1 至 999 的整数。")).to_be_visible()
    panel.get_by_label("办理时限（工作日）").fill("3")
    admin.press("添加字段", within=panel)
    field = panel.get_by_role("group", name="字段 1", exact=True)
    field.get_by_label("字段名称").fill("法制审核结论")
    field.get_by_label("类型").select_option(label="选项")
    field.get_by_label("选项", exact=True).fill("合法\n不合法")
    field.get_by_label("必填").check()
    written = saved(admin, "required;合法/不合法", "review.bpmn")
    expect(admin.page.get_by_text("没有发现问题")).to_be_visible()
    lines = [line.strip() for line in written.splitlines()]
    assert [line for line in lines if line not in before] == [
        '<spiffworkflow:property name="days" value="3" />',
        '<spiffworkflow:property name="field.item_1" '
        'value="choice;法制审核结论;required;合法/不合法" />',
    ]


def test_a_lost_tab_loses_nothing(office: Site, visit: Visit) -> None:
    """The server is gone, then the tab: the next one offers what was not saved."""
    admin = visit(office, "admin")
    address = begin(admin)
    choose(admin.page, "填报申请材料")
    admin.context.set_offline(True)
    properties(admin.page).get_by_label("名称", exact=True).fill("填写申请材料")
    expect(admin.page.get_by_text("连不上服务器，已留在本机，连上后自动保存")).to_be_visible()
    with admin.page.expect_event("crash"), suppress(Error):  # closed, it would send once more
        admin.page.goto("chrome://crash")
    admin.page.close()
    admin.faults.clear()  # the requests that could not reach the server
    admin.context.set_offline(False)
    admin.page = admin.context.new_page()
    admin.page.goto(address)
    ready(admin.page)
    assert "填写申请材料" not in stored(admin)
    admin.press("恢复未保存的修改")
    saved(admin, "填写申请材料")
    admin.page.reload()
    ready(admin.page)
    expect(admin.page.get_by_role("button", name="恢复未保存的修改")).to_have_count(0)


def test_nobody_is_in_conflict_with_himself(office: Site, visit: Visit) -> None:
    """Several reasons to save at once, and an answer that is lost on its way."""
    admin = visit(office, "admin")
    begin(admin)
    page = admin.page
    choose(page, "填报申请材料")
    name = properties(page).get_by_label("名称", exact=True)
    name.fill("填写材料")
    page.keyboard.press("Control+s")
    name.fill("填写申请材料")
    page.keyboard.press("Control+s")
    page.evaluate("[1, 2].forEach(() => dispatchEvent(new Event('blur')))")
    saved(admin, "填写申请材料")
    page.route("**/files", lose_the_answer, times=1)
    name.fill("填报全部材料")
    expect(page.get_by_text("连不上服务器，已留在本机，连上后自动保存")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(admin, "填报全部材料")
    expect(page.get_by_role("dialog")).to_have_count(0)
    admin.faults.clear()  # the answer that was lost


def lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def test_two_administrators_lose_neither_work(office: Site, visit: Visit) -> None:
    first, second = visit(office, "admin"), visit(office, "admin_2")
    address = begin(first)
    second.page.goto(address)
    ready(second.page)
    second.sees("管理员 也在编辑")
    for person, words in ((first, "填写申请材料"), (second, "填报全部材料")):
        choose(person.page, "填报申请材料")
        properties(person.page).get_by_label("名称", exact=True).fill(words)
        if person is first:
            saved(first, words)
    second.sees("这份草稿已被别人保存")
    second.answer("另存为新草稿")
    second.fill({"新草稿的名称": "管理员二的改法"})
    second.answer("另存")
    second.heading("管理员二的改法")
    ready(second.page)
    assert "填报全部材料" in stored(second)
    assert "填写申请材料" in stored(first)


def test_a_cell_of_a_decision_table(office: Site, visit: Visit) -> None:
    """Texts are typed without quotes and stored with them; what is worked out begins with =."""
    admin = visit(office, "admin")
    begin(admin)
    open_file(admin.page, "确定公示期限")
    admin.page.get_by_label("规则 2，省级代码").fill("62")
    admin.page.get_by_label("规则 2，公示工作日数").fill("7")
    admin.page.get_by_label("规则 3，公示工作日数").fill("= 2 + 3")
    text = saved(admin, "<text>2 + 3</text>", "notice_period.dmn")
    assert '<text>"62"</text>' in text
    assert "<text>7</text>" in text
    assert '"61"' not in text


def test_a_counter_example_is_played(office: Site, visit: Visit) -> None:
    """An outcome that leads nowhere: in the list, on the canvas, and as a run, step by step."""
    admin = visit(office, "admin")
    begin(admin)
    page = admin.page
    choose(page, "审查意见")
    first = properties(page).get_by_role("group", name="结果 1", exact=True)
    first.get_by_label("值", exact=True).fill("granted")
    problems = page.get_by_role("region", name="问题", exact=True)
    play = problems.get_by_role("button", name="演示：“审查意见”没有取值“grant”的分支")
    expect(play).to_be_visible()
    sign = page.get_by_role("tabpanel").get_by_role("button", name="1 个问题")
    expect(sign.first).to_be_visible()
    play.click()
    player = page.get_by_role("region", name="演示", exact=True)
    expect(player.get_by_text("第 1 /")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(player.get_by_text("第 2 /")).to_be_visible()
    steps = int((player.get_by_text("第 2 /").text_content() or "").split("/")[1].split()[0])
    for _step in range(steps - 2):
        page.keyboard.press("ArrowRight")
    expect(player.get_by_text(f"第 {steps} / {steps} 步")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(player.get_by_text(f"第 {steps - 1} /")).to_be_visible()
    admin.press("到出错处", within=player)
    expect(player.get_by_text("“审查”办理完毕")).to_be_visible()
    expect(page.get_by_role("tab", name="资质申请", selected=True)).to_be_visible()
    expect(page.get_by_title("办件在这里")).to_be_visible()
    page.keyboard.press("Escape")
    expect(player).to_be_hidden()
    admin.press("撤销")
    expect(page.get_by_text("没有发现问题")).to_be_visible()


def test_a_file_drawn_elsewhere_gets_a_drawing(office: Site, visit: Visit, tmp_path: Path) -> None:
    admin = visit(office, "admin")
    begin(admin)
    file = tmp_path / "legal.bpmn"
    file.write_text(WITHOUT_DRAWING, "utf-8")
    admin.page.get_by_label("要导入的文件").set_input_files(file)
    admin.answer("作为被调用的流程")
    admin.sees("文件里没有图形，已自动排好位置。")
    expect(admin.page.get_by_role("tab", name="法制审核", selected=True)).to_be_visible()
    choose(admin.page, "审核合法性")
    saved(admin, "BPMNShape", "legal.bpmn")


def test_on_a_telephone_and_for_a_screen_reader(office: Site, visit: Visit) -> None:
    """The canvas of bpmn-js is a drawing: all that is said around it has names and contrast."""
    admin = visit(office, "admin", viewport=NARROW, has_touch=True)
    begin(admin)
    open_file(admin.page, "审查")
    assert admin.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert place_of(admin.page.get_by_role("tabpanel"))[1] < NARROW["height"] / 2
    expect(admin.page.get_by_role("region", name="问题", exact=True)).to_be_visible()
    found = Axe().run(admin.page, {"exclude": [[".djs-container"]]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    swipe_to_the_left(admin.page)
    admin.page.get_by_role("button", name="导出", exact=True).focus()
    expect(admin.page.get_by_role("button", name="导出", exact=True)).to_be_in_viewport()
    admin.page.get_by_role("tab", name="审查").press("Delete")
    expect(admin.page.get_by_role("tab", name="资质申请")).to_be_focused()
    expect(admin.page.get_by_role("tab", name="审查")).to_have_count(0)


def swipe_to_the_left(page: Page) -> None:
    """One finger moves what is drawn, and the page stays where it is."""
    drawn = words_on(page, "开始审查")
    x, y = place_of(drawn)
    finger = page.context.new_cdp_session(page)
    for kind, across in (("touchStart", 0), ("touchMove", 20), ("touchMove", 60), ("touchEnd", 60)):
        points = [{"x": x + 100 - across, "y": y + 60}] if kind != "touchEnd" else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert place_of(drawn)[0] == pytest.approx(x - 60, abs=2)
    assert place_of(drawn)[1] == pytest.approx(y, abs=2)


def place_of(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box is not None
    return box["x"], box["y"]


WITHOUT_DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="legal_definitions"
    targetNamespace="https://elsewhere.example/">
  <process id="legal" name="法制审核" isExecutable="true">
    <startEvent id="legal_start" />
    <userTask id="legal_task" name="审核合法性" />
    <endEvent id="legal_end" />
    <sequenceFlow id="legal_1" sourceRef="legal_start" targetRef="legal_task" />
    <sequenceFlow id="legal_2" sourceRef="legal_task" targetRef="legal_end" />
  </process>
</definitions>
"""
