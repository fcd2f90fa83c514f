"""What is typed and not saved yet is kept as a draft: by itself, on leaving, and without script.

A draft is seen by its writer alone, counts for nothing, and ends with 保存, 放弃 or 提交.
"""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, request

from bpmn import casework
from bpmn.office import Office
from forms.pages import PAGES
from webapp import held
from webapp.addresses import is_record_number
from webapp.filters import recent
from webapp.folders import Folder, writable_folder
from webapp.offices import transaction
from webapp.security import allow
from webapp.unsaved import entry_problems, keep_typed

blueprint = Blueprint("drafts", __name__)


@blueprint.post("/tasks/<int:task_id>/<page>/draft")
@allow("applicant")
def keep(task_id: int, page: str) -> Any:
    """Keep what was typed and say what is wrong with it; with `go`, turn the page (R028, R141)."""
    with transaction() as office:
        folder, row = _place(office, task_id, page)
        draft = keep_typed(office, folder, page, row, request.form)
        problems = entry_problems(office, folder, page, row, request.form)
        at = recent(draft.saved_at, office.now) if draft else ""
        wanted = request.form.get("go", "")
        target = folder.address(wanted if wanted in folder.matter.pages else page)
    return redirect(target) if wanted else jsonify(at=at, problems=problems)


@blueprint.post("/tasks/<int:task_id>/<page>/draft/discard")
@allow("applicant")
def discard(task_id: int, page: str) -> Any:
    """放弃: what was saved before is shown again."""
    with transaction() as office:
        folder, row = _place(office, task_id, page)
        casework.drop_draft(office, folder.case, casework.place_of(page, row))
        target = folder.address(page, panel=row or None)
    flash(_("已放弃未保存的内容。"), "success")
    return redirect(target)


@blueprint.post("/held")
@allow("applicant")
def resume() -> Any:
    """Go on with a form that was sent when the session or its page had expired."""
    return redirect(held.take(request.form.get("held", "")) or abort(404))


def _place(office: Office, task_id: int, page: str) -> tuple[Folder, str]:
    """The open folder, and which row of the page is meant."""
    folder, row = writable_folder(office, task_id, page), request.args.get("row", "")
    is_row = row == casework.NEW or is_record_number(row)
    if is_row != bool(PAGES[page].row) or (row and not is_row):
        abort(404)
    return folder, row
