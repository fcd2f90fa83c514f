"""The office's administration: diagrams, organs, jobs. Users and days are next door."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import select

from bpmn.matters import MATTERS
from bpmn.operations.trail import record_office
from forms.administration import AuthorityForm
from models import Authority
from webapp import jobs_seen, versions
from webapp.jobs.attempts import try_again
from webapp.jobs.kinds import KINDS
from webapp.offices import reading, transaction
from webapp.roles import ROLE_NAMES
from webapp.security import allow

blueprint = Blueprint("admin", __name__)
LEVELS = {"ministry": _("部级"), "province": _("省级"), "city": _("市级")}


@blueprint.get("/admin/diagrams")
@allow("admin")
def diagrams() -> Any:
    """Every matter with its newest version."""
    with reading() as office:
        newest = {key: versions.versions_of(office, key)[:1] for key in MATTERS}
        return render_template("admin/diagrams.html", matters=MATTERS, newest=newest)


@blueprint.get("/admin/diagrams/<key>")
@allow("admin")
def diagram(key: str) -> Any:
    """A matter's versions, and one of them drawn."""
    if key not in MATTERS:
        abort(404)
    with reading() as office:
        known = versions.versions_of(office, key)
        number = request.args.get("version", known[0].number if known else 0, type=int)
        chosen = next((one for one in known if one.number == number), None) or abort(404)
        drawn = versions.pictures(office, chosen.id, ROLE_NAMES)
        return render_template(
            "admin/diagram.html",
            matter=MATTERS[key],
            versions=known,
            chosen=chosen,
            # The drawing escapes every word of the diagram itself.
            pictures=[(title, Markup(svg)) for title, svg in drawn],  # noqa: S704
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
