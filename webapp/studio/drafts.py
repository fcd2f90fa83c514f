"""The drafts of a matter's diagram: their list, a new one, the editor, bringing in and taking out
files."""

import io
import zipfile
from gettext import gettext as _
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from sqlalchemy import select
from sqlalchemy.orm import defer

from bpmn.casework import drawing_up
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms import TaskForm
from forms.studio import DraftForm
from models import Account, DiagramDraft, DiagramVersion
from webapp.addresses import record_number
from webapp.confirming import ask_first, is_confirmed
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.security import allow
from webapp.studio.tabs import studio_address

blueprint = Blueprint("studio_drafts", __name__, url_prefix="/admin/diagrams")
VERSIONS_OFFERED = 30
"""As the base of a new draft: the newest."""
XML, ZIP = "application/xml", "application/zip"


@blueprint.get("/<key>/edit")
@allow("admin")
def index(key: str) -> Any:
    """The matter's drafts and a new one; with `?draft=` the editor of one."""
    _require_matter(key)
    draft_id = request.args.get("draft", type=record_number)
    with reading() as office:
        if draft_id is not None:
            return _editor(office, key, draft_id)
        return _list(office, key, _form(office, key))


@blueprint.post("/<key>/drafts")
@allow("admin")
def begin(key: str) -> Any:
    """新建草稿 from a version; its editor opens."""
    _require_matter(key)
    with transaction() as office:
        form = _form(office, key, request.form)
        if form.validate():
            base = _version(office, key, int(form.base.data))
            draft = drawing_up.begin_diagram_draft(office, base, form.name.data or "")
            return redirect(url_for("studio_drafts.index", key=key, draft=draft.id), 303)
    with reading() as office:
        return _list(office, key, form), 422


@blueprint.post("/drafts/<int:draft_id>/drop")
@allow("admin")
def drop(draft_id: int) -> Any:
    """放弃草稿, after a question."""
    with reading() as office:
        draft = drawing_up.find_diagram_draft(office, draft_id)
    back = url_for("studio_drafts.index", key=draft.matter)
    if not is_confirmed():
        question = _("放弃草稿“{title}”？放弃后不再显示，不能恢复。").format(title=draft.title)
        return ask_first(question, _("放弃草稿"), back)
    with transaction() as office:
        drawing_up.drop_diagram_draft(office, draft_id)
    flash(_("草稿已放弃。"), "success")
    return redirect(back)


@blueprint.get("/drafts/<int:draft_id>/export")
@allow("admin")
def export(draft_id: int) -> Any:
    """All files of the draft as a zip."""
    with reading() as office:
        draft = drawing_up.find_diagram_draft(office, draft_id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(draft.files.items()):
            archive.writestr(name, text)
    packed.seek(0)
    name = f"{draft.matter}-{draft.id}-{draft.revision}.zip"
    return send_file(packed, ZIP, as_attachment=True, download_name=name)


@blueprint.get("/drafts/<int:draft_id>/export/<name>")
@allow("admin")
def export_file(draft_id: int, name: str) -> Any:
    """One file of the draft."""
    with reading() as office:
        draft = drawing_up.find_diagram_draft(office, draft_id)
    text = draft.files.get(name) or abort(404)
    content = io.BytesIO(text.encode())
    return send_file(content, XML, as_attachment=True, download_name=name)


def _require_matter(key: str) -> None:
    if key not in MATTERS:
        abort(404)


def _version(office: Office, key: str, number: int) -> DiagramVersion:
    query = select(DiagramVersion).where(
        DiagramVersion.matter == key, DiagramVersion.number == number
    )
    return office.db.scalars(query).one()


def _form(office: Office, key: str, posted: Any = None) -> DraftForm:
    query = select(DiagramVersion.number).where(
        DiagramVersion.matter == key, DiagramVersion.deployed_at.is_not(None)
    )
    newest = office.db.scalars(query.order_by(DiagramVersion.number.desc()).limit(VERSIONS_OFFERED))
    offered = [(str(one), _("第 {number} 版").format(number=one)) for one in newest]
    chosen = request.args.get("base", offered[0][0] if offered else "")
    return DraftForm(posted, {"base": chosen}, choices={"versions": offered})


def _list(office: Office, key: str, form: TaskForm) -> str:
    found = page_of(office.db, drawing_up.drafts_of(key))
    drafts: list[DiagramDraft] = found.rows
    savers = select(Account.id, Account.name).where(
        Account.id.in_({draft.saved_by for draft in drafts})
    )
    bases = select(DiagramVersion.id, DiagramVersion.number).where(
        DiagramVersion.id.in_({draft.base_version_id for draft in drafts})
    )
    return render_template(
        "studio/drafts.html",
        matter=MATTERS[key],
        found=found,
        savers=dict(office.db.execute(savers).all()),
        bases=dict(office.db.execute(bases).all()),
        editors=drawing_up.editors_of(office, [draft.id for draft in drafts]),
        form=form,
        nav_here="admin.diagrams",
    )


def _editor(office: Office, key: str, draft_id: int) -> str:
    draft = drawing_up.find_diagram_draft(office, draft_id)
    if draft.matter != key:
        abort(404)
    query = select(DiagramVersion).where(DiagramVersion.id == draft.base_version_id)
    return render_template(
        "studio/editor.html",
        matter=MATTERS[key],
        draft=draft,
        base=office.db.scalars(query.options(defer(DiagramVersion.files))).one(),
        addresses=_addresses(key, draft_id),
        nav_here="admin.diagrams",
    )


def _addresses(key: str, draft_id: int) -> dict[str, str]:
    """Where the editor leads to, as attributes; a page that is not there yet has no address."""
    pages = {
        "data-compare": "studio_comparison.show",
        "data-replay": "studio_replays.index",
        "data-migrate": "studio_migrations.index",
    }
    return {
        "data-draft": url_for("studio_api.show", draft_id=draft_id),
        "data-catalogue": url_for("studio_api.words", key=key),
        "data-propose": url_for("studio_proposals.propose", draft_id=draft_id),
        "data-import": url_for("studio_api.bring", draft_id=draft_id),
        "data-export": url_for("studio_drafts.export", draft_id=draft_id),
        **{name: studio_address(endpoint, key, draft=draft_id) for name, endpoint in pages.items()},
    }
