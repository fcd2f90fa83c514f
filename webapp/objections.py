"""Objections and statements after and beside the public form: looked up, stated, read, kept."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from bpmn import casework
from bpmn.casework import publicity
from bpmn.casework.running import lock_case
from bpmn.errors import AttachmentNotFound, NoticeClosed, ObjectionNotFound
from bpmn.office import Office
from forms.objections import LookupForm, StatementForm
from models import Notice
from webapp import throttle
from webapp.attachments import served
from webapp.notices import TOO_OFTEN, evidence, evidence_kind
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.security import OFFICERS, PUBLIC, allow
from webapp.uploads import Received

blueprint = Blueprint("objections", __name__)


@blueprint.route("/objections", methods=["GET", "POST"])
@allow(PUBLIC)
def find() -> Any:
    """What became of an objection, for who has its number and the contact it came with."""
    if request.method == "GET":
        return _lookup(LookupForm(data={"number": request.args.get("number", "")[:60]}))
    form = LookupForm(request.form)
    if not form.validate():
        return _lookup(form, status=422)
    typed = form.answers()
    keys = throttle.lookup_keys(typed["number"], request.remote_addr or "")
    with transaction() as office:
        if throttle.is_blocked(office, keys):
            return _lookup(form, TOO_OFTEN, 429)
        try:
            found = casework.find_objection(office, typed["number"], typed["contact"])
        except ObjectionNotFound as missing:
            throttle.note_failure(office, keys)
            return _lookup(form, str(missing), 404)
        notice = office.db.get_one(Notice, found.notice_id)
        organ = publicity.organ_of(office, notice)
        return _lookup(form, found=found, notice=notice, organ=organ)


@blueprint.route("/notices/<int:notice_id>/statement", methods=["GET", "POST"])
@allow("applicant")
def state(notice_id: int) -> Any:
    """在线陈述 by the unit itself, within the period, without paper (R305)."""
    if request.method == "GET":
        return _statement(notice_id, StatementForm())
    with reading() as office:
        _own_notice(office, notice_id)
    form = StatementForm(request.form)
    received = evidence(notice_id)
    if received is None:
        return _statement(notice_id, form, TOO_OFTEN, 429)
    if not form.validate() or not received.are_sound:
        return _statement(notice_id, form, status=422, received=received)
    keys = throttle.objection_keys(notice_id, f"unit {current_user.unit_id}")
    try:
        with transaction() as office:
            lock_case(office, _own_notice(office, notice_id).case_id)
            if throttle.is_blocked(office, keys):
                return _statement(notice_id, form, TOO_OFTEN, 429, received)
            throttle.note_failure(office, keys)
            files = [stored for _kind, stored in received.kept]
            casework.state_in_notice(office, notice_id, form.answers()["content"], files)
    except NoticeClosed as closed:
        return _statement(notice_id, form, str(closed), 409)
    return redirect(url_for("objections.state", notice_id=notice_id) + "#stated")


@blueprint.get("/cases/<number>/objections")
@allow(*OFFICERS)
def index(number: str) -> Any:
    """All that was received on a case's notices, for the organ that handles it."""
    with reading() as office:
        case = casework.find_case(office, number)
        g.now = office.now
        page = page_of(office.db, casework.objections_of(case), size=20)
        return render_template(
            "notices/objections.html", case=case, page=page, nav_here="cases.index"
        )


@blueprint.get("/objections/files/<int:file_id>")
@allow(*OFFICERS)
def file(file_id: int) -> Response:
    """A file that came with an objection: to be saved, never shown in place."""
    with reading() as office:
        found = casework.find_objection_file(office, file_id)
    try:
        content = current_app.extensions["files"].get(found.digest)
    except FileNotFoundError as error:
        raise AttachmentNotFound(str(file_id)) from error
    return served(found.filename, found.media_type, content, saved=True)


def _lookup(form: Any, sentence: str = "", status: int = 200, **found: Any) -> Any:
    page = render_template(
        "notices/lookup.html", form=form, sentence=sentence, **found, nav_here="notices.index"
    )
    return page, status


def _statement(
    notice_id: int,
    form: Any,
    sentence: str = "",
    status: int = 200,
    received: Received | None = None,
) -> Any:
    with reading() as office:
        notice = _own_notice(office, notice_id)
        page = render_template(
            "notices/statement.html",
            notice=notice,
            standing=publicity.standing_of(office, notice),
            statements=publicity.statements_of(office, notice, current_user.unit_id),
            form=form,
            evidence=evidence_kind(notice_id, received),
            sentence=sentence,
            nav_here="work.index",
        )
    return page, status


def _own_notice(office: Office, notice_id: int) -> Notice:
    """A notice of the actor's own unit; others' look absent here."""
    notice = office.db.get(Notice, notice_id)
    if notice is None or notice.kind != publicity.NOTICE or office.actor is None:
        abort(404)
    if not publicity.is_about(office.actor, office, notice):
        abort(404)
    return notice
