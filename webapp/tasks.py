"""One task: its page, claiming it, keeping a draft, deciding it."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_login import current_user

from bpmn import casework
from bpmn.casework import deciding, inspection
from bpmn.casework.replies import is_reply
from bpmn.casework.rights import is_outsider
from bpmn.errors import (
    OutcomeUnknown,
    PaperRefused,
    PrerequisiteUnmet,
    StaleForm,
    TookPart,
    UnitFactTaken,
)
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import Account, Case, Task
from webapp.desk import desk_page
from webapp.errors import status_of
from webapp.offices import reading, transaction
from webapp.posted import typed, with_item, without_item
from webapp.security import MEMBER, OFFICERS, allow
from webapp.worklist import worklist_url

blueprint = Blueprint("tasks", __name__)
NEXT = _("“{task}”已办理，办件 {number} 转入下一环节。")
CLOSED = _("“{task}”已办理，办件 {number} 已办结。")
REFUSED = (PaperRefused, OutcomeUnknown, UnitFactTaken, PrerequisiteUnmet, TookPart)
"""What stands in the way of a decision, told beside it with everything typed."""


@blueprint.get("/tasks/<int:task_id>")
@allow(MEMBER)
def show(task_id: int) -> Any:
    """The task's page; the applicant is led to the dossier, and a closed task to its case."""
    with reading() as office:
        task, case = deciding.seen_task(office, task_id)
        if office.actor and casework.is_respondent(office.actor, case):
            return redirect(url_for("respondents.show", number=case.number))
        if task.closed_at is not None:
            return _closed(office, task, case)
        if current_user.unit_id is not None and is_reply(task):
            return redirect(url_for("replies.show", task_id=task_id))
        if current_user.unit_id is not None and task.role == "applicant":
            first = MATTERS[case.matter].pages[0]
            return redirect(url_for("dossiers.page", task_id=task_id, page=first))
        deciding.require_open(office, task, case)
        return desk_page(office, task, case, _form(office, task, case))


@blueprint.post("/tasks/<int:task_id>")
@allow(*OFFICERS, "expert")
def decide(task_id: int) -> Any:
    """Whatever the page's buttons post: an item more or less, a secret, a draft, a decision."""
    if "add" in request.form:
        return _again(task_id, with_item(request.form, "items", "place"))
    if "remove" in request.form:
        order = request.form.get("remove", -1, type=int)
        return _again(task_id, without_item(request.form, "items", order))
    if "reveal" in request.form:
        return _reveal(task_id, request.form["reveal"])
    return _save_draft(task_id) if "draft" in request.form else _complete(task_id)


@blueprint.post("/tasks/<int:task_id>/claim")
@allow(*OFFICERS, "expert")
def claim(task_id: int) -> Any:
    """认领: the first of two wins; the other reads who did (409)."""
    with transaction() as office:
        deciding.seen_task(office, task_id)
        task = casework.claim_task(office, task_id)
    flash(_("已认领“{task}”。").format(task=task.name), "success")
    return _back(task_id)


@blueprint.post("/tasks/<int:task_id>/release")
@allow(*OFFICERS, "expert")
def release(task_id: int) -> Any:
    """释放: put the task back on the shared queue."""
    with transaction() as office:
        deciding.seen_task(office, task_id)
        task = casework.release_task(office, task_id)
    flash(_("已释放“{task}”，其他人可以认领。").format(task=task.name), "success")
    return _back(task_id)


def _complete(task_id: int) -> Any:
    try:
        with transaction() as office:
            task, case = deciding.seen_task(office, task_id)
            pages = MATTERS[case.matter].pages
            form = deciding.decide(office, task_id, pages, request.form)
    except REFUSED as error:
        return _again(task_id, request.form, str(error), status_of(error))
    except StaleForm:
        return _again(task_id, request.form, _("又收到了新的异议，请看过后再作处理。"), 409)
    if form.errors:
        return _again(task_id, request.form, form=form, status=422)
    done = CLOSED if case.closed_at is not None else NEXT
    flash(done.format(task=task.name, number=case.number), "success")
    return redirect(worklist_url(request.form.get("list", "")))


def _save_draft(task_id: int) -> Any:
    with transaction() as office:
        deciding.seen_task(office, task_id)
        casework.save_draft(office, task_id, {"typed": typed(request.form)})
    flash(_("已暂存，下次打开时恢复。"), "success")
    query: dict[str, Any] = request.args.to_dict()
    return redirect(url_for("tasks.show", **{**query, "task_id": task_id}))


def _reveal(task_id: int, place: str) -> Any:
    """The number is shown in this answer only; the trail keeps who read it."""
    with transaction() as office:
        task, case = deciding.seen_task(office, task_id)
        deciding.require_open(office, task, case)
        casework.find_case(office, case.number)  # who is asked from outside sees no number whole
        inspection.reveal(office, case, place)
    return _again(task_id, request.form if "opinion" in request.form else None, revealed=[place])


def _again(
    task_id: int,
    posted: Any,
    message: str = "",
    status: int = 200,
    *,
    form: Any = None,
    revealed: Any = (),
) -> Any:
    """The page once more with everything that was typed."""
    with reading() as office:
        task, case = deciding.seen_task(office, task_id)
        deciding.require_open(office, task, case)
        form = form or _form(office, task, case, posted)
        page = desk_page(office, task, case, form, message=message, revealed=revealed)
    return page, status


def _form(office: Office, task: Task, case: Case, posted: Any = None) -> Any:
    return deciding.decision_form(office, task, case, MATTERS[case.matter].pages, posted)


def _closed(office: Office, task: Task, case: Case) -> Any:
    """A closed task has no page of its own: what was decided is in the case."""
    by = office.db.get(Account, task.closed_by) if task.closed_by else None
    if by is not None and by.unit_id is None and current_user.unit_id is None:
        flash(_("“{task}”已由 {name} 办理。").format(task=task.name, name=by.name), "info")
    else:
        flash(_("“{task}”已办结。").format(task=task.name), "info")
    if office.actor is not None and is_outsider(office.actor, case):
        return redirect(url_for("worklist.index"))
    return redirect(url_for("cases.show", number=case.number))


def _back(task_id: int) -> Any:
    """From the list back to the list, from the task back to the task."""
    carried = request.form.get("list", "")
    if "stay" in request.form:
        return redirect(worklist_url(carried))
    query: dict[str, Any] = {"list": carried} if carried else {}
    return redirect(url_for("tasks.show", task_id=task_id, **query))
