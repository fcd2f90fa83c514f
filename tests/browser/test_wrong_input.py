"""What is typed or chosen wrongly: told at its place, and nothing typed is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import materials, scans
from tests.browser.applicants import fill_in_everything, open_work, save_page, turn_to
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.visitors import Visitor, control

pytestmark = pytest.mark.browser

WRONG_LEADERS = (
    ("法定代表人身份证号", materials.id_number(90)[:-1] + "1", "校验位不符"),
    ("法定代表人身份证号", "11010519491231002", "18 位"),
    ("法定代表人身份证号", "110105209912310021", "晚于今天"),
    ("法定代表人手机号码", "12345678901", "手机号码"),
    ("法定代表人手机号码", "1380013800", "手机号码"),
)
WRONG_BASICS = (
    ("统一社会信用代码", "91610100MADEM00010", "统一社会信用代码"),
    ("成立日期", "2099-01-01", "晚于今天"),
    ("注册资金（元）", "一百万", "金额"),
    ("邮政编码", "71000", "邮政编码"),
    ("电子邮箱", "office(at)example.cn", "电子邮箱"),
)


@pytest.mark.requirement("R097")
def test_each_field_tells_what_is_wrong_with_it(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready")
    open_work(unit, "乙级证书")
    turn_to(unit, "法人及分管资质申报领导信息")
    for label, value, words in WRONG_LEADERS:
        refuse(unit, {**materials.LEADERS, label: value}, label, words)
    turn_to(unit, "单位基本信息")
    for label, value, words in WRONG_BASICS:
        refuse(unit, {**materials.BASICS, label: value}, label, words)


def refuse(unit: Visitor, values: materials.Values, label: str, words: str) -> None:
    """Save a page with one wrong value: a summary, the field told wrong, every word kept."""
    typed = {key: value for key, value in values.items() if not isinstance(value, Path)}
    unit.fill(typed)
    unit.press("保存")
    summary = unit.page.get_by_role("alert").filter(has_text="处需要改正")
    link = summary.get_by_role("link").filter(has_text=label)
    expect(link).to_contain_text(words)
    box = control(unit.page, label)
    for _attempt in range(3):  # a click while the page still moves to its fragment is lost
        link.click()
        unit.page.wait_for_timeout(300)
        if box.evaluate("e => e === document.activeElement"):
            break
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    for other, value in typed.items():
        if isinstance(value, str) and control(unit.page, other).evaluate("e => e.type") == "text":
            expect(control(unit.page, other)).to_have_value(value)


def test_a_file_that_is_refused(site: Site, visit: Visit) -> None:
    """Too large, with a script, of another type: told by name; the good one needs no second try."""
    unit = visit(site, "unit_ready")
    open_work(unit, "乙级证书")
    values = materials.application("工程测量")
    for path, words in (
        (scans.too_large(), "超过 2 MB"),
        (scans.with_script(), "脚本"),
        (scans.wrong_type(), "只接受 jpg、png 图片和 pdf 文件"),
    ):
        unit.fill({**values, "说明": f"附件是 {path.name}", "申请书扫描件": path})
        unit.press("保存")
        unit.sees(words)
        expect(control(unit.page, "说明")).to_have_value(f"附件是 {path.name}")
    unit.fill({"申请书扫描件": scans.just_small_enough()})
    unit.press("保存")
    unit.sees("“申请书”已保存。")
    unit.sees("正好.pdf")


def test_a_good_file_waits_for_the_right_words(site: Site, visit: Visit) -> None:
    """A file chosen with a wrong field is kept until the field is right."""
    unit = visit(site, "unit_ready")
    open_work(unit, "乙级证书")
    turn_to(unit, "法人及分管资质申报领导信息")
    unit.fill({**materials.LEADERS, "法定代表人手机号码": "1"})
    unit.press("保存")
    unit.sees("已选好，保存后生效")
    unit.fill({"法定代表人手机号码": materials.mobile(5)})
    unit.press("保存")
    unit.sees("“法人及分管资质申报领导信息”已保存。")
    expect(unit.page.get_by_role("main").get_by_role("link", name="身份证.jpg")).to_be_visible()


def test_a_person_and_an_instrument_of_another_unit(site: Site, visit: Visit) -> None:
    """系统自动进行查重: the other unit is named, the row is not saved, nothing typed is lost."""
    unit = visit(site, "unit_ready")
    open_work(unit, "乙级证书")
    taken = {**materials.person(1, "测绘中级"), "身份证号": person_of_another_unit(site, visit)}
    refuse_row(unit, "技术人员信息", "添加技术人员", taken)
    tool = {**materials.instrument(1, "GNSS接收机"), "出厂编号": "DEMO-02-0001"}
    refuse_row(unit, "技术装备信息", "添加技术装备", tool)


def refuse_row(unit: Visitor, title: str, panel_name: str, row: materials.Values) -> None:
    turn_to(unit, title)
    unit.follow("添加")
    panel = unit.page.get_by_role("complementary", name=panel_name)
    unit.fill(row, within=panel)
    unit.press("保存", within=panel)
    unit.sees("渭水工程测量有限公司", within=panel)
    for label, value in row.items():
        if isinstance(value, str) and control(panel, label).evaluate("e => e.type") == "text":
            expect(control(panel, label)).to_have_value(value)
    unit.follow("关闭", within=panel)


def person_of_another_unit(site: Site, visit: Visit) -> str:
    """The number of somebody at unit_b, as unit_b reads it."""
    other = visit(site, "unit_b")
    open_work(other, "甲级证书（非导航电子地图制作）")
    turn_to(other, "技术人员信息")
    other.page.get_by_role("row").nth(1).get_by_role("link", name="编辑", exact=True).click()
    panel = other.page.get_by_role("complementary", name="编辑技术人员")
    return control(panel, "身份证号").input_value()


def test_locked_after_submission(site: Site, visit: Visit) -> None:
    """Neither by the page nor by a form that was left open can anything be changed."""
    unit = visit(site, "unit_ready")
    open_work(unit, "乙级证书")
    save_page(unit, "单位简介", materials.PROFILE)
    left_open = unit.page
    unit.page = unit.context.new_page()
    unit.go(left_open.url)
    fill_in_and_hand_in(unit)
    left_open.get_by_role("textbox", name="单位简介", exact=True).fill("提交以后的修改。")
    left_open.get_by_role("button", name="保存", exact=True).click()
    expect(left_open.get_by_text("审批过程中不能").first).to_be_visible()
    unit.go(left_open.url)
    expect(unit.page.get_by_text("提交以后的修改。")).to_have_count(0)
    expect(unit.page.get_by_role("button", name="保存", exact=True)).to_have_count(0)


def fill_in_and_hand_in(unit: Visitor) -> None:
    fill_in_everything(unit)
    unit.page.get_by_role("button", name="提交", exact=True).dblclick()
    unit.page.get_by_label("本单位作出上述承诺").check()
    unit.page.get_by_role("button", name="确认并提交", exact=True).dblclick()
    unit.heading("工作列表")
    unit.sees("已提交，等待审批")
