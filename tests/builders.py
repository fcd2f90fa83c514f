"""Builders of what tests need, named after states; each is plain and keyword-only."""

from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from bpmn import casework
from bpmn.casework.diagrams import files_digest
from bpmn.diagram import load_files
from bpmn.matters import MATTERS
from bpmn.office import Office
from certificates.verification.keys import ring_of
from config.policy import load_regions, load_standards, region_choices
from models import (
    Account,
    AccountRole,
    Authority,
    Case,
    DiagramVersion,
    FormerLoad,
    FormerQualification,
    Unit,
    WorkingCalendar,
)
from models.standard_versions import Standards
from models.standards import Standard, read_standard

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""A Friday, 10:00 in Shanghai."""
MATTER = MATTERS["qualification_application"]
KEY_RING = ring_of([], Ed25519PrivateKey.from_private_bytes(bytes(32)))
"""The same in every run, so that what it signs is the same too."""
OFFICER_ROLES = ("window", "reviewer", "checker", "approver")


@lru_cache
def standard() -> Standard:
    return read_standard(load_standards())


@lru_cache
def regions() -> dict[str, str]:
    return load_regions()


@lru_cache
def choices() -> dict[str, Any]:
    return region_choices()


def an_office(
    db: Session,
    *,
    now: datetime = NOW,
    actor: Account | None = None,
    calendar: WorkingCalendar | None = None,
) -> Office:
    return Office(
        db=db,
        now=now,
        actor=actor,
        calendar=calendar or WorkingCalendar(),
        standards=Standards((standard(),)),
        regions=regions(),
        region_choices=choices(),
        matters={key: matter.name for key, matter in MATTERS.items()},
        secret=b"test",
        base_url="http://127.0.0.1:8000",
        key_ring=KEY_RING,
        pages={key: matter.pages for key, matter in MATTERS.items()},
    )


def an_authority(db: Session, *, level: str, **changes: Any) -> Authority:
    facts = {
        "ministry": {"code": "00", "name": "示例自然资源部", "short_name": "自然资"},
        "province": {"code": "61", "name": "示例省自然资源厅", "short_name": "陕"},
        "city": {"code": "6101", "name": "示例市自然资源局", "short_name": "西安"},
    }[level]
    more = {
        "phone": "029-00000000",
        "reconsideration_organ": "示例复议机关",
        "court": "示例人民法院",
    }
    authority = Authority(level=level, **{**facts, **more, **changes})
    db.add(authority)
    db.flush()
    return authority


def an_officer(db: Session, *, role: str, authority: Authority, username: str = "") -> Account:
    account = Account(
        username=username or f"{authority.level}_{role}",
        password_hash="",
        name=f"{authority.level}{role}",
        authority_id=authority.id,
        created_at=NOW,
        grants=[AccountRole(role=role)],
    )
    db.add(account)
    db.flush()
    return account


def an_expert(db: Session, *, username: str = "expert") -> Account:
    """An expert from outside: of no organ."""
    account = Account(
        username=username,
        password_hash="",
        name="评审专家",
        created_at=NOW,
        grants=[AccountRole(role="expert")],
    )
    db.add(account)
    db.flush()
    return account


def a_unit(db: Session, *, name: str = "示例测绘有限公司", **changes: Any) -> Unit:
    facts = {"province": "61", "city": "6101", "uscc": "91350100M000100Y43"}
    unit = Unit(name=name, created_at=NOW, **{"registered_at": NOW, **facts, **changes})
    db.add(unit)
    db.flush()
    return unit


def an_applicant(db: Session, *, unit: Unit, username: str = "unit") -> Account:
    account = Account(
        username=username,
        password_hash="",
        name="申请联系人",
        unit_id=unit.id,
        created_at=NOW,
        grants=[AccountRole(role="applicant")],
    )
    db.add(account)
    db.flush()
    return account


def a_former_load(db: Session, *, kind: str) -> FormerLoad:
    """A file of the old system; what it brought is to be added."""
    load = FormerLoad(kind=kind, filename="旧系统.xlsx", row_count=1)
    load.loaded_at = load.accepted_at = NOW
    db.add(load)
    db.flush()
    return load


def a_former_qualification(
    db: Session,
    *,
    unit: Unit,
    level: str,
    specialty: str = "GCCL",
    uscc: str | None = None,
    since: date = date(2015, 3, 1),
) -> FormerQualification:
    """What the old system knew of the unit; without a code (""), by its name."""
    known = unit.uscc if uscc is None else uscc
    former = FormerQualification(
        load_id=a_former_load(db, kind="qualifications").id,
        unit_key=known or unit.name,
        unit_name=unit.name,
        level=level,
        specialty=specialty,
        first_approved_on=since,
    )
    db.add(former)
    db.flush()
    return former


def deployed(db: Session) -> None:
    """The shipped diagram of every matter, as version 1.

    Written past `deploy_diagram`, whose checks cost more than a whole walk; tests/bpmn/test_matters
    checks each of them once. Walks have them in their database before they begin.
    """
    if db.info.get("deployed"):
        return
    db.add_all(DiagramVersion(**version) for version in _shipped_versions())
    db.flush()


@cache
def _shipped_versions() -> list[dict[str, Any]]:
    files = {key: load_files(key) for key in MATTERS}
    times = {"checked_at": NOW, "deployed_at": NOW}
    return [
        {
            "matter": key,
            "number": 1,
            "files": {name: content.decode() for name, content in found.items()},
            "sha256": files_digest(found),
            **times,
        }
        for key, found in files.items()
    ]


def a_case(
    db: Session,
    *,
    applicant: Account,
    certificate_type: str = "class_b",
    now: datetime = NOW,
    matter: str = MATTER.key,
) -> Case:
    """A case in its first task; `application` says which specialties it is for."""
    office = an_office(db, now=now, actor=applicant)
    case = casework.open_case(office, MATTERS[matter], certificate_type)
    specialty = "DHDT" if certificate_type == "class_a_navigation" else "GCCL"
    casework.save_page(office, case, "application", {"chosen_specialties": [specialty]}, 0)
    basics = {
        "uscc": "91350100M000100Y43",
        "registered_address": "示例省示例市示例路 1 号",
        "legal_representative": "示例人",
    }
    casework.save_page(office, case, "unit_basics", basics, 0)
    return case


def on(year: int, month: int, day: int) -> date:
    return date(year, month, day)
