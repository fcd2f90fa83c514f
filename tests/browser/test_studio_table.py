"""决策表 by keyboard: rules and columns added, moved and removed, and the place of a fault."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.studio import begin, diagram_of, eventually, open_file, saved, stored

pytestmark = pytest.mark.browser
FILE = "notice_period.dmn"


def test_a_table_without_a_mouse(site: Site, visit: Visit) -> None:
    """The focus goes with what was moved, so that the next key goes on from there."""
    admin = visit(site, "admin")
    begin(admin)
    page = admin.page
    open_file(page, "确定公示期限")
    press(page, "添加规则")
    expect(page.get_by_label("规则 4，审批层级")).to_be_focused()
    page.keyboard.insert_text("city")
    press(page, "上移规则 4")
    expect(page.get_by_label("规则 3，说明")).to_be_focused()
    page.get_by_label("规则 3，公示工作日数").fill("8")
    press(page, "右移条件列 1")
    expect(page.get_by_label("条件 2 的名称")).to_be_focused()
    expect(page.get_by_label("条件 2 的名称")).to_have_value("审批层级")
    saved(admin, "<text>8</text>", FILE)
    table = next(one for one in diagram_of(admin).tables.values() if one.file == FILE)
    assert [column.label for column in table.inputs] == ["省级代码", "审批层级"]
    assert [rule.cells for rule in table.rules][:3] == [
        ("", '"ministry"'),
        ('"61"', ""),
        ("", '"city"'),
    ]
    assert table.rules[2].values == ("8",)
    press(page, "移除规则 3")
    expect(page.get_by_label("规则 3，说明")).to_be_focused()
    eventually(lambda: '"city"' not in stored(admin, FILE), "the rule is there")
    expect(page.get_by_text("没有发现问题")).to_be_visible()


def test_a_fault_is_told_at_its_rule(site: Site, visit: Visit) -> None:
    admin = visit(site, "admin")
    begin(admin)
    page = admin.page
    open_file(page, "确定公示期限")
    page.get_by_label("规则 2，公示工作日数").fill("= 2 +")
    words = page.get_by_role("row").nth(2).locator(".studio-cell-error")
    expect(words).to_be_visible()
    expect(page.get_by_label("规则 2，公示工作日数")).to_have_accessible_description(
        words.inner_text()
    )


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
