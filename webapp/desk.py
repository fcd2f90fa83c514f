"""What an officer sees of one task: the file in tabs at the left, the decision at the right."""

from collections.abc import Collection
from gettext import gettext as _
from typing import Any

from flask import g, render_template, request, url_for

from bpmn import casework
from bpmn.casework import conflict_file, deciding, inspection
from bpmn.casework.clock_words import clock_word
from bpmn.casework.foresight import leads_to_papers, what_follows
from bpmn.casework.minutes import minutes_of, read_before
from bpmn.casework.ratings import rating_sections
from bpmn.casework.revocations import proposal_sections
from bpmn.casework.rights import is_outsider
from bpmn.casework.story import story_of
from bpmn.casework.worklist import due_of
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms import TaskForm
from forms.pages import PAGES
from models import Account, Case, Task
from webapp.addresses import record_number
from webapp.telling import timeline_items

MATERIALS, VERDICTS, RECORD = "materials", "verdicts", "record"


def desk_page(
    office: Office,
    task: Task,
    case: Case,
    form: TaskForm,
    *,
    message: str = "",
    revealed: Collection[str] = (),
) -> str:
    """The page of a task. `message` is what stood in the way of the last post."""
    g.now = office.now
    return render_template(
        "tasks/show.html",
        **file_variables(office, case, "tasks.show", {"task_id": task.id}, revealed),
        **_decision_variables(office, task, case),
        nav_here="worklist.index",
        task=task,
        case=case,
        kind=office.standard.certificate_types[case.certificate_type],
        form=form,
        message=message,
        list=request.values.get("list", ""),
    )


def _decision_variables(office: Office, task: Task, case: Case) -> dict[str, Any]:
    """The right third: the outcomes and what follows each, the clock, who holds the task."""
    words = deciding.words_of(office, task, case)
    outsider = _is_outsider(office, case)
    diagram = casework.load_diagram(office, case.diagram_version_id).words
    return {
        "words": words,
        "outcomes": [
            (outcome.value, outcome.label, _then(what_follows(diagram, words, outcome.value)))
            for outcome in words.outcomes
        ],
        "previews": [
            (outcome.value, outcome.label)
            for outcome in words.outcomes
            if leads_to_papers(diagram, words, outcome.value)
        ],
        "due": due_of(office, task.due_at, task.clock),
        "clock": deciding.clock_of(office, task),
        "clock_name": clock_word(task.clock),
        "draft": casework.find_draft(office, task),
        "holder": office.db.get(Account, task.assignee_id) if task.assignee_id else None,
        "reviewed": {} if outsider else deciding.proposal_of(office, task, case),
        "objections": [] if outsider else casework.open_objections(office, case.id),
        "minutes": read_before(office, task, case) if outsider else minutes_of(office, case),
        "outsider": outsider,
    }


def file_variables(
    office: Office,
    case: Case,
    endpoint: str,
    address: dict[str, Any],
    revealed: Collection[str] = (),
) -> dict[str, Any]:
    """What tasks/_file.html shows: the chosen tab, and in it the chosen row and attachment."""
    pages = MATTERS[case.matter].pages
    outsider = _is_outsider(office, case)
    tabs = _tabs([page for page in pages if PAGES[page].row], outsider)
    tab = request.args.get("tab", MATERIALS)
    tab = tab if tab in dict(tabs) else MATERIALS
    carried = request.args.get("list", "")
    kept: dict[str, Any] = {"list": carried} if carried else {}

    def at(**query: Any) -> str:
        """This page with another tab, row or attachment; the list's filters go along."""
        return url_for(endpoint, **address, **kept, **query)

    return {
        "at": at,
        "tab": tab,
        "tabs": [{"key": key, "label": label, "url": at(tab=key)} for key, label in tabs],
        "matter": MATTERS[case.matter],
        "file_id": request.args.get("file", type=int),
        "corrections": [] if outsider else casework.open_corrections(office, case),
        **_tab_variables(office, case, tab, pages, revealed),
    }


def _tabs(tables: list[str], outsider: bool) -> list[tuple[str, str]]:
    materials = [(MATERIALS, _("申请材料")), *((page, PAGES[page].title) for page in tables)]
    if outsider:
        return materials
    return [
        *materials,
        *([(VERDICTS, _("满足情况"))] if tables else []),
        (RECORD, _("审批记录")),
    ]


def _tab_variables(
    office: Office, case: Case, tab: str, pages: tuple[str, ...], revealed: Collection[str]
) -> dict[str, Any]:
    if tab == MATERIALS:
        own = inspection.sections_of(office, case, pages, revealed)
        if _is_outsider(office, case):
            return {"sections": own}
        sides = conflict_file.conflict_sections(office, case)
        opened = [*rating_sections(office, case), *proposal_sections(office, case)]
        return {"sections": [*opened, *sides[:1], *own, *sides[1:]]}
    if tab == VERDICTS:
        return {
            "verdicts": [
                (_("专业技术人员满足情况查看"), casework.staff_verdict_of(office, case)),
                (_("技术装备满足情况查看"), casework.equipment_verdict_of(office, case)),
            ]
        }
    if tab == RECORD:
        return {"lines": timeline_items(story_of(office, case, names=tells_names(office)))}
    row_id = request.args.get("row", type=record_number)
    return {
        "table": inspection.table_of(office, case, tab),
        "opened": inspection.row_opened(office, case, row_id, revealed) if row_id else None,
    }


def _is_outsider(office: Office, case: Case) -> bool:
    return office.actor is not None and is_outsider(office.actor, case)


def tells_names(office: Office) -> bool:
    """Applicants are told the organ, not who it was."""
    return office.actor is not None and office.actor.unit_id is None


def _then(names: tuple[str, ...]) -> str:
    return " → ".join(names)
