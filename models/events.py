"""The audit trail: append-only events, each chained to the one before by its digest."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Json, Key, PrimaryKey, Time


class Event(Base):
    """Something that happened, by whom, when. `stream` is the case's number, or 'office'."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("stream", "position"),)

    id: Mapped[PrimaryKey]
    stream: Mapped[str] = mapped_column(String(24))
    position: Mapped[int]
    kind: Mapped[Code]
    actor_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    actor_name: Mapped[str] = mapped_column(String(200), default="")
    """The actor as then named: the trail stays readable when the account is gone."""
    at: Mapped[Time]
    detail: Mapped[Json]
    previous: Mapped[str] = mapped_column(String(64), default="")
    digest: Mapped[str] = mapped_column(String(64))


def event_digest(
    previous: str,
    *,
    stream: str,
    position: int,
    kind: str,
    actor_id: int | None,
    at: datetime,
    detail: dict[str, Any],
) -> str:
    """SHA-256 over the event's content and the digest of the one before, in hexadecimal."""
    content = [previous, stream, position, kind, actor_id, at.astimezone(UTC).isoformat(), detail]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(events: Iterable[Event]) -> Event | None:
    """The first event of a stream, in order, whose digest or link is not true; None if all are."""
    previous = ""
    for position, event in enumerate(events, start=1):
        digest = event_digest(
            previous,
            stream=event.stream,
            position=position,
            kind=event.kind,
            actor_id=event.actor_id,
            at=event.at,
            detail=event.detail,
        )
        if (event.previous, event.position, event.digest) != (previous, position, digest):
            return event
        previous = event.digest
    return None
