"""An officer's decision: the form of the task, what it starts from, and handing it in."""

from collections.abc import Callable, Mapping, Sequence
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.casework.drafts import find_draft
from bpmn.casework.handing import choices_for
from bpmn.casework.inspection import places_of
from bpmn.casework.objections import Answer, answer_objections
from bpmn.casework.rights import may_act, may_see_case, require_actor
from bpmn.casework.running import load_diagram
from bpmn.casework.tasks import complete_task, held_task
from bpmn.diagram import UserTask
from bpmn.errors import StaleForm, TaskDone, TaskNotFound
from bpmn.office import Office
from bpmn.operations.answers import CHOSEN_ON, latest_answers, specialties_of
from forms import TaskForm, form_for
from forms.drawn import with_drawn
from forms.objections import HandleObjectionForm
from models import Account, Case, ClockEntry, Task
from models.calendar import office_date
from models.clock import Clock, read_clock

Posted = Mapping[str, Any]
_BY_SPECIALTY = ("proposals", "granted")
"""Fields that ask about each specialty chosen; where none was chosen the case is judged whole."""


def words_of(office: Office, task: Task, case: Case) -> UserTask:
    """The task as the case's own diagram describes it."""
    return load_diagram(office, case.diagram_version_id).words.user_tasks[task.element]


def decision_form(
    office: Office, task: Task, case: Case, pages: Sequence[str], posted: Posted | None = None
) -> TaskForm:
    """The task's form: as posted, else as the actor's draft left it, else as it starts."""
    words = words_of(office, task, case)
    if posted is None:
        draft = find_draft(office, task)
        posted = draft.values["typed"] if draft else None
    known = office.standard.specialties
    chosen = specialties_of(office, case) if case.scope in CHOSEN_ON else []
    asked = form_of(words)
    form = asked(
        posted,
        None if posted is not None else _beginning(office, case, words),
        today=office_date(office.now),
        outcomes=[(outcome.value, outcome.label) for outcome in words.outcomes],
        specialties=[(code, known[code].name) for code in chosen if code in known],
        places=places_of(office, case, pages),
        choices=choices_for(office, case, asked.wants),
    )
    unasked = () if chosen else _BY_SPECIALTY
    for name in (*unasked, *(() if words.outcomes else ("outcome",))):
        if name in form:
            del form[name]
    return form


def form_of(words: UserTask) -> type[TaskForm]:
    """The form that the task names, with the fields that its diagram draws."""
    return with_drawn(form_for(words.form), words.fields)


def decide(office: Office, task_id: int, pages: Sequence[str], posted: Posted) -> TaskForm:
    """Complete the task if the form is right; the form with its errors otherwise.

    Raises what complete_task raises, and StaleForm when an objection has come in that the page
    did not show.
    """
    task, case, _actor = held_task(office, task_id)
    form = decision_form(office, task, case, pages, posted)
    if isinstance(form, HandleObjectionForm) and form.has_newcomers:
        raise StaleForm(_("异议"))
    if not form.validate():
        return form
    answers = _with_place_names(form.answers(), places_of(office, case, pages))
    handled = answers.get("handled", ())
    found = {int(one["objection"]): Answer(one["verdict"], one["reasons"]) for one in handled}
    answer_objections(office, case, found)
    complete_task(office, task_id, answers)
    return form


def answer_task(
    office: Office, task_id: int, form_of: Callable[..., TaskForm], posted: Mapping[str, Any]
) -> TaskForm:
    """Complete a unit's task if its form is right; the form with its errors otherwise.

    Raises what complete_task raises.
    """
    task, case, _actor = held_task(office, task_id)
    form = form_of(office, task, case, posted)
    if form.validate():
        complete_task(office, task_id, form.answers())
    return form


def _beginning(office: Office, case: Case, words: UserTask) -> dict[str, Any]:
    """What the form starts from: the review's last proposal, for reviewer and approver alike.

    The reviewer finds also what was begun before a procedure was opened.
    """
    fields = form_for(words.form)()._fields
    if "proposals" in fields:
        newest = latest_answers(office, case, "proposals", "begun")
        last = newest.get("begun", newest)
        return {name: last[name] for name in ("proposals", "opinion") if name in last}
    intended = latest_answers(office, case, "refused")
    if "granted" in fields and intended.get("reasons"):  # an approver's, told to the unit already
        return {name: intended[name] for name in ("granted", "reasons")}
    reviewed = latest_answers(office, case, "proposals")
    if not reviewed:
        return {}
    if "granted" in fields:
        reasons = dict.fromkeys(reason for reason in reviewed["refused"].values() if reason)
        return {"granted": reviewed["granted"], "reasons": "\n".join(reasons)}
    return {}


def _with_place_names(
    answers: dict[str, Any], places: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, Any]:
    """Each item to correct with its place's name as it is now."""
    if not answers.get("items"):
        return answers
    names = {value: name for group in places.values() for value, name in group}
    items = [{**item, "place_name": names[item["place"]]} for item in answers["items"]]
    return {**answers, "items": items}


def seen_task(office: Office, task_id: int) -> tuple[Task, Case]:
    """A task of a case that the actor may see. Raises TaskNotFound, whatever the reason."""
    task = office.db.get(Task, task_id)
    case = office.db.get(Case, task.case_id) if task else None
    if task is None or case is None or office.actor is None:
        raise TaskNotFound(str(task_id))
    if not (may_see_case(office.actor, case) or may_act(office.actor, task, case)):
        raise TaskNotFound(str(task_id))
    return task, case


def require_open(office: Office, task: Task, case: Case) -> None:
    """The actor may act on the task and nobody has done so. Raises NotPermitted or TaskDone."""
    require_actor(office, task, case)
    if task.closed_at is not None:
        by = office.db.get(Account, task.closed_by) if task.closed_by else None
        raise TaskDone(task.name, by.name if by else "")


def proposal_of(office: Office, task: Task, case: Case) -> Mapping[str, Any]:
    """What the review proposed last, for those who judge it; empty for the reviewer's own task."""
    reviewed = latest_answers(office, case, "proposals")
    return {} if "proposals" in form_for(task.form)()._fields else reviewed


def clock_of(office: Office, task: Task) -> Clock | None:
    """The statutory clock that the task follows; None for none."""
    query = select(ClockEntry).where(ClockEntry.case_id == task.case_id).order_by(ClockEntry.id)
    return read_clock(task.clock, office.db.scalars(query), office.calendar) if task.clock else None
