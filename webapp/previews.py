"""预览文书: what a decision would issue, as a file in a window of its own; nothing is decided."""

from gettext import gettext as _
from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, request, send_file

from bpmn.casework import deciding, previewing
from bpmn.errors import StaleForm
from bpmn.matters import MATTERS
from certificates import FactsRejected, print_drafts
from webapp.errors import status_of
from webapp.offices import rehearsal
from webapp.security import OFFICERS, allow
from webapp.tasks import REFUSED

blueprint = Blueprint("previews", __name__)


@blueprint.post("/tasks/<int:task_id>/preview")
@allow(*OFFICERS, "expert")
def decision(task_id: int) -> Any:
    """The papers of the outcome pressed, of the form as typed; its errors when it is not right."""
    try:
        with rehearsal() as office:
            _task, case = deciding.seen_task(office, task_id)
            number, pages = case.number, MATTERS[case.matter].pages
            found = previewing.rehearse(office, task_id, pages, request.form)
    except REFUSED as error:
        return refused([str(error)], status_of(error))
    except StaleForm:
        return refused([_("又收到了新的异议，请刷新办理页面，看过后再作处理。")], 409)
    if found.form.errors:
        return refused([sentence for _id, sentence in found.form.error_list()], 422)
    if not found.drafts:
        return render_template("tasks/preview.html", problems=[])
    return draft_file(found.drafts, f"{_('文书预览')}-{number}.pdf")


def draft_file(drafts: Any, name: str) -> Any:
    """The drafts as one file, or why they cannot be printed."""
    try:
        content = print_drafts(drafts)
    except FactsRejected as error:
        return refused(list(error.problems), 422)
    return send_file(BytesIO(content), mimetype="application/pdf", download_name=name, max_age=0)


def refused(problems: list[str], status: int) -> Any:
    return render_template("tasks/preview.html", problems=problems), status
