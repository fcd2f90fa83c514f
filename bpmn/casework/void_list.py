"""Which certificates are no longer good, or have papers that are not: for the signed list."""

from sqlalchemy import and_, case, func, or_, select

from bpmn.casework.history import ENDINGS
from bpmn.office import Office
from certificates.verification.status_list import REISSUED, VoidCertificate
from models import Qualification, QualificationChange
from models.qualifications import VALID


def list_sequence(office: Office) -> int:
    """Grows with every line of any certificate's history, so with every change of the list.

    A count and not the highest id: of two transactions, the one with the higher id may end first.
    """
    return office.db.scalar(select(func.count()).select_from(QualificationChange)) or 0


def void_certificates(office: Office) -> list[VoidCertificate]:
    """Every number that is cancelled, replaced or made anew, in one statement."""
    change = QualificationChange
    ended = func.max(case((change.kind.in_(ENDINGS), change.on_day)))
    anew = func.min(case((change.version == Qualification.copy_version, change.on_day)))
    query = (
        select(Qualification.number, Qualification.status, Qualification.copy_version, ended, anew)
        .join(change, and_(change.qualification_id == Qualification.id))
        .where(or_(Qualification.status != VALID, Qualification.copy_version > 0))
        .group_by(Qualification.id)
    )
    return [
        VoidCertificate(number, REISSUED, renewed, version)
        if status == VALID
        else VoidCertificate(number, status, last or renewed, version)
        for number, status, version, last, renewed in office.db.execute(query)
    ]
