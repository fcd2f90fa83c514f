"""Nothing typed is ever lost: by turning the page, a closed tab, a lost session, a dead server."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

from tests.browser import materials, servers
from tests.browser.applicants import open_work, turn_to
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.visitors import NARROW, PASSWORD, Visitor, control

pytestmark = pytest.mark.browser

WORDS = "本单位从事控制测量和地形测量。"
HERE = re.compile("这里有未保存的内容（.+）")


def begin(unit: Visitor, title: str = "单位简介") -> None:
    open_work(unit, "乙级证书")
    turn_to(unit, title)


def write(unit: Visitor, label: str = "单位简介", words: str = WORDS) -> None:
    """Type, and wait until the page says that it is kept."""
    control(unit.page, label).press_sequentially(words)
    kept(unit)


def kept(unit: Visitor) -> None:
    expect(unit.page.get_by_role("status").filter(has_text="未保存，已暂存")).to_be_visible()


def state_of(unit: Visitor, title: str) -> str:
    """What the list of pages says of one."""
    pages = unit.page.get_by_role("navigation", name="申请材料")
    return pages.get_by_role("link", name=title).inner_text()


def save(unit: Visitor, title: str = "单位简介") -> None:
    unit.press("保存")
    unit.sees(f"“{title}”已保存。")
    expect(unit.page.get_by_text(HERE)).to_have_count(0)


@pytest.mark.requirement("R141")
@pytest.mark.requirement("R143")
def test_turning_the_page_loses_nothing(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready")
    begin(unit)
    control(unit.page, "单位简介").press_sequentially(WORDS)
    turn_to(unit, "法人及分管资质申报领导信息")  # at once: before the pause is over
    assert "未保存" in state_of(unit, "单位简介")
    turn_to(unit, "单位简介")
    unit.sees(HERE)
    expect(control(unit.page, "单位简介")).to_have_value(WORDS)
    save(unit)
    assert "已完成" in state_of(unit, "单位简介")


def test_giving_up_asks_and_shows_what_was_saved(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready")
    begin(unit)
    write(unit)
    unit.page.reload()
    unit.press("放弃")
    unit.answer("放弃")
    unit.sees("已放弃未保存的内容。")
    expect(control(unit.page, "单位简介")).to_have_value("")
    assert "未填" in state_of(unit, "单位简介")


@pytest.mark.requirement("R070")
def test_a_row_survives_the_closed_tab_and_goes_on_in_another(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready")
    begin(unit, "技术人员信息")
    unit.follow("添加")
    panel = unit.page.get_by_role("complementary", name="添加技术人员")
    unit.fill({"姓名": "欧阳文清", "人员类别": "测绘中级"}, within=panel)
    address = unit.page.url
    unit.page.close()  # at once: the browser still sends what was typed
    unit.page = unit.context.new_page()
    unit.go(address.split("?")[0])
    unit.sees("有一行未保存")
    unit.follow("添加")
    panel = unit.page.get_by_role("complementary", name="添加技术人员")
    expect(control(panel, "姓名")).to_have_value("欧阳文清")
    expect(control(panel, "人员类别")).to_have_value("mid")
    unit.sees(HERE, within=panel)


def test_two_windows_both_are_shown_and_neither_overwrites_in_silence(
    site: Site, visit: Visit
) -> None:
    unit = visit(site, "unit_ready")
    begin(unit)
    first, second = unit.page, unit.context.new_page()
    second.goto(first.url)
    write(unit, words="第一个窗口。")
    unit.page = second
    write(unit, words="第二个窗口。")
    unit.page = first
    first.get_by_role("button", name="保存", exact=True).click()
    unit.sees("这一页之后又被保存过")
    unit.sees("第一个窗口。", within=unit.page.get_by_role("definition"))
    expect(control(unit.page, "单位简介")).to_have_value("第二个窗口。")
    unit.page = second
    unit.press("保存")
    unit.sees("没有保存：已有更新的内容")
    save(unit)


def lose_session(unit: Visitor) -> None:
    unit.page.wait_for_load_state("networkidle")  # a late answer would bring the cookie back
    unit.context.clear_cookies()


def test_a_lost_session_gives_the_words_back_after_the_login(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready")
    begin(unit)
    lose_session(unit)
    control(unit.page, "单位简介").press_sequentially(WORDS)
    unit.sees("登录已过期，内容仍在本页")
    unit.press("保存")
    unit.sees("登录后回到原来的页面，您填写的内容仍在。")
    unit.fill({"用户名": "unit_ready", "密码": PASSWORD})
    unit.press("登录", within=unit.page.get_by_role("main"))
    unit.sees("您刚才填写的内容还在")
    expect(control(unit.page, "单位简介")).to_have_value(WORDS)
    save(unit)
    _forgive(unit, "status of 40[01]")


def test_a_login_in_another_window_is_enough(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready")
    begin(unit)
    left_open = unit.page
    lose_session(unit)
    control(unit.page, "单位简介").press_sequentially(WORDS)
    with unit.context.expect_page() as opened:
        unit.follow("在新窗口登录")
    unit.page = opened.value
    unit.fill({"用户名": "unit_ready", "密码": PASSWORD})
    unit.press("登录", within=unit.page.get_by_role("main"))
    expect(unit.page.get_by_role("button", name="退出", exact=True)).to_be_visible()
    unit.page.close()
    unit.page = left_open
    control(unit.page, "单位简介").press_sequentially("设有三个部门。")
    kept(unit)
    save(unit)
    _forgive(unit, "status of 40[01]")


def test_a_killed_server_comes_back_with_the_words(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready")
    begin(unit)
    write(unit)
    os.killpg(site.process_id, signal.SIGKILL)
    control(unit.page, "单位简介").press_sequentially("设有三个部门。")
    unit.press("保存")
    unit.sees("离线：现在不能保存，内容仍在本页")
    expect(control(unit.page, "单位简介")).to_have_value(WORDS + "设有三个部门。")
    unit.page.close(run_before_unload=False)
    with servers.serving(site.folder, site.database_url, site.port):
        unit.page = unit.context.new_page()
        unit.go("/work")
        unit.follow("办理", within=unit.page.get_by_role("main"))
        turn_to(unit, "单位简介")
        unit.sees(HERE)
        expect(control(unit.page, "单位简介")).to_have_value(WORDS)
        save(unit)
    _forgive(unit, "ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET")


@pytest.mark.requirement("R141")
def test_on_a_telephone_the_switch_keeps_the_words(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready", viewport=NARROW)
    open_work(unit, "乙级证书")
    _switch(unit, "单位简介（未填）", "单位简介")
    control(unit.page, "单位简介").press_sequentially(WORDS)
    _switch(unit, "申请书（未填）", "申请书")
    _switch(unit, "单位简介（未保存）", "单位简介")
    expect(control(unit.page, "单位简介")).to_have_value(WORDS)


def test_without_script_the_switch_keeps_the_words_too(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready", viewport=NARROW, java_script_enabled=False)
    open_work(unit, "乙级证书")
    _switch(unit, "单位简介（未填）", "单位简介")
    unit.fill({"单位简介": WORDS})
    _switch(unit, "申请书（未填）", "申请书")
    _switch(unit, "单位简介（未保存）", "单位简介")
    expect(control(unit.page, "单位简介")).to_have_value(WORDS)


def _switch(unit: Visitor, choice: str, title: str) -> None:
    unit.fill({"切换页面": choice})
    unit.press("转到")
    unit.heading(title)


def _forgive(unit: Visitor, expected: str) -> None:
    """The refusals that the test brought about itself."""
    unit.faults[:] = [fault for fault in unit.faults if not re.search(expected, fault)]


@pytest.mark.requirement("R031")
def test_the_verdict_moves_with_every_saved_row(site: Site, visit: Visit) -> None:
    """Beside the table, without the page being loaded again."""
    unit = visit(site, "unit_ready")
    begin(unit, "申请书")
    unit.fill(materials.application("工程测量"))
    unit.press("保存")
    unit.sees("“申请书”已保存。")
    turn_to(unit, "技术人员信息")
    unit.page.evaluate("window.loadedOnce = true")
    unit.sees("还缺 2 名中级")
    unit.follow("添加")
    panel = unit.page.get_by_role("complementary", name="添加技术人员")
    unit.fill(materials.person(1, "测绘中级"), within=panel)
    unit.press("保存", within=panel)
    unit.sees("还缺 1 名中级")
    assert unit.page.evaluate("window.loadedOnce")


@pytest.mark.requirement("R028")
def test_a_wrong_number_is_told_as_soon_as_it_is_left(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_ready")
    begin(unit, "法人及分管资质申报领导信息")
    box = control(unit.page, "法定代表人手机号码")
    box.fill("12345")
    control(unit.page, "法定代表人职务").fill("总经理")
    unit.sees("手机号码应为 11 位数字")
    expect(box).to_have_attribute("aria-invalid", "true")
    box.fill(materials.mobile(1))
    control(unit.page, "法定代表人职务").focus()
    expect(unit.page.get_by_text("手机号码应为 11 位数字")).to_have_count(0)
    expect(box).not_to_have_attribute("aria-invalid", "true")
