"""The office's administration: diagrams, organs, jobs. Users and days are next door."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy import select

from bpmn.casework import newest_version
from bpmn.casework.deploying import open_proposal
from bpmn.matters import MATTERS
from bpmn.operations.trail import record_office
from forms.administration import AuthorityForm
from models import Authority, DiagramProposal, DiagramVersion
from webapp import jobs_seen
from webapp.addresses import record_number
from webapp.jobs.attempts import try_again
from webapp.jobs.kinds import KINDS
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.roles import ROLE_NAMES
from webapp.security import allow
from webapp.studio import versions

blueprint = Blueprint("admin", __name__)
VERSIONS_SHOWN = 20
LEVELS = {"ministry": _("部级"), "province": _("省级"), "city": _("市级")}


@blueprint.get("/admin/diagrams")
@allow("admin")
def diagrams() -> Any:
    """Every matter with its newest version, and what waits for a second person's consent."""
    with reading() as office:
        newest = [office.db.scalar(versions.versions_query(key).limit(1)) for key in MATTERS]
        known = versions.shown(office, [one for one in newest if one is not None])
        open_ones = select(DiagramProposal).where(DiagramProposal.decided_at.is_(None))
        return render_template(
            "admin/diagrams.html",
            matters=MATTERS,
            newest={one.row.matter: one for one in known},
            proposals={one.matter: one for one in office.db.scalars(open_ones)},
        )


@blueprint.get("/admin/diagrams/<key>")
@allow("admin")
def diagram(key: str) -> Any:
    """A matter's versions, and one of them drawn."""
    if key not in MATTERS:
        abort(404)
    with reading() as office:
        found = page_of(office.db, versions.versions_query(key), VERSIONS_SHOWN)
        newest = newest_version(office, key)
        number = request.args.get("version", newest.number, type=record_number)
        wanted = versions.versions_query(key).where(DiagramVersion.number == number)
        chosen = office.db.scalar(wanted) or abort(404)
        return render_template(
            "admin/diagram.html",
            matter=MATTERS[key],
            found=found,
            versions=versions.shown(office, found.rows),
            newest=newest,
            chosen=versions.shown(office, [chosen])[0],
            proposal=open_proposal(office, key),
            drawn=versions.drawn(office, chosen.id, ROLE_NAMES),
            nav_here="admin.diagrams",
        )


@blueprint.get("/admin/authorities")
@allow("admin")
def authorities() -> Any:
    with reading() as office:
        found = office.db.scalars(select(Authority).order_by(Authority.code)).all()
        return render_template("admin/authorities.html", authorities=found, levels=LEVELS)


@blueprint.route("/admin/authorities/<code>", methods=["GET", "POST"])
@allow("admin")
def authority(code: str) -> Any:
    """What papers say of an organ; its name and code are what certificates refer to."""
    with transaction() if request.method == "POST" else reading() as office:
        organ = office.db.scalar(select(Authority).where(Authority.code == code)) or abort(404)
        known = {name: getattr(organ, name) for name in AuthorityForm().data}
        form = AuthorityForm(request.form if request.method == "POST" else None, known)
        if request.method == "POST" and form.validate():
            for name, value in form.answers().items():
                setattr(organ, name, value or "")
            record_office(office, "authority_changed", code=code)
            flash(_("保存成功"), "success")
            return redirect(url_for("admin.authorities"))
        page = render_template(
            "admin/authority.html", organ=organ, form=form, nav_here="admin.authorities"
        )
        return page, 422 if form.errors else 200


@blueprint.get("/admin/jobs")
@allow("admin")
def jobs() -> Any:
    """What the workers have before them, and what failed."""
    with reading() as office:
        g.now = office.now
        return render_template("admin/jobs.html", **jobs_seen.overview(office))


@blueprint.post("/admin/jobs/<kind>/<int:subject_id>/retry")
@allow("admin")
def retry(kind: str, subject_id: int) -> Any:
    """重试."""
    if kind not in KINDS:
        abort(404)
    with transaction() as office:
        try_again(office, kind, subject_id)
        record_office(office, "job_retried", job=kind, subject=subject_id)
    flash(_("已重新安排，稍后刷新查看。"), "success")
    return redirect(url_for("admin.jobs"))
