"""答复: what the organ asks the unit in a procedure, read and answered on one page."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from bpmn import casework
from bpmn.casework import replies
from bpmn.casework.deciding import require_open, words_of
from bpmn.casework.minutes import read_before
from bpmn.casework.worklist import due_of
from bpmn.matters import MATTERS
from forms import TaskForm
from webapp.offices import reading, transaction
from webapp.posted import typed
from webapp.security import allow

blueprint = Blueprint("replies", __name__)


@blueprint.get("/tasks/<int:task_id>/reply")
@allow("applicant")
def show(task_id: int) -> Any:
    """What was told, what may be answered, until when; an answered one leads to its case."""
    with reading() as office:
        task, case = replies.find_reply(office, task_id)
        if task.closed_at is not None:
            flash(_("“{task}”已办结。").format(task=task.name), "info")
            return redirect(url_for("cases.show", number=case.number))
    return _page(task_id)


@blueprint.post("/tasks/<int:task_id>/reply")
@allow("applicant")
def answer(task_id: int) -> Any:
    """保存 keeps what was typed; an outcome hands the answer in."""
    if "draft" in request.form:
        with transaction() as office:
            replies.find_reply(office, task_id)
            casework.save_draft(office, task_id, {"typed": typed(request.form)})
        flash(_("已保存。核对后请作出答复。"), "success")
        return redirect(url_for("replies.show", task_id=task_id))
    with transaction() as office:
        task, case = replies.find_reply(office, task_id)
        form = replies.reply(office, task_id, request.form)
        name, number = task.name, case.number
    if form.errors:
        return _page(task_id, form), 422
    flash(_("“{task}”已办理，审批机关已收到。").format(task=name), "success")
    return redirect(url_for("cases.show", number=number))


def _page(task_id: int, form: TaskForm | None = None) -> str:
    with reading() as office:
        task, case = replies.find_reply(office, task_id)
        require_open(office, task, case)
        g.now = office.now
        words = words_of(office, task, case)
        papers = casework.papers_of(office, case)
        return render_template(
            "tasks/reply.html",
            nav_here="work.index",
            task=task,
            case=case,
            matter=MATTERS[case.matter],
            kind=office.standard.certificate_types[case.certificate_type],
            words=words,
            form=form or replies.reply_form(office, task, case),
            outcomes=[(one.value, one.label) for one in words.outcomes],
            shown=read_before(office, task, case),
            due=due_of(office, task.due_at, task.clock),
            documents=papers[: -PAPERS - 1 : -1],
        )


PAPERS = 3
"""How many of the newest papers stand beside the form: what was told is among them."""
