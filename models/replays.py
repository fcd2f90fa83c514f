"""Replays of a matter's closed cases: what a diagram would have done to them, and conformance."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AwareDateTime, Base, Code, Digest, Key, Name, PrimaryKey, Time

WHAT_IF, CONFORMANCE = "what_if", "conformance"
RUNNING, DONE, DROPPED = "running", "done", "dropped"


class Replay(Base):
    """One question about the closed cases of a matter, how far it has come, and its answer."""

    __tablename__ = "replay"
    __table_args__ = (Index(None, "matter", "kind", "id"), Index(None, "status", "id"))

    id: Mapped[PrimaryKey]
    kind: Mapped[Code]
    """what_if: on another diagram; conformance: each case on its own."""
    matter: Mapped[Code]
    title: Mapped[Name] = mapped_column(default="")
    """What the diagram is called: a draft's title, or the number of a version."""
    source: Mapped[Code] = mapped_column(default="")
    """draft-<id> or version-<number>: where the files were taken from."""
    files: Mapped[dict[str, str] | None] = mapped_column(JSON, deferred=True)
    """The diagram as it was when this was asked: a draft may be drawn on meanwhile."""
    sha256: Mapped[Digest] = mapped_column(default="")
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    """since and until (ISO days), authority_id, most, assumptions (element to days, outcome)."""
    status: Mapped[Code] = mapped_column(default=RUNNING)
    position_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    position: Mapped[int] = mapped_column(Key, default=0)
    """The last case that was played and when it was closed: the newest come first."""
    looked: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """Cases that will be played: at most `most` of the newest."""
    closed: Mapped[int] = mapped_column(default=0)
    """Closed cases in the period: more than `total` where only the newest are played."""
    found: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The figures so far."""
    created_at: Mapped[Time]
    created_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    finished_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
