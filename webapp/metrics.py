"""Figures for Prometheus: requests by page, how long they took, what work waits. No names."""

import time
from typing import Any

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select

from models import NO_LIMIT
from models.jobs import JobAttempt
from webapp.jobs.kinds import KINDS
from webapp.offices import Premises

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST_COUNTED = 10_000
"""Work is counted up to here: a scrape must stay cheap when very much waits."""


class Figures:
    """The figures of one application; each process has its own, as each worker's differ."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "cartouche_requests",
            "Answered requests.",
            ("endpoint", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "cartouche_request_seconds",
            "Time taken to answer.",
            ("endpoint",),
            registry=self.registry,
        )
        self.waiting = Gauge(
            "cartouche_jobs_waiting", "Work that rows want now.", ("kind",), registry=self.registry
        )
        self.failed = Gauge(
            "cartouche_jobs_failed", "Work that waits for a person.", registry=self.registry
        )

    def text(self, premises: Premises) -> bytes:
        """Everything, with the work that waits counted anew."""
        with premises.reading() as office:
            for kind in KINDS.values():
                query = kind.wanted(office).order_by(None).limit(MOST_COUNTED)
                count = office.db.scalar(select(func.count()).select_from(query.subquery()))
                self.waiting.labels(kind.name).set(count or 0)
            failed = select(func.count()).where(JobAttempt.retry_at == NO_LIMIT)
            self.failed.set(office.db.scalar(failed) or 0)
        return generate_latest(self.registry)


def init_app(app: Flask) -> None:
    app.extensions["figures"] = Figures()
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.begun = time.perf_counter()


def _count(response: Response) -> Response:
    figures: Figures = current_app.extensions["figures"]
    endpoint: Any = request.endpoint or "none"
    status = f"{response.status_code // 100}xx"
    figures.requests.labels(endpoint, request.method, status).inc()
    if "begun" in g:
        figures.seconds.labels(endpoint).observe(time.perf_counter() - g.begun)
    return response
