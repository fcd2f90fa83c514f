"""The certificate that a case is about, while it is held: the unit's valid one of that type."""

from gettext import gettext as _

from bpmn.errors import PrerequisiteUnmet
from bpmn.office import Office
from bpmn.operations.answers import held_certificates
from models import Case, Qualification


def held_certificate(office: Office, case: Case) -> Qualification:
    """Raises PrerequisiteUnmet when it has ended since the case was opened."""
    for held in held_certificates(office, case):
        if held.certificate_type == case.certificate_type:
            return held
    raise PrerequisiteUnmet(_("申请单位已不持有这份证书，不能继续办理。"))
