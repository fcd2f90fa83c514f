"""Writing down what happened: events of a case, and messages to its unit."""

from typing import Any

from bpmn.office import Office
from models import Case, Event, Message
from models.events import event_digest


def record(office: Office, case: Case, kind: str, **detail: Any) -> None:
    """Append an event to the case's chain; the case row carries the chain's head."""
    position = case.event_count + 1
    digest = event_digest(
        case.event_head,
        stream=case.number,
        position=position,
        kind=kind,
        actor_id=office.actor_id,
        at=office.now,
        detail=detail,
    )
    office.db.add(
        Event(
            stream=case.number,
            position=position,
            kind=kind,
            actor_id=office.actor_id,
            actor_name=office.actor.name if office.actor else "",
            at=office.now,
            detail=detail,
            previous=case.event_head,
            digest=digest,
        )
    )
    case.event_count, case.event_head = position, digest


def tell_unit(office: Office, case: Case, subject: str, body: str) -> None:
    """Queue a message to the unit's account; a job mails it where an address is known."""
    office.db.add(
        Message(
            unit_id=case.unit_id,
            case_id=case.id,
            subject=subject,
            body=body,
            created_at=office.now,
        )
    )
