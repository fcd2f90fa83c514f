"""甲级: two years of 乙级 per specialty, and the projects that it asks for (R034, R089)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from bpmn.casework.former import held_before
from bpmn.casework.verdicts import rows_of
from bpmn.office import Office
from bpmn.operations.answers import specialties_of
from bpmn.operations.standards import standard_of
from models import Case, DossierRow, Qualification
from models.calendar import office_date
from models.promotion import Holding, ProjectRecord, left_out, promotion_problems
from models.qualifications import CANCELLED
from models.verdict import NotCounted


def promotion_problems_of(
    office: Office, case: Case, rows: Sequence[DossierRow] | None = None
) -> tuple[str, ...]:
    """What keeps the case from 甲级, in words; nothing for 乙级. `rows` spares a reading."""
    standard = standard_of(office, case)
    if standard.certificate_types[case.certificate_type].certificate_class != "A":
        return ()
    found = rows_of(office, case.dossier_id, "projects") if rows is None else rows
    chosen = specialties_of(office, case)
    names = {code: standard.specialties[code].name for code in chosen}
    today = office_date(case.submitted_at or office.now)
    problems = promotion_problems(
        standard.promotion, names, _holdings(office, case, today), _records(found), today
    )
    return tuple(problem.message for problem in problems)


def projects_left_out(
    office: Office, case: Case, rows: Sequence[DossierRow]
) -> tuple[NotCounted, ...]:
    """The projects that are complete and yet count for no promotion (R168), each with why."""
    chosen, rule = specialties_of(office, case), standard_of(office, case).promotion
    today = office_date(case.submitted_at or office.now)
    reasons = [left_out(rule, chosen, one, today) for one in _records(rows)]
    return tuple(
        NotCounted(str(row.id), row.label, reason)
        for row, reason in zip(rows, reasons, strict=True)
        if reason
    )


def _holdings(office: Office, case: Case, today: date) -> list[Holding]:
    """The specialties that the unit holds here or held in the old system (R035-R038)."""
    former = held_before(office, case.unit)
    return _certified(office, case, today) + [
        Holding(one.specialty, one.level, one.first_approved_on, former=True) for one in former
    ]


def _certified(office: Office, case: Case, today: date) -> list[Holding]:
    """The specialties on the unit's certificates, each with the day it was first approved.

    A replaced certificate still tells when its specialties were first approved (R038); one that
    was cancelled or has expired is held no longer.
    """
    query = select(Qualification).where(
        Qualification.unit_id == case.unit_id,
        Qualification.status != CANCELLED,
        Qualification.valid_until >= today,
    )
    kinds = office.standard.certificate_types
    return [
        Holding(part.specialty, kinds[held.certificate_type].certificate_class, part.approved_on)
        for held in office.db.scalars(query)
        for part in held.specialties
    ]


def _records(rows: Iterable[DossierRow]) -> list[ProjectRecord]:
    return [
        ProjectRecord(
            specialty=row.values["specialty"],
            amount=Decimal(row.values["amount"]),
            signed_on=date.fromisoformat(row.values["signed_on"]),
            completed_on=_day(row.values.get("completed_on")),
            counts=not row.problems,
        )
        for row in rows
    ]


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
