"""Serving: gunicorn with threads, and in the embedded case a worker beside them."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from config.settings import Settings
from webapp.app import create_app
from webapp.jobs.worker import Jobs, Worker, open_jobs
from webapp.memory import settle


def build(settings: Settings) -> Flask:
    """The application as it is served: its posts poke the queue."""
    app = create_app(settings)
    jobs = open_jobs(app.extensions["premises"])
    app.extensions["jobs"], app.extensions["poke"] = jobs, jobs.poke
    return app


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, told what to serve by our settings and not by files or arguments."""

    def __init__(self, settings: Settings, host: str, port: int, processes: int) -> None:
        self._settings = settings
        self._address = f"{host}:{port}"
        self._processes = processes
        self._worker: Worker | None = None
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": self._address,
            "workers": self._processes,
            "worker_class": "gthread",
            "threads": 8,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self._started,
            "worker_exit": self._stopping,
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return build(self._settings)

    def _started(self, process: ThreadWorker) -> None:
        settle()
        if not self._settings.embedded_worker:
            return
        jobs: Jobs = process.app.wsgi().extensions["jobs"]
        self._worker = Worker(jobs)
        self._worker.start()

    def _stopping(self, _server: Any, _process: ThreadWorker) -> None:
        if self._worker is not None:
            self._worker.stop()
