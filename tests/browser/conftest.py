"""Fixtures: a site for each test, on SQLite or PostgreSQL, and visitors who notice faults."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser import servers
from tests.browser.servers import Site
from tests.browser.visitors import WIDE, Visitor
from tests.conftest import POSTGRES_ANSWERS

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MILLISECONDS = 60_000
"""Patience, not a claim: a machine that does much else besides makes people wait, and no more."""

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        expect.set_options(timeout=MILLISECONDS)
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    own = tmp_path_factory.getbasetemp()  # of a worker: inside the folder of the whole run
    return servers.seeded_once(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def postgresql_template(sqlite_template: Path) -> Iterator[str]:
    if not POSTGRES_ANSWERS:
        pytest.skip("PostgreSQL does not answer")
    name = f"cartouche_browser_{os.getpid()}"
    servers.seed_postgresql(sqlite_template, name)
    yield name
    servers.drop_postgresql(name)


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """A freshly seeded demo of the test's own, on SQLite."""
    with servers.copied_sqlite(sqlite_template, tmp_path / "site") as started:
        yield started
    shutil.rmtree(tmp_path / "site")


@pytest.fixture(params=["sqlite", "postgresql"])
def either_site(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> Iterator[Site]:
    """The same on each database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("site")
        return
    name = request.getfixturevalue("postgresql_template")
    with servers.copied_postgresql(sqlite_template, name, tmp_path / "site") as started:
        yield started
    shutil.rmtree(tmp_path / "site")


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """`visit(site, "unit_ready")`: a person with a browser; no name is a stranger."""
    visitors: list[Visitor] = []

    def come(site: Site, username: str = "", **options: object) -> Visitor:
        chosen = {"viewport": WIDE, "locale": "zh-CN", "base_url": site.url, **options}
        context = chromium.new_context(**chosen)  # type: ignore[arg-type]
        context.set_default_timeout(MILLISECONDS)
        scripted = bool(options.get("java_script_enabled", True))
        visitor = Visitor(context, site, scripted=scripted)
        visitors.append(visitor)
        return visitor.enter(username) if username else visitor

    yield come
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.context.close()
    assert not faults, "\n".join(faults)
