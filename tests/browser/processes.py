"""`cartouche …` in processes of its own, forked from one that has the program loaded already.

Loading the program takes longer than most of what the tests have it do. Nothing but modules is
shared: each process reads its own settings and opens its own database.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["tests.browser.loaded"])


class Running:
    """A running `cartouche …`, alone in a group of processes; what it says goes to a file."""

    def __init__(self, words: tuple[str, ...], settings: Mapping[str, str], log: Path) -> None:
        """Start it with these settings and no other of ours."""
        self._process = _forking.Process(target=_run, args=(words, dict(settings), str(log)))
        self._process.start()

    @property
    def process_id(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def wait(self, seconds: float) -> int | None:
        """How it ended; none when it has not."""
        self._process.join(seconds)
        return self._process.exitcode

    def kill(self) -> None:
        """End it with all that it started; its folder is thrown away, or lasts through this."""
        with suppress(ProcessLookupError):  # it may have been killed already
            os.killpg(self.process_id, signal.SIGKILL)
        self._process.kill()  # in case it had no group of its own yet
        self._process.join()


def _run(words: tuple[str, ...], settings: dict[str, str], log: str) -> None:
    os.setsid()  # so that all of it can be killed at once
    for name in [name for name in os.environ if name.startswith("CARTOUCHE_")]:  # noqa: TID251
        del os.environ[name]  # noqa: TID251
    os.environ.update(settings)  # noqa: TID251
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(file, stream.fileno())
    from tests.browser.loaded import cli

    cli.cli(list(words), prog_name="cartouche")
