"""Operations and papers of 资质注销: the certificate ends, all are told (行政许可法 Art. 70)."""

from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.answers import held_certificates, page_of, reasons_given
from bpmn.operations.facts import (
    Facts,
    facts_for,
    names_of,
    paper_facts,
    remedies,
    valid_qualification,
)
from bpmn.operations.held import held_certificate, number_told
from bpmn.operations.notice_facts import class_of, organ_contacts
from bpmn.operations.notices import publish
from bpmn.operations.qualifications import note_change
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record
from certificates.law import cite
from forms.cancellation import REASONS
from models import Case, Qualification
from models.calendar import office_date
from models.qualifications import CANCELLED

PAGE = "cancellation"


@operation(_("注销资质"))
def cancel_qualification(office: Office, case: Case) -> Variables:
    """End the certificate (R132). With the unit's last one, its people are free for others."""
    qualification = held_certificate(office, case)
    end_certificate(office, case, qualification, "cancelled", _reason(office, case))
    return {}


def end_certificate(
    office: Office, case: Case, qualification: Qualification, change: str, note: str
) -> None:
    """End a certificate; `change` is the line of its history: cancelled, revoked or recalled."""
    qualification.status = CANCELLED
    note_change(office, case, qualification, change, note)
    if not held_certificates(office, case):
        case.unit.approved_dossier_id = None
        office.db.flush()  # what the unit held is released by what it still has
    record(office, case, "qualification_cancelled", number=qualification.number)


@operation(_("公告注销"))
def announce_cancellation(office: Office, case: Case) -> Variables:
    """Announce the end of the certificate (注销公告)."""
    qualification = valid_qualification(office, case)
    publish(
        office,
        case,
        "announcement",
        _("关于注销{unit}测绘资质的公告").format(unit=case.unit.name),
        {
            **paper_facts(office, case, "cancellation_announcement"),
            "review": _("经审查，准予注销。"),
            "certificate_number": qualification.number,
            "statement": _(
                "根据《中华人民共和国行政许可法》第七十条，注销下列测绘资质，现予公告。"
            ),
        },
        "cancellation_announcement",
    )
    return {}


@facts_for("cancellation_announcement")
def _announced(office: Office, case: Case) -> Facts:
    qualification = valid_qualification(office, case)
    held = "、".join(_specialties(office, qualification))
    return {
        **organ_contacts(case),
        "listed": [
            {
                "order": "1",
                "unit_name": case.unit.name,
                "certificate_number": qualification.number,
                "specialties": f"{class_of(office, case)}：{held}",
                "reason": _reason(office, case),
                "cancelled_on": office_date(office.now).isoformat(),
            }
        ],
        "articles": [cite("permit_cancel"), cite("qualification_rules")],
    }


@facts_for("cancellation_decision")
def _decision(office: Office, case: Case) -> Facts:
    qualification = valid_qualification(office, case)
    return {
        **remedies(case),
        "specialties": _specialties(office, qualification),
        "certificate_number": qualification.number,
        "reason": _reason(office, case),
        "cancelled_on": office_date(office.now).isoformat(),
        "articles": [cite("permit_cancel"), cite("qualification_rules")],
    }


@facts_for("cancellation_refusal")
def _refusal(office: Office, case: Case) -> Facts:
    return {
        **remedies(case),
        "certificate_number": number_told(office, case),
        "reasons": reasons_given(office, case),
        "articles": [cite("permit_cancel")],
    }


def _specialties(office: Office, qualification: Qualification) -> list[str]:
    return names_of(office, [part.specialty for part in qualification.specialties])


def _reason(office: Office, case: Case) -> str:
    return dict(REASONS).get(page_of(office, case, PAGE).get("reason", ""), _("单位申请注销"))
