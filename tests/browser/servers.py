"""Servers of their own for the browser tests: seeded once, copied for each, then thrown away."""

import fcntl
import shutil
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import URLError

from sqlalchemy import create_engine, text

from config.settings import read_settings
from tests.browser.processes import Running
from tests.browser.rows import copy_rows
from tests.conftest import POSTGRES
from webapp.app import open_premises
from webapp.jobs.work import wanted

SECONDS_TO_START = 180
SECONDS_TO_WORK = 600
SECONDS_TO_RUN = 300


@dataclass(frozen=True)
class Site:
    """A running demo: its address, its folder and what the command line needs to reach it."""

    url: str
    folder: Path
    database_url: str
    port: int
    process_id: int = 0

    @property
    def settings(self) -> dict[str, str]:
        return {
            "CARTOUCHE_DEMO": "yes",
            "CARTOUCHE_DATA_DIR": str(self.folder),
            "CARTOUCHE_DATABASE_URL": self.database_url,
            "CARTOUCHE_BASE_URL": self.url,
        }

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def run(self, *words: str) -> str:
        """What `cartouche …` says on this installation; fails the test when it fails."""
        log = self.folder / "command.log"
        log.unlink(missing_ok=True)
        ended = Running(words, self.settings, log).wait(SECONDS_TO_RUN)
        said = log.read_text(errors="replace")
        assert ended == 0, f"{' '.join(words)}: {said}"
        return said

    def advance(self, working_days: int) -> None:
        """Let working days pass on the demo's clock, with everything that falls due in them."""
        self.run("demo", "advance", "--working-days", str(working_days))


@contextmanager
def serving(folder: Path, database_url: str, port: int = 0) -> Iterator[Site]:
    """`cartouche serve` on a free port or that one, with its worker, until the block ends."""
    port = port or _free_port()
    site = Site(f"http://127.0.0.1:{port}", folder, database_url, port)
    server = Running(("serve", "--port", str(port)), site.settings, site.log)
    try:
        _wait_until_ready(site, server)
        yield replace(site, process_id=server.process_id)
    finally:
        server.kill()


def seeded_once(shared: Path) -> Path:
    """The demo that every process of this run copies: the first seeds it, the others wait."""
    folder, seeded = shared / "seeded", shared / "seeded.done"
    with (shared / "seeding.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seeded.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            seed_sqlite(folder)
            seeded.touch()
    return folder


def seed_sqlite(folder: Path) -> None:
    """A folder with a freshly seeded demo with nothing left to do; to be copied."""
    url = f"sqlite:///{folder / 'cartouche.db'}"
    with serving(folder, url) as site:
        _wait_for_jobs(site)


@contextmanager
def copied_sqlite(template: Path, folder: Path) -> Iterator[Site]:
    shutil.copytree(template, folder)
    with serving(folder, f"sqlite:///{folder / 'cartouche.db'}") as site:
        yield site


def seed_postgresql(seeded: Path, name: str) -> None:
    """The rows of the seeded demo on PostgreSQL, in a database that others are made from."""
    _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    copy_rows(f"sqlite:///{seeded / 'cartouche.db'}", f"{POSTGRES}/{name}")


@contextmanager
def copied_postgresql(template: Path, name: str, folder: Path) -> Iterator[Site]:
    shutil.copytree(template, folder)
    copy = f"{name}_copy"
    _on_server(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
    _on_server(f"CREATE DATABASE {copy} TEMPLATE {name}")
    try:
        with serving(folder, f"{POSTGRES}/{copy}") as site:
            yield site
    finally:
        drop_postgresql(copy)


def drop_postgresql(name: str) -> None:
    _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _on_server(*statements: str) -> None:
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    server.dispose()


def _wait_for_jobs(site: Site) -> None:
    """Until papers, messages and counts of the demo are done: no copy has to do them again."""
    premises = open_premises(read_settings(site.settings))
    last = time.monotonic() + SECONDS_TO_WORK
    while wanted(premises, limit=1):
        assert time.monotonic() < last, "the demo's jobs are not done"
        time.sleep(1)
    premises.engine.dispose()


def _wait_until_ready(site: Site, server: Running) -> None:
    last = time.monotonic() + SECONDS_TO_START
    while not _answers(f"{site.url}/readyz"):
        said = site.log.read_text(errors="replace")[-4000:] if site.log.exists() else ""
        assert server.is_alive(), f"the server ended:\n{said}"
        assert time.monotonic() < last, f"the server is not ready:\n{said}"
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
