"""Registering a unit and its first account."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bpmn.office import Office
from models import Account, AccountRole, ServiceConsent, Unit
from webapp.passwords import hash_password

Problems = list[tuple[str, str]]


def register_unit(office: Office, answers: Mapping[str, Any]) -> Problems:
    """Create the unit and its account, or say (field, sentence) why not. Writes all or nothing."""
    problems = _problems(office, answers)
    if problems:
        return problems
    try:
        with office.db.begin_nested():
            _write(office, answers)
    except IntegrityError:  # another registration came first, between our look and our writing
        return _problems(office, answers)
    return []


def _write(office: Office, answers: Mapping[str, Any]) -> None:
    unit = Unit(
        name=answers["unit_name"],
        uscc=answers["uscc"],
        province=answers["province"],
        city=answers["city"] or "",
        created_at=office.now,
    )
    office.db.add(unit)
    office.db.flush()  # the account needs the unit's number
    account = Account(
        username=answers["username"],
        password_hash=hash_password(answers["password"]),
        name=answers["contact_name"],
        mobile=answers["contact_mobile"],
        email=answers["email"] or "",
        unit_id=unit.id,
        created_at=office.now,
        grants=[AccountRole(role="applicant")],
    )
    office.db.add(account)
    if answers.get("electronic_service"):
        office.db.flush()  # the consent names who gave it
        _agree(office, account)


def _agree(office: Office, account: Account) -> None:
    said = {"unit_id": account.unit_id, "account_id": account.id, "at": office.now}
    office.db.add(ServiceConsent(**said, agreed=True))


def _problems(office: Office, answers: Mapping[str, Any]) -> Problems:
    found: Problems = []
    if _exists(office, select(Unit.id).where(Unit.name == answers["unit_name"])):
        found.append(
            (
                "unit_name",
                _(
                    "单位名称已存在：请先在单位内部询问是否已注册账号；未注册的，可在名称后多加几个字。"
                ),
            )
        )
    if _exists(office, select(Unit.id).where(Unit.uscc == answers["uscc"])):
        found.append(("uscc", _("统一社会信用代码已注册，请使用原账号登录。")))
    if _exists(office, select(Account.id).where(Account.username == answers["username"])):
        found.append(("username", _("用户名已被使用，请换一个。")))
    return found


def _exists(office: Office, query: Any) -> bool:
    return office.db.scalar(query) is not None
