"""Each page of the studio in each of its states: nothing serious for axe, nothing too wide."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.studio import ready
from tests.browser.test_accessibility import SERIOUS
from tests.browser.test_studio import draw, mend
from tests.browser.visitors import NARROW, WIDE, Visitor

pytestmark = pytest.mark.browser

MATTER = "/admin/diagrams/qualification_application"
MINUTE = 60_000
CLOSED = "CH2026000008"
"""A case of the demo that is closed."""
DRAWING = {"exclude": [[".djs-container"]]}
"""The canvas of bpmn-js is a drawing: what it shows is told beside it."""


@pytest.mark.requirement("R103")
def test_each_page_of_the_studio_in_each_state(site: Site, visit: Visit) -> None:
    admin, other = visit(site, "admin"), visit(site, "admin_2")

    found = [fault for name in states(admin, other) for fault in faults(admin.page, name)]

    assert not found, "\n".join(found)


def states(admin: Visitor, other: Visitor) -> Iterator[str]:
    """Bring the page into one state after the other."""
    for tab in ("", "/proposals", "/compare", "/replay", "/migrate", "/heat", "/conformance"):
        admin.go(MATTER + tab)
        yield tab or "versions"
    yield from drafted(admin)
    yield from replayed(admin)
    yield from previewed(admin)
    yield from decided(admin, other)
    yield from moved(admin)


def drafted(admin: Visitor) -> Iterator[str]:
    """A draft in the list, a form that was refused, the table of limits, a comparison."""
    admin.go(f"{MATTER}/edit")
    admin.press("新建并编辑")
    yield "a draft without its title"
    admin.fill({"草稿名称": "加一步法制审核"})
    admin.press("新建并编辑")
    ready(admin.page)
    yield from played(admin)
    admin.go(f"{MATTER}/edit")
    yield "drafts"
    admin.follow("申请部署", within=admin.page.get_by_role("main").get_by_role("table"))
    expect(admin.page.get_by_role("region", name="法定时限与最长路径").first).to_be_visible()
    yield "limits"


def played(admin: Visitor) -> Iterator[str]:
    """The editor while it shows where a case stands for good, and once that is mended."""
    draw(admin)
    admin.page.get_by_role("button", name=re.compile("^演示：")).first.click()
    admin.press("到出错处")
    expect(admin.page.get_by_title("办件在这里").first).to_be_visible()
    yield "a counter-example"
    admin.press("结束演示")
    mend(admin)
    yield "an editor"


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
    admin.go(f"{admin.page.url.removesuffix('/')}/cases/{CLOSED}")
    admin.heading(f"办件 {CLOSED}")
    yield "a replayed case"
    admin.go(f"{MATTER}/conformance")
    admin.press("开始核对")
    expect(admin.page.get_by_role("heading", name="各版本")).to_be_visible(timeout=MINUTE)
    yield "conformance"


def previewed(admin: Visitor) -> Iterator[str]:
    """The preview of a draft, every case with its verdict."""
    admin.go(f"{MATTER}/migrate?{draft(admin)}")
    yield "a draft to be previewed"
    admin.press("开始预览")
    expect(admin.page.get_by_text("预览完成").first).to_be_visible(timeout=MINUTE)
    admin.sees("草稿还没有部署，只能预览。")
    yield "a preview"


def decided(admin: Visitor, other: Visitor) -> Iterator[str]:
    """A proposal that is withdrawn, one that is declined, one that is deployed."""
    proposal = proposed(admin)
    yield "a proposal"
    admin.press("撤回申请")
    admin.go(proposal)
    yield "a withdrawn proposal"
    proposal = proposed(admin)
    other.go(proposal)
    other.fill({"意见": "请写明依据的条款。"})
    other.press("不同意")
    admin.go(proposal)
    yield "a declined proposal"
    proposal = proposed(admin)
    other.go(proposal)
    other.press("同意并部署")
    admin.go(proposal)
    admin.sees("已部署")
    yield "a deployed proposal"
    for tab in ("", "/proposals", "/compare"):
        admin.go(MATTER + tab)
        yield f"two versions: {tab}"


def moved(admin: Visitor) -> Iterator[str]:
    """The cases are moved, and one of them back."""
    admin.go(f"{MATTER}/migrate")
    admin.press("预览迁移到第 2 版")
    expect(admin.page.get_by_text("待确认").first).to_be_visible(timeout=MINUTE)
    yield "a migration to be confirmed"
    admin.fill({"迁移说明": "在办件也要经法制审核。"})
    admin.press("迁移", within=admin.page.get_by_role("main"))
    expect(admin.page.get_by_text("已完成").first).to_be_visible(timeout=MINUTE)
    yield "a migration"
    admin.page.get_by_role("button", name="撤销迁移").first.click()
    yield "a question"
    admin.answer("撤销迁移")
    admin.sees("已撤销")
    yield "a migration with one case back"


def draft(admin: Visitor) -> str:
    """The query that names the draft."""
    admin.go(f"{MATTER}/edit")
    link = admin.page.get_by_role("link", name="加一步法制审核", exact=True)
    return (link.get_attribute("href") or "").partition("?")[2]


def proposed(admin: Visitor) -> str:
    """申请部署 for the draft; the address of the proposal."""
    admin.go(f"{MATTER}/edit")
    admin.follow("申请部署", within=admin.page.get_by_role("main").get_by_role("table"))
    admin.fill({"部署说明": "复核同意后增加法制审核。"})
    admin.press("提出申请")
    admin.sees("须由您之外的另一位管理员决定。")
    return admin.page.url


def faults(page: Page, name: str) -> Iterator[str]:
    """At both widths, as the page is now."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            yield f"{name}: {width} px wide at {size['width']}"
        for one in Axe().run(page, DRAWING).response["violations"]:
            if one["impact"] in SERIOUS:
                yield from (f"{name}: {one['id']} {node['target']}" for node in one["nodes"])
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
