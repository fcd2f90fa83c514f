"""Which wording a paper is made with: the newest of its organ, if it has one of its own."""

from sqlalchemy import select

from bpmn.errors import PaperRefused
from bpmn.office import Office
from certificates import KINDS
from certificates.wording import check_wording
from models import Case, Wording


def wording_in_force(office: Office, case: Case, kind: str) -> int | None:
    """The id of the wording of the case's organ; None while the program's is in force.

    Raises PaperRefused for one that an update of the program has made unusable: told while
    somebody can mend it, not when the paper is printed.
    """
    if not KINDS[kind].keeps or case.authority is None:
        return None
    found = newest_wording(office, case.authority.id, kind)
    if found is None or not found.body:
        return None
    faults = check_wording(kind, found.body)
    if faults:
        raise PaperRefused(KINDS[kind].title, tuple(str(fault) for fault in faults))
    return found.id


def newest_wording(office: Office, authority_id: int, kind: str) -> Wording | None:
    """The highest version of an organ's wording."""
    query = select(Wording).where(Wording.authority_id == authority_id, Wording.kind == kind)
    return office.db.scalar(query.order_by(Wording.number.desc()).limit(1))
