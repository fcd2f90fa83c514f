"""Writing down what happened: events of a case, and messages to its unit."""

from typing import Any

from sqlalchemy import select

from bpmn.office import Office
from models import Case, Event, Message
from models.events import event_digest
from models.settings import next_number

OFFICE_STREAM = "office"


def record(office: Office, case: Case, kind: str, **detail: Any) -> None:
    """Append an event to the case's chain; the case row carries the chain's head."""
    event = _event(office, case.number, case.event_count + 1, case.event_head, kind, detail)
    case.event_count, case.event_head = event.position, event.digest


def record_office(office: Office, kind: str, **detail: Any) -> None:
    """Append an event to the chain of what is done to the office itself: users, organs, days."""
    # The counter's row is held until the transaction ends: no two events link to the same one.
    position = next_number(office.db, f"event:{OFFICE_STREAM}")
    query = select(Event.digest).where(
        Event.stream == OFFICE_STREAM, Event.position == position - 1
    )
    _event(office, OFFICE_STREAM, position, office.db.scalar(query) or "", kind, detail)


def _event(
    office: Office, stream: str, position: int, previous: str, kind: str, detail: dict[str, Any]
) -> Event:
    content: dict[str, Any] = {
        "stream": stream,
        "position": position,
        "kind": kind,
        "actor_id": office.actor_id,
        "at": office.now,
        "detail": detail,
    }
    event = Event(
        **content,
        actor_name=office.actor.name if office.actor else "",
        previous=previous,
        digest=event_digest(previous, **content),
    )
    office.db.add(event)
    return event


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
