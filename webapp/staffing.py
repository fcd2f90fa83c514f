"""Accounts as the administrator keeps them: added, changed, closed; each change in the trail."""

from collections.abc import Iterable
from gettext import gettext as _

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.trail import record_office
from forms.accounts import password_problem
from models import Account, AccountRole, Authority
from webapp.passwords import hash_password

Problems = list[tuple[str, str]]
ORGAN_ROLES = ("window", "reviewer", "checker", "approver")
OFFICE_ROLES = ("expert", "admin", "auditor")
STAFF_ROLES = (*ORGAN_ROLES, *OFFICE_ROLES)


def add_account(
    office: Office,
    *,
    username: str,
    name: str,
    roles: Iterable[str],
    authority_code: str,
    password: str,
) -> Problems:
    """Add an account of an organ or of the office, or say (field, sentence) why not."""
    wanted = frozenset(roles)
    authority = office.db.scalar(select(Authority).where(Authority.code == authority_code))
    problems = _role_problems(wanted, authority, authority_code)
    if office.db.scalar(select(Account.id).where(Account.username == username)) is not None:
        problems.append(("username", _("用户名已被使用，请换一个。")))
    sentence = password_problem(password)
    if sentence:
        problems.append(("password", sentence))
    if problems:
        return problems
    office.db.add(
        Account(
            username=username,
            password_hash=hash_password(password),
            name=name,
            authority_id=authority.id if authority else None,
            created_at=office.now,
            grants=[AccountRole(role=role) for role in sorted(wanted)],
        )
    )
    record_office(office, "account_added", username=username, roles=sorted(wanted))
    return []


def change_roles(office: Office, account: Account, roles: Iterable[str]) -> Problems:
    """Give an account other roles; sessions that are open end."""
    wanted = frozenset(roles)
    problems = _role_problems(wanted, account.authority, "")
    if account.id == office.actor_id and "admin" not in wanted:
        problems.append(("roles", _("不能取消自己的管理员角色。")))
    if not problems:
        kept = [grant for grant in account.grants if grant.role in wanted]
        account.grants = kept + [AccountRole(role=role) for role in wanted - account.roles]
        account.session_version += 1
        record_office(office, "roles_changed", username=account.username, roles=sorted(wanted))
    return problems


def set_active(office: Office, account: Account, *, active: bool) -> Problems:
    """Open or close an account; what it did stays."""
    if account.id == office.actor_id:
        return [("active", _("不能停用自己的账号。"))]
    account.active = active
    account.session_version += 1
    kind = "account_opened" if active else "account_closed"
    record_office(office, kind, username=account.username)
    return []


def reset_password(office: Office, account: Account, password: str) -> Problems:
    """Give an account a new password; sessions that are open end."""
    sentence = password_problem(password)
    if sentence:
        return [("password", sentence)]
    account.password_hash = hash_password(password)
    account.session_version += 1
    record_office(office, "password_reset", username=account.username)
    return []


def _role_problems(roles: frozenset[str], authority: Authority | None, code: str) -> Problems:
    problems: Problems = []
    if not roles:
        problems.append(("roles", _("请至少选择一个角色。")))
    if code and authority is None:
        problems.append(("authority", _("没有这个审批机关。")))
    if roles & set(ORGAN_ROLES) and authority is None and not code:
        problems.append(("authority", _("受理、经办、复核、签发须选择所在的审批机关。")))
    if "auditor" in roles and len(roles) > 1:
        problems.append(("roles", _("审计员不能兼任其他角色。")))
    return problems
