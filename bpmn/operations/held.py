"""The unit's certificate of a type, for whoever changes it, asks for it or prints it."""

from gettext import gettext as _

from sqlalchemy import select

from bpmn.errors import PrerequisiteUnmet
from bpmn.office import Office
from models import Case, Qualification, Unit
from models.calendar import office_date
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


def certificate_in_force(office: Office, case: Case) -> Qualification:
    """The certificate that is to be changed or made anew: it must not have expired either.

    Raises PrerequisiteUnmet with the reason; the case can still be refused.
    """
    held = held_certificate(office, case)
    if held.valid_until < office_date(office.now):
        words = _("证书 {number} 已于 {day} 有效期届满，不能再变更、补发或者换发，只能不予许可。")
        told = words.format(number=held.number, day=held.valid_until.isoformat())
        raise PrerequisiteUnmet(told)
    return held


def newest_certificate(office: Office, case: Case) -> Qualification | None:
    """The unit's last certificate of the case's type, also when it has ended meanwhile."""
    query = select(Qualification).where(
        Qualification.unit_id == case.unit_id,
        Qualification.certificate_type == case.certificate_type,
    )
    return office.db.scalars(query.order_by(Qualification.id.desc())).first()


def number_told(office: Office, case: Case) -> str:
    """The number of that certificate, for papers that refuse; empty when there never was one."""
    found = newest_certificate(office, case)
    return found.number if found else ""
