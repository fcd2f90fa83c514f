"""What anyone may look up of a case: where it stands. No persons, no content."""

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from sqlalchemy import func, select

from bpmn.casework.running import load_diagram
from bpmn.casework.status import open_tasks_of, status_state, status_words
from bpmn.office import Office
from models import Case, Task


@dataclass(frozen=True)
class PublicStatus:
    """Where a case stands, as told to whoever knows its number (R190)."""

    number: str
    matter: str
    state: str
    """empty (not submitted), current, returned, done, refused or closed."""
    words: str
    organ: str
    since: datetime


def public_status(office: Office, number: str) -> PublicStatus | None:
    """What the public may know of the case with this number; None when there is none."""
    case = office.db.scalar(select(Case).where(Case.number == number.strip().upper()))
    if case is None or case.respondent_id is not None:  # two units' conflict is theirs alone
        return None
    organ = case.authority.name if case.authority else ""
    if case.submitted_at is None:
        words = _("填报中，尚未提交")
        return PublicStatus(case.number, case.matter, "empty", words, organ, case.opened_at)
    tasks = open_tasks_of(office, [case.id])[case.id]
    diagram = load_diagram(office, case.diagram_version_id).words
    return PublicStatus(
        number=case.number,
        matter=case.matter,
        state=status_state(case, tasks),
        words=status_words(case, tasks, diagram),
        organ=organ,
        since=_since(office, case, tasks),
    )


def _since(office: Office, case: Case, tasks: list[Task]) -> datetime:
    """When the present step began; while nobody has a task, when the last one was done."""
    if case.closed_at is not None:
        return case.closed_at
    if tasks:
        return min(task.opened_at for task in tasks)
    newest = func.max(Task.closed_at)
    done = office.db.scalar(select(newest).where(Task.case_id == case.id))
    return done or case.submitted_at or case.opened_at
