"""Answering the items of a 补正告知, each at its place."""

from sqlalchemy import func, select

from bpmn.casework.dossiers import require_open_dossier
from bpmn.errors import RowNotFound
from bpmn.office import Office
from models import Case, Correction


def open_corrections(office: Office, case: Case) -> list[Correction]:
    """The items of the newest round, in the order in which the organ listed them."""
    newest = select(func.max(Correction.round)).where(Correction.case_id == case.id)
    query = select(Correction).where(
        Correction.case_id == case.id, Correction.round == newest.scalar_subquery()
    )
    return list(office.db.scalars(query.order_by(Correction.id)))


def answer_correction(office: Office, case: Case, correction_id: int, answer: str) -> Correction:
    """Say how an item was dealt with; may be said anew until the dossier is handed in."""
    require_open_dossier(office, case)
    item = office.db.get(Correction, correction_id)
    if item is None or item.case_id != case.id:
        raise RowNotFound(str(correction_id))
    item.answer, item.answered_at = answer, office.now
    return item
