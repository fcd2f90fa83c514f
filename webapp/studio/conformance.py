"""符合性: whether the closed cases of a matter went the way their own diagrams draw it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select

from bpmn.casework.conformance import conformance_figures
from bpmn.casework.heat import organs_of
from bpmn.casework.replay_asking import ask_conformance, wanted_of
from bpmn.casework.replay_figures import groups_of
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import DiagramVersion, Replay
from models.replays import CONFORMANCE
from webapp.offices import reading, transaction
from webapp.security import allow
from webapp.studio.replay_form import Asked, wanted_by

blueprint = Blueprint("studio_conformance", __name__)


@blueprint.get("/admin/diagrams/<key>/conformance")
@allow("admin")
def show(key: str) -> Any:
    """The newest answer, and how to ask again."""
    if key not in MATTERS:
        abort(404)
    with reading() as office:
        return _page(office, key, Asked({}))


@blueprint.post("/admin/diagrams/<key>/conformance")
@allow("admin")
def begin(key: str) -> Any:
    """重新核对."""
    if key not in MATTERS:
        abort(404)
    asked = Asked(request.form)
    with transaction() as office:
        wanted = wanted_by(office, key, asked)
        if asked.wrong:
            return _page(office, key, asked), 422
        ask_conformance(office, wanted)
    return redirect(url_for("studio_conformance.show", key=key), 303)


def _page(office: Office, key: str, asked: Asked) -> str:
    known = select(Replay).where(Replay.matter == key, Replay.kind == CONFORMANCE)
    replay = office.db.scalar(known.order_by(Replay.id.desc()).limit(1))
    figures = conformance_figures(replay.found if replay else {})
    ids = [int(one) for one in figures["versions"]]
    query = select(DiagramVersion.id, DiagramVersion.number).where(DiagramVersion.id.in_(ids))
    numbers = dict(office.db.execute(query).all())
    return render_template(
        "studio/conformance.html",
        matter=MATTERS[key],
        asked=asked,
        replay=replay,
        wanted=wanted_of(replay) if replay else wanted_by(office, key, Asked({})),
        figures=figures,
        reasons=groups_of(figures["reasons"]),
        moves=groups_of(figures["moves"]),
        versions=sorted(
            ((numbers.get(int(one), 0), counts) for one, counts in figures["versions"].items()),
            key=lambda line: -line[0],
        ),
        organs=organs_of(office, key),
        nav_here="admin.diagrams",
    )
