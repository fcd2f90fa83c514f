"""对方单位: the conflicts in which somebody claims what my unit holds, and my unit's answers."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from bpmn import casework
from bpmn.casework import evidence
from bpmn.casework.status import open_tasks_of, status_state, status_words
from bpmn.casework.story import story_of
from bpmn.casework.tracing import stages_of, trace_of
from bpmn.casework.worklist import due_of
from bpmn.matters import MATTERS
from bpmn.office import Office
from bpmn.operations.holdings import contest_of
from certificates import KINDS
from forms import TaskForm
from forms.pages import PAGES
from models import Case, Document, Task
from webapp import uploads
from webapp.confirming import ask_first, is_confirmed
from webapp.deliveries import service_variables
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.posted import typed
from webapp.security import allow
from webapp.sheets import file_entry

blueprint = Blueprint("respondents", __name__, url_prefix="/conflicts")
LISTED = 20


@blueprint.get("")
@allow("applicant")
def index() -> Any:
    """Every conflict that my unit was told of, those that are open first."""
    with reading() as office:
        g.now = office.now
        page = page_of(office.db, evidence.conflicts_against(current_user.unit_id or 0))
        return render_template("conflicts/index.html", page=page, rows=listed(office, page.rows))


@blueprint.get("/<number>")
@allow("applicant")
def show(number: str) -> Any:
    """What is claimed, masked; my unit's answer and files; where it stands."""
    return _page(number)


@blueprint.post("/<number>")
@allow("applicant")
def answer(number: str) -> Any:
    """保存 keeps words and files; an outcome, or 提交, hands them in."""
    with reading() as office:
        task_id = evidence.open_answer(office, evidence.find_conflict(office, number)).id
    received = uploads.receive(task_id, evidence.ANSWER_PAGE)
    _keep(number, task_id, received)
    if not received.are_sound:
        return _page(number, received=received), received.status
    if "draft" in request.form:
        flash(_("已保存。核对后请作出答复。"), "success")
        return redirect(url_for("respondents.show", number=number))
    with transaction() as office:
        form = evidence.answer_claim(office, task_id, request.form)
    if form.errors:
        return _page(number, form=form), 422
    flash(_("办件 %s 已答复，审批机关和申请方已收到。") % number, "success")
    return redirect(url_for("respondents.show", number=number))


@blueprint.post("/<number>/files/<int:attachment_id>/remove")
@allow("applicant")
def remove(number: str, attachment_id: int) -> Any:
    """Take a file back, once it was asked whether that is meant."""
    with reading() as office:
        evidence.find_conflict(office, number)
        name = casework.find_attachment(office, attachment_id).filename
    back = url_for("respondents.show", number=number)
    if not is_confirmed():
        return ask_first(_("移除附件“%s”？") % name, _("移除"), back)
    with transaction() as office:
        case = evidence.find_conflict(office, number)
        evidence.detach_evidence(office, case, attachment_id)
    flash(_("已移除附件“%s”。") % name, "success")
    return redirect(back)


def asked_now(office: Office) -> list[dict[str, Any]]:
    """The newest conflicts in which my unit is asked something now, for the work list."""
    query = evidence.conflicts_against(current_user.unit_id or 0)
    open_cases = list(office.db.scalars(query.where(Case.closed_at.is_(None)).limit(LISTED)))
    return [one for one in listed(office, open_cases) if one["task"]]


def listed(office: Office, cases: list[Case]) -> list[dict[str, Any]]:
    """Each case with what it is about, how it stands, and what my unit is asked."""
    asked = evidence.open_answers(office, [case.id for case in cases])
    tasks = open_tasks_of(office, [case.id for case in cases])
    return [
        {
            "case": case,
            "label": contest_of(office, case).label,
            "task": asked.get(case.id),
            "due": _due(office, asked.get(case.id)),
            "status": _status(office, case, tasks[case.id]),
            "state": status_state(case, tasks[case.id]),
        }
        for case in cases
    ]


def _keep(number: str, task_id: int, received: uploads.Received) -> None:
    """Whatever comes of the answer: what was typed and chosen is not lost."""
    with transaction() as office:
        case = evidence.find_conflict(office, number)
        casework.save_draft(office, task_id, {"typed": typed(request.form)})
        for kind, stored in received.kept:
            evidence.attach_evidence(office, case, kind, stored)


def _page(
    number: str, form: TaskForm | None = None, received: uploads.Received | None = None
) -> str:
    with reading() as office:
        case = evidence.find_conflict(office, number)
        g.now = office.now
        (shown,) = listed(office, [case])
        task: Task | None = shown["task"]
        if task is not None and form is None:
            form = evidence.answer_form(office, task, case)
        return render_template(
            "conflicts/show.html",
            **shown,
            nav_here="work.index",
            form=form,
            outcomes=evidence.outcomes_of(office, task, case) if task else [],
            asked=evidence.asked_of(office, case, task) if task else "",
            files=_files(office, case, received),
            steps=_steps(office, case),
            given=evidence.statements_of(office, case),
            documents=_documents(office, case),
            **service_variables(office, case),
            matter=MATTERS[case.matter],
        )


def _due(office: Office, task: Task | None) -> Any:
    return due_of(office, task.due_at, task.clock) if task else None


def _status(office: Office, case: Case, tasks: list[Task]) -> str:
    words = casework.load_diagram(office, case.diagram_version_id).words
    return status_words(case, tasks, words)


def _steps(office: Office, case: Case) -> list[dict[str, str]]:
    stages = stages_of(trace_of(office, case), story_of(office, case, names=False))
    return [{"name": stage.name, "state": stage.state, "note": ""} for stage in stages]


def _documents(office: Office, case: Case) -> list[Document]:
    """The papers that are served on both units."""
    served = [kind for kind, told in KINDS.items() if told.for_respondent]
    query = select(Document).where(Document.case_id == case.id, Document.kind.in_(served))
    return list(office.db.scalars(query.order_by(Document.id)))


def _files(office: Office, case: Case, received: uploads.Received | None) -> list[dict[str, Any]]:
    """Each kind of file with what my unit handed in, and what is wrong with a new one."""
    stored: dict[str, list[dict[str, Any]]] = {}
    for file in evidence.evidence_of(office, case):
        url = url_for("respondents.remove", number=case.number, attachment_id=file.id)
        stored.setdefault(file.kind, []).append(file_entry(file, url))
    problems = received.problems if received else {}
    return [
        {
            "key": kind.key,
            "label": kind.label,
            "help": kind.help,
            "required": False,
            "files": stored.get(kind.key, []),
            "held": [],
            "error": "".join(problems.get(kind.key, [])),
        }
        for kind in PAGES[evidence.ANSWER_PAGE].attachments
    ]
