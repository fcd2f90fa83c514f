"""The other unit (对方单位) of a conflict: what it is asked, hands in and answers."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from sqlalchemy import Select, delete, select

from bpmn.casework.attachments import StoredFile, new_attachment
from bpmn.casework.deciding import answer_task, words_of
from bpmn.casework.drafts import find_draft
from bpmn.casework.rights import RESPONDENT, is_respondent, require_actor
from bpmn.errors import AttachmentNotFound, CaseNotFound, TaskDone
from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.holdings import contest_of
from forms import TaskForm, form_for
from models import Attachment, Case, Task
from models.calendar import office_date

ANSWER_PAGE = "conflict_answer"
_OPEN = select(Task).where(Task.role == RESPONDENT, Task.closed_at.is_(None))


def find_conflict(office: Office, number: str) -> Case:
    """The case as the other unit may know it: once it was told. Raises CaseNotFound."""
    case = office.db.scalar(select(Case).where(Case.number == number))
    if case is None or office.actor is None or not is_respondent(office.actor, case):
        raise CaseNotFound(number)
    if case.submitted_at is None:
        raise CaseNotFound(number)
    return case


def conflicts_against(unit_id: int) -> Select[Case]:
    """The conflict cases in which the unit is the other one, the newest first."""
    known = Case.respondent_id == unit_id, Case.submitted_at.is_not(None)
    return select(Case).where(*known).order_by(Case.closed_at.is_not(None), Case.id.desc())


def open_answers(office: Office, case_ids: list[int]) -> dict[int, Task]:
    """The open task of the other unit in each of the cases that ask it something."""
    query = _OPEN.where(Task.case_id.in_(case_ids))
    return {task.case_id: task for task in office.db.scalars(query)} if case_ids else {}


def open_answer(office: Office, case: Case) -> Task:
    """The open task of the other unit. Raises TaskDone when it is asked nothing now."""
    task = open_answers(office, [case.id]).get(case.id)
    if task is None:
        raise TaskDone(_("答复协调申请"), "")
    return task


def statements_of(office: Office, case: Case) -> list[tuple[Task, str, str]]:
    """What the other unit has handed in: the task, the word of its outcome, and its words."""
    query = select(Task).where(
        Task.case_id == case.id, Task.role == RESPONDENT, Task.closed_by.is_not(None)
    )
    return [
        (task, _outcome(office, case, task), str((task.submission or {}).get("statement") or ""))
        for task in office.db.scalars(query.order_by(Task.id))
    ]


def answer_form(
    office: Office, task: Task, case: Case, posted: Mapping[str, Any] | None = None
) -> TaskForm:
    """The form of the other unit's task: as posted, or as it was saved."""
    words = words_of(office, task, case)
    draft = find_draft(office, task) if posted is None else None
    kinds = [(file.kind, file.filename) for file in evidence_of(office, case)]
    return form_for(words.form)(
        posted if posted is not None else (draft.values["typed"] if draft else None),
        today=office_date(office.now),
        outcomes=[(one.value, one.label) for one in words.outcomes],
        choices={"evidence": kinds},
    )


def outcomes_of(office: Office, task: Task, case: Case) -> list[tuple[str, str, str]]:
    """(value, word, meaning) of each answer that the diagram knows; none where more is only
    handed in."""
    words = words_of(office, task, case)
    meanings: Mapping[str, str] = getattr(form_for(words.form), "meanings", {})
    return [(one.value, one.label, meanings.get(one.value, "")) for one in words.outcomes]


def asked_of(office: Office, case: Case, task: Task) -> str:
    """What the organ asks of the other unit; empty for its first answer."""
    return "" if "outcome" in form_for(task.form)()._fields else _opinion(office, case)


def evidence_of(office: Office, case: Case) -> list[Attachment]:
    """The files that the other unit handed in."""
    query = select(Attachment).where(
        Attachment.dossier_id == contest_of(office, case).answer_dossier_id
    )
    return list(office.db.scalars(query.order_by(Attachment.id)))


def attach_evidence(office: Office, case: Case, kind: str, stored: StoredFile) -> None:
    """Add a stored file to what the other unit hands in. Raises TaskDone when it is too late."""
    _hold_answer(office, case)
    dossier_id = contest_of(office, case).answer_dossier_id
    office.db.add(new_attachment(office, dossier_id, ANSWER_PAGE, None, kind, stored))


def detach_evidence(office: Office, case: Case, attachment_id: int) -> str:
    """Take a file back, while its task is open; returns its name. Raises AttachmentNotFound."""
    _hold_answer(office, case)
    file = office.db.get(Attachment, attachment_id)
    if file is None or file.dossier_id != contest_of(office, case).answer_dossier_id:
        raise AttachmentNotFound(str(attachment_id))
    office.db.execute(delete(Attachment).where(Attachment.id == file.id))
    return file.filename


def answer_claim(office: Office, task_id: int, posted: Mapping[str, Any]) -> TaskForm:
    """Complete the other unit's task if the form is right; raises what complete_task raises."""
    return answer_task(office, task_id, answer_form, posted)


def _outcome(office: Office, case: Case, task: Task) -> str:
    labels = {one.value: one.label for one in words_of(office, task, case).outcomes}
    return labels.get(task.outcome or "", "")


def _opinion(office: Office, case: Case) -> str:
    return str(latest_answers(office, case, "opinion").get("opinion") or "")


def _hold_answer(office: Office, case: Case) -> None:
    """Hold the other unit's task, so that nothing is added while it is handed in."""
    held = _OPEN.where(Task.case_id == case.id).with_for_update()
    task = office.db.scalar(held.execution_options(populate_existing=True))
    if task is None:
        raise TaskDone(_("答复协调申请"), "")
    require_actor(office, task, case)
