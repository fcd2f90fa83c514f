"""Writing down what happened: events of a case, and messages to its unit."""

from typing import Any

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.writing import add_row
from models import Case, Event, Message
from models.events import event_digest
from models.settings import next_number

OFFICE_STREAM = "office"


def record(office: Office, case: Case, kind: str, **detail: Any) -> None:
    """Append an event to the case's chain; the case row carries the chain's head."""
    position = case.event_count + 1
    digest = _append(office, case.number, position, case.event_head, kind, detail)
    case.event_count, case.event_head = position, digest


def opening_facts(office: Office, case: Case) -> dict[str, str]:
    """What the first event of a case tells; with the organ, where an officer began it."""
    facts = {"matter": case.matter, "certificate_type": case.certificate_type}
    organ = office.actor.authority if office.actor else None
    return {**facts, "organ": organ.name} if organ else facts


def record_office(office: Office, kind: str, **detail: Any) -> None:
    """Append an event to the chain of what is done to the office itself: users, organs, days."""
    # The counter's row is held until the transaction ends: no two events link to the same one.
    position = next_number(office.db, f"event:{OFFICE_STREAM}")
    query = select(Event.digest).where(
        Event.stream == OFFICE_STREAM, Event.position == position - 1
    )
    _append(office, OFFICE_STREAM, position, office.db.scalar(query) or "", kind, detail)


def tell_unit(office: Office, case: Case, subject: str, body: str) -> None:
    """Queue a message to the unit's account; a job mails it where an address is known."""
    tell(office, case, subject, body)


def tell_parties(office: Office, case: Case, subject: str, body: str) -> None:
    """Tell the unit, and the other one (对方单位) if it knows of the case."""
    tell(office, case, subject, body)
    if case.respondent_id is not None and case.submitted_at is not None:
        tell(office, case, subject, body, unit_id=case.respondent_id)


def tell(
    office: Office,
    case: Case,
    subject: str,
    body: str,
    *,
    unit_id: int | None = None,
    authority_id: int | None = None,
    objection_id: int | None = None,
) -> None:
    """Queue a message about the case: to a unit, an organ, who objected, or else its own unit."""
    own = case.unit_id if authority_id is None and objection_id is None else None
    add_row(
        office,
        Message,
        unit_id=unit_id or own,
        authority_id=authority_id,
        objection_id=objection_id,
        case_id=case.id,
        subject=subject,
        body=body,
        created_at=office.now,
    )


def _append(
    office: Office, stream: str, position: int, previous: str, kind: str, detail: dict[str, Any]
) -> str:
    content: dict[str, Any] = {
        "stream": stream,
        "position": position,
        "kind": kind,
        "actor_id": office.actor_id,
        "at": office.now,
        "detail": detail,
    }
    digest = event_digest(previous, **content)
    name = office.actor.name if office.actor else ""
    add_row(office, Event, **content, actor_name=name, previous=previous, digest=digest)
    return digest
