"""A form that was sent after the session had ended: given back to be kept once one is logged in.

Nothing is stored for somebody unknown: what was typed goes, signed, into the page that asks to
log in, and comes back with it. Files have to be chosen again.
"""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, flash, render_template, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from bpmn import casework
from bpmn.errors import CaseworkError
from forms.accounts import LoginForm
from webapp.folders import writable_folder
from webapp.offices import transaction
from webapp.unsaved import keep_typed

SECONDS = 24 * 60 * 60
_HELD = frozenset({"dossiers.save", "rows.add", "rows.change", "drafts.keep"})


def page() -> tuple[str, int] | None:
    """Where one logs in, or just goes on, with what was typed; None for any other request."""
    if request.endpoint not in _HELD or not _is_from_our_page():
        return None
    given: Mapping[str, Any] = request.view_args or {}
    row = str(given.get("row_id") or request.args.get("row", ""))
    if request.endpoint == "rows.add":
        row = casework.NEW
    posted = {name: request.form.getlist(name) for name in request.form if name != "csrf_token"}
    words = {"task": given["task_id"], "page": given["page"], "row": row, "posted": posted}
    token = _serializer().dumps(words)
    if current_user.is_authenticated:
        return render_template("errors/held.html", held=token), 400
    return render_template("accounts/login.html", form=LoginForm(None), held=token), 401


def take(token: str) -> str | None:
    """Keep as a draft what came back, for who is logged in now; the address to go on at.

    None when it is not ours, a day old, or in a folder that this person may not write in.
    """
    try:
        words = _serializer().loads(token, max_age=SECONDS)
        with transaction() as office:
            folder = writable_folder(office, words["task"], words["page"])
            keep_typed(office, folder, words["page"], words["row"], MultiDict(words["posted"]))
            address = folder.address(words["page"], panel=words["row"] or None)
    except (BadSignature, CaseworkError, NotFound):
        return None
    flash(_("您刚才填写的内容还在，请核对后保存；选好的文件需要重新选择。"), "info")
    return address


def _is_from_our_page() -> bool:
    """A page of another site cannot make words wait for the one who logs in."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.host


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="held-post")
