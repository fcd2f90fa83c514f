"""What applicants do, step by step, as the manual tells them to."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser import materials
from tests.browser.materials import Values
from tests.browser.visitors import Visitor


def open_work(unit: Visitor, kind: str, matter: str = "资质申请") -> None:
    """新建工作, choose the matter and the certificate, 确定, then 办理."""
    main = unit.page.get_by_role("main")
    unit.follow("工作列表", within=unit.page.get_by_role("navigation", name="主导航"))
    unit.follow("新建工作", within=main)
    unit.fill({"要添加的工作": matter, "资质证书": kind})
    unit.press("确定")
    unit.heading("工作列表")
    unit.follow("办理", within=main)


def turn_to(unit: Visitor, title: str) -> None:
    """Open a page of the folder by its name in the list at the left."""
    pages = unit.page.get_by_role("navigation", name="申请材料")
    pages.get_by_role("link", name=title).click()
    unit.heading(title)


def save_page(unit: Visitor, title: str, values: Values) -> None:
    turn_to(unit, title)
    unit.fill(values, within=unit.page.get_by_role("main"))
    unit.press("保存")
    unit.sees(f"“{title}”已保存。")


def add_rows(unit: Visitor, title: str, rows: list[Values], first: str) -> None:
    """添加 once; after each 保存 the panel goes on to the next by itself."""
    turn_to(unit, title)
    unit.follow("添加")
    panel = unit.page.get_by_role("complementary", name="添加")
    for row in rows:
        unit.fill(row, within=panel)
        unit.press("保存", within=panel)
        unit.sees(f"已保存：{row[first]}")
    unit.follow("关闭", within=panel)
    expect(panel).to_be_hidden()


def fill_in_everything(unit: Visitor) -> None:
    """Every page of an application for 乙级 工程测量."""
    save_page(unit, "申请书", materials.application("工程测量"))
    for title, values in materials.PAGES.items():
        save_page(unit, title, values)
    people = [materials.person(n, kind) for n, kind in enumerate(materials.CATEGORIES_B, 1)]
    add_rows(unit, "技术人员信息", people, "姓名")
    tools = [materials.instrument(n, kind) for n, kind in enumerate(materials.KINDS_B, 1)]
    add_rows(unit, "技术装备信息", tools, "装备名称")


def pledge(unit: Visitor) -> None:
    """诚信守法承诺书: read and confirmed, each time that something is handed in."""
    unit.heading("诚信守法承诺书")
    unit.page.get_by_label("本单位作出上述承诺").check()
    unit.press("确认并提交")


def hand_in(unit: Visitor) -> str:
    """提交; the number of the case, as the message tells it."""
    unit.press("提交")
    pledge(unit)
    told = unit.page.get_by_text("已提交，等待审批").first
    expect(told).to_be_visible()
    found = re.search(r"办件 (\S+) 已提交", told.inner_text())
    assert found
    return found[1]


def see_case(unit: Visitor, number: str) -> None:
    """查看 in the work list."""
    unit.follow("工作列表", within=unit.page.get_by_role("navigation", name="主导航"))
    unit.page.get_by_role("main").get_by_role("link", name="查看", exact=True).and_(
        unit.page.get_by_title(number)
    ).click()
    unit.sees(number, within=unit.page.get_by_role("main"))


def see_trace(unit: Visitor) -> Locator:
    """流程跟踪 of the case on the page; the story beside the diagram."""
    unit.follow("流程跟踪", within=unit.page.get_by_role("main"))
    unit.heading("流程跟踪")
    return unit.page.get_by_role("region", name="办理经过")


def reply(
    unit: Visitor, number: str, outcome: str, values: Mapping[str, Any] | None = None
) -> None:
    """Answer what the organ asks in a procedure: 办理 in the work list, one form, one button."""
    unit.go("/work")
    unit.follow("办理", within=unit.page.get_by_role("listitem").filter(has_text=number))
    unit.fill(values or {}, within=unit.page.get_by_role("main"))
    unit.press(outcome, within=unit.page.get_by_role("main"))
    unit.sees("审批机关已收到")
