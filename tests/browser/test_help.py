"""A unit finds help before it begins: the notice, the answers, the number to call, the manual."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.servers import Site

pytestmark = pytest.mark.browser


@pytest.mark.requirement("R101")
@pytest.mark.requirement("R179")
def test_a_stranger_reads_asks_and_takes_the_manual_along(site: Site, visit: Visit) -> None:
    stranger = visit(site)
    stranger.go("/login")
    page = stranger.page
    page.get_by_role("link", name="使用须知").click()
    expect(page.get_by_role("heading", name="先看政策")).to_be_visible()
    page.get_by_role("navigation", name="手册目录").get_by_role("link", name="常见问题").click()
    expect(page.get_by_role("heading", name="登录时提示 Key 未激活怎么办？")).to_be_visible()

    page.get_by_role("navigation", name="主导航").get_by_role("link", name="帮助").click()
    page.get_by_label("所在省份").select_option(label="陕西省")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("complementary")).to_contain_text("029-00000000")
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载操作手册").click()
    assert coming.value.suggested_filename.startswith("测资通操作手册")
    with coming.value.path().open("rb") as file:
        assert file.read(5) == b"%PDF-"

    page.get_by_role("link", name="意见反馈").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("内容")
    page.get_by_label("建议").check()
    page.get_by_label("内容", exact=False).fill("希望帮助页面有视频。")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("main")).to_contain_text("已收到，谢谢")
