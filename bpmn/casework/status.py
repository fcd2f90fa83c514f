"""Where a case stands, in the few words of a list: read from its open tasks and its diagram."""

from collections.abc import Sequence
from gettext import gettext as _

from sqlalchemy import select

from bpmn.casework.rights import APPLICANT
from bpmn.diagram import Diagram
from bpmn.office import Office
from forms.registry import REPLIES
from models import Case, Task


def status_words(case: Case, open_tasks: Sequence[Task], diagram: Diagram) -> str:
    """Where a case stands, in a few words for lists: read from rows, never stored."""
    if case.closed_at is not None:
        return _ending(case, diagram)
    if open_tasks:
        return "、".join(dict.fromkeys(step_words(task, diagram) for task in open_tasks))
    return _waiting_for(diagram)


def step_words(task: Task, diagram: Diagram) -> str:
    """The step that is open, or the procedure that it is part of: 听证中."""
    procedure = diagram.procedure_of(task.element)
    return _("{name}中").format(name=procedure) if procedure else task.name


def status_state(case: Case, open_tasks: Sequence[Task]) -> str:
    """The state that the words are shown in: closed, returned or current.

    How a case ended is told by the words, which are the end event's name.
    """
    if case.closed_at is not None:
        return "closed"
    asked = any(task.role == APPLICANT and task.form not in REPLIES for task in open_tasks)
    asked = asked and case.submitted_at is not None
    return "returned" if asked else "current"


def open_tasks_of(office: Office, case_ids: Sequence[int]) -> dict[int, list[Task]]:
    """The open tasks of some cases, in one query."""
    query = select(Task).where(Task.case_id.in_(case_ids), Task.closed_at.is_(None))
    found: dict[int, list[Task]] = {case_id: [] for case_id in case_ids}
    for task in office.db.scalars(query.order_by(Task.id)) if case_ids else ():
        found[task.case_id].append(task)
    return found


def _ending(case: Case, diagram: Diagram) -> str:
    found = diagram.find_node(case.ended or "")
    return found[1].name if found and found[1].name else _("已办结")


def _waiting_for(diagram: Diagram) -> str:
    """Nobody's task is open, so a timer runs: the name of the process in which one is drawn."""
    for process in diagram.processes.values():
        for node in process.nodes.values():
            if node.kind == "intermediateCatchEvent" and node.event == "timer":
                return _("{name}中").format(name=process.name)
    return _("等候中")
