"""Operations on the unit itself: its legal person verified, its facts adopted."""

from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.answers import reasons_given
from bpmn.operations.facts import Facts, facts_for, remedies
from bpmn.operations.registry import Variables, operation
from bpmn.operations.submission import adopt_basics
from bpmn.operations.trail import record
from models import Case
from models.calendar import office_date


@operation(_("登记单位"))
def register_unit(office: Office, case: Case) -> Variables:
    """The legal person is verified (R120): its facts are adopted, its page becomes the approved.

    Its name may still be corrected with the first application: it is locked by the first grant.
    """
    adopt_basics(office, case)
    case.unit.registered_at = office.now
    case.unit.approved_dossier_id = case.dossier_id
    record(office, case, "unit_registered")
    return {}


@facts_for("registration_notice")
def _registration(office: Office, case: Case) -> Facts:
    return {
        "legal_representative": case.unit.legal_representative,
        "address": case.unit.registered_address,
        "registered_on": office_date(office.now).isoformat(),
    }


@facts_for("registration_refusal")
def _refusal(office: Office, case: Case) -> Facts:
    return {**remedies(case), "reasons": reasons_given(office, case)}
