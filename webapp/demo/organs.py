"""The demo's organs, their officers and the office's own people. Names of organs are real, no
telephone number, address or person is."""

from datetime import datetime
from gettext import gettext as _

from sqlalchemy.orm import Session

from models import Account, AccountRole, Authority

ROLES = {"window": _("窗口"), "reviewer": _("经办"), "checker": _("复核"), "approver": _("签发")}
_NOWHERE = "029-00000000"
_ORGANS = (
    {
        "code": "00",
        "level": "ministry",
        "name": _("自然资源部（演示）"),
        "short_name": _("自然资"),
        "reconsideration_organ": _("自然资源部"),
        "court": _("北京市第一中级人民法院"),
    },
    {
        "code": "61",
        "level": "province",
        "name": _("陕西省自然资源厅（演示）"),
        "short_name": _("陕"),
        "reconsideration_organ": _("陕西省人民政府或者自然资源部"),
        "court": _("西安铁路运输法院"),
    },
    {
        "code": "6101",
        "level": "city",
        "name": _("西安市自然资源和规划局（演示）"),
        "short_name": _("西安"),
        "reconsideration_organ": _("西安市人民政府"),
        "court": _("西安铁路运输法院"),
    },
)
_OFFICERS = {
    "ministry": (_("部甲"), _("部乙"), _("部丙"), _("部丁")),
    "province": (_("省甲"), _("省乙"), _("省丙"), _("省丁")),
    "city": (_("市甲"), _("市乙"), _("市丙"), _("市丁")),
}
_CALL_BACK = ("city_callback", _("市戊（回访）"), "window")
"""Takes no other case: who had a hand in a case may not look into its bad rating."""
_OFFICE = (
    ("expert_1", _("专家甲"), "expert"),
    ("expert_2", _("专家乙"), "expert"),
    ("admin", _("管理员"), "admin"),
    ("admin_2", _("管理员二"), "admin"),
    ("auditor", _("审计员"), "auditor"),
)


def seed_organs(db: Session, at: datetime) -> dict[str, Authority]:
    """The three organs by level, each under the next."""
    organs: dict[str, Authority] = {}
    above: Authority | None = None
    for facts in _ORGANS:
        organ = Authority(
            **facts,
            phone=_NOWHERE,
            address=_("演示路 1 号"),
            email="demo@example.cn",
            superior_id=above.id if above else None,
        )
        db.add(organ)
        db.flush()  # the organ below names this one
        organs[organ.level] = above = organ
    return organs


def seed_officers(
    db: Session, organs: dict[str, Authority], password_hash: str, at: datetime
) -> None:
    """Four officers at each organ, one more at the city, two experts, two administrators (what one
    proposes the other consents to) and the auditor."""
    for level, names in _OFFICERS.items():
        for (role, duty), name in zip(ROLES.items(), names, strict=True):
            account = an_account(f"{level}_{role}", f"{name}（{duty}）", role, password_hash, at)
            account.authority_id = organs[level].id
            db.add(account)
    colleague = an_account(*_CALL_BACK, password_hash, at)
    colleague.authority_id = organs["city"].id
    db.add(colleague)
    for username, name, role in _OFFICE:
        db.add(an_account(username, name, role, password_hash, at))


def an_account(username: str, name: str, role: str, password_hash: str, at: datetime) -> Account:
    return Account(
        username=username,
        password_hash=password_hash,
        name=name,
        created_at=at,
        grants=[AccountRole(role=role)],
    )
