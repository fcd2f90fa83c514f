"""属性: what is chosen in the panel is what the saved diagram says, as the office reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bpmn.diagram import Node
from tests.browser import servers
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.studio import (
    begin,
    diagram_of,
    draw_next,
    eventually,
    open_file,
    properties,
    saved,
    select,
    stored,
)
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("panel") / "site"
    with servers.copied_sqlite(sqlite_template, folder) as site:
        yield site


def fresh(admin: Visitor, file: str = "审查") -> None:
    begin(admin)
    open_file(admin.page, file)


def event_on(admin: Visitor, step: str) -> Node | None:
    nodes = diagram_of(admin).processes["review"].nodes.values()
    return next((node for node in nodes if node.attached_to == step), None)


@pytest.mark.requirement("R103")
def test_a_timer_on_the_edge_of_a_step(office: Site, visit: Visit) -> None:
    """Each of the four ways in which its time is told."""
    admin = visit(office, "admin")
    fresh(admin)
    select(admin.page, "复核 ·")
    draw_next(admin.page, "在边上添加", "到期处理（不中断）", "放上")
    panel = properties(admin.page)
    panel.get_by_label("名称", exact=True).fill("复核逾期")

    def is_told(timer: str) -> None:
        eventually(lambda: getattr(event_on(admin, "check_review"), "timer", "") == timer, timer)

    panel.get_by_label("怎样确定").select_option(label="若干个工作日后")
    panel.get_by_label("工作日数").fill("七天")
    panel.get_by_label("工作日数").press("Tab")
    expect(panel.get_by_text("请填写整数或者变量名。")).to_be_visible()
    panel.get_by_label("工作日数").fill("7")
    is_told("working_days(7)")
    panel.get_by_label("怎样确定").select_option(label="到期于时限")
    panel.get_by_label("哪个时限").select_option(label="决定时限")
    is_told('due("decision")')
    panel.get_by_label("怎样确定").select_option(label="一段时长之后")
    panel.get_by_label("时长", exact=True).fill("PT12H")
    is_told('"PT12H"')
    panel.get_by_label("怎样确定").select_option(label="变量给出的时刻")
    panel.get_by_label("变量", exact=True).fill("expires_at")
    is_told("expires_at")
    event = event_on(admin, "check_review")
    assert event is not None
    assert (event.kind, event.interrupts, event.name) == ("boundaryEvent", False, "复核逾期")


def test_a_timer_on_the_way(office: Site, visit: Visit) -> None:
    """Put in the middle of a flow: it comes after the one end and before the other."""
    admin = visit(office, "admin")
    fresh(admin)
    select(admin.page, "复核意见 → 审查完毕")
    draw_next(admin.page, "在这条连线中间插入", "定时事件", "插入")
    panel = properties(admin.page)
    panel.get_by_label("名称", exact=True).fill("等待三日")
    panel.get_by_label("怎样确定").select_option(label="若干个工作日后")
    panel.get_by_label("工作日数").fill("3")
    saved(admin, "working_days(3)", "review.bpmn")
    review = diagram_of(admin).processes["review"]
    waiting = next(node for node in review.nodes.values() if node.name == "等待三日")
    assert (waiting.kind, waiting.event) == ("intermediateCatchEvent", "timer")
    ends = {(flow.source, flow.target) for flow in review.flows.values()}
    assert {("check_outcome", waiting.id), (waiting.id, "reviewed")} <= ends
    assert ("check_outcome", "reviewed") not in ends


def test_a_message_in_the_middle_of_a_step(office: Site, visit: Visit) -> None:
    admin = visit(office, "admin")
    fresh(admin)
    select(admin.page, "复核 ·")
    draw_next(admin.page, "在边上添加", "中途收到消息（中断）", "放上")
    panel = properties(admin.page)
    panel.get_by_label("收到什么").select_option(label="撤回或终止")
    panel.get_by_label("写入的变量").fill("stopped_by")
    saved(admin, "stopped_by", "review.bpmn")
    event = event_on(admin, "check_review")
    assert event is not None
    assert (event.message, event.message_variable) == ("stop", "stopped_by")
    assert event.interrupts


def test_a_step_for_several_people(office: Site, visit: Visit) -> None:
    admin = visit(office, "admin")
    fresh(admin)
    select(admin.page, "复核 ·")
    panel = properties(admin.page)
    panel.get_by_label("由几个人同时办理").check()
    panel.get_by_label("几份").fill("3")
    panel.get_by_label("提前结束的条件").fill('decision == "return"')
    saved(admin, "completionCondition", "review.bpmn")
    node = diagram_of(admin).processes["review"].nodes["check_review"]
    assert node.multiple == {
        "loopCardinality": "3",
        "completionCondition": 'decision == "return"',
    }
    panel.get_by_label("由几个人同时办理").uncheck()
    eventually(
        lambda: not diagram_of(admin).processes["review"].nodes["check_review"].multiple,
        "still for several",
    )


def test_another_called_diagram(office: Site, visit: Visit) -> None:
    """One that the draft does not have comes with its files."""
    admin = visit(office, "admin")
    begin(admin)
    select(admin.page, "审查 ·")
    chosen = properties(admin.page).get_by_label("流程", exact=True)
    chosen.select_option(label="核实协调")
    expected = chosen.input_value()
    saved(admin, f'calledElement="{expected}"')
    diagram = diagram_of(admin)
    assert expected in diagram.processes
    calls = {node.calls for node in diagram.processes[diagram.main].nodes.values()}
    assert expected in calls


@pytest.mark.parametrize("way", ["换回来", "Ctrl+Z"])
def test_another_version_and_back(office: Site, visit: Visit, way: str) -> None:
    """A called diagram changed here, then taken as it was shipped, then as it was here again."""
    admin = visit(office, "admin")
    fresh(admin)
    page = admin.page
    select(page, "复核 ·")
    properties(page).get_by_label("名称", exact=True).first.fill("复核并会签")
    saved(admin, "复核并会签", "review.bpmn")
    open_file(page, "资质申请")
    select(page, "审查 ·")
    properties(page).get_by_label("版本", exact=True).select_option(label="换成：随程序提供")
    admin.answer("换成这个版本")
    admin.sees("“审查”已换成所选的版本。")
    eventually(lambda: "复核并会签" not in stored(admin, "review.bpmn"), "not the other version")
    if way == "换回来":
        admin.press("换回来")
    else:
        open_file(page, "审查")
        page.get_by_role("tabpanel").locator(".djs-container > svg").focus()
        page.keyboard.press("Control+z")
    saved(admin, "复核并会签", "review.bpmn")
    expect(page.get_by_role("region", name="换下来的内容")).to_have_count(0)
