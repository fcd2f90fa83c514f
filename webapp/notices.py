"""公示 and 公告 open to all, with their history and their papers; objections by anyone."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_login import current_user

from bpmn import casework
from bpmn.casework import publicity
from bpmn.casework.objections import MOST_FILES
from bpmn.casework.running import lock_case
from bpmn.errors import NoticeClosed
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms.objections import ObjectionForm
from models import Notice
from models.papers import ISSUED
from webapp import throttle
from webapp.addresses import record_number
from webapp.documents import sent_paper
from webapp.hall import KINDS
from webapp.offices import reading, transaction
from webapp.paging import asked_words, page_of
from webapp.security import PUBLIC, allow
from webapp.uploads import EVIDENCE, Received, receive_evidence, tokens

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
RECEIVED = "objections_received"
"""In the visitor's session: notice → number of the objection just received."""


@blueprint.get("")
@allow(PUBLIC)
def index() -> Any:
    """Everything that was ever published of a kind, newest first (R306, R308)."""
    asked = request.args.get("kind")
    wanted = publicity.NoticesWanted(
        kind=asked if asked in KINDS else publicity.NOTICE,
        words=asked_words(),
        organ_id=request.args.get("organ", type=record_number),
        matter=asked_words("matter"),
        year=request.args.get("year", type=int),
    )
    with reading() as office:
        page = page_of(office.db, publicity.search_notices(wanted))
        return render_template(
            "notices/index.html",
            page=page,
            standings=publicity.standings_of(office, page.rows),
            wanted=wanted,
            kinds=KINDS,
            organs=publicity.publishing_organs(office),
            matters={key: one.name for key, one in MATTERS.items()},
            years=publicity.published_years(office, wanted.kind),
        )


@blueprint.get("/<int:notice_id>")
@allow(PUBLIC)
def show(notice_id: int) -> Any:
    with reading() as office:
        name = current_user.organ_name if current_user.is_authenticated else ""
        return _page(office, _notice(office, notice_id), ObjectionForm(data={"name": name}))


@blueprint.get("/<int:notice_id>.pdf")
@allow(PUBLIC)
def pdf(notice_id: int) -> Any:
    """The paper of what was published; anyone may have it, and no other paper."""
    with reading() as office:
        notice = _notice(office, notice_id)
        paper = publicity.paper_of(office, notice) or abort(404)
    if paper.status != ISSUED or not paper.digest:
        return render_template("notices/pending.html", notice=notice), 202, {"Refresh": "3"}
    return sent_paper(paper, notice.facts["case_number"])


@blueprint.post("/<int:notice_id>", endpoint="object")
@allow(PUBLIC)
def object_to(notice_id: int) -> Any:
    """Receive an objection (R305); whatever is wrong, nothing typed or chosen is lost."""
    form = ObjectionForm(request.form)
    received = evidence(notice_id)
    if received is None:
        return _again(notice_id, form, 429, TOO_OFTEN)
    if not form.validate() or not received.are_sound:
        return _again(notice_id, form, 422, received=received)
    try:
        number = _receive(notice_id, form, received)
    except NoticeClosed as closed:
        return _again(notice_id, form, 409, str(closed))
    if number is None:
        return _again(notice_id, form, 429, TOO_OFTEN, received)
    session[RECEIVED] = {**session.get(RECEIVED, {}), str(notice_id): number}
    return redirect(url_for("notices.received", notice_id=notice_id))


TOO_OFTEN = _("提交过于频繁，请半小时后再试；您填写的内容仍在下面。")


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


def evidence(notice_id: int) -> Received | None:
    """The files that came with the post, looked at and stored; None for too many such posts."""
    if not any(one.filename for one in request.files.getlist(f"file-{EVIDENCE}")):
        return receive_evidence(f"notice{notice_id}", MOST_FILES)
    keys = throttle.evidence_keys(request.remote_addr or "")
    with transaction() as office:
        notice = _notice(office, notice_id)
        if throttle.is_blocked(office, keys):
            return None
        throttle.note_failure(office, keys)
        if not publicity.standing_of(office, notice).is_open:
            return Received()
    return receive_evidence(f"notice{notice_id}", MOST_FILES)


def evidence_kind(notice_id: int, received: Received | None) -> dict[str, Any]:
    """What the file field of an objection or a statement shows."""
    problems = received.problems.get(EVIDENCE, []) if received else []
    return {
        "key": EVIDENCE,
        "label": _("证明材料"),
        "help": _("最多 %(most)s 个，jpg、png 或 pdf，每个不超过 2 MB；只供办理机关核实，不公开。")
        % {"most": MOST_FILES},
        "error": "".join(problems),
        "held": tokens(f"notice{notice_id}", EVIDENCE, received).get(EVIDENCE, []),
        "files": [],
        "required": False,
    }


def _receive(notice_id: int, form: Any, received: Received) -> str | None:
    """The number of the objection; None when this visitor has sent too many."""
    keys = throttle.objection_keys(notice_id, request.remote_addr or "")
    with transaction() as office:
        # Held before it is counted: of many that come at once, none escapes the count.
        lock_case(office, _notice(office, notice_id).case_id)
        if throttle.is_blocked(office, keys):
            return None
        contact = "、".join(way for way in (form.mobile.data, form.email.data) if way)
        objection = casework.object_to_notice(
            office,
            notice_id,
            name=form["name"].data,
            contact=contact,
            content=form.content.data,
            files=[stored for _kind, stored in received.kept],
        )
        throttle.note_failure(office, keys)
        return objection.number


def _again(
    notice_id: int, form: Any, status: int, sentence: str = "", received: Received | None = None
) -> Any:
    with reading() as office:
        return _page(office, _notice(office, notice_id), form, sentence, received), status


def _page(
    office: Office,
    notice: Notice,
    form: Any,
    sentence: str = "",
    received: Received | None = None,
) -> str:
    paper = publicity.paper_of(office, notice)
    return render_template(
        "notices/show.html",
        notice=notice,
        standing=publicity.standing_of(office, notice),
        organ=publicity.organ_of(office, notice),
        paper=paper,
        columns=publicity.columns_of(paper),
        related=publicity.related_notices(office, notice),
        answered=publicity.public_answers(office, notice),
        may_state=_may_state(office, notice),
        form=form,
        evidence=evidence_kind(notice.id, received),
        sentence=sentence,
        kinds=KINDS,
        nav_here="notices.index",
    )


def _may_state(office: Office, notice: Notice) -> bool:
    """The unit itself makes a statement rather than an objection."""
    actor = office.actor
    return (
        actor is not None
        and "applicant" in actor.roles
        and publicity.is_about(actor, office, notice)
    )


def _notice(office: Office, notice_id: int) -> Notice:
    return office.db.get(Notice, notice_id) or abort(404)
