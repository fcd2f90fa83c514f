"""Operations and the paper of 专业类别变更: what is added or dropped, on the certificate itself."""

from collections.abc import Collection
from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.answers import held_specialties, latest_answers, specialties_of
from bpmn.operations.facts import (
    Facts,
    accepted_on,
    facts_for,
    names_of,
    remedies,
    valid_qualification,
)
from bpmn.operations.held import certificate_in_force
from bpmn.operations.qualifications import make_anew
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record
from models import Case, QualificationSpecialty
from models.calendar import office_date


@operation(_("比较专业类别"), specialties=("added", "dropped"))
def compare_specialties(office: Office, case: Case) -> Variables:
    """Tell whether the application adds a specialty to what is held, or only drops some."""
    added = set(specialties_of(office, case)) - set(held_specialties(office, case))
    return {"specialties": "added" if added else "dropped"}


@operation(_("变更专业类别"))
def change_specialties(office: Office, case: Case) -> Variables:
    """Let the certificate carry what was granted, under its number and expiry (R014, R130).

    A specialty that stays keeps the day of its first approval (R038); one that is dropped ends.
    """
    qualification = certificate_in_force(office, case)
    granted = _granted(office, case)
    today = office_date(office.now)
    before = {part.specialty: part for part in qualification.specialties}
    note = _change_in_words(office, before, granted)
    qualification.specialties = [
        before.get(code) or QualificationSpecialty(specialty=code, approved_on=today)
        for code in granted
    ]
    make_anew(office, case, qualification, "changed", note)
    case.unit.approved_dossier_id = case.dossier_id
    record(office, case, "certificate_changed", number=qualification.number, change=note)
    return {}


@facts_for("specialty_change_decision")
def _decision(office: Office, case: Case) -> Facts:
    qualification = valid_qualification(office, case)
    decided = latest_answers(office, case, "granted")
    known = office.standard.specialties
    return {
        **remedies(case),
        "accepted_on": accepted_on(office, case),
        "change": qualification.history[-1].note,
        "granted": names_of(office, _granted(office, case)),
        "refused": [
            {"specialty": known[code].name, "reason": reason}
            for code, reason in decided["refused"].items()
        ],
        "certificate_number": qualification.number,
        "valid_until": qualification.valid_until.isoformat(),
    }


def _granted(office: Office, case: Case) -> list[str]:
    return list(latest_answers(office, case, "granted")["granted"])


def _change_in_words(office: Office, before: Collection[str], after: Collection[str]) -> str:
    """E.g. 新增地图编制；不再保留工程测量."""
    added = names_of(office, [code for code in after if code not in before])
    dropped = names_of(office, [code for code in before if code not in after])
    words = ((_("新增%s"), added), (_("不再保留%s"), dropped))
    return "；".join(word % "、".join(names) for word, names in words if names) or _("没有增减")
