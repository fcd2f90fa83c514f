"""Take the pictures of the README and the manual: `python -m tests.browser.pictures`.

Run by hand (`make pictures`) when the pages have changed; they show a freshly seeded demo, whose
names are all made up.
"""

import re
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from tests.browser.applicants import open_work, pledge, turn_to
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.officers import decide
from tests.browser.servers import Site, copied_sqlite, seed_sqlite
from tests.browser.studio import begin, choose, open_file, use
from tests.browser.test_studio import draw, mend, onward
from tests.browser.test_studio_accessibility import MATTER
from tests.browser.visitors import WIDE, Visitor

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 256
RETURNED, ITS_UNIT = "CH2026000003", "unit_07"


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        template = Path(folder) / "seeded"
        template.mkdir()
        seed_sqlite(template)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with copied_sqlite(template, Path(folder) / "site") as site:
            take(browser, site, "worklist", "city_reviewer", "/worklist")
            correct_and_accept(browser, site)
            take(browser, site, "trace", "city_reviewer", f"/cases/{RETURNED}/trace")
            take(browser, site, "new_work", "unit_expiring", "/work/new")
            take_staff(browser, site)
            take_studio(browser, site)
            take_step(browser, site)
        browser.close()


def correct_and_accept(browser: Browser, site: Site) -> None:
    """Let the returned case go on, so that its trace shows the way back and forth."""
    unit, window = enter(browser, site, ITS_UNIT), enter(browser, site, "city_window")
    unit.follow("办理", within=unit.page.get_by_role("main"))
    unit.follow("单位简介", within=unit.page.get_by_role("region", name="补正事项"))
    unit.fill({"补正说明": "已补充内设机构和主要业务。"})
    unit.press("已补正")
    unit.press("提交")
    pledge(unit)
    unit.heading("工作列表")
    site.advance(1)
    decide(window, RETURNED, "受理", {"意见": "补正后材料齐全。"})


def take_staff(browser: Browser, site: Site) -> None:
    """The staff of a unit that wants to rise, with the verdict above the table."""
    unit = enter(browser, site, "unit_b")
    open_work(unit, "甲级证书（非导航电子地图制作）")
    turn_to(unit, "技术人员信息")
    shoot(unit, "staff")


def take_studio(browser: Browser, site: Site) -> None:
    """A diagram in the editor: a branch was taken away, and the problems say what that means."""
    admin = enter(browser, site, "admin")
    begin(admin, "试一试")
    open_file(admin.page, "审批决定")
    choose(admin.page, "签发决定")
    use(admin.page, "删除")
    admin.sees("不能部署")
    shoot(admin, "studio")


def take_step(browser: Browser, site: Site) -> None:
    """A step that is drawn wrong, the run that shows why, and what it changes once mended."""
    admin = enter(browser, site, "admin")
    begin(admin)
    draw(admin)
    admin.page.get_by_role("button", name=re.compile("^演示：")).first.click()
    admin.press("到出错处")
    expect(admin.page.get_by_title("办件在这里").first).to_be_visible()
    save(admin, "studio_run")
    admin.press("结束演示")
    mend(admin)
    onward(admin, "比较")
    save(admin, "studio_comparison", admin.page.get_by_text("处改动").last)
    admin.go(f"{MATTER}/heat")
    save(admin, "studio_heat", admin.page.locator("figure").filter(has_text="经办意见").first)
    admin.context.close()


def take(browser: Browser, site: Site, name: str, username: str, path: str) -> None:
    """One page at 1366×768, as somebody sees it."""
    visitor = enter(browser, site, username)
    visitor.go(path)
    shoot(visitor, name)


def shoot(visitor: Visitor, name: str) -> None:
    """What the visitor sees now; the last thing it does."""
    save(visitor, name)
    visitor.context.close()


def save(visitor: Visitor, name: str, top: Locator | None = None) -> None:
    """The page from its beginning or from there on; in few colours: the manual stays small."""
    visitor.page.wait_for_load_state("networkidle")
    start = top or visitor.page.locator("body")
    start.evaluate("element => element.scrollIntoView({ block: 'start', behavior: 'instant' })")
    taken = Image.open(BytesIO(visitor.page.screenshot())).convert("RGB")
    few = taken.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def enter(browser: Browser, site: Site, username: str) -> Visitor:
    context = browser.new_context(viewport=WIDE, locale="zh-CN", base_url=site.url)
    return Visitor(context, site).login(username)


if __name__ == "__main__":
    main()
