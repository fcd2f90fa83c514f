"""Files that come with a form: looked at, stored, and held while the form is not right yet."""

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from gettext import gettext as _
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
EVIDENCE = "evidence"
"""The kind of the files that come with an objection or a statement."""
log = logging.getLogger("cartouche.uploads")


@dataclass
class Received:
    """What a post brought: files that may be kept, by kind, and why others may not."""

    kept: list[tuple[str, StoredFile]] = field(default_factory=list)
    problems: dict[str, list[str]] = field(default_factory=dict)
    status: int = 422
    """Of the answer when something is wrong: 503 when it was the store and not the person."""

    @property
    def are_sound(self) -> bool:
        return not self.problems


def receive(task_id: int, page: str) -> Received:
    """Check and store the posted files, outside any transaction; a bad one is told, not stored.

    A file that came with an earlier post of the same form comes back as a signed token: nobody
    has to choose a file again because another field was wrong.
    """
    received = Received(kept=list(_held(task_id, page)))
    for kind in PAGES[page].attachments:
        for upload in request.files.getlist(f"file-{kind.key}"):
            name, content = upload.filename or "", upload.read()
            if not name and not content:
                continue  # nothing was chosen
            problem = _store(received, kind.key, name, content)
            if problem:
                sentence = f"{safe_filename(name)}：{problem}"
                received.problems.setdefault(kind.key, []).append(sentence)
    return received


def receive_evidence(place: str, most: int) -> Received:
    """Check and store the few files of one kind that come with a statement, as ``receive`` does.

    `place` is what the held files belong to; `most` how many may come.
    """
    received = Received(kept=list(_held(place, EVIDENCE))[:most])
    uploads = [one for one in request.files.getlist(f"file-{EVIDENCE}") if one.filename]
    for upload in uploads:
        if len(received.kept) >= most:
            sentence = _("最多上传 %(most)s 个文件，多出的没有上传。") % {"most": most}
            received.problems[EVIDENCE] = [*received.problems.get(EVIDENCE, []), sentence]
            break
        name, content = upload.filename or "", upload.read()
        problem = _store(received, EVIDENCE, name, content)
        if problem:
            sentence = f"{safe_filename(name)}：{problem}"
            received.problems.setdefault(EVIDENCE, []).append(sentence)
    return received


def receive_scans() -> Received:
    """Check and store many files of no kind yet, as ``receive`` does; the bad ones are told."""
    received = Received()
    for upload in request.files.getlist("scans"):
        name, content = upload.filename or "", upload.read()
        if not name and not content:
            continue  # nothing was chosen
        problem = _store(received, "", name, content)
        if problem:
            received.problems.setdefault("", []).append(f"{safe_filename(name)}：{problem}")
    if not received.kept and not received.problems:
        received.problems[""] = [_("请选择要上传的文件。")]
    return received


def _store(received: Received, kind: str, name: str, content: bytes) -> str | None:
    """Store a file that may be kept; or say what is wrong with it or with the store."""
    verdict = check_upload(name, content)
    if verdict.media_type is None:
        return verdict.problem
    try:
        digest = current_app.extensions["files"].put(content)
    except OSError:  # a full disk, a store that does not answer
        log.exception("a file could not be stored")
        received.status = 503
        return _("文件暂时无法保存，请稍后再试；仍不行的，请联系技术支持。")
    stored = StoredFile(safe_filename(name), verdict.media_type, len(content), digest)
    received.kept.append((kind, stored))
    return None


def keep(office: Office, case: Case, page: str, row_id: int | None, received: Received) -> None:
    """Put the files into the dossier, at their page or row."""
    for kind, stored in received.kept:
        casework.attach_file(office, case, page, row_id, kind, stored)


def tokens(
    task_id: int | str, page: str, received: Received | None
) -> dict[str, list[dict[str, Any]]]:
    """The held files by kind: name, size and the token that the form sends again."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, stored in received.kept if received else ():
        token = _serializer(task_id, page).dumps({"kind": kind, **asdict(stored)})
        entry = {"name": stored.filename, "size": stored.size, "token": token}
        found.setdefault(kind, []).append(entry)
    return found


def _held(task_id: int | str, page: str) -> Iterator[tuple[str, StoredFile]]:
    for token in request.form.getlist("held"):
        try:
            read = _serializer(task_id, page).loads(token, max_age=HOLD_SECONDS)
        except BadSignature:
            continue  # forged or a day old: the file has to be chosen again
        yield read.pop("kind"), StoredFile(**read)


def _serializer(task_id: int | str, page: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"held:{task_id}:{page}")
