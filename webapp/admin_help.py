"""What the administrator keeps for those who need help: contacts by province, and suggestions."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from bpmn.operations.trail import record_office
from forms.help import KINDS, ContactForm, HandledForm
from models import Account, Contact, Feedback
from models.help import NATIONAL
from webapp.contacts import NAMES, contact_book
from webapp.offices import premises, reading, transaction
from webapp.paging import page_of
from webapp.security import allow

blueprint = Blueprint("contacts", __name__, url_prefix="/admin")


@blueprint.get("/contacts")
@allow("admin")
def index() -> Any:
    """Every province with what it says of itself; the rest is as for the whole country."""
    with reading() as office:
        rows = {row.province: row for row in office.db.scalars(select(Contact))}
    return render_template("admin/contacts.html", places=_places(), rows=rows, national=NATIONAL)


@blueprint.route("/contacts/<province>", methods=["GET", "POST"])
@allow("admin")
def change(province: str) -> Any:
    name = _places().get(province) or abort(404)
    posted = request.form if request.method == "POST" else None
    with transaction() if posted is not None else reading() as office:
        row = office.db.get(Contact, province) or Contact(province=province)
        known = {field: getattr(row, field) or "" for field in NAMES}
        form = ContactForm(posted, known)
        if posted is not None and form.validate():
            for field, text in form.answers().items():
                setattr(row, field, text or "")
            office.db.add(row)
            record_office(office, "contact_changed", code=province)
            contact_book().forget()
            flash(_("保存成功，半分钟内在所有页面生效。"), "success")
            return redirect(url_for("contacts.index"))
    page = render_template(
        "admin/contact.html", name=name, province=province, form=form, nav_here="contacts.index"
    )
    return page, 422 if form.errors else 200


@blueprint.get("/feedback")
@allow("admin")
def feedback() -> Any:
    """Suggestions, the newest first; `show=all` with those that are done."""
    everything = request.args.get("show") == "all"
    query = select(Feedback).order_by(Feedback.id.desc())
    if not everything:
        query = query.where(Feedback.handled_at.is_(None))
    with reading() as office:
        g.now = office.now
        page = page_of(office.db, query)
        writers = {row.account_id for row in page.rows if row.account_id}
        found = office.db.scalars(select(Account).where(Account.id.in_(writers)))
        return render_template(
            "admin/feedback.html",
            page=page,
            kinds=dict(KINDS),
            everything=everything,
            nav_here="contacts.index",
            writers={account.id: account.organ_name or account.name for account in found},
        )


@blueprint.post("/feedback/<int:feedback_id>")
@allow("admin")
def handle(feedback_id: int) -> Any:
    """标为已处理, with a word of what was done; the second of two admins changes nothing."""
    form = HandledForm(request.form)
    if not form.validate():
        flash("；".join(sentence for _name, sentence in form.error_list()), "error")
        return redirect(url_for("contacts.feedback"))
    with transaction() as office:
        row = office.db.get(Feedback, feedback_id) or abort(404)
        if row.handled_at is None:
            row.handled_at, row.handled_by = office.now, current_user.id
            row.note = form.answers()["note"] or ""
            record_office(office, "feedback_handled", number=feedback_id)
    flash(_("已标为处理完毕。"), "success")
    return redirect(url_for("contacts.feedback"))


def _places() -> dict[str, str]:
    return {NATIONAL: _("全国（默认）"), **dict(premises().region_choices["provinces"])}
