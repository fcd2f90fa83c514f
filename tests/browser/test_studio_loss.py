"""A lost tab loses nothing: the browser killed, the session over, in the middle of it."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.browser import servers
from tests.browser.conftest import CHROMIUM, FLAGS, MILLISECONDS, Visit
from tests.browser.servers import Site
from tests.browser.studio import LIST, begin, properties, ready, saved, select, stored
from tests.browser.visitors import WIDE, Visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("loss") / "site"
    with servers.copied_sqlite(sqlite_template, folder) as site:
        yield site


def test_a_killed_browser_loses_nothing(
    office: Site, playwright: Playwright, tmp_path: Path
) -> None:
    """The server out of reach, then the browser killed at once: its disk has what was typed."""
    profile = tmp_path / "profile"
    context = at_home(playwright, office, profile)
    admin = Visitor(context, office).login("admin")
    address = begin(admin)
    select(admin.page, "填报申请材料 ·")
    context.set_offline(True)
    name = properties(admin.page).get_by_label("名称", exact=True).first
    name.fill("")
    name.press_sequentially("填写申请材料", delay=30)
    expect(admin.page.get_by_text("连不上服务器，已留在本机，连上后自动保存")).to_be_visible()
    session = context.cookies()
    kill(profile)
    context = at_home(playwright, office, profile)
    context.add_cookies(session)  # type: ignore[arg-type]
    admin = Visitor(context, office)
    admin.page.goto(address)
    ready(admin.page)
    assert "填写申请材料" not in stored(admin)
    admin.press("恢复未保存的修改")
    saved(admin, "填写申请材料")
    context.close()


def at_home(playwright: Playwright, site: Site, profile: Path) -> BrowserContext:
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=FLAGS,
        viewport=WIDE,  # type: ignore[arg-type]
        locale="zh-CN",
        base_url=site.url,
    )
    context.set_default_timeout(MILLISECONDS)
    return context


def kill(profile: Path) -> None:
    """As the out-of-memory killer would: every process of that browser, none of them asked."""
    mark = f"--user-data-dir={profile}"
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if mark in words:
                os.kill(int(folder.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            continue


def test_a_session_that_is_over(office: Site, visit: Visit) -> None:
    """Said in words; after a new login in another tab the page goes on saving by itself."""
    admin = visit(office, "admin")
    begin(admin)
    select(admin.page, "填报申请材料 ·")
    admin.page.wait_for_load_state("networkidle")  # an answer under way would bring it back
    admin.context.clear_cookies()
    properties(admin.page).get_by_label("名称", exact=True).first.fill("填写申请材料")
    expect(admin.page.get_by_text(re.compile("登录已失效，已留在本机"))).to_be_visible()
    with admin.context.expect_page() as opened:
        admin.follow("在新页登录")
    editor, admin.page = admin.page, opened.value
    admin.fill({"用户名": "admin", "密码": "Demo-2026!"})
    admin.press("登录", within=admin.page.get_by_role("main"))
    expect(admin.page.get_by_role("button", name="退出", exact=True)).to_be_visible()
    admin.page.close()
    admin.page = editor
    saved(admin, "填写申请材料")
    admin.faults.clear()  # 401, as it must be


def test_who_never_pauses_is_saved_all_the_same(office: Site, visit: Visit) -> None:
    """A change every half second for longer than five seconds: the server has one of them."""
    admin = visit(office, "admin")
    begin(admin)
    select(admin.page, "填报申请材料 ·")
    name = properties(admin.page).get_by_label("名称", exact=True).first
    for number in range(24):
        name.fill(f"填写材料{number}")
        admin.page.wait_for_timeout(500)
        if "填写材料" in stored(admin):
            return
    raise AssertionError("nothing was saved while it was being typed")


def test_a_draft_that_somebody_gives_up_meanwhile(office: Site, visit: Visit) -> None:
    """A broken server is told of and tried again; what was drawn becomes another draft."""
    admin, other = visit(office, "admin"), visit(office, "admin_2")
    begin(admin, "要放弃的")
    select(admin.page, "填报申请材料 ·")
    broken = {"status": 500, "json": {"message": "磁盘已满。"}}
    admin.page.route("**/files", lambda route: route.fulfill(**broken))  # type: ignore[arg-type]
    properties(admin.page).get_by_label("名称", exact=True).first.fill("填写申请材料")
    told = "未能保存，已留在本机，稍后自动再试：磁盘已满。"
    expect(admin.page.get_by_text(told)).to_be_visible()
    other.go(LIST)
    other.press("放弃", within=other.page.get_by_role("row").filter(has_text="要放弃的"))
    other.answer("放弃")
    admin.page.unroute("**/files")
    admin.sees("这份草稿已不在")
    admin.page.route("**/copy", lambda route: route.fulfill(**broken))  # type: ignore[arg-type]
    for _attempt in range(2):
        admin.answer("另存为新草稿")
        admin.answer("另存")
        admin.sees("没有另存")
        admin.answer("知道了")
        admin.press("现在处理")
    admin.page.unroute("**/copy")
    admin.answer("另存为新草稿")
    admin.answer("另存")
    admin.heading("要放弃的（另存）")
    ready(admin.page)
    assert "填写申请材料" in stored(admin)
    admin.faults.clear()  # 404 and 500, as they must be
