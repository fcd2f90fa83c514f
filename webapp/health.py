"""For those who watch over the program: alive, ready, figures."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from gettext import gettext as _
from typing import Any

from flask import Blueprint, Response, current_app

from certificates import startup_problems as paper_problems
from models.settings import read_setting
from webapp import signing
from webapp.jobs.worker import WORKER_SEEN
from webapp.metrics import CONTENT_TYPE, Figures
from webapp.offices import Premises, premises
from webapp.security import PUBLIC, allow
from webapp.startup import database_problems, key_problems

blueprint = Blueprint("health", __name__)
WORKER_SILENT = timedelta(seconds=60)


@blueprint.get("/healthz")
@allow(PUBLIC)
def alive() -> Any:
    """The process answers; it says nothing of what stands behind it."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@allow(PUBLIC)
def ready() -> Any:
    """200 when everything that serving needs is there; else 503 with what is missing.

    Warnings are for those who look after the program: it serves on.
    """
    found = list(_problems(premises()))
    told = {"status": "unready" if found else "ready", "problems": found}
    return {**told, "warnings": _warnings(premises())}, 503 if found else 200


@blueprint.get("/metrics")
@allow(PUBLIC)
def figures() -> Response:
    counted: Figures = current_app.extensions["figures"]
    return Response(counted.text(premises()), content_type=CONTENT_TYPE)


def _problems(found: Premises) -> Iterator[str]:
    database = list(database_problems(found.engine))
    yield from database
    yield from paper_problems()
    yield from key_problems(found.settings)
    if not database and found.settings.embedded_worker:
        with found.reading() as office:
            yield from filter(None, [signing.no_key_at_all(office, found.settings.signing)])
    if not database and not _worker_lives(found):
        yield _("后台作业没有在运行：请启动 cartouche worker。")


def _warnings(found: Premises) -> list[str]:
    """Of the keys of this process, if it signs at all; a worker elsewhere has its own."""
    if not found.settings.embedded_worker or list(database_problems(found.engine)):
        return []
    with found.reading() as office:
        return list(signing.key_warnings(office, found.settings.signing))


def _worker_lives(found: Premises) -> bool:
    with found.reading() as office:
        seen = read_setting(office.db, WORKER_SEEN)
    return bool(seen) and datetime.now(UTC) - datetime.fromisoformat(seen) < WORKER_SILENT
