"""An organ words its papers: reading, keeping and leaving a wording. Its approvers may."""

from sqlalchemy import select

from bpmn.errors import CaseNotFound, NotPermitted, StaleForm, WordingRefused
from bpmn.office import Office
from bpmn.operations.trail import record_office
from bpmn.operations.wording import newest_wording
from certificates import KINDS, Draft
from certificates.wording import WORDABLE, check_wording
from models import Account, Authority, Case, Document, Wording

OFFERED = 10
"""So many cases are offered to preview a wording on."""


def wording_of(office: Office, document: Document | None) -> str:
    """The wording that a paper was, or will be, made with; empty for the program's own."""
    if document is None or document.wording_id is None:
        return ""
    return office.db.get_one(Wording, document.wording_id).body


def wordings_in_force(office: Office) -> dict[str, Wording]:
    """Kind to the newest version of the acting person's organ."""
    query = select(Wording).where(Wording.authority_id == _organ(office).id)
    return {one.kind: one for one in office.db.scalars(query.order_by(Wording.number))}


def versions_of(office: Office, kind: str) -> list[Wording]:
    """All versions of the acting person's organ, the newest first."""
    own = Wording.authority_id == _organ(office).id, Wording.kind == require_kind(kind)
    return list(office.db.scalars(select(Wording).where(*own).order_by(Wording.number.desc())))


def save_wording(office: Office, kind: str, body: str, note: str, seen: int) -> Wording:
    """Put a new version in force; an empty body goes back to the program's wording.

    `seen` is the number of the version that the page showed, 0 for none. Raises WordingRefused
    with every fault, StaleForm when a colleague was faster.
    """
    organ, actor = _organ(office), _actor(office)
    faults = check_wording(require_kind(kind), body) if body else []
    if faults:
        raise WordingRefused(KINDS[kind].title, tuple(str(fault) for fault in faults))
    # The organ's row is held: of two savings at once the second sees the first.
    office.db.refresh(organ, with_for_update=True)
    newest = newest_wording(office, organ.id, kind)
    number = newest.number if newest else 0
    if number != seen:
        raise StaleForm(KINDS[kind].title)
    version = Wording(
        authority_id=organ.id,
        kind=kind,
        number=number + 1,
        body=body,
        note=note,
        created_at=office.now,
        created_by=actor.id,
    )
    office.db.add(version)
    record_office(
        office, "wording_changed", paper=KINDS[kind].title, authority=organ.name, version=number + 1
    )
    return version


def papers_to_try(office: Office, kind: str) -> list[tuple[str, str]]:
    """(number, unit) of the organ's newest cases that have a paper of the kind."""
    query = (
        select(Case)
        .join(Document, Document.case_id == Case.id)
        .where(Document.kind == require_kind(kind), Case.authority_id == _organ(office).id)
        .order_by(Document.id.desc())
        .limit(OFFERED)
    )
    return [(case.number, case.unit.name) for case in office.db.scalars(query)]


def try_wording(office: Office, kind: str, body: str, number: str) -> Draft:
    """The case's paper of that kind, as this wording would say it.

    Raises WordingRefused, and CaseNotFound for a case without one or of another organ.
    """
    organ = _organ(office)
    faults = check_wording(require_kind(kind), body)
    if faults:
        raise WordingRefused(KINDS[kind].title, tuple(str(fault) for fault in faults))
    query = (
        select(Document)
        .join(Case, Case.id == Document.case_id)
        .where(Document.kind == kind, Case.number == number, Case.authority_id == organ.id)
    )
    paper = office.db.scalar(query.order_by(Document.id.desc()).limit(1))
    if paper is None:
        raise CaseNotFound(number)
    return Draft(kind, paper.title, paper.facts, body)


def require_kind(kind: str) -> str:
    """The kind, if an organ may word it. Raises CaseNotFound."""
    if kind not in WORDABLE:
        raise CaseNotFound(kind)
    return kind


def _organ(office: Office) -> Authority:
    actor = _actor(office)
    if actor.authority is None:
        raise NotPermitted
    return actor.authority


def _actor(office: Office) -> Account:
    if office.actor is None or "approver" not in office.actor.roles:
        raise NotPermitted
    return office.actor
