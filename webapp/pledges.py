"""The pledge (承诺书) that is read and confirmed when something is handed in."""

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from bpmn.office import Office
from models import Task

_SECONDS = 24 * 3600
"""A page that was left open for longer is to be read again."""


def note_of(office: Office, task: Task, before: str) -> str:
    """A sealed note of when the acting person opened the pledge; the one from before if good."""
    if read_note(office, task, before) is not None:
        return before
    return _sealer().dumps([task.id, office.actor_id, office.now.isoformat()])


def read_note(office: Office, task: Task, note: str) -> datetime | None:
    """When it was opened; None for a note that is not ours, another's, or too old."""
    try:
        task_id, account_id, opened = _sealer().loads(note, max_age=_SECONDS)
    except BadSignature:
        return None
    mine = (task_id, account_id) == (task.id, office.actor_id)
    return datetime.fromisoformat(opened) if mine else None


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="pledge")
