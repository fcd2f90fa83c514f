"""Operations and papers of 补领证书: the certificate is made anew, number and expiry stay."""

from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.answers import page_of, reasons_given
from bpmn.operations.facts import Facts, facts_for, remedies
from bpmn.operations.held import certificate_in_force, held_certificate, number_told
from bpmn.operations.qualifications import make_anew
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record
from certificates.law import cite
from forms.replacement import REASONS
from models import Case

PAGE = "replacement"


@operation
def replace_certificate(office: Office, case: Case) -> Variables:
    """Raise the copy version: what was printed before is void from now on (R131)."""
    qualification = certificate_in_force(office, case)
    make_anew(office, case, qualification, "replaced", _reason(office, case))
    record(
        office,
        case,
        "certificate_replaced",
        number=qualification.number,
        version=qualification.copy_version,
    )
    return {}


@facts_for("replacement_notice")
def _notice(office: Office, case: Case) -> Facts:
    qualification, page = held_certificate(office, case), page_of(office, case, PAGE)
    replaced = [change for change in qualification.history if change.kind == "replaced"]
    medium, day = page.get("statement_medium"), page.get("statement_on")
    return {
        "certificate_number": qualification.number,
        "reason": _reason(office, case),
        "happened_on": page["happened_on"],
        "statement": f"{medium}（{day}）" if medium else "",
        "version": len(replaced),
        "valid_until": qualification.valid_until.isoformat(),
    }


@facts_for("replacement_refusal")
def _refusal(office: Office, case: Case) -> Facts:
    return {
        **remedies(case),
        "certificate_number": number_told(office, case),
        "reasons": reasons_given(office, case),
        "articles": [cite("qualification_rules")],
    }


def _reason(office: Office, case: Case) -> str:
    return dict(REASONS).get(page_of(office, case, PAGE).get("reason", ""), _("遗失"))
