"""The facts of the papers that the public reads: units, classes and specialties, no persons."""

from datetime import timedelta
from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.answers import latest_answers, specialties_of
from bpmn.operations.facts import (
    Facts,
    case_authority,
    facts_for,
    names_of,
    provisional_note,
    valid_qualification,
)
from bpmn.operations.notices import period_of
from certificates.law import cite
from models import Case
from models.calendar import office_date


@facts_for("public_notice")
def _notice(office: Office, case: Case) -> Facts:
    clock = period_of(office, case)
    if clock is None:
        raise LookupError(f"the notice of case {case.number} has no clock")
    proposed = list(latest_answers(office, case, "granted").get("granted", []))
    first = office.calendar.deadline(clock.started_at, 1) - timedelta(seconds=1)
    return {
        **organ_contacts(case),
        "listed": [
            {
                "order": "1",
                "unit_name": case.unit.name,
                "application": office.matters[case.matter],
                "class_name": class_of(office, case),
                "specialties": "、".join(names_of(office, specialties_of(office, case))) or "—",
                "proposed": _with_class(office, case, names_of(office, proposed)),
            }
        ],
        "period_from": office_date(first).isoformat(),
        "period_until": office_date(clock.last_moment).isoformat(),
        "period_note": provisional_note(office, clock),
        "working_days": clock.working_days,
        "articles": [cite("qualification_rules"), cite("permit_hear")],
    }


@facts_for("announcement")
def _announcement(office: Office, case: Case) -> Facts:
    qualification = valid_qualification(office, case)
    held = names_of(office, [part.specialty for part in qualification.specialties])
    return {
        **organ_contacts(case),
        "listed": [
            {
                "order": "1",
                "unit_name": case.unit.name,
                "application": office.matters[case.matter],
                "granted": _with_class(office, case, held),
                "certificate_number": qualification.number,
                "valid_until": qualification.valid_until.isoformat(),
            }
        ],
        "articles": [cite("permit_publish"), cite("qualification_rules")],
    }


def organ_contacts(case: Case) -> Facts:
    """Where the organ is reached, as it is when the paper is published."""
    authority = case_authority(case)
    return {"organ_address": authority.address, "organ_email": authority.email}


def class_of(office: Office, case: Case) -> str:
    """甲级 or 乙级: a certificate's type also says for which specialties."""
    known = office.standard.certificate_types[case.certificate_type]
    return _("甲级") if known.certificate_class == "A" else _("乙级")


def _with_class(office: Office, case: Case, names: list[str]) -> str:
    return f"{class_of(office, case)}：{'、'.join(names)}" if names else class_of(office, case)
