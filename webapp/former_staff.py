"""“老人老办法”技术人员查询: the unit's former people, ticked and taken over (R065-R067)."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request

from bpmn import casework
from bpmn.casework.former_staff import PAGE
from bpmn.office import Office
from webapp.addresses import record_number
from webapp.folders import Folder, frame, writable_folder
from webapp.layouts import FORMER_COLUMNS, former_cells
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.security import allow

blueprint = Blueprint("former_staff", __name__)
PAGE_SIZE = 100


@blueprint.get("/tasks/<int:task_id>/former-staff")
@allow("applicant")
def show(task_id: int) -> Any:
    """Whom the old system listed in the unit, and who of them is in the list already."""
    return _page(task_id)


@blueprint.post("/tasks/<int:task_id>/former-staff")
@allow("applicant")
def transfer(task_id: int) -> Any:
    """人员基本信息转移; who cannot be taken over is told by name, the others are."""
    ticked = set(request.form.getlist("person", type=record_number)[:PAGE_SIZE])
    if not ticked:
        return _page(task_id, problem=_("请先勾选要转移的人员。")), 422
    with transaction() as office:
        folder = _folder(office, task_id)
        done = casework.transfer_former_staff(office, folder.case, folder.matter, ticked)
    if done.refused:
        return _page(task_id, done), 409
    flash(_done_words(done), "success")
    return redirect(folder.address(PAGE))


def _page(task_id: int, done: casework.Transfer | None = None, problem: str = "") -> Any:
    refused = done.refused if done else []
    with reading() as office:
        folder = _folder(office, task_id)
        if hidden := casework.why_not_shown(folder.case):
            flash(hidden, "warning")
            return redirect(folder.address(PAGE))
        return render_template(
            "dossiers/former_staff.html",
            **frame(office, folder, PAGE),
            title=_("“老人老办法”技术人员查询"),
            found=page_of(office.db, casework.former_staff_of(folder.case), PAGE_SIZE),
            listed=casework.listed_digests(office, folder.case),
            columns=FORMER_COLUMNS,
            cells_of=former_cells,
            refused=refused,
            problems=[problem] if problem else refused,
            told=_done_words(done) if done else "",
        )


def _folder(office: Office, task_id: int) -> Folder:
    """The folder, open for writing, of a matter that takes over people of the old system."""
    folder = writable_folder(office, task_id, PAGE)
    return folder if folder.matter.offers_former_staff else abort(404)


def _done_words(done: casework.Transfer) -> str:
    words = _("已转移 {count} 人的基本信息，请补填手机号码并上传各项材料。").format(
        count=len(done.added)
    )
    again = _("{names}已在列表中，没有重复转移。").format(names="、".join(done.listed))
    return (words if done.added else "") + (again if done.listed else "")
