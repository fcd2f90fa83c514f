"""The register of certificates (证书台账): whose they are, who may look, and lists of them."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from bpmn.casework.rights import OFFICER_ROLES
from bpmn.casework.validity import EXPIRED
from bpmn.casework.verification import tidy_number
from bpmn.errors import CertificateNotFound
from bpmn.office import Office
from models import Account, Authority, Qualification, QualificationSpecialty, Unit
from models.calendar import office_date
from models.qualifications import VALID


@dataclass(frozen=True)
class RegisterWanted:
    """What an officer looks for; empty or zero means any."""

    text: str = ""
    """Part of a unit's name, or a whole number."""
    kind: str = ""
    specialty: str = ""
    status: str = ""
    within: int = 0
    """Valid, and ending within so many days from today."""
    own: bool = False
    """Only what the officer's own organ granted, not what others granted in its region."""


def find_certificate(office: Office, qualification_id: int) -> Qualification:
    """A certificate whose history the actor may read. Raises CertificateNotFound."""
    held = office.db.get(Qualification, qualification_id)
    if held is None or office.actor is None or not may_see_history(office, office.actor, held):
        raise CertificateNotFound(str(qualification_id))
    return held


def may_see_history(office: Office, account: Account, held: Qualification) -> bool:
    """The unit's own people, officers of the granting organ and of those above it, and auditors."""
    if account.unit_id is not None:
        return account.unit_id == held.unit_id
    if "auditor" in account.roles:
        return True
    if account.authority is None or not account.roles & OFFICER_ROLES:
        return False
    granting = office.db.get_one(Authority, held.authority_id)
    return _is_over(account.authority, granting.code)


def certificates_of(office: Office, unit_id: int) -> list[Qualification]:
    """All certificates that a unit ever had; those that count first, the newest before others."""
    query = select(Qualification).where(Qualification.unit_id == unit_id)
    found = office.db.scalars(query.order_by(Qualification.id.desc()))
    return sorted(found, key=lambda held: held.status != VALID)


def register_query(office: Office, wanted: RegisterWanted) -> Select[Qualification]:
    """What the actor's organ granted or, in its region, others did; the first to end first."""
    return (
        select(Qualification)
        .join(Unit, Unit.id == Qualification.unit_id)
        .where(_within_reach(office, wanted.own), *_conditions(office, wanted))
        .order_by(Qualification.valid_until, Qualification.id)
    )


def units_of(office: Office, certificates: list[Qualification]) -> dict[int, Unit]:
    """The units of some certificates, by their id, in one query."""
    ids = {held.unit_id for held in certificates}
    return {unit.id: unit for unit in office.db.scalars(select(Unit).where(Unit.id.in_(ids)))}


def _within_reach(office: Office, own: bool) -> ColumnElement[bool]:
    organ = office.actor.authority if office.actor else None
    if organ is None:
        return false()
    granted = Qualification.authority_id == organ.id
    return granted if own else or_(granted, _region(organ))


def _region(organ: Authority) -> ColumnElement[bool]:
    if organ.level == "ministry":
        return true()
    column = Unit.province if organ.level == "province" else Unit.city
    return column == organ.code


def _is_over(organ: Authority, code: str) -> bool:
    """Whether an organ is that of the code or one above it: codes of a region begin alike."""
    return organ.level == "ministry" or code.startswith(organ.code)


def _conditions(office: Office, wanted: RegisterWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        named = Unit.name.contains(wanted.text, autoescape=True)
        found.append(or_(named, Qualification.number == tidy_number(wanted.text)))
    if wanted.kind:
        found.append(Qualification.certificate_type == wanted.kind)
    if wanted.specialty:
        holds = select(QualificationSpecialty.id).where(
            QualificationSpecialty.qualification_id == Qualification.id,
            QualificationSpecialty.specialty == wanted.specialty,
        )
        found.append(holds.exists())
    return found + _of_status(office, wanted)


def _of_status(office: Office, wanted: RegisterWanted) -> list[ColumnElement[bool]]:
    """Validity is a matter of today: the row itself never says that it has expired."""
    today = office_date(office.now)
    found: list[ColumnElement[bool]] = []
    status = VALID if wanted.within else wanted.status
    if status:
        found.append(Qualification.status == (VALID if status == EXPIRED else status))
    if status == VALID:
        found.append(Qualification.valid_until >= today)
    if status == EXPIRED:
        found.append(Qualification.valid_until < today)
    if wanted.within:
        found.append(Qualification.valid_until < today + timedelta(days=wanted.within))
    return found
