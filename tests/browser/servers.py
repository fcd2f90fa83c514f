"""Servers of their own for the browser tests: seeded once, copied for each, then thrown away."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import URLError

from sqlalchemy import Engine, create_engine, func, select, text

from models import Document
from tests.conftest import POSTGRES

ROOT = Path(__file__).parents[2]
CARTOUCHE = str(Path(sys.executable).with_name("cartouche"))
SECONDS_TO_START = 60
SECONDS_TO_RENDER = 180
SECONDS_TO_STOP = 15


@dataclass(frozen=True)
class Site:
    """A running demo: its address, its folder and what the command line needs to reach it."""

    url: str
    folder: Path
    database_url: str
    port: int
    process_id: int = 0

    @property
    def environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("CARTOUCHE_")}  # noqa: TID251
        return {
            **inherited,
            "PYTHONPATH": str(ROOT),  # the tree that the tests lie in, wherever it is
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
        command = [CARTOUCHE, *words]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def advance(self, working_days: int) -> None:
        """Let working days pass on the demo's clock, with everything that falls due in them."""
        self.run("demo", "advance", "--working-days", str(working_days))


@contextmanager
def serving(folder: Path, database_url: str, port: int = 0) -> Iterator[Site]:
    """`cartouche serve` on a free port or that one, with its worker, until the block ends."""
    port = port or _free_port()
    site = Site(f"http://127.0.0.1:{port}", folder, database_url, port)
    with site.log.open("ab") as log:
        process = subprocess.Popen(
            [CARTOUCHE, "serve", "--port", str(port)],
            env=site.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that all of it can be killed at once
        )
        try:
            _wait_until_ready(site, process)
            yield replace(site, process_id=process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def seed_sqlite(folder: Path) -> None:
    """A folder with a freshly seeded demo whose papers are all rendered; to be copied."""
    url = f"sqlite:///{folder / 'cartouche.db'}"
    with serving(folder, url):
        _wait_for_papers(create_engine(url))


@contextmanager
def copied_sqlite(template: Path, folder: Path) -> Iterator[Site]:
    shutil.copytree(template, folder)
    with serving(folder, f"sqlite:///{folder / 'cartouche.db'}") as site:
        yield site


def seed_postgresql(folder: Path, name: str) -> None:
    """The same on PostgreSQL, in a database that others are made from."""
    _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    with serving(folder, f"{POSTGRES}/{name}"):
        _wait_for_papers(create_engine(f"{POSTGRES}/{name}"))


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


def _wait_for_papers(engine: Engine) -> None:
    pending = select(func.count()).where(Document.status == "pending")
    last = time.monotonic() + SECONDS_TO_RENDER
    while True:
        with engine.connect() as connection:
            if not connection.scalar(pending):
                break
        assert time.monotonic() < last, "the demo's papers are not rendered"
        time.sleep(0.2)
    engine.dispose()


def _wait_until_ready(site: Site, process: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + SECONDS_TO_START
    while not _answers(f"{site.url}/readyz"):
        said = site.log.read_text(errors="replace")[-4000:]
        assert process.poll() is None, f"the server ended:\n{said}"
        assert time.monotonic() < last, f"the server is not ready:\n{said}"
        time.sleep(0.05)


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
