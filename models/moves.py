"""Cases on their way to another version of their diagram: a batch, and each of its cases.

A batch looks at every open case first, on a copy in memory. Nothing moves until an administrator
confirms; then each case moves in a transaction of its own, and can be put back while nothing else
has happened to it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import AwareDateTime, Base, Code, Key, Name, PrimaryKey, Time
from models.cases import Case

LOOKING, READY, MOVING, DONE, DROPPED = "looking", "ready", "moving", "done", "dropped"
FIT, UNFIT, MOVED, OVERTAKEN, UNDONE = "fit", "unfit", "moved", "overtaken", "undone"


class Migration(Base):
    """A batch: the open cases of a matter, held against one version or one draft."""

    __tablename__ = "migration"
    __table_args__ = (Index(None, "matter", "id"), Index(None, "status", "id"))

    id: Mapped[PrimaryKey]
    matter: Mapped[Code]
    version_id: Mapped[int | None] = mapped_column(Key, ForeignKey("diagram_version.id"))
    """Null for a draft: its cases can be looked at and never moved."""
    files: Mapped[dict[str, str] | None] = mapped_column(JSON, deferred=True)
    """What the draft said when the look began; null for a version."""
    title: Mapped[Name]
    """The draft's title, or the version's number in words."""
    note: Mapped[str] = mapped_column(String(1000), default="")
    """Why the cases move, in the words of who confirmed it; it stands in each case."""
    status: Mapped[Code] = mapped_column(default=LOOKING)
    """looking at the cases, ready to be confirmed, moving them, done; or dropped."""
    position: Mapped[int] = mapped_column(Key, default=0)
    """The last case that the present pass has dealt with: it goes on from there."""
    total: Mapped[int] = mapped_column(default=0)
    """Cases on other versions when the look began; of the move, those that were chosen."""
    looked: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[Time]
    asked_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    looked_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When the look was through."""
    confirmed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    finished_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class CaseMove(Base):
    """One case of a batch: what the look found, and what became of it."""

    __tablename__ = "case_move"
    __table_args__ = (
        UniqueConstraint("migration_id", "case_id"),
        Index(None, "migration_id", "verdict", "reason", "case_id"),
        Index(None, "case_id"),
    )

    id: Mapped[PrimaryKey]
    migration_id: Mapped[int] = mapped_column(Key, ForeignKey("migration.id"))
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"))
    from_version_id: Mapped[int] = mapped_column(Key, ForeignKey("diagram_version.id"))
    standing: Mapped[str] = mapped_column(String(500))
    """Where the case stood, in words."""
    verdict: Mapped[Code]
    """fit or unfit to move; then moved, overtaken by what happened meanwhile, or undone."""
    reason: Mapped[Code] = mapped_column(default="")
    """The kind of what keeps it; empty where nothing does."""
    words: Mapped[str] = mapped_column(String(1000), default="")
    """The reason as a sentence."""
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What moves with it and is not as before, a sentence each."""
    chosen: Mapped[bool] = mapped_column(default=False)
    state_before: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    """The case's columns and its open tasks' as they were: what an undo writes back."""
    event_count: Mapped[int | None]
    """The case's events with that of the move: one more, and the move stays."""
    moved_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    undone_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    case: Mapped[Case] = relationship(lazy="raise_on_sql")
