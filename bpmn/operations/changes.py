"""Operations and papers of 基本信息变更: facts adopted everywhere, certificates made anew."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.errors import UnitFactTaken
from bpmn.office import Office
from bpmn.operations.answers import held_certificates, page_of, reasons_given
from bpmn.operations.facts import Facts, accepted_on, facts_for, remedies, valid_qualification
from bpmn.operations.following import request_case
from bpmn.operations.held import certificate_in_force, held_certificate, number_told
from bpmn.operations.qualifications import make_anew
from bpmn.operations.registry import Variables, operation
from bpmn.operations.submission import ADOPTED
from bpmn.operations.trail import record, tell_unit
from forms.unit_changes import CHANGEABLE, changes_in
from models import Authority, Case, DossierPage, Unit
from models.calendar import office_date

PAGE, REISSUE = "unit_changes", "certificate_reissue"
_COLUMNS = {fact: column for column, fact in ADOPTED.items()}


@operation(_("启用变更的信息"))
def adopt_changes(office: Office, case: Case) -> Variables:
    """Take the changed facts over wherever they stand (R151). Raises UnitFactTaken."""
    changes = changes_in(page_of(office, case, PAGE))
    if taken := taken_by_others(office, case, changes):
        raise UnitFactTaken(tuple(CHANGEABLE[name] for name in taken))
    for name, value in changes.items():
        setattr(case.unit, _COLUMNS[name], value)
    _rewrite_basics(office, case, changes)
    case.unit.approved_dossier_id = case.dossier_id
    office.db.flush()  # the papers that follow print the new facts
    record(office, case, "unit_changed", facts=[CHANGEABLE[name] for name in changes])
    return {}


@operation(_("换发证书"))
def reissue_certificate(office: Office, case: Case, *, kind: str) -> Variables:
    """Make the case's certificate anew under its number and expiry; older papers are void.

    `kind` is the line of its history: changed, or reissued after another case.
    """
    qualification = certificate_in_force(office, case)
    make_anew(office, case, qualification, kind, _changed_words(office, case))
    record(office, case, "certificate_reissued", number=qualification.number)
    return {}


@operation(_("申请换发证书"))
def request_reissues(office: Office, case: Case) -> Variables:
    """Ask for a case at the organ of each other certificate that bears the facts (R129)."""
    today = office_date(office.now)
    for held in held_certificates(office, case):
        if held.certificate_type == case.certificate_type or held.valid_until < today:
            continue
        request_case(
            office,
            matter=REISSUE,
            certificate_type=held.certificate_type,
            dossier_id=case.dossier_id,
            scope="held",
            exclusive=False,
        )
    return {}


@operation(_("接手换发证书"))
def take_up_reissue(office: Office, case: Case) -> Variables:
    """The certificate's own organ takes the case up, wherever the unit is by now."""
    qualification = held_certificate(office, case)
    case.authority = office.db.get_one(Authority, qualification.authority_id)
    case.submitted_at = office.now
    record(office, case, "assigned", authority=case.authority.name)
    words = _("证书 {number} 载明的信息已变更，{organ}将核对并换发，办件 {case}。")
    told = words.format(number=qualification.number, organ=case.authority.name, case=case.number)
    tell_unit(office, case, _("换发证书"), told)
    return {}


@facts_for("change_decision")
def _decision(office: Office, case: Case) -> Facts:
    qualification = valid_qualification(office, case)
    return {
        **remedies(case),
        "accepted_on": accepted_on(office, case),
        "changes": change_rows(page_of(office, case, PAGE)),
        "certificate_number": qualification.number,
        "valid_until": qualification.valid_until.isoformat(),
    }


def change_rows(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """What the page asks to change, fact by fact, with the old and the new value."""
    return [
        {"fact": CHANGEABLE[name], "before": values[f"present_{name}"] or _("无"), "after": new}
        for name, new in changes_in(values).items()
    ]


@facts_for("reissue_objection")
def _objection(office: Office, case: Case) -> Facts:
    return {
        **remedies(case),
        "certificate_number": number_told(office, case),
        "reasons": reasons_given(office, case),
    }


def taken_by_others(office: Office, case: Case, facts: Mapping[str, Any]) -> list[str]:
    """Which of the facts another unit has; only its name and its code are its alone."""
    others = select(Unit.id).where(Unit.id != case.unit_id)
    return [
        name
        for name, column in (("unit_name", Unit.name), ("uscc", Unit.uscc))
        if facts.get(name) and office.db.scalar(others.where(column == facts[name])) is not None
    ]


def _rewrite_basics(office: Office, case: Case, changes: Mapping[str, str]) -> None:
    """The unit's own page says the same from now on."""
    page = select(DossierPage).filter_by(dossier_id=case.dossier_id, page="unit_basics")
    saved = office.db.scalar(page)
    if saved is not None:
        saved.values = {**saved.values, **changes}
        saved.revision += 1


def _changed_words(office: Office, case: Case) -> str:
    changed = changes_in(page_of(office, case, PAGE))
    return _("变更%s") % "、".join(CHANGEABLE[name] for name in changed)
