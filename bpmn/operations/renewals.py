"""Operations and papers of 延续: a further term, by decision or by the office's silence."""

from datetime import date, timedelta
from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.clocks import ledger_of
from bpmn.operations.closing import end_what_runs
from bpmn.operations.facts import Facts, accepted_on, facts_for, remedies, valid_qualification
from bpmn.operations.held import held_certificate
from bpmn.operations.qualifications import make_anew
from bpmn.operations.registry import ANY, Variables, operation
from bpmn.operations.trail import record, tell_unit
from models import Case, Qualification
from models.calendar import end_of_day, office_date
from models.clock import read_clock


@operation(_("记录有效期届满日"), expires_at=ANY)
def note_expiry(office: Office, case: Case) -> Variables:
    """Tell when the term ends: 24:00 Asia/Shanghai of its last day, as an ISO time in UTC."""
    return {"expires_at": end_of_day(held_certificate(office, case).valid_until).isoformat()}


@operation(_("判明由谁等待"), delayed_by=("unit", "organ"))
def find_who_delays(office: Office, case: Case) -> Variables:
    """Tell who had the case when the term ended: the unit while its time to correct ran."""
    correction = read_clock("correction", ledger_of(office, case), office.calendar)
    waits_for_unit = correction is not None and correction.is_running
    return {"delayed_by": "unit" if waits_for_unit else "organ"}


@operation(_("延续证书"))
def renew_certificate(office: Office, case: Case) -> Variables:
    """Give the certificate its next term; what was handed in becomes the approved dossier."""
    qualification = held_certificate(office, case)
    _renew(office, case, qualification, office_date(office.now))
    case.unit.approved_dossier_id = case.dossier_id
    record(office, case, "certificate_renewed", number=qualification.number)
    return {}


@operation(_("视为准予延续"))
def deem_renewed(office: Office, case: Case) -> Variables:
    """Not decided when the term ended: taken as renewed (行政许可法 Art. 50).

    It holds from that last day, however late this is noticed. What nobody has examined does not
    become the approved dossier.
    """
    qualification = held_certificate(office, case)
    end_what_runs(office, case)
    _renew(office, case, qualification, qualification.valid_until)
    record(office, case, "deemed_renewed", number=qualification.number)
    return {}


@operation(_("按有效期届满办结"))
def close_expired(office: Office, case: Case) -> Variables:
    """The term ended while the unit owed its corrections: nothing is left to be renewed."""
    record(office, case, "expired")
    end_what_runs(office, case)
    words = _("办件 {number} 退回补正期间证书有效期届满，延续申请终止；需要的请重新申请资质。")
    tell_unit(office, case, _("证书到期，延续终止"), words.format(number=case.number))
    return {}


@facts_for("renewal_decision")
def _decision(office: Office, case: Case) -> Facts:
    return {**remedies(case), "accepted_on": accepted_on(office, case), **_terms(office, case)}


@facts_for("deemed_renewal")
def _deemed(office: Office, case: Case) -> Facts:
    return _terms(office, case)


def _renew(office: Office, case: Case, qualification: Qualification, on_day: date) -> None:
    before = qualification.valid_until
    qualification.valid_until = office.standard.renewal.renewed_until(before)
    note = _("原有效期至 %s") % before
    make_anew(office, case, qualification, "renewed", note, on_day=on_day)


def _terms(office: Office, case: Case) -> Facts:
    qualification = valid_qualification(office, case)
    began = office.standard.renewal.term_began(qualification.issued_on, qualification.valid_until)
    return {
        "certificate_number": qualification.number,
        "former_until": (began - timedelta(days=1)).isoformat(),
        "valid_from": began.isoformat(),
        "valid_until": qualification.valid_until.isoformat(),
    }
