"""Each page of the studio in each of its states: nothing serious for axe, nothing too wide."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.test_accessibility import SERIOUS
from tests.browser.visitors import NARROW, WIDE, Visitor

pytestmark = pytest.mark.browser

MATTER = "/admin/diagrams/qualification_application"
MINUTE = 60_000


@pytest.mark.requirement("R103")
def test_each_page_of_the_studio_in_each_state(site: Site, visit: Visit) -> None:
    admin = visit(site, "admin")

    found = [fault for name in states(admin) for fault in faults(admin.page, name)]

    assert not found, "\n".join(found)


def states(admin: Visitor) -> Iterator[str]:
    """Bring the page into one state after the other."""
    for tab in ("", "/proposals", "/compare", "/replay", "/migrate", "/heat", "/conformance"):
        admin.go(MATTER + tab)
        yield tab or "versions"
    yield from drafted(admin)
    yield from replayed(admin)
    yield from moved(admin)


def drafted(admin: Visitor) -> Iterator[str]:
    """A draft in the list, a form that was refused, the table of limits, a comparison."""
    admin.go(f"{MATTER}/edit")
    admin.press("新建并编辑")
    yield "a draft without its title"
    admin.fill({"草稿名称": "加一步法制审核"})
    admin.press("新建并编辑")
    expect(admin.page.locator("#studio[data-ready]")).to_be_attached()
    admin.go(f"{MATTER}/edit")
    yield "drafts"
    admin.follow("申请部署", within=admin.page.get_by_role("main").get_by_role("table"))
    expect(admin.page.get_by_role("region", name="法定时限与最长路径").first).to_be_visible()
    yield "limits"


def replayed(admin: Visitor) -> Iterator[str]:
    """A question that is refused, its answer, and the answer of 符合性.

    Work under way loads its page anew, under axe too: it is not looked at here.
    """
    admin.go(f"{MATTER}/replay")
    admin.fill({"最多推演": "很多"})
    admin.press("开始推演")
    admin.sees("最多推演的件数：请填写 1 到 1000000 的整数。")
    yield "a refused replay"
    admin.fill({"最多推演": "100"})
    admin.press("开始推演")
    expect(admin.page.get_by_role("heading", name="结论")).to_be_visible(timeout=MINUTE)
    yield "a replay"
    admin.go(f"{MATTER}/conformance")
    admin.press("开始核对")
    expect(admin.page.get_by_role("heading", name="各版本")).to_be_visible(timeout=MINUTE)
    yield "conformance"


def moved(admin: Visitor) -> Iterator[str]:
    """The preview of a draft, every case with its verdict."""
    admin.go(f"{MATTER}/edit")
    draft = admin.page.get_by_role("link", name="加一步法制审核").get_attribute("href") or ""
    admin.go(f"{MATTER}/migrate?{draft.partition('?')[2]}")
    yield "a draft to be previewed"
    admin.press("开始预览")
    expect(admin.page.get_by_text("预览完成").first).to_be_visible(timeout=MINUTE)
    admin.sees("草稿还没有部署，只能预览。")
    yield "a preview"


def faults(page: Page, name: str) -> Iterator[str]:
    """At both widths, as the page is now."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            yield f"{name}: {width} px wide at {size['width']}"
        for one in Axe().run(page).response["violations"]:
            if one["impact"] in SERIOUS:
                yield from (f"{name}: {one['id']} {node['target']}" for node in one["nodes"])
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
