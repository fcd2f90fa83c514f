"""办件: the organ's cases, and each case with its tracker, papers, record and file."""

from gettext import gettext as _
from typing import Any

from flask import (
    Blueprint,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from sqlalchemy import select

from bpmn import casework
from bpmn.casework import inspection, publicity
from bpmn.casework.ledger import ledger_runs
from bpmn.casework.ratings import rating_seen
from bpmn.casework.searching import CasesWanted, cases_at_organ
from bpmn.casework.status import open_tasks_of, status_state, status_words
from bpmn.casework.story import story_of
from bpmn.casework.tracing import stages_of, trace_of
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms.cases import StopForm
from models import Case, Correction
from webapp.deliveries import service_variables
from webapp.desk import file_variables, tells_names
from webapp.filters import last_day, moment_iso
from webapp.offices import reading, transaction
from webapp.security import MEMBER, OFFICERS, allow
from webapp.telling import data_of, timeline_items

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases")
@allow(*OFFICERS)
def index() -> Any:
    """办件查询: my organ's cases by number, unit or status."""
    wanted = CasesWanted(
        text=request.args.get("text", "").strip()[:100],
        status=request.args.get("status", ""),
        page=request.args.get("page", 1, type=int),
    )
    kept: dict[str, Any] = {
        key: request.args[key] for key in ("text", "status") if request.args.get(key)
    }
    with reading() as office:
        g.now = office.now
        return render_template(
            "cases/index.html",
            page=cases_at_organ(office, wanted),
            wanted=wanted,
            matters=MATTERS,
            kinds=office.standard.certificate_types,
            url_of=lambda page: url_for("cases.index", **kept, page=page),
        )


@blueprint.get("/cases/<number>")
@allow(MEMBER)
def show(number: str) -> Any:
    """The case in words: where it stands, its papers, what was done."""
    with reading() as office:
        case = casework.find_case(office, number)
        g.now = office.now
        return render_template("cases/show.html", **_case_variables(office, case))


@blueprint.get("/cases/<number>.json")
@allow(MEMBER)
def data(number: str) -> Any:
    """The trace as data."""
    with reading() as office:
        case = casework.find_case(office, number)
        diagram = casework.load_diagram(office, case.diagram_version_id).words
        tasks = open_tasks_of(office, [case.id])[case.id]
        story = story_of(office, case, names=tells_names(office))
        return jsonify(
            number=case.number,
            matter=case.matter,
            certificate_type=case.certificate_type,
            unit=case.unit.name,
            authority=case.authority.name if case.authority else None,
            status=status_words(case, tasks, diagram),
            opened_at=moment_iso(case.opened_at),
            submitted_at=moment_iso(case.submitted_at) or None,
            closed_at=moment_iso(case.closed_at) or None,
            ended=case.ended,
            story=[data_of(line) for line in story],
        )


@blueprint.route("/cases/<number>/dossier", methods=["GET", "POST"])
@allow(MEMBER)
def dossier(number: str) -> Any:
    """The file as it lies, to read. An officer's look at a whole number goes into the trail."""
    revealed = []
    if request.method == "POST":
        with transaction() as office:
            case = casework.find_case(office, number)
            revealed = [inspection.reveal(office, case, request.form.get("reveal", ""))]
    with reading() as office:
        case = casework.find_case(office, number)
        g.now = office.now
        variables = file_variables(office, case, "cases.dossier", {"number": number}, revealed)
        return render_template(
            "cases/dossier.html", **variables, case=case, may_reveal=True, nav_here=_nav_here()
        )


@blueprint.route("/cases/<number>/terminate", methods=["GET", "POST"])
@allow("approver")
def terminate(number: str) -> Any:
    """终止办理, with the reason; only while the diagram waits for it."""
    form = StopForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        with transaction() as office:
            case = casework.find_case(office, number)
            casework.stop_case(office, case, "terminated", form.answers()["reason"])
        flash(_("办件 {number} 已终止办理。").format(number=number), "success")
        return redirect(url_for("cases.show", number=number))
    with reading() as office:
        case = casework.find_case(office, number)
        g.now = office.now
        page = render_template("cases/terminate.html", case=case, form=form, nav_here="cases.index")
    return page, 422 if form.errors else 200


def _case_variables(office: Office, case: Case) -> dict[str, Any]:
    story = story_of(office, case, names=tells_names(office))
    trace = trace_of(office, case)
    return {
        "case": case,
        "nav_here": _nav_here(),
        "matter": MATTERS[case.matter],
        "kind": office.standard.certificate_types[case.certificate_type],
        "steps": [
            {"name": stage.name, "state": stage.state, "note": _note(stage, story)}
            for stage in stages_of(trace, story)
        ],
        "now": [line for line in story if line.until is None],
        "items": timeline_items(story),
        **service_variables(office, case),
        "documents": casework.papers_of(office, case),
        **published_variables(office, case),
        "corrections": _rows(office, Correction, case),
        "ledger": ledger_runs(office, case),
        "rating": rating_seen(office, case),
        "may_withdraw": "stop" in trace.messages and current_user.may("applicant"),
        "may_terminate": "stop" in trace.messages and current_user.may("approver"),
        **_standing(office, case),
    }


def published_variables(office: Office, case: Case) -> dict[str, Any]:
    """流程跟踪-公示 and 流程跟踪-公告 (R304, R307): what was published and how it stands."""
    notices = publicity.published_in(office, case)
    return {
        "notices": notices,
        "notice_standings": publicity.standings_of(office, notices),
        "may_read_objections": any(one.kind == publicity.NOTICE for one in notices)
        and current_user.may(*OFFICERS),
    }


def _standing(office: Office, case: Case) -> dict[str, Any]:
    """Where the case stands, and which of its open tasks are the actor's."""
    diagram = casework.load_diagram(office, case.diagram_version_id).words
    tasks = open_tasks_of(office, [case.id])[case.id]
    actor = office.actor
    return {
        "status": status_words(case, tasks, diagram),
        "state": status_state(case, tasks),
        "mine": [task for task in tasks if actor and casework.may_act(actor, task, case)],
    }


def _note(stage: Any, story: Any) -> str:
    """Of the current step: until when; of a step done: nothing more."""
    if stage.state not in ("current", "returned"):
        return ""
    due = [line.due.at for line in story if line.until is None and line.due and line.due.at]
    return _("应于 {day} 前办结").format(day=last_day(min(due))[5:]) if due else ""


def _rows(office: Office, table: Any, case: Case) -> list[Any]:
    query = select(table).where(table.case_id == case.id).order_by(table.id)
    return list(office.db.scalars(query))


def _nav_here() -> str:
    return "work.index" if current_user.may("applicant") else "cases.index"
