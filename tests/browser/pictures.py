"""Take the README's pictures from a freshly seeded demo: `python -m tests.browser.pictures`.

Run by hand (`make pictures`) when the pages have changed; the demo's names are all made up.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.applicants import open_work, pledge, turn_to
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.officers import decide
from tests.browser.servers import Site, copied_sqlite, seed_sqlite
from tests.browser.studio import begin, choose, open_file, use
from tests.browser.visitors import WIDE, Visitor

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
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
    begin(admin)
    open_file(admin.page, "审批决定")
    choose(admin.page, "签发决定")
    use(admin.page, "删除")
    admin.sees("不能部署")
    shoot(admin, "studio")


def take(browser: Browser, site: Site, name: str, username: str, path: str) -> None:
    """One page at 1366×768, as somebody sees it."""
    visitor = enter(browser, site, username)
    visitor.go(path)
    shoot(visitor, name)


def shoot(visitor: Visitor, name: str) -> None:
    """What the visitor sees now; the last thing it does."""
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.screenshot(path=PICTURES / f"{name}.png")
    visitor.context.close()


def enter(browser: Browser, site: Site, username: str) -> Visitor:
    context = browser.new_context(viewport=WIDE, locale="zh-CN", base_url=site.url)
    return Visitor(context, site).login(username)


if __name__ == "__main__":
    main()
