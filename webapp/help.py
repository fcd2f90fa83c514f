"""Help, open to all: chapters of the manual, entrances and contacts, suggestions."""

from gettext import gettext as _
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_login import current_user

from bpmn.matters import MATTERS
from forms.help import FeedbackForm
from models import Feedback
from webapp import throttle
from webapp.contacts import contact_book, own_province
from webapp.handbook import PREVAILS, chapters, edition, manual_pdf, manual_title
from webapp.offices import premises, transaction
from webapp.security import PUBLIC, allow

blueprint = Blueprint("help", __name__, url_prefix="/help")


@blueprint.get("")
@allow(PUBLIC)
def index() -> Any:
    """What help there is; `province` chooses whose telephone and entrances."""
    asked = request.args.get("province", "")
    provinces = premises().region_choices["provinces"]
    province = asked if asked in dict(provinces) else own_province()
    return render_template(
        "help/index.html",
        chapters=chapters(),
        edition=edition(),
        matters=MATTERS.values(),
        provinces=provinces,
        province=province,
        province_name=dict(provinces).get(province, _("全国")),
        reach=contact_book().of(province),
    )


@blueprint.get("/<slug>")
@allow(PUBLIC)
def chapter(slug: str) -> Any:
    """One chapter of the manual."""
    found = chapters().get(slug) or abort(404)
    return render_template(
        "help/chapter.html",
        chapter=found,
        chapters=chapters(),
        prevails=PREVAILS,
        nav_here="help.index",
    )


@blueprint.get("/manual.pdf")
@allow(PUBLIC)
def manual() -> Any:
    """The newest manual as one file (R179)."""
    content = manual_pdf(premises().settings.data_dir / "books")
    name = f"{manual_title()}-{edition()}.pdf"
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=name)


@blueprint.route("/feedback", methods=["GET", "POST"])
@allow(PUBLIC)
def feedback() -> Any:
    """Suggestions are recorded for the administrator (R100); what was typed is never logged."""
    form = FeedbackForm(request.form if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _take(form) if form.validate() else 422
    if status == 302:
        flash(_("已收到，谢谢。管理员会处理；留了联系方式的，会联系您。"), "success")
        return redirect(url_for("help.index"))
    return render_template("help/feedback.html", form=form, nav_here="help.index"), status


def _take(form: Any) -> int:
    """302 when it was kept, 429 when this visitor has sent too many."""
    keys = throttle.feedback_keys(request.remote_addr or "")
    with transaction() as office:
        if throttle.is_blocked(office, keys):
            form["content"].errors = [_("提交过于频繁，请半小时后再试；您填写的内容仍在下面。")]
            return 429
        account_id = current_user.id if current_user.is_authenticated else None
        row = Feedback(**form.answers(), account_id=account_id, created_at=office.now)
        row.reach = row.reach or ""
        office.db.add(row)
        throttle.note_failure(office, keys)
    return 302
