"""Operations that change what a unit is granted: only ever called on an approved case."""

import secrets
from datetime import date, timedelta
from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.facts import case_authority
from bpmn.operations.held import held_of_type
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record
from certificates import certificate_number
from models import Case, Qualification, QualificationChange, QualificationSpecialty
from models.calendar import office_date
from models.qualifications import REPLACED, VALID
from models.settings import next_number

FIRST_NUMBER = {"甲": 10001, "乙": 50001}
"""Observed ranges of the order number within a province (policy 3.1, assumed)."""


@operation(_("登记资质"))
def register_qualification(office: Office, case: Case) -> Variables:
    """Number and register what was granted, and make the dossier the unit's approved one."""
    today = office_date(office.now)
    before = _replace_valid(office, case)
    qualification = Qualification(
        unit_id=case.unit_id,
        certificate_type=case.certificate_type,
        number=_number(office, case),
        token=secrets.token_urlsafe(16),
        issued_on=today,
        valid_until=_term_end(office, today),
        status=VALID,
        authority_id=case_authority(case).id,
        case_id=case.id,
        specialties=[
            QualificationSpecialty(specialty=code, approved_on=before.get(code, today))
            for code in latest_answers(office, case, "granted")["granted"]
        ],
    )
    office.db.add(qualification)
    office.db.flush()  # its history names it
    note_change(office, case, qualification, "granted")
    _approve_unit(office, case)
    office.db.flush()  # the papers that follow read the qualification
    record(office, case, "qualification_registered", number=qualification.number)
    return {}


def note_change(
    office: Office,
    case: Case,
    qualification: Qualification,
    kind: str,
    note: str = "",
    on_day: date | None = None,
) -> None:
    """Append a line to the certificate's history, with the token its papers carry from now on.

    `on_day` is the day from which it holds by law, where that is not today.
    """
    office.db.add(
        QualificationChange(
            qualification_id=qualification.id,
            kind=kind,
            version=qualification.copy_version,
            token=qualification.token,
            on_day=on_day or office_date(office.now),
            case_id=case.id,
            note=note,
        )
    )
    office.kept.pop((Qualification, case.id), None)
    office.db.expire(qualification, ["history"])
    office.db.flush()  # the papers that follow read which certificate the case is about


def make_anew(
    office: Office,
    case: Case,
    qualification: Qualification,
    kind: str,
    note: str = "",
    on_day: date | None = None,
) -> None:
    """A new version of the certificate: what was printed before is void, its QR still answers."""
    qualification.copy_version += 1
    qualification.token = secrets.token_urlsafe(16)
    note_change(office, case, qualification, kind, note, on_day)


def _replace_valid(office: Office, case: Case) -> dict[str, date]:
    """End the unit's present certificate of this type; returns its first approval dates (R038).

    Of one that had expired none are left: its specialties are approved for the first time again.
    """
    present = held_of_type(office, case.unit, case.certificate_type)
    if present is None:
        return {}
    is_held = present.valid_until >= office_date(office.now)
    present.status = REPLACED
    note_change(office, case, present, "superseded")
    office.db.flush()  # one valid certificate of a type: the old one must go first
    return {part.specialty: part.approved_on for part in present.specialties if is_held}


def _number(office: Office, case: Case) -> str:
    """等级+测资字+2位省编码+5位省内顺序号+1位校验码 (R003), without gaps or doubles."""
    grade = "乙" if case.certificate_type == "class_b" else "甲"
    province = case.unit.province
    order = next_number(office.db, f"certificate:{grade}:{province}", FIRST_NUMBER[grade])
    return certificate_number(grade, province, order)


def _approve_unit(office: Office, case: Case) -> None:
    case.unit.approved_dossier_id = case.dossier_id
    case.unit.approved_at = case.unit.approved_at or office.now


def _term_end(office: Office, begins: date) -> date:
    """The last day of a term: five years from 2026-11-21 end on 2031-11-20 (policy 2.3)."""
    return office.standard.renewal.renewed_until(begins - timedelta(days=1))
