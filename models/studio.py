"""The process studio: diagrams being drawn, who has them open, and proposals to deploy them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AwareDateTime, Base, Code, Digest, Key, Name, PrimaryKey, Time

CONSENTED, DECLINED, WITHDRAWN = "consented", "declined", "withdrawn"
_KEPT = text("dropped_at IS NULL")
_UNDECIDED = text("decided_at IS NULL")


class DiagramDraft(Base):
    """A matter's diagram as somebody is drawing it: whatever it says, no case runs on it."""

    __tablename__ = "diagram_draft"
    __table_args__ = (
        Index(
            "ix_diagram_draft_kept",
            "matter",
            "saved_at",
            "id",
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
    )

    id: Mapped[PrimaryKey]
    matter: Mapped[Code]
    title: Mapped[Name]
    base_version_id: Mapped[int] = mapped_column(Key, ForeignKey("diagram_version.id"))
    """The version that it was begun from, or was last brought up to."""
    files: Mapped[dict[str, str]] = mapped_column(JSON, deferred=True)
    """File name to XML text, as of a DiagramVersion."""
    sha256: Mapped[Digest]
    revision: Mapped[int] = mapped_column(default=1)
    """Raised by each saving: whoever saves over an older one is told."""
    created_at: Mapped[Time]
    created_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    saved_at: Mapped[Time]
    saved_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    dropped_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """Given up: shown no more; proposals may still name it."""


class DraftEditor(Base):
    """Somebody who has a draft open; gone quiet for a minute means gone."""

    __tablename__ = "draft_editor"
    __table_args__ = (UniqueConstraint("draft_id", "account_id"),)

    id: Mapped[PrimaryKey]
    draft_id: Mapped[int] = mapped_column(Key, ForeignKey("diagram_draft.id"))
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    seen_at: Mapped[Time]


class DiagramProposal(Base):
    """Files that one administrator wants to go live, until a second one decides (four eyes)."""

    __tablename__ = "diagram_proposal"
    __table_args__ = (
        Index(
            "uq_diagram_proposal_open",
            "matter",
            unique=True,
            sqlite_where=_UNDECIDED,
            postgresql_where=_UNDECIDED,
        ),
        Index(None, "matter", "id"),
    )

    id: Mapped[PrimaryKey]
    matter: Mapped[Code]
    files: Mapped[dict[str, str]] = mapped_column(JSON, deferred=True)
    """Frozen when it is proposed: the draft may be drawn on meanwhile."""
    sha256: Mapped[Digest]
    base_version_id: Mapped[int] = mapped_column(Key, ForeignKey("diagram_version.id"))
    """The version that it is to take the place of."""
    note: Mapped[str] = mapped_column(String(1000))
    """Why, in the proposer's words."""
    waiver: Mapped[str] = mapped_column(String(1000), default="")
    """Why it may go live although a check could not decide; empty where all was proved."""
    restores_id: Mapped[int | None] = mapped_column(Key, ForeignKey("diagram_version.id"))
    """The older version whose files these are."""
    draft_id: Mapped[int | None] = mapped_column(Key, ForeignKey("diagram_draft.id"))
    proposed_at: Mapped[Time]
    proposed_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    decided_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    decision: Mapped[Code | None]
    """consented, declined or, by the proposer, withdrawn."""
    reason: Mapped[str] = mapped_column(String(1000), default="")
    version_id: Mapped[int | None] = mapped_column(Key, ForeignKey("diagram_version.id"))
    """What was deployed with the consent."""
