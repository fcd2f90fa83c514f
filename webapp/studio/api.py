"""What the editor's script asks and sends: the draft's files, who draws, what may be chosen.

Answers are JSON; a refusal says why in one sentence, `{"message": …}`.
"""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, current_app, jsonify, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from bpmn.casework import drawing_up
from bpmn.casework.called_diagrams import called_from
from bpmn.casework.foreign_files import bring_in
from bpmn.engine.xml import MAX_BYTES
from bpmn.errors import CaseworkError, DiagramDraftMoved
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms.studio import DraftForm
from models import DiagramDraft, DiagramVersion
from webapp.errors import status_of
from webapp.filters import moment_iso
from webapp.offices import reading, transaction
from webapp.security import allow
from webapp.studio.answers import checked, editors_in_json
from webapp.studio.catalogue import catalogue
from webapp.studio.sent import as_files, as_names, as_number, as_text, sent

blueprint = Blueprint("studio_api", __name__, url_prefix="/admin/diagrams")
_HTTP_WORDS = {
    400: _("请求的内容不完整，没有保存。"),
    401: _("登录已过期，没有保存。请在另一个窗口重新登录，再回到这里保存；您画的内容还在本页。"),
    403: _("只有管理员可以修改流程图。"),
    404: _("没有这份草稿，或者它已被放弃。"),
    413: _("发送的内容超过 24 MB，没有保存。"),
    429: _("请求过于频繁，没有保存，请稍后再试。"),
}
_FAULT = _("出了差错，没有保存，请稍后再试。")


@blueprint.get("/drafts/<int:draft_id>")
@allow("admin")
def show(draft_id: int) -> Any:
    """The draft, and who has it open."""
    with reading() as office:
        draft = drawing_up.find_diagram_draft(office, draft_id)
        base = office.db.get_one(DiagramVersion, draft.base_version_id)
        answer = {
            "id": draft.id,
            "matter": draft.matter,
            "matter_name": MATTERS[draft.matter].name,
            "title": draft.title,
            "base": {"number": base.number},
            "files": draft.files,
            **_saved(office, draft),
            "editors": editors_in_json(drawing_up.editors_of(office, [draft_id])[draft_id]),
        }
    return jsonify(answer)


@blueprint.get("/drafts/<int:draft_id>/problems")
@allow("admin")
def check(draft_id: int) -> Any:
    """What is wrong with the draft: asked apart, so that the canvas need not wait for the proof."""
    with reading() as office:
        files = drawing_up.find_diagram_draft(office, draft_id).files
    return jsonify(checked(files))


@blueprint.post("/drafts/<int:draft_id>/files")
@allow("admin")
def save(draft_id: int) -> Any:
    """Keep what was drawn, however wrong it is, and say what is wrong."""
    body = sent()
    revision, files = as_number(body, "revision"), as_files(body, "files")
    removed = as_names(body, "removed")
    with transaction() as office:
        draft = drawing_up.save_diagram_draft(office, draft_id, revision, files, removed)
        answer = _saved(office, draft)
    return jsonify(**answer, **checked(draft.files))


@blueprint.post("/drafts/<int:draft_id>/copy")
@allow("admin")
def copy(draft_id: int) -> Any:
    """另存为新草稿: what I have here, whatever the draft has become meanwhile."""
    body = sent()
    form = DraftForm({"name": as_text(body, "title")})
    if not form.name.validate(form):
        return jsonify(message="".join(form.name.errors)), 422
    with transaction() as office:
        files, removed = as_files(body, "files"), as_names(body, "removed")
        title = form.name.data or ""
        draft = drawing_up.copy_diagram_draft(office, draft_id, title, files, removed)
    return jsonify(address=url_for("studio_drafts.index", key=draft.matter, draft=draft.id))


@blueprint.post("/drafts/<int:draft_id>/presence")
@allow("admin")
def presence(draft_id: int) -> Any:
    """I have it open; who else has?"""
    with transaction() as office:
        drawing_up.note_editor(office, draft_id)
        office.db.flush()
        editors = drawing_up.editors_of(office, [draft_id])[draft_id]
    return jsonify(editors=editors_in_json(editors))


@blueprint.post("/drafts/<int:draft_id>/called")
@allow("admin")
def called(draft_id: int) -> Any:
    """The files of a called diagram or table as a source has them; the next saving keeps them."""
    body = sent()
    with reading() as office:
        drawing_up.find_diagram_draft(office, draft_id)
        return jsonify(files=called_from(office, as_text(body, "process"), as_text(body, "source")))


@blueprint.post("/drafts/<int:draft_id>/import")
@allow("admin")
def bring(draft_id: int) -> Any:
    """A file drawn elsewhere as it may be kept, and what was changed; the next saving keeps it."""
    upload = request.files.get("file") or abort(400)
    content = upload.read(MAX_BYTES + 1)
    with reading() as office:
        draft = drawing_up.find_diagram_draft(office, draft_id)
        wanted = request.form.get("as", "")
        came = bring_in(upload.filename or "", content, draft.matter, draft.files, wanted)
    files = {came.name: came.text}
    found = checked({**draft.files, **files})
    return jsonify(files=files, laid_out=came.laid_out, notes=came.notes, **found)


@blueprint.get("/<key>/catalogue")
@allow("admin")
def words(key: str) -> Any:
    """What the editor offers to choose from."""
    if key not in MATTERS:
        abort(404)
    with reading() as office:
        return jsonify(catalogue(office))


def _saved(office: Office, draft: DiagramDraft) -> Mapping[str, Any]:
    return {
        "revision": draft.revision,
        "saved_at": moment_iso(draft.saved_at),
        "saved_by": drawing_up.saver_of(office, draft),
    }


@blueprint.errorhandler(CaseworkError)
def refuse(error: CaseworkError) -> Any:
    return jsonify(message=str(error)), status_of(error)


@blueprint.errorhandler(DiagramDraftMoved)
def refuse_late(error: DiagramDraftMoved) -> Any:
    said = {"revision": error.revision, "saved_by": error.saved_by}
    return jsonify(message=str(error), **said, saved_at=moment_iso(error.saved_at)), 409


@blueprint.errorhandler(CSRFError)
def refuse_expired(_error: CSRFError) -> Any:
    message = _("页面已过期，没有保存。请在另一个窗口重新登录，再回到这里保存；内容还在本页。")
    return jsonify(message=message), 400


@blueprint.errorhandler(HTTPException)
def refuse_plainly(error: HTTPException) -> Any:
    code = error.code or 500
    return jsonify(message=_HTTP_WORDS.get(code, _FAULT)), code


@blueprint.errorhandler(Exception)
def refuse_fault(error: Exception) -> Any:
    """A fault of the program or of the database: the script tries again by itself."""
    current_app.logger.error("fault", exc_info=error)
    return jsonify(message=_FAULT), 500
