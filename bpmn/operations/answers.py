"""What people answered in the tasks of a case, newest first; for operations and papers."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, select

from bpmn.office import Office
from bpmn.operations.held import held_of_type
from models import Case, DossierPage, Qualification, Task
from models.qualifications import VALID

CHOSEN_ON = {"chosen": "application", "changed": "specialty_change"}
"""The scopes whose specialties are chosen, each with the page that asks."""

# Built once: building a statement costs more than running it.
_SUBMISSIONS = (
    select(Task.submission)
    .where(Task.case_id == bindparam("case_id"), Task.closed_by.is_not(None))
    .order_by(Task.closed_at.desc(), Task.id.desc())
)
_PAGE = select(DossierPage.values).where(
    DossierPage.dossier_id == bindparam("dossier_id"), DossierPage.page == bindparam("page")
)


def latest_answers(office: Office, case: Case, *keys: str) -> Mapping[str, Any]:
    """The newest completed task's answers that have one of `keys`; empty when none has.

    Asked by what was answered, not by which step asked it: diagrams may name steps as they like.
    """
    submissions: Iterable[Mapping[str, Any] | None]
    submissions = office.db.scalars(_SUBMISSIONS, {"case_id": case.id})
    found = (one for one in submissions if one and any(key in one for key in keys))
    return next(found, {})


def reasons_given(office: Office, case: Case) -> list[str]:
    """The reasons last given against the unit, line by line: 理由, or the window's opinion."""
    answers = latest_answers(office, case, "outcome")
    words = str(answers.get("reasons") or answers.get("opinion") or "")
    return [line for line in words.splitlines() if line.strip()]


def specialties_of(office: Office, case: Case) -> list[str]:
    """The codes of the specialties that the case is about: chosen on its page, or held.

    A change of specialties begins with those held.
    """
    chosen = page_of(office, case, CHOSEN_ON.get(case.scope, ""))
    if case.scope == "chosen" or chosen:
        return list(chosen.get("chosen_specialties", []))
    return [] if case.scope == "none" else held_specialties(office, case)


def held_specialties(office: Office, case: Case) -> list[str]:
    """The codes of the specialties on the unit's certificate of the case's type."""
    held = held_of_type(office, case.unit, case.certificate_type)
    return [part.specialty for part in held.specialties] if held else []


def held_certificates(office: Office, case: Case) -> list[Qualification]:
    """The unit's valid certificates of every type."""
    query = select(Qualification).where(
        Qualification.unit_id == case.unit_id, Qualification.status == VALID
    )
    return list(office.db.scalars(query.order_by(Qualification.id)))


def page_of(office: Office, case: Case, page: str) -> Mapping[str, Any]:
    """The saved values of a page of the case's dossier; empty when it was never saved."""
    wanted = {"dossier_id": case.dossier_id, "page": page}
    found: Mapping[str, Any] | None = office.db.scalar(_PAGE, wanted)
    return found or {}
