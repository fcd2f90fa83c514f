"""送达: papers reach units: electronically where the unit agreed, else by an officer's hand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from bpmn.casework.rights import OFFICER_ROLES, may_see_case, may_see_paper
from bpmn.casework.running import lock_case
from bpmn.errors import CaseNotFound, NotPermitted, PaperServed
from bpmn.office import Office
from bpmn.operations.trail import record
from certificates import KINDS
from models import Case, Delivery, Document, ServiceConsent
from models.deliveries import AWAITED, ELECTRONIC, WAYS

_FACTS = ("place", "receiver", "relation", "witness", "tracking", "remark")


def serve_document(office: Office, document_id: int) -> None:
    """Note the service of a paper that this very transaction issues; once, however often asked.

    With the unit's consent the paper has reached it now: the file is made and in its account
    (民事诉讼法第九十条: the moment of arrival in its system). Without, it waits for an officer.
    """
    document = office.db.get_one(Document, document_id, populate_existing=True)
    served = select(Delivery.id).where(Delivery.document_id == document_id).limit(1)
    if document.issued_at is None or office.db.scalar(served) is not None:
        return
    case = office.db.get_one(Case, document.case_id)
    for unit_id in addressees(document, case):
        consent = consent_of(office, unit_id)
        agreed = consent is not None and consent.agreed
        office.db.add(
            Delivery(
                **_subject(document, case, unit_id),
                way=ELECTRONIC if agreed else AWAITED,
                reached_at=document.issued_at if agreed else None,
            )
        )


def addressees(document: Document, case: Case) -> list[int]:
    """The units on which a paper is served: the case's own, and the other one where it is told.

    Nobody for what is not served at all.
    """
    if not KINDS[document.kind].is_served:
        return []
    other = case.respondent_id if KINDS[document.kind].for_respondent else None
    return [case.unit_id, *([other] if other is not None else [])]


def consent_of(office: Office, unit_id: int) -> ServiceConsent | None:
    """What the unit said last about electronic service; None while it never said anything."""
    query = select(ServiceConsent).where(ServiceConsent.unit_id == unit_id)
    return office.db.scalar(query.order_by(ServiceConsent.id.desc()).limit(1))


def state_consent(office: Office, agreed: bool) -> None:
    """Note what the acting person says for their unit. Raises NotPermitted for others."""
    actor = office.actor
    if actor is None or actor.unit_id is None:
        raise NotPermitted
    newest = consent_of(office, actor.unit_id)
    if newest is None or newest.agreed != agreed:
        said = {"unit_id": actor.unit_id, "account_id": actor.id, "at": office.now}
        office.db.add(ServiceConsent(**said, agreed=agreed))


def note_read(office: Office, document: Document) -> None:
    """The read receipt (已阅): the first time that an account of the unit opens the paper."""
    actor = office.actor
    if actor is not None and actor.unit_id is not None:
        office.db.execute(
            update(Delivery)
            .where(
                Delivery.document_id == document.id,
                Delivery.unit_id == actor.unit_id,
                Delivery.read_at.is_(None),
            )
            .values(read_at=office.now, read_by=actor.id)
        )


def is_unread(office: Office, document: Document) -> bool:
    """Whether the acting person's unit has a service of the paper that nobody there opened."""
    actor = office.actor
    if actor is None or actor.unit_id is None:
        return False
    unread = select(Delivery.id).where(
        Delivery.document_id == document.id,
        Delivery.unit_id == actor.unit_id,
        Delivery.read_at.is_(None),
    )
    return office.db.scalar(unread.limit(1)) is not None


def deliveries_of(office: Office, case: Case) -> Mapping[int, Sequence[Delivery]]:
    """Document id to the services of it that the actor may know of: a unit only its own."""
    query = select(Delivery).where(Delivery.case_id == case.id).order_by(Delivery.id)
    if office.actor is not None and office.actor.unit_id is not None:
        query = query.where(Delivery.unit_id == office.actor.unit_id)
    found: defaultdict[int, list[Delivery]] = defaultdict(list)
    for delivery in office.db.scalars(query):
        found[delivery.document_id].append(delivery)
    return found


def awaited_at(authority_id: int | None) -> Select[Delivery]:
    """What waits at an organ to be served (待送达), the longest first."""
    at_organ = Delivery.authority_id == authority_id
    return select(Delivery).where(at_organ, Delivery.reached_at.is_(None)).order_by(Delivery.id)


def find_delivery(office: Office, delivery_id: int) -> tuple[Delivery, Document, Case]:
    """One service that the actor may see. Raises CaseNotFound, whatever the reason."""
    delivery = office.db.get(Delivery, delivery_id)
    if delivery is None or office.actor is None:
        raise CaseNotFound(str(delivery_id))
    document = office.db.get_one(Document, delivery.document_id)
    case = office.db.get_one(Case, delivery.case_id)
    is_other = office.actor.unit_id not in (None, delivery.unit_id)
    if is_other or not may_see_paper(office.actor, document, case):
        raise CaseNotFound(str(delivery_id))
    return delivery, document, case


def paper_to_serve(office: Office, document_id: int) -> tuple[Document, Case]:
    """An issued paper that the acting officer may serve. Raises CaseNotFound otherwise."""
    document = office.db.get(Document, document_id)
    case = office.db.get(Case, document.case_id) if document else None
    if document is None or case is None or document.issued_at is None:
        raise CaseNotFound(str(document_id))
    if not may_serve(office, case):
        raise CaseNotFound(str(document_id))
    return document, case


def may_serve(office: Office, case: Case) -> bool:
    """Whether the actor is an officer of the organ that has the case."""
    actor = office.actor
    return actor is not None and bool(actor.roles & OFFICER_ROLES) and may_see_case(actor, case)


def served_ways(office: Office, document: Document, unit_id: int) -> dict[str, datetime]:
    """How the paper has reached the unit already, and when."""
    query = select(Delivery.way, Delivery.reached_at).where(
        Delivery.document_id == document.id, Delivery.unit_id == unit_id
    )
    return {way: at for way, at in office.db.execute(query) if at is not None}


def may_still_serve(document: Document, ways: Mapping[str, Any]) -> bool:
    """A paper is served once; a certificate may be handed out on paper beside its file."""
    return not ways or (document.qualification_id is not None and set(ways) == {ELECTRONIC})


def record_delivery(
    office: Office, document_id: int, unit_id: int, reached_at: datetime, answers: Mapping[str, Any]
) -> Delivery:
    """Note how an officer served a paper. Raises PaperServed when somebody was faster."""
    document, case = paper_to_serve(office, document_id)
    lock_case(office, case.id)
    if unit_id not in addressees(document, case):
        raise CaseNotFound(str(document_id))
    if not may_still_serve(document, served_ways(office, document, unit_id)):
        raise PaperServed(document.title)
    delivery = _awaited(office, document, unit_id) or Delivery(**_subject(document, case, unit_id))
    delivery.way, delivery.reached_at = answers["way"], reached_at
    delivery.recorded_by = office.actor_id
    for name in _FACTS:
        setattr(delivery, name, answers.get(name) or "")
    office.db.add(delivery)
    served = {"title": document.title, "number": document.number, "way": WAYS[delivery.way]}
    record(office, case, "paper_served", **served)
    return delivery


def _awaited(office: Office, document: Document, unit_id: int) -> Delivery | None:
    own = Delivery.document_id == document.id, Delivery.unit_id == unit_id
    return office.db.scalar(select(Delivery).where(*own, Delivery.reached_at.is_(None)))


def _subject(document: Document, case: Case, unit_id: int) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "case_id": case.id,
        "authority_id": case.authority_id,
        "unit_id": unit_id,
        "noted_at": document.issued_at,
    }
