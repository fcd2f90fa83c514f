"""What people answered in the tasks of a case, newest first; for operations and papers."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from bpmn.office import Office
from models import Case, DossierPage, Task


def latest_answers(office: Office, case: Case, key: str) -> Mapping[str, Any]:
    """The newest completed task's answers that have `key`; empty when none has.

    Asked by what was answered, not by which step asked it: diagrams may name steps as they like.
    """
    query = (
        select(Task.submission)
        .where(Task.case_id == case.id, Task.closed_by.is_not(None))
        .order_by(Task.closed_at.desc(), Task.id.desc())
    )
    submissions: Iterable[Mapping[str, Any] | None] = office.db.scalars(query)
    return next((answers for answers in submissions if answers and key in answers), {})


def chosen_specialties(office: Office, case: Case) -> list[str]:
    """The codes of the specialties applied for, as the 申请书 page says."""
    return list(page_of(office, case, "application").get("chosen_specialties", []))


def page_of(office: Office, case: Case, page: str) -> Mapping[str, Any]:
    """The saved values of a page of the case's dossier; empty when it was never saved."""
    query = select(DossierPage.values).where(
        DossierPage.dossier_id == case.dossier_id, DossierPage.page == page
    )
    found: Mapping[str, Any] | None = office.db.scalar(query)
    return found or {}
