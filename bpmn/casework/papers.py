"""The papers of a case, for those who may see each of them."""

from sqlalchemy import select

from bpmn.casework.rights import may_see_paper
from bpmn.office import Office
from models import Case, Document


def papers_of(office: Office, case: Case) -> list[Document]:
    """The papers that the actor may see, in the order in which they were issued."""
    actor = office.actor
    query = select(Document).where(Document.case_id == case.id).order_by(Document.id)
    return [
        paper for paper in office.db.scalars(query) if actor and may_see_paper(actor, paper, case)
    ]
