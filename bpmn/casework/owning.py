"""Whose a task is when it opens: the organ's, the unit's, or one named person's."""

from bpmn.casework.rights import EXPERT, UNIT_ROLES
from bpmn.diagram import UserTask
from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from models import Case

_OUTSIDE = UNIT_ROLES | {EXPERT}
"""Roles of people who belong to no organ."""


def owner_of(office: Office, case: Case, words: UserTask) -> dict[str, int | None]:
    """The organ and the person of a new task, as the columns of its row."""
    organ = case.authority.id if case.authority else None
    return {
        "authority_id": None if words.role in _OUTSIDE else organ,
        "assignee_id": _assignee(office, case, words.assignee),
    }


def _assignee(office: Office, case: Case, answer: str | None) -> int | None:
    if answer is None:
        return None
    return int(latest_answers(office, case, answer)[answer])
