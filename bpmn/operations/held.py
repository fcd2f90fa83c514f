"""The unit's certificate of a type, for whoever changes it, asks for it or prints it."""

from gettext import gettext as _

from sqlalchemy import select

from bpmn.errors import PrerequisiteUnmet
from bpmn.office import Office
from models import Case, Qualification, Unit
from models.qualifications import VALID


def held_of_type(office: Office, unit: Unit, certificate_type: str) -> Qualification | None:
    """The certificate that was not replaced or cancelled; it may have expired."""
    return office.db.scalar(
        select(Qualification).where(
            Qualification.unit_id == unit.id,
            Qualification.certificate_type == certificate_type,
            Qualification.status == VALID,
        )
    )


def held_certificate(office: Office, case: Case) -> Qualification:
    """Raises PrerequisiteUnmet when it has ended since the case was opened."""
    held = held_of_type(office, case.unit, case.certificate_type)
    if held is None:
        raise PrerequisiteUnmet(_("申请单位已不持有这份证书，不能继续办理。"))
    return held
