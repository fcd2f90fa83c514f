"""How long after its start the server is ready, with the environment installed and data there."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from typing import Any

LIMIT_SECONDS = 3.0
GIVE_UP_SECONDS = 30.0


def run(quick: bool) -> list[dict[str, Any]]:
    """The first start builds the demo; the later ones, its median, find it there."""
    with tempfile.TemporaryDirectory() as folder:
        first = _ready_after(folder)
        again = statistics.median(_ready_after(folder) for _n in range(3 if quick else 7))
    return [_row("server ready, data there", again), _row("server ready, first start", first)]


def _row(name: str, seconds: float) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(seconds, 2),
        "unit": "s",
        "baseline": None,
        "ratio": None,
        "target": f"≤ {LIMIT_SECONDS:g} s",
        "ok": seconds <= LIMIT_SECONDS,
    }


def _ready_after(folder: str) -> float:
    port = _free_port()
    inherited = dict(os.environ)  # noqa: TID251 - handed on to the server, not read
    environment = {**inherited, "CARTOUCHE_DEMO": "yes", "CARTOUCHE_DATA_DIR": folder}
    command = [sys.executable, "-m", "webapp.cli", "serve", "--port", str(port)]
    begun = time.perf_counter()
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not _is_ready(port):
            if time.perf_counter() - begun > GIVE_UP_SECONDS or server.poll() is not None:
                raise RuntimeError("the server did not get ready")
            time.sleep(0.01)
        return time.perf_counter() - begun
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port
