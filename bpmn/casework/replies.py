"""The unit's replies to what the organ asks in a procedure: one form, one answer."""

from collections.abc import Mapping
from typing import Any

from bpmn.casework.deciding import answer_task, words_of
from bpmn.casework.drafts import find_draft
from bpmn.casework.rights import APPLICANT, may_act
from bpmn.errors import TaskNotFound
from bpmn.office import Office
from forms import FORMS, TaskForm
from forms.registry import REPLIES
from models import Case, Task
from models.calendar import office_date


def is_reply(task: Task) -> bool:
    """Whether the unit answers it by one form, and not by the pages of its application."""
    return task.role == APPLICANT and task.form in REPLIES


def find_reply(office: Office, task_id: int) -> tuple[Task, Case]:
    """A task of the actor's unit that asks for a reply. Raises TaskNotFound for any other."""
    task = office.db.get(Task, task_id)
    if task is None or not is_reply(task) or office.actor is None:
        raise TaskNotFound(str(task_id))
    if not may_act(office.actor, task, task.case):
        raise TaskNotFound(str(task_id))
    return task, task.case


def reply_form(
    office: Office, task: Task, case: Case, posted: Mapping[str, Any] | None = None
) -> TaskForm:
    """The form of the reply: as posted, or as it was kept."""
    words = words_of(office, task, case)
    draft = find_draft(office, task) if posted is None else None
    return FORMS[task.form](
        posted if posted is not None else (draft.values["typed"] if draft else None),
        today=office_date(office.now),
        outcomes=[(one.value, one.label) for one in words.outcomes],
    )


def reply(office: Office, task_id: int, posted: Mapping[str, Any]) -> TaskForm:
    """Complete the task if the form is right; raises what complete_task raises."""
    return answer_task(office, task_id, reply_form, posted)
