"""归属协调: asking for it where a row was refused, and adding what was won."""

from dataclasses import asdict
from gettext import gettext as _
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for

from bpmn import casework
from bpmn.casework import StoredFile, conflicts
from bpmn.casework.rows import ROW_RULES
from bpmn.errors import NothingContested
from bpmn.matters.ownership_conflict import MATTER
from bpmn.office import Office
from forms import TaskForm
from models import Case
from webapp import uploads
from webapp.addresses import record_number
from webapp.dossiers import show_page
from webapp.folders import Folder, row_folder
from webapp.offices import reading, transaction
from webapp.refusals import Refused
from webapp.security import allow

blueprint = Blueprint("conflicts", __name__)


@blueprint.post("/tasks/<int:task_id>/<page>/conflicts")
@allow("applicant")
def ask(task_id: int, page: str) -> Any:
    """申请协调: what was typed goes along into a conflict case (R080, R084)."""
    row_id = request.args.get("row", type=record_number)
    with reading() as office:
        row_folder(office, task_id, page)
    received = uploads.receive(task_id, page)
    try:
        opened = _open(task_id, page, row_id, received)
    except NothingContested as error:
        opened = _refusal(task_id, page, row_id, received, str(error))
    if isinstance(opened, Refused):
        opened.row_id = row_id
        return show_page(task_id, page, opened)
    with reading() as office:
        task = casework.applicant_task(office, opened)
    flash(_("协调办件 %s 已建立，请写明理由、附上证明材料后提交。") % opened.number, "success")
    if task is None:  # the second click of two, and the reasons were handed in between them
        return _whole_page(url_for("cases.show", number=opened.number))
    return _whole_page(url_for("dossiers.page", task_id=task.id, page=MATTER.pages[0]))


@blueprint.get("/tasks/<int:task_id>/<page>/won/<int:contest_id>")
@allow("applicant")
def add(task_id: int, page: str, contest_id: int) -> Any:
    """The row that was refused once, as it was typed then: the unit may save it now."""
    with reading() as office:
        folder = row_folder(office, task_id, page)
        contest = conflicts.find_contest(office, contest_id, folder.case)
        if contest.page != page:
            abort(404)
        form = casework.page_form(office, folder.case, page, data=contest.values)
    kept = [(kind, StoredFile(**stored)) for kind, stored in contest.files]
    offered = Refused(form, uploads.Received(kept=kept), 200, row_id=contest.row_id)
    return show_page(task_id, page, offered)


def _open(
    task_id: int, page: str, row_id: int | None, received: uploads.Received
) -> Case | Refused:
    """The conflict case; or the form with its errors, and nothing opened."""
    with transaction() as office:
        folder = row_folder(office, task_id, page)
        form = _form(office, folder, page, row_id)
        if not form.validate() or not received.are_sound:
            return Refused(form, received, received.status)
        files = [(kind, asdict(stored)) for kind, stored in received.kept]
        typed = conflicts.Typed(page, form.answers(), files, row_id)
        return casework.open_conflict(office, folder.case, MATTER, typed)


def _refusal(
    task_id: int, page: str, row_id: int | None, received: uploads.Received, sentence: str
) -> Refused:
    with reading() as office:
        form = _form(office, row_folder(office, task_id, page), page, row_id)
        form.validate()
        place = form[ROW_RULES[page].named_by[0]]
        place.errors = [*place.errors, sentence]
        return Refused(form, received, 409)


def _form(office: Office, folder: Folder, page: str, row_id: int | None) -> TaskForm:
    row = casework.find_row(office, folder.case.dossier_id, row_id) if row_id else None
    if row is not None and row.page != page:
        abort(404)
    return casework.page_form(office, folder.case, page, request.form, row.values if row else None)


def _whole_page(address: str) -> Any:
    """Go there; a script that swaps only the grid is told to load the whole page."""
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address)
