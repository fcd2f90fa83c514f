"""What a person does with a task: claim it, release it, keep a draft, complete it."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from bpmn import engine
from bpmn.casework.drafts import find_draft, forget_drafts
from bpmn.casework.rights import require_actor
from bpmn.casework.running import LoadedDiagram, advance, fire_due, load_diagram, lock_case_of
from bpmn.diagram import UserTask
from bpmn.errors import (
    NotPermitted,
    OutcomeUnknown,
    SamePerson,
    TaskClaimed,
    TaskDone,
    TaskLapsed,
    TaskNotFound,
    TookPart,
)
from bpmn.office import Office
from bpmn.operations.trail import record
from bpmn.operations.writing import together
from models import Account, Case, Draft, Task
from models.calendar import legal_date

# Built once: building a statement costs more than running it.
_TASK = (
    select(Task).where(Task.id == bindparam("task_id")).execution_options(populate_existing=True)
)
_TASKS = cast(Table, Task.__table__)
_CLOSE = (
    update(_TASKS)
    .where(_TASKS.c.id == bindparam("task_id"))
    .values(
        closed_at=bindparam("new_closed_at"),
        closed_by=bindparam("new_closed_by"),
        submission=bindparam("new_submission"),
        outcome=bindparam("new_outcome"),
    )
)


def find_task(office: Office, task_id: int) -> Task:
    task = office.db.get(Task, task_id)
    if task is None:
        raise TaskNotFound(str(task_id))
    return task


def claim_task(office: Office, task_id: int) -> Task:
    """Take a task off the shared queue. The first of two wins; the other reads who did."""
    task, case, actor = held_task(office, task_id)
    taken = office.db.scalar(
        update(Task)
        .where(Task.id == task.id, Task.closed_at.is_(None), Task.assignee_id.is_(None))
        .values(assignee_id=actor.id)
        .returning(Task.id)
    )
    if taken is not None:
        record(office, case, "claimed", task=task.name)
    return task


def release_task(office: Office, task_id: int) -> Task:
    """Put a task that I claimed back on the shared queue."""
    task, case, _actor = held_task(office, task_id)
    words = load_diagram(office, case.diagram_version_id).words.user_tasks[task.element]
    if words.assignee is not None:
        raise NotPermitted(_("“%s”由指定的人办理，不能释放。") % task.name)
    if task.assignee_id is not None:
        task.assignee_id = None
        record(office, case, "released", task=task.name)
    return task


def save_draft(office: Office, task_id: int, values: Mapping[str, Any]) -> None:
    """Keep what an officer has typed; replaces the draft before."""
    task, _case, actor = held_task(office, task_id)
    draft = find_draft(office, task) or Draft(task_id=task.id, account_id=actor.id)
    draft.values, draft.saved_at = dict(values), office.now
    office.db.add(draft)


def complete_task(office: Office, task_id: int, answers: Mapping[str, Any]) -> engine.Step:
    """Write down the answers, hand the outcome to the diagram, and let it run on.

    Raises NotPermitted, TaskClaimed (another holds it), TaskDone (someone was faster), TaskLapsed
    (its time is over: the worker takes the case on) or OutcomeUnknown (no such branch).
    """
    task, case, actor = held_task(office, task_id)
    _require_in_time(office, task, case)
    words = load_diagram(office, case.diagram_version_id).words.user_tasks[task.element]
    routing = _routing(words, answers)
    outcome, engine_id = next(iter(routing.values()), None), task.engine_id

    def take(loaded: LoadedDiagram, state: bytes, host: engine.Host) -> engine.Step:
        return engine.complete(loaded.compiled, state, engine_id, routing, host)

    _close(office, task, actor, answers, outcome)
    with together(office):
        record(office, case, "completed", task=task.name, element=task.element, outcome=outcome)
        return advance(office, case, take)


def _require_in_time(office: Office, task: Task, case: Case) -> None:
    due = case.wake_at
    if not fire_due(office, case):
        return
    office.db.refresh(task, ["closed_at"])
    if task.closed_at is not None:
        raise TaskLapsed(task.name, f"{legal_date(due or office.now).isoformat()} 24:00")


def _close(
    office: Office, task: Task, actor: Account, answers: Mapping[str, Any], outcome: str | None
) -> None:
    # At once, not at the next flush: the operations of the step to come read the answers.
    values = {
        "closed_at": office.now,
        "closed_by": actor.id,
        "submission": dict(answers),
        "outcome": outcome,
    }
    given = {f"new_{column}": value for column, value in values.items()}
    office.db.execute(_CLOSE, {"task_id": task.id, **given})
    forget_drafts(office, [task.id])
    for column, value in values.items():
        set_committed_value(task, column, value)


def _routing(words: UserTask, answers: Mapping[str, Any]) -> dict[str, str]:
    """The one variable that the task sets; nothing else of the answers reaches the engine."""
    if words.outcome is None:
        return {}
    outcome = answers.get("outcome")
    if outcome not in {known.value for known in words.outcomes}:
        raise OutcomeUnknown(words.name, str(outcome))
    return {words.outcome: str(outcome)}


def held_task(office: Office, task_id: int) -> tuple[Task, Case, Account]:
    """The open task, its locked case and the person who may act on it now."""
    case = lock_case_of(office, task_id)
    task = office.db.scalars(_TASK, {"task_id": task_id}).one()
    actor = require_actor(office, task, case)
    if task.closed_at is not None:
        raise TaskDone(task.name, _name_of(office, task.closed_by))
    if task.assignee_id not in (None, actor.id):
        raise TaskClaimed(task.name, _name_of(office, task.assignee_id))
    _require_another(office, task, case, actor)
    return task, case, actor


def _require_another(office: Office, task: Task, case: Case, actor: Account) -> None:
    """Raise SamePerson when the diagram keeps this task from who did another one."""
    tasks = load_diagram(office, case.diagram_version_id).words.user_tasks
    if tasks[task.element].not_by_origin:
        _require_outsider(office, task, case, actor)
    other = tasks[task.element].not_by
    if other is None:
        return
    newest = (
        select(Task.closed_by)
        .where(Task.case_id == case.id, Task.element == other, Task.closed_by.is_not(None))
        .order_by(Task.id.desc())
        .limit(1)
    )
    if office.db.scalar(newest) == actor.id:
        raise SamePerson(task.name, tasks[other].name)


def _require_outsider(office: Office, task: Task, case: Case, actor: Account) -> None:
    """Raise TookPart when the actor did any task of the case that this one came from."""
    took = select(Task.id).where(Task.case_id == case.origin_id, Task.closed_by == actor.id)
    if case.origin_id is not None and office.db.scalar(took.limit(1)) is not None:
        raise TookPart(task.name, office.db.get_one(Case, case.origin_id).number)


def _name_of(office: Office, account_id: int | None) -> str:
    account = office.db.get(Account, account_id) if account_id else None
    return account.name if account else ""
