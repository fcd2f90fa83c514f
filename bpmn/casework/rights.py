"""Who may see a case and who may act on a task: roles × organ × record, denied by default."""

from bpmn.errors import NotPermitted
from bpmn.office import Office
from models import Account, Case, Task

APPLICANT = "applicant"
OFFICER_ROLES = frozenset({"window", "reviewer", "checker", "approver"})


def may_see_case(account: Account, case: Case) -> bool:
    """The unit's own people, the officers of the organ that has the case, and auditors."""
    if account.unit_id is not None:
        return account.unit_id == case.unit_id
    if "auditor" in account.roles:
        return True
    at_organ = account.authority_id is not None and account.authority_id == case.authority_id
    return at_organ and bool(account.roles & OFFICER_ROLES)


def may_act(account: Account, task: Task, case: Case) -> bool:
    """The role that the diagram names, at the organ (or in the unit) that the case belongs to."""
    if task.role not in account.roles:
        return False
    if task.role == APPLICANT:
        return account.unit_id == case.unit_id
    return task.authority_id is not None and task.authority_id == account.authority_id


def require_role(office: Office, case: Case, role: str) -> Account:
    """The acting person, if they have the role in the case's unit or organ. Raises NotPermitted."""
    actor = office.actor
    if actor is None or role not in actor.roles or not may_see_case(actor, case):
        raise NotPermitted
    return actor


def require_actor(office: Office, task: Task, case: Case) -> Account:
    """The acting person, if they may act on the task. Raises NotPermitted."""
    if office.actor is None or not may_act(office.actor, task, case):
        raise NotPermitted(task.name)
    return office.actor
