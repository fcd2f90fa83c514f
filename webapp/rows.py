"""Rows of staff, equipment and projects: added one by one, changed, removed (R068–R088)."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, redirect, request

from bpmn import casework
from bpmn.casework import NEW
from bpmn.casework.rows import ROW_RULES
from bpmn.errors import CaseworkError, HeldElsewhere, RowRepeated, StaleForm
from bpmn.office import Office
from forms import TaskForm
from models import DossierRow
from webapp import answers, uploads
from webapp.confirming import ask_first, is_confirmed
from webapp.dossiers import show_page
from webapp.folders import Folder, row_folder
from webapp.grids import SIZE, WORDS
from webapp.offices import reading, transaction
from webapp.refusals import Refused
from webapp.security import allow
from webapp.unsaved import drop_saved, keep_refused

blueprint = Blueprint("rows", __name__)


@blueprint.post("/tasks/<int:task_id>/<page>/rows")
@allow("applicant")
def add(task_id: int, page: str) -> Any:
    """Save a new row; the form goes on with the next one by itself (R070, R082, R086)."""
    return _save(task_id, page, None)


@blueprint.post("/tasks/<int:task_id>/<page>/rows/<int:row_id>")
@allow("applicant")
def change(task_id: int, page: str, row_id: int) -> Any:
    """Save a changed row (编辑)."""
    return _save(task_id, page, row_id)


@blueprint.post("/tasks/<int:task_id>/<page>/rows/<int:row_id>/remove")
@allow("applicant")
def remove(task_id: int, page: str, row_id: int) -> Any:
    """Take a row out, once it was asked whether that is meant (移除, 删除)."""
    with reading() as office:
        folder = row_folder(office, task_id, page)
        row = casework.find_row(office, folder.case.dossier_id, row_id)
        words, label = WORDS[page], row.label
    back = folder.address(page, sheet=request.args.get("sheet"))
    if not is_confirmed():
        return ask_first(words["question"] % label, words["remove"], back)
    with transaction() as office:
        casework.remove_row(office, row_folder(office, task_id, page).case, row_id)
    flash(_("已%(act)s：%(name)s。") % {"act": words["remove"], "name": label}, "success")
    return redirect(back)


def _save(task_id: int, page: str, row_id: int | None) -> Any:
    with reading() as office:
        folder = row_folder(office, task_id, page)
    received = uploads.receive(task_id, page)
    try:
        saved = _write(task_id, page, row_id, received)
    except (HeldElsewhere, RowRepeated, StaleForm) as error:
        saved = _refusal(task_id, page, row_id, received, error)
    if isinstance(saved, Refused):
        saved.row_id = row_id
        keep_refused(task_id, page, _key(row_id))
        return show_page(task_id, page, saved)
    if row_id is None:
        flash(_("已保存：%s。可以继续添加，全部添加完后请关闭。") % saved.label, "success")
        return redirect(folder.address(page, panel=NEW, saved=saved.id, sheet=_last_sheet(saved)))
    flash(_("已保存：%s。") % saved.label, "success")
    return redirect(folder.address(page, f"row-{saved.id}", sheet=request.args.get("sheet")))


def _write(
    task_id: int, page: str, row_id: int | None, received: uploads.Received
) -> DossierRow | Refused:
    """The row as saved with its files, or the form with its errors and nothing saved."""
    with transaction() as office:
        folder = row_folder(office, task_id, page)
        form = _form(office, folder, page, row_id)
        if not form.validate() or not received.are_sound:
            return Refused(form, received, received.status)
        row = _put(office, folder, page, row_id, form)
        uploads.keep(office, folder.case, page, row.id, received)
        drop_saved(office, folder, page, _key(row_id))
        return row


def _key(row_id: int | None) -> str:
    """What the row is called in the place of its draft."""
    return str(row_id) if row_id else NEW


def _put(
    office: Office, folder: Folder, page: str, row_id: int | None, form: TaskForm
) -> DossierRow:
    if row_id is None:
        return casework.add_row(office, folder.case, page, form.answers())
    revision = request.form.get("revision", 0, type=int)
    return casework.change_row(office, folder.case, row_id, form.answers(), revision)


def _form(office: Office, folder: Folder, page: str, row_id: int | None) -> TaskForm:
    row = casework.find_row(office, folder.case.dossier_id, row_id) if row_id else None
    if row is not None and row.page != page:
        abort(404)
    return casework.page_form(office, folder.case, page, request.form, row.values if row else None)


def _refusal(
    task_id: int, page: str, row_id: int | None, received: uploads.Received, error: CaseworkError
) -> Refused:
    """The form again, with the other unit's name at the field, or what was saved meanwhile."""
    with reading() as office:
        folder = row_folder(office, task_id, page)
        form = _form(office, folder, page, row_id)
        form.validate()
        if not isinstance(error, StaleForm):
            place = form[ROW_RULES[page].named_by[0]]
            place.errors = [*place.errors, str(error)]
            return Refused(form, received, held_elsewhere=isinstance(error, HeldElsewhere))
        row = casework.find_row(office, folder.case.dossier_id, row_id or 0)
        different = answers.differences(form, form.answers(), row.values)
        return Refused(form, received, 409, str(error), different)


def _last_sheet(row: DossierRow) -> int | None:
    return None if row.position <= SIZE else -(-row.position // SIZE)
