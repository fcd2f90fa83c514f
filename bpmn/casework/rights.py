"""Who may see a case and who may act on a task: roles × organ × record, denied by default."""

from gettext import gettext as _

from bpmn.errors import NotPermitted
from bpmn.office import Office
from certificates import KINDS
from models import Account, Case, Document, Task

APPLICANT = "applicant"
RESPONDENT = "respondent"
"""Nobody is granted it: whoever may act for the other unit (对方单位) has it in that case."""
UNIT_ROLES = frozenset({APPLICANT, RESPONDENT})
EXPERT = "expert"
"""From outside the organ: acts on nothing but the tasks that are their own."""
OFFICER_ROLES = frozenset({"window", "reviewer", "checker", "approver"})


def may_see_case(account: Account, case: Case) -> bool:
    """The unit's own people, the officers of the organ that has the case, and auditors."""
    if account.unit_id is not None:
        return account.unit_id == case.unit_id
    return _sees(account, case)


def may_see_answer(account: Account, case: Case) -> bool:
    """What the other unit answered: that unit itself, and the organ; never the claimant."""
    return is_respondent(account, case) if account.unit_id is not None else _sees(account, case)


def may_see_paper(account: Account, document: Document, case: Case) -> bool:
    """Who sees the case; and the other unit, where the paper is served on it too.

    What is internal only the organ and auditors see: no unit, whatever it has to do with it.
    """
    if KINDS[document.kind].internal and account.unit_id is not None:
        return False
    served = KINDS[document.kind].for_respondent and is_respondent(account, case)
    return served or may_see_case(account, case)


def is_respondent(account: Account, case: Case) -> bool:
    """Whether the account acts for the other unit of the case (对方单位)."""
    own = account.unit_id is not None and account.unit_id == case.respondent_id
    return own and APPLICANT in account.roles


def may_act(account: Account, task: Task, case: Case) -> bool:
    """The role that the diagram names, at the organ (or in the unit) that the case belongs to."""
    if task.role == RESPONDENT:
        return is_respondent(account, case)
    if task.role not in account.roles:
        return False
    if task.role == APPLICANT:
        return account.unit_id == case.unit_id
    if task.role == EXPERT:
        return task.assignee_id == account.id
    return task.authority_id is not None and task.authority_id == account.authority_id


def is_outsider(account: Account, case: Case) -> bool:
    """Who may act on a task without seeing the case: of its file only what the task needs."""
    return EXPERT in account.roles and not may_see_case(account, case)


def require_role(office: Office, case: Case, role: str) -> Account:
    """The acting person, if they have the role in the case's unit or organ. Raises NotPermitted."""
    actor = office.actor
    if actor is None or role not in actor.roles or not may_see_case(actor, case):
        raise NotPermitted
    return actor


def require_actor(office: Office, task: Task, case: Case) -> Account:
    """The acting person, if they may act on the task. Raises NotPermitted."""
    if office.actor is None or not may_act(office.actor, task, case):
        raise NotPermitted(_("您无权办理“%s”。") % task.name)
    return office.actor


def _sees(account: Account, case: Case) -> bool:
    """Those who belong to no unit: the officers of the organ that has the case, and auditors."""
    if "auditor" in account.roles:
        return True
    at_organ = account.authority_id is not None and account.authority_id == case.authority_id
    return at_organ and bool(account.roles & OFFICER_ROLES)
