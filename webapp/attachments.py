"""Files of dossiers: shown to those who may see the case, taken out while it may be changed."""

from gettext import gettext as _
from typing import Any
from urllib.parse import quote

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    url_for,
)

from bpmn import casework
from bpmn.errors import AttachmentNotFound
from forms.attachments import ACCEPTED_TYPES
from models import Attachment
from webapp.confirming import ask_first, is_confirmed
from webapp.folders import Folder, writable_folder
from webapp.offices import reading, transaction
from webapp.security import MEMBER, allow

blueprint = Blueprint("attachments", __name__)

LOCKED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""A file from outside runs nothing, loads nothing and reaches nothing."""


@blueprint.get("/attachments/<int:attachment_id>")
@allow(MEMBER)
def show(attachment_id: int) -> Response:
    """The file itself. 404 for everyone who may not see its case."""
    with reading() as office:
        file = casework.find_attachment(office, attachment_id)
    try:
        content = current_app.extensions["files"].get(file.digest)
    except FileNotFoundError as error:
        raise AttachmentNotFound(str(attachment_id)) from error
    return served(file.filename, file.media_type, content)


@blueprint.post("/tasks/<int:task_id>/attachments/<int:attachment_id>/remove")
@allow("applicant")
def remove(task_id: int, attachment_id: int) -> Any:
    """Take a file out of the dossier, once it was asked whether that is meant."""
    with reading() as office:
        folder = writable_folder(office, task_id)
        file = casework.find_attachment(office, attachment_id)
        back = _place(folder, file)
    if not is_confirmed():
        return ask_first(_("移除附件“%s”？") % file.filename, _("移除"), back)
    with transaction() as office:
        casework.detach_file(office, writable_folder(office, task_id).case, attachment_id)
    flash(_("已移除附件“%s”。") % file.filename, "success")
    return redirect(back)


def _place(folder: Folder, file: Attachment) -> str:
    if file.kind == casework.TRAY:
        return url_for("scans.tray", task_id=folder.task.id, page=file.page)
    arguments = {"panel": file.row_id} if file.row_id else {}
    return folder.address(file.page, "files", **arguments)


def served(name: str, media_type: str, content: bytes, *, saved: bool = False) -> Response:
    """A file from outside, locked in; `saved` hands it over to be kept, never shown in place."""
    known = media_type in ACCEPTED_TYPES
    response = Response(content, mimetype=media_type if known else "application/octet-stream")
    way = "inline" if known and not saved else "attachment"
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response
