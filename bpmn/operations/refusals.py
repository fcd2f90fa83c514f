"""The papers that refuse what was accepted and reviewed: the permit, 延续, 变更, 数据更新.

Those that leave a certificate as it is print what stays and what was asked for.
"""

from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.answers import held_specialties, latest_answers, page_of, specialties_of
from bpmn.operations.changes import PAGE, change_rows
from bpmn.operations.facts import Facts, accepted_on, facts_for, names_of, remedies
from bpmn.operations.held import held_certificate
from bpmn.operations.updates import change_facts
from certificates.law import cite
from models import Case


@facts_for("refusal_decision")
def _refusal(office: Office, case: Case) -> Facts:
    return refused(office, case, "permit_refuse")


def refused(office: Office, case: Case, article: str) -> Facts:
    """What every refusal of an accepted application tells; `article` is cited before the standard.

    The reasons are the signer's; the reviewer's opinion are the findings (行政许可法 Art. 38).
    """
    decided = latest_answers(office, case, "reasons")
    reviewed = latest_answers(office, case, "proposals")
    return {
        **remedies(case),
        "accepted_on": accepted_on(office, case),
        "findings": [reviewed.get("opinion") or _("经审查，申请材料不符合测绘资质条件。")],
        "reasons": [line for line in decided["reasons"].splitlines() if line.strip()],
        "articles": [cite(article), cite("qualification_standard")],
    }


@facts_for("renewal_refusal")
def _renewal(office: Office, case: Case) -> Facts:
    held = held_certificate(office, case)
    return {
        **_refused(office, case, "permit_renew"),
        "valid_until": held.valid_until.isoformat(),
        "asked_until": office.standard.renewal.renewed_until(held.valid_until).isoformat(),
    }


@facts_for("change_refusal")
def _change(office: Office, case: Case) -> Facts:
    return {
        **_refused(office, case, "permit_change"),
        "changes": change_rows(page_of(office, case, PAGE)),
    }


@facts_for("specialty_change_refusal")
def _specialties(office: Office, case: Case) -> Facts:
    return {
        **_refused(office, case, "permit_change"),
        "present": names_of(office, held_specialties(office, case)),
        "asked": names_of(office, specialties_of(office, case)),
    }


@facts_for("update_refusal")
def _update(office: Office, case: Case) -> Facts:
    return {
        **_refused(office, case, "qualification_rules"),
        "changes": change_facts(office, case),
    }


def _refused(office: Office, case: Case, article: str) -> Facts:
    number = held_certificate(office, case).number
    return {**refused(office, case, article), "certificate_number": number}
