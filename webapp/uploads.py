"""Files that come with a form: looked at, stored, and held while the form is not right yet."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from bpmn import casework
from bpmn.casework import StoredFile
from bpmn.office import Office
from forms.pages import PAGES
from forms.uploads import check_upload, safe_filename
from models import Case

HOLD_SECONDS = 24 * 60 * 60


@dataclass
class Received:
    """What a post brought: files that may be kept, by kind, and why others may not."""

    kept: list[tuple[str, StoredFile]] = field(default_factory=list)
    problems: dict[str, list[str]] = field(default_factory=dict)

    @property
    def are_sound(self) -> bool:
        return not self.problems


def receive(task_id: int, page: str) -> Received:
    """Check and store the posted files, outside any transaction; a bad one is told, not stored.

    A file that came with an earlier post of the same form comes back as a signed token: nobody
    has to choose a file again because another field was wrong.
    """
    received = Received(kept=list(_held(task_id, page)))
    store = current_app.extensions["files"]
    for kind in PAGES[page].attachments:
        for upload in request.files.getlist(f"file-{kind.key}"):
            name, content = upload.filename or "", upload.read()
            if not name and not content:
                continue  # nothing was chosen
            verdict = check_upload(name, content)
            if verdict.media_type is None:
                sentence = f"{safe_filename(name)}：{verdict.problem}"
                received.problems.setdefault(kind.key, []).append(sentence)
                continue
            stored = StoredFile(
                safe_filename(name), verdict.media_type, len(content), store.put(content)
            )
            received.kept.append((kind.key, stored))
    return received


def keep(office: Office, case: Case, page: str, row_id: int | None, received: Received) -> None:
    """Put the files into the dossier, at their page or row."""
    for kind, stored in received.kept:
        casework.attach_file(office, case, page, row_id, kind, stored)


def tokens(task_id: int, page: str, received: Received | None) -> dict[str, list[dict[str, Any]]]:
    """The held files by kind: name, size and the token that the form sends again."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, stored in received.kept if received else ():
        token = _serializer(task_id, page).dumps({"kind": kind, **asdict(stored)})
        entry = {"name": stored.filename, "size": stored.size, "token": token}
        found.setdefault(kind, []).append(entry)
    return found


def _held(task_id: int, page: str) -> Iterator[tuple[str, StoredFile]]:
    for token in request.form.getlist("held"):
        try:
            read = _serializer(task_id, page).loads(token, max_age=HOLD_SECONDS)
        except BadSignature:
            continue  # forged or a day old: the file has to be chosen again
        yield read.pop("kind"), StoredFile(**read)


def _serializer(task_id: int, page: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"held:{task_id}:{page}")
