"""满足情况: a case's rows against the standard of its class and specialties (R031, R162, R167)."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.answers import held_certificates, specialties_of
from bpmn.operations.standards import standard_of
from models import Case, DossierRow, Qualification
from models.standards import (
    EquipmentItem,
    StaffMember,
    Verdict,
    equipment_verdict,
    merged,
    staff_verdict,
)

Target = tuple[str, list[str]]
"""A class and the codes of specialties in it."""


def rows_of(office: Office, dossier_id: int, page: str) -> list[DossierRow]:
    """Every row of a page, in the order of entry."""
    query = (
        select(DossierRow)
        .where(DossierRow.dossier_id == dossier_id, DossierRow.page == page)
        .order_by(DossierRow.position, DossierRow.id)
    )
    return list(office.db.scalars(query))


def staff_verdict_of(
    office: Office, case: Case, rows: Sequence[DossierRow] | None = None
) -> Verdict:
    """The verdict on the case's people; `rows` spares reading them again."""
    found = rows_of(office, case.dossier_id, "staff") if rows is None else rows
    return merged(_staff(office, case, one, found) for one in targets_of(office, case))


def equipment_verdict_of(
    office: Office, case: Case, rows: Sequence[DossierRow] | None = None
) -> Verdict:
    """The verdict on the case's instruments; `rows` spares reading them again."""
    found = rows_of(office, case.dossier_id, "equipment") if rows is None else rows
    return merged(_equipment(office, case, one, found) for one in targets_of(office, case))


def targets_of(office: Office, case: Case) -> list[Target]:
    """The (class, specialty codes) that the dossier must meet.

    A change of staff or equipment touches every certificate that the unit holds (R127).
    """
    if case.scope == "held":
        return [_target(office, held) for held in held_certificates(office, case)]
    kinds = office.standard.certificate_types
    return [(kinds[case.certificate_type].certificate_class, specialties_of(office, case))]


def shortfalls_by_certificate(
    office: Office, case: Case, page: str
) -> Iterator[tuple[Qualification, str, str]]:
    """Yield (certificate, specialty, sentence) of what staff or equipment lack for those held."""
    judge = _JUDGES[page]
    rows = rows_of(office, case.dossier_id, page)
    for held in held_certificates(office, case):
        for part in judge(office, case, _target(office, held), rows).parts:
            for sentence in part.shortfalls:
                yield held, part.code, sentence


def _target(office: Office, held: Qualification) -> Target:
    kind = office.standard.certificate_types[held.certificate_type]
    return kind.certificate_class, [part.specialty for part in held.specialties]


def _staff(office: Office, case: Case, target: Target, rows: Sequence[DossierRow]) -> Verdict:
    return staff_verdict(standard_of(office, case), *target, [_member(row) for row in rows])


def _equipment(office: Office, case: Case, target: Target, rows: Sequence[DossierRow]) -> Verdict:
    return equipment_verdict(standard_of(office, case), *target, [_item(row) for row in rows])


_JUDGES = {"staff": _staff, "equipment": _equipment}


def _member(row: DossierRow) -> StaffMember:
    values = row.values
    return StaffMember(
        category=values["category"],
        title_level=values.get("title_level") or "",
        retired=bool(values.get("retired")),
        nationality=values.get("nationality") or "",
        complete=not row.problems,
        problems=tuple(row.problems),
        legacy=bool(values.get("legacy")),
        name=row.label,
        key=str(row.id),
    )


def _item(row: DossierRow) -> EquipmentItem:
    return EquipmentItem(
        kind=row.values["kind"],
        counts=not row.problems,
        problems=tuple(row.problems),
        name=row.label,
        key=str(row.id),
    )
