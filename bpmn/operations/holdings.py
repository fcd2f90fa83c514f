"""Who holds a person or an instrument, and what it means for a unit to lose one."""

from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy import delete, select

from bpmn.office import Office
from bpmn.operations.trail import record, tell
from forms.registry import REPLIES
from models import (
    Attachment,
    Case,
    Claim,
    ClaimPeriod,
    Contest,
    DossierRow,
    Qualification,
    Task,
    Unit,
)
from models.qualifications import VALID

LOST = _("经协调已不属于本单位，不再计入。")
"""Why a row that may not be taken out of a dossier does not count any more."""


@dataclass(frozen=True)
class OpenCases:
    """The open cases of a unit; `writable` are the dossiers of them that it may change now."""

    cases: list[Case]
    writable: set[int]


def contest_of(office: Office, case: Case) -> Contest:
    """What the conflict case is about."""
    return office.db.scalars(select(Contest).where(Contest.case_id == case.id)).one()


def held_claim(office: Office, contest: Contest) -> Claim | None:
    """The claim that is contested, held against other writers; None when nobody has it."""
    return office.db.scalar(
        select(Claim)
        .where(Claim.kind == contest.page, Claim.digest == contest.digest)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def end_period(office: Office, case: Case, claim: Claim) -> None:
    """Write down from when to when the claim was held, before it changes hands."""
    office.db.add(
        ClaimPeriod(
            kind=claim.kind,
            digest=claim.digest,
            unit_id=claim.unit_id,
            held_from=claim.claimed_at,
            held_until=office.now,
            case_id=case.id,
        )
    )


def open_cases_of(office: Office, unit_id: int) -> OpenCases:
    """The open cases of a unit, held in one order, so that no two steps wait for each other.

    The unit is held as well, and its cases are read again: none is opened beside the step. What
    it fills in is held before any claim, as by whoever takes a row out of a dossier. Conflicts
    are left out: none lists anybody, and the step of one that goes the other way holds itself
    already.
    """
    query = select(Case).where(
        Case.unit_id == unit_id, Case.closed_at.is_(None), Case.respondent_id.is_(None)
    )
    locked = query.order_by(Case.id).with_for_update(key_share=True, of=Case)
    locked = locked.execution_options(populate_existing=True)
    office.db.scalars(locked).all()
    hold_unit(office, unit_id)
    cases = list(office.db.scalars(locked))
    return OpenCases(cases, _writable_dossiers(office, cases))


def hold_unit(office: Office, unit_id: int) -> Unit:
    """The unit as it is, held until the end: its approved dossier is neither copied nor marked."""
    held = select(Unit).where(Unit.id == unit_id).with_for_update(key_share=True, of=Unit)
    return office.db.scalars(held.execution_options(populate_existing=True)).one()


def withdraw_rows(office: Office, case: Case, contest: Contest, held: OpenCases) -> None:
    """Take what was lost out of the lists that may be changed; elsewhere it counts no more.

    `held` are the open cases of the unit that loses it. What was approved or handed in stays as
    it was, but the standard may then not hold: the unit and its organs are told.
    """
    loser = office.db.get_one(Unit, case.respondent_id)
    by_dossier = {one.dossier_id: one for one in held.cases}
    frozen = False
    for row in _rows(office, contest, {loser.approved_dossier_id, *by_dossier}):
        if row.dossier_id in held.writable:
            office.db.execute(delete(Attachment).where(Attachment.row_id == row.id))
            office.db.delete(row)
        else:
            row.problems = [*(p for p in row.problems if p != LOST), LOST]
            frozen = True
        if row.dossier_id in by_dossier:
            other = by_dossier[row.dossier_id]
            record(office, other, "claim_lost", label=contest.label, conflict=case.number)
    if frozen:
        _tell_of_the_standard(office, case, contest, loser)


def _writable_dossiers(office: Office, cases: list[Case]) -> set[int]:
    """The dossiers that their unit may change now; held, so that it hands in none meanwhile."""
    query = select(Task.case_id).where(
        Task.case_id.in_([one.id for one in cases]),
        Task.role == "applicant",
        Task.closed_at.is_(None),
        Task.form.not_in(REPLIES),
    )
    held = set(office.db.scalars(query.order_by(Task.id).with_for_update()))
    return {one.dossier_id for one in cases if one.id in held}


def _rows(office: Office, contest: Contest, dossiers: set[int | None]) -> list[DossierRow]:
    query = select(DossierRow).where(
        DossierRow.dossier_id.in_([one for one in dossiers if one is not None]),
        DossierRow.page == contest.page,
        DossierRow.claim_digest == contest.digest,
    )
    return list(office.db.scalars(query.execution_options(populate_existing=True)))


def _tell_of_the_standard(office: Office, case: Case, contest: Contest, loser: Unit) -> None:
    words = _(
        "{unit}已批准或者正在审批的材料中的{label}经协调（办件 {number}）不再计入，"
        "请核对是否仍然满足测绘资质标准。"
    ).format(unit=loser.name, label=contest.label, number=case.number)
    subject = _("可能不再满足标准")
    tell(office, case, subject, words, unit_id=loser.id)
    organs = select(Qualification.authority_id).where(
        Qualification.unit_id == loser.id, Qualification.status == VALID
    )
    open_at = select(Case.authority_id).where(
        Case.unit_id == loser.id, Case.closed_at.is_(None), Case.authority_id.is_not(None)
    )
    for authority_id in sorted({*office.db.scalars(organs), *office.db.scalars(open_at)}):
        tell(office, case, subject, words, authority_id=authority_id)
