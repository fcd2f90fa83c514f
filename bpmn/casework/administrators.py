"""Who administers the office: asked in the transaction that depends on it, and held until its end.

The page asked already. Between the page and the transaction another administrator may have taken
the role away or closed the account.
"""

from collections.abc import Collection
from gettext import gettext as _

from sqlalchemy import Select, select

from bpmn.errors import NotPermitted
from bpmn.office import Office
from models import Account, AccountRole

ADMIN = "admin"


def require_admin(office: Office) -> None:
    """Raise NotPermitted unless the actor is an administrator now."""
    if office.actor_id not in held_admins(office, {office.actor_id}):
        raise NotPermitted(_("您的账号已停用，或者不再是管理员，不能进行此操作。"))


def held_admins(office: Office, account_ids: Collection[int | None]) -> set[int]:
    """Those of the accounts that are administrators; nobody takes it from them meanwhile."""
    query = _admins().where(Account.id.in_(account_ids)).order_by(Account.id)
    return set(office.db.scalars(query.with_for_update(read=True)))


def has_second_person(office: Office) -> bool:
    """Whether anybody but the actor could consent."""
    others = _admins().where(Account.id != office.actor_id)
    return office.db.scalar(others.limit(1)) is not None


def _admins() -> Select[int]:
    query = select(Account.id).join(AccountRole, AccountRole.account_id == Account.id)
    return query.where(Account.active, AccountRole.role == ADMIN)
