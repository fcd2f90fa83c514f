"""Drawing by keyboard alone, nothing over what lies there, flows around shapes; files out, in."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from bpmn.comparison import compare_versions
from bpmn.diagram import Box, Flow, Process, read_diagram
from tests.browser import servers
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.studio import (
    begin,
    diagram_of,
    draw_next,
    eventually,
    files_of,
    open_file,
    properties,
    saved,
    select,
    stored,
    words_on,
)
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
FURTHEST = 150
"""Presses of the Tab key from one control to any other of the page."""


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("drawing") / "site"
    with servers.copied_sqlite(sqlite_template, folder) as site:
        yield site


class Keyboard:
    """Somebody who has no mouse: Tab to a control, arrows within it, Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, control: Locator) -> None:
        control.wait_for()
        is_behind = (
            "element => Boolean(document.activeElement.compareDocumentPosition(element) & 2)"
        )
        key = "Shift+Tab" if control.evaluate(is_behind) else "Tab"
        for _press in range(FURTHEST):
            if control.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{control} cannot be reached by keyboard")

    def press(self, control: Locator) -> None:
        self.reach(control)
        self.page.keyboard.press("Enter")

    def choose(self, control: Locator, start: str) -> None:
        """Go through a list with the arrow keys to the entry that begins so."""
        self.reach(control)
        entries = control.get_by_role("option").all_inner_texts()
        wanted = next(at for at, words in enumerate(entries) if words.startswith(start))
        now = int(control.evaluate("select => select.selectedIndex"))
        key = "ArrowDown" if wanted > now else "ArrowUp"
        for _press in range(abs(wanted - now)):
            self.page.keyboard.press(key)
        expect(control.locator("option:checked")).to_have_text(re.compile(f"^{re.escape(start)}"))

    def write(self, control: Locator, words: str) -> None:
        self.reach(control)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def draw(self, label: str, kind: str, button: str, words: str = "") -> None:
        panel = properties(self.page)
        self.choose(panel.get_by_label(label, exact=True), kind)
        self.press(panel.get_by_role("button", name=button, exact=True))
        if words:
            name = panel.get_by_label("名称", exact=True).first
            expect(name).to_be_focused()
            self.page.keyboard.insert_text(words)
            self.page.keyboard.press("Tab")


@pytest.mark.requirement("R103")
def test_a_step_is_added_without_a_mouse(office: Site, visit: Visit) -> None:
    """法制审核 with its outcomes and its way back, proved sound, all by keys."""
    admin = visit(office, "admin")
    begin(admin)
    page, keys, panel = admin.page, Keyboard(admin.page), properties(admin.page)
    keys.choose(page.get_by_label("打开文件", exact=True), "审查")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="审查", selected=True)).to_be_visible()
    picker = panel.get_by_label("选中的元素")
    keys.choose(picker, "复核意见 → 审查完毕（同意）")
    keys.press(panel.locator("summary").first)
    keys.draw("在这条连线中间插入", "人工环节", "插入", "法制审核")
    keys.choose(panel.get_by_label("办理角色"), "复核")
    keys.choose(panel.get_by_label("表单", exact=True), "自定表单")
    keys.choose(picker, "法制审核 → 审查完毕")
    keys.draw("在这条连线中间插入", "排他网关", "插入", "法制意见")
    keys.draw("连到", "经办审查", "连上")
    expect(panel.get_by_role("status")).to_have_text("已连到“经办审查”。")
    for order, (words, value) in enumerate((("审核通过", "pass"), ("退回经办", "return")), start=1):
        one = panel.get_by_role("group", name=f"结果 {order}", exact=True)
        keys.write(one.get_by_label("名称", exact=True), words)
        keys.write(one.get_by_label("值", exact=True), value)
        page.keyboard.press("Tab")
    saved(admin, "退回经办", "review.bpmn")
    expect(page.get_by_text("没有发现问题")).to_be_visible()
    tasks = diagram_of(admin).user_tasks.values()
    step = next(task for task in tasks if task.name == "法制审核")
    assert {one.value: one.label for one in step.outcomes} == {
        "pass": "审核通过",
        "return": "退回经办",
    }
    keys.choose(picker, "法制审核 ·")
    keys.press(panel.get_by_role("button", name="删除", exact=True))
    eventually(lambda: "法制审核" not in stored(admin, "review.bpmn"), "still there")
    keys.press(page.get_by_role("button", name="撤销"))
    saved(admin, "法制审核", "review.bpmn")


def test_nothing_is_drawn_over_anything(office: Site, visit: Visit) -> None:
    """New steps find room of their own, and a flow back runs around what lies between."""
    admin = visit(office, "admin")
    begin(admin)
    open_file(admin.page, "审查")
    for number in range(4):
        select(admin.page, "经办意见 ·")
        draw_next(admin.page, "在此之后添加", "人工环节", "添加")
        properties(admin.page).get_by_label("名称", exact=True).first.fill(f"新环节{number}")
        draw_next(admin.page, "连到", "经办审查", "连上")
    saved(admin, "新环节3", "review.bpmn")
    eventually(lambda: len(added_flows(admin)) == 8, "not connected")
    review = diagram_of(admin).processes["review"]
    boxes = {name: shape.box for name, shape in review.shapes.items() if name in review.nodes}
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        is_apart = (
            a.x + a.width <= b.x
            or b.x + b.width <= a.x
            or a.y + a.height <= b.y
            or b.y + b.height <= a.y
        )
        assert is_apart, f"{one} lies on {other}"
    for flow in added_flows(admin):
        between = [box for name, box in boxes.items() if name not in (flow.source, flow.target)]
        points = review.edges[flow.id].points
        hit = [box for box in between for line in pairwise(points) if crosses(line, box)]
        assert not hit, f"{flow.source} to {flow.target} runs through {hit}"


def test_what_is_inserted_covers_no_words(office: Site, visit: Visit) -> None:
    """The words beside a flow or a gateway go to a free place; a flow only grows longer."""
    admin = visit(office, "admin")
    begin(admin)
    before = diagram_of(admin)
    insert(admin, "核查受理", "核查结果 → 结束受理时限（受理）", "人工环节")
    insert(admin, "审查", "经办意见 → 复核（拟不予）", "人工环节")
    insert(admin, "审查", "复核意见 → 审查完毕（同意）", "排他网关（择一）")
    draw_next(admin.page, "连到", "经办审查", "连上")
    eventually(lambda: len(added_flows(admin)) == 3, "not connected")
    after = diagram_of(admin)
    for process in ("acceptance", "review"):
        newly = covered(after.processes[process]) - covered(before.processes[process])
        assert not newly, f"covered in {process}: {newly}"
    flow = "request_extension_to_review_application"
    was, now = (one.processes["review"].edges[flow].points for one in (before, after))
    assert len(now) == len(was)
    assert [y for _x, y in now] == [y for _x, y in was]


def insert(admin: Visitor, file: str, flow: str, kind: str) -> None:
    """A named step in the middle of a flow."""
    open_file(admin.page, file)
    select(admin.page, flow)
    draw_next(admin.page, "在这条连线中间插入", kind, "插入")
    name = properties(admin.page).get_by_label("名称", exact=True).first
    name.fill("是否重大")
    name.press("Tab")


def covered(process: Process) -> set[str]:
    """Whose words lie on a shape, on a line or on other words."""
    labels = {name: one.label for name, one in process.shapes.items() if one.label}
    labels |= {name: one.label for name, one in process.edges.items() if one.label}
    lines = [line for edge in process.edges.values() for line in pairwise(edge.points)]
    shapes = [shape.box for name, shape in process.shapes.items() if name in process.nodes]
    return {
        name
        for name, box in labels.items()
        if any(crosses(line, box) for line in lines)
        or any(overlap(box, one) for one in shapes)
        or any(overlap(box, one) for other, one in labels.items() if other != name)
    }


def overlap(one: Box, other: Box) -> bool:
    corners = ((other.x, other.y), (other.x + other.width, other.y + other.height))
    return crosses(corners, one)


def added_flows(admin: Visitor) -> list[Flow]:
    flows = diagram_of(admin).processes["review"].flows.values()
    return [flow for flow in flows if flow.id.startswith("Flow_")]


def crosses(line: tuple[tuple[float, float], tuple[float, float]], box: Box) -> bool:
    (x1, y1), (x2, y2) = line
    return (
        min(x1, x2) < box.x + box.width
        and max(x1, x2) > box.x
        and min(y1, y2) < box.y + box.height
        and max(y1, y2) > box.y
    )


def test_the_delete_key_on_the_words_of_a_flow(office: Site, visit: Visit) -> None:
    """They stand for the flow: it is gone, and its words with it."""
    admin = visit(office, "admin")
    begin(admin)
    page = admin.page
    open_file(page, "审查")
    words_on(page, "同意").click(force=True)
    expect(properties(page).get_by_role("heading", level=2, name="连线")).to_be_visible()
    page.keyboard.press("Delete")
    eventually(lambda: "check_agree" not in stored(admin, "review.bpmn"), "the flow is there")
    expect(words_on(page, "同意")).to_have_count(0)


def test_a_file_goes_out_and_comes_back_the_same(
    office: Site, visit: Visit, tmp_path: Path
) -> None:
    admin = visit(office, "admin")
    begin(admin)
    page = admin.page
    open_file(page, "审查")
    select(page, "复核 ·")
    properties(page).get_by_label("名称", exact=True).first.fill("复核与会签")
    saved(admin, "复核与会签", "review.bpmn")
    before = files_of(admin)
    taken = {}
    for title in ("审查（review.bpmn）", "确定公示期限（notice_period.dmn）"):
        admin.press("导出")
        with page.expect_download() as started:
            page.get_by_role("dialog").get_by_role("link", name=title).click()
        taken[started.value.suggested_filename] = started.value.path().read_bytes()
        admin.answer("关闭")
    begin(admin, "从文件来")
    for name, content in taken.items():
        file = tmp_path / name
        file.write_bytes(content)
        page.get_by_label("要导入的文件").set_input_files(file)
        expect(page.get_by_role("tab", selected=True)).to_have_attribute(
            "id", re.compile(name.split(".")[0].replace("_", "-"))
        )
    saved(admin, "复核与会签", "review.bpmn")
    after = files_of(admin)
    assert not compare_versions(before, after).changes
    drawn = [
        (one.shapes, one.edges)
        for one in (read_diagram(files).processes["review"] for files in (before, after))
    ]
    assert drawn[0] == drawn[1]
