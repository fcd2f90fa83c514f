"""How long after the navigation began the editor of 资质申请 (14 files) is ready, on loopback.

In Chromium, the page's own mark of being ready: once as the first thing that browser and server
open, then the fastest of several loads, as other programs only ever add to it. The baseline is the
same page without its canvas: the list of drafts.
"""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import servers
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.visitors import WIDE, Visitor

LIMIT_MS = 1500.0
LIST = "/admin/diagrams/qualification_application/edit"
READY = "performance.getEntriesByName('studio-ready')[0].startTime"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def run(quick: bool) -> list[dict[str, Any]]:
    """Measure on a freshly seeded demo."""
    loads = 5 if quick else 15
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        servers.seed_sqlite(folder)
        with servers.serving(folder, f"sqlite:///{folder / 'cartouche.db'}") as site:
            return _measured(site, loads)


def _measured(site: servers.Site, loads: int) -> list[dict[str, Any]]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = chromium.new_context(viewport=WIDE, locale="zh-CN", base_url=site.url)  # type: ignore[arg-type]
        admin = Visitor(context, site).login("admin")
        admin.go(LIST)
        admin.fill({"草稿名称": "测速"})
        admin.press("新建并编辑")
        _wait(admin.page)
        first = float(admin.page.evaluate(READY))
        editor = min(_ready(admin.page, admin.page.url) for _load in range(loads))
        plain = min(_loaded(admin.page, LIST) for _load in range(loads))
        chromium.close()
    return [
        _row("editor ready, 资质申请, first time", first, plain),
        _row("editor ready, 资质申请", editor, plain),
    ]


def _row(name: str, editor: float, plain: float) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(editor),
        "unit": "ms",
        "baseline": round(plain),
        "ratio": round(plain / editor, 2),
        "target": f"≤ {LIMIT_MS:g} ms",
        "ok": editor <= LIMIT_MS,
    }


def _wait(page: Page) -> None:
    expect(page.locator("#studio[data-ready]")).to_be_attached(timeout=60_000)


def _ready(page: Page, address: str) -> float:
    page.goto(address)
    _wait(page)
    return float(page.evaluate(READY))


def _loaded(page: Page, address: str) -> float:
    page.goto(address, wait_until="load")
    page.wait_for_function(f"{LOADED} > 0")
    return float(page.evaluate(LOADED))


if __name__ == "__main__":
    for row in run(quick=False):
        print(row)
