"""Public notices (公示) and announcements (公告), open to all; objections while one is open."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_login import current_user

from bpmn import casework
from bpmn.casework import publicity
from bpmn.errors import NoticeClosed
from bpmn.office import Office
from forms.cases import ObjectionForm
from models import Notice
from webapp import throttle
from webapp.hall import KINDS
from webapp.offices import reading, transaction
from webapp.paging import asked_words, page_of
from webapp.security import PUBLIC, allow

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
RECEIVED = "objections_received"
"""In the visitor's session: notice → number of the objection just received."""


@blueprint.get("")
@allow(PUBLIC)
def index() -> Any:
    """Everything that was ever published of a kind, newest first (R306, R308)."""
    asked, words = request.args.get("kind"), asked_words()
    kind = asked if asked in KINDS else publicity.NOTICE
    with reading() as office:
        page = page_of(office.db, publicity.search_notices(kind, words))
        periods = {one.id: publicity.notice_period(office, one) for one in page.rows}
        return render_template(
            "notices/index.html", page=page, periods=periods, kind=kind, query=words, kinds=KINDS
        )


@blueprint.get("/<int:notice_id>")
@allow(PUBLIC)
def show(notice_id: int) -> Any:
    with reading() as office:
        name = current_user.organ_name if current_user.is_authenticated else ""
        return _page(office, _notice(office, notice_id), ObjectionForm(data={"name": name}))


@blueprint.post("/<int:notice_id>", endpoint="object")
@allow(PUBLIC)
def object_to(notice_id: int) -> Any:
    """Receive an objection or a statement (R305); whatever is wrong, nothing typed is lost."""
    form = ObjectionForm(request.form)
    if not form.validate():
        return _again(notice_id, form, 422)
    try:
        number = _receive(notice_id, form)
    except NoticeClosed as closed:
        return _again(notice_id, form, 409, str(closed))
    if number is None:
        return _again(
            notice_id, form, 429, _("提交过于频繁，请半小时后再试；您填写的内容仍在下面。")
        )
    session[RECEIVED] = {**session.get(RECEIVED, {}), str(notice_id): number}
    return redirect(url_for("notices.received", notice_id=notice_id))


@blueprint.get("/<int:notice_id>/received")
@allow(PUBLIC)
def received(notice_id: int) -> Any:
    """The number of what this visitor has just sent; nobody else's."""
    number = session.get(RECEIVED, {}).get(str(notice_id))
    if number is None:
        return redirect(url_for("notices.show", notice_id=notice_id))
    with reading() as office:
        notice = _notice(office, notice_id)
        return render_template(
            "notices/received.html",
            notice=notice,
            number=number,
            organ=publicity.organ_of(office, notice),
            nav_here="notices.index",
        )


def _receive(notice_id: int, form: Any) -> str | None:
    """The number of the objection; None when this visitor has sent too many."""
    keys = throttle.objection_keys(notice_id, request.remote_addr or "")
    with transaction() as office:
        _notice(office, notice_id)
        if throttle.is_blocked(office, keys):
            return None
        contact = "、".join(way for way in (form.mobile.data, form.email.data) if way)
        objection = casework.object_to_notice(
            office,
            notice_id,
            name=form["name"].data,
            contact=contact,
            content=form.content.data,
        )
        throttle.note_failure(office, keys)
        return objection.number


def _again(notice_id: int, form: Any, status: int, sentence: str = "") -> Any:
    with reading() as office:
        return _page(office, _notice(office, notice_id), form, sentence), status


def _page(office: Office, notice: Notice, form: Any, sentence: str = "") -> str:
    return render_template(
        "notices/show.html",
        notice=notice,
        period=publicity.notice_period(office, notice),
        organ=publicity.organ_of(office, notice),
        related=publicity.related_notices(office, notice),
        objections=notice.objections,
        form=form,
        sentence=sentence,
        kinds=KINDS,
        nav_here="notices.index",
    )


def _notice(office: Office, notice_id: int) -> Notice:
    return office.db.get(Notice, notice_id) or abort(404)
