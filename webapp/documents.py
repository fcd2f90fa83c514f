"""Papers as PDF files, for those who may see their case; a job makes them, so some come later."""

import re
from io import BytesIO
from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, current_app, render_template, request, send_file

from bpmn import casework
from bpmn.casework import deliveries
from bpmn.office import Office
from models import Case, Document, JobAttempt
from models.jobs import failure_of, setback_of
from models.papers import ISSUED
from webapp.offices import reading, transaction
from webapp.security import MEMBER, allow

blueprint = Blueprint("documents", __name__, url_prefix="/documents")
SECONDS_TO_WAIT, SECONDS_AFTER_SETBACK = 3, 15


@blueprint.get("/<int:document_id>.pdf")
@allow(MEMBER)
def pdf(document_id: int) -> Any:
    """The file; 202 while it is being made; `?download=yes` saves it instead of showing it."""
    with reading() as office:
        document, case = _document(office, document_id)
        failure = failure_of(office.db, "document", document_id)
        setback = setback_of(office.db, "document", document_id)
        unread = deliveries.is_unread(office, document)
    if document.status != ISSUED or not document.digest:
        return _not_yet(document, case, failure, setback)
    if unread and _is_a_reader():
        with transaction() as office:  # the only GET that writes: docs/decisions/0019
            deliveries.note_read(office, document)
    return sent_paper(document, case.number)


def sent_paper(document: Document, number: str) -> Any:
    """The file of an issued paper, named by its title and a number; for who may have it."""
    content = current_app.extensions["files"].get(document.digest or "")
    response = send_file(
        BytesIO(content), mimetype="application/pdf", etag=document.digest or False, max_age=0
    )
    response.cache_control.private = True
    response.headers["Content-Disposition"] = _disposition(document, number)
    return response


def _is_a_reader() -> bool:
    """Whether a person asked for the file, and not a program that looks ahead for one."""
    purposes = " ".join(request.headers.get(name, "") for name in _PURPOSES)
    return request.method == "GET" and not re.search("prefetch|preview|prerender", purposes)


_PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
"""What browsers say, today's and older ones."""


def _disposition(document: Document, number: str) -> str:
    """Named for people, 受理通知书-CH2026000001.pdf, and by number for old programs (RFC 6266)."""
    how = "attachment" if "download" in request.args else "inline"
    name = quote(f"{document.title}-{number}.pdf", safe="")
    return f"{how}; filename=\"{number}.pdf\"; filename*=UTF-8''{name}"


def _document(office: Office, document_id: int) -> tuple[Document, Case]:
    """Who may not see the case must not learn that the document exists."""
    document = office.db.get(Document, document_id)
    case = office.db.get(Case, document.case_id) if document else None
    if document is None or case is None or office.actor is None:
        abort(404)
    if not casework.may_see_paper(office.actor, document, case):
        abort(404)
    return document, case


def _not_yet(
    document: Document, case: Case, failure: str | None, setback: JobAttempt | None
) -> Any:
    shown = {"document": document, "case": case, "failure": failure, "setback": setback}
    if failure is not None:
        return render_template("documents/failed.html", **shown), 503
    page = render_template("documents/pending.html", **shown)
    seconds = str(SECONDS_AFTER_SETBACK if setback else SECONDS_TO_WAIT)
    headers = {"Retry-After": seconds, "Refresh": seconds}
    return page, 202, headers
