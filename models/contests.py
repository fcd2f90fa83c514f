"""What a conflict case is about (归属协调): a person or an instrument that two units claim.

Here, and not in the engine's state, because it holds personal data.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AwareDateTime, Base, Code, Digest, Json, Key, Name, PrimaryKey, Time


class Contest(Base):
    """The one thing that a conflict case is about; its case says who claims it from whom."""

    __tablename__ = "contest"
    __table_args__ = (Index(None, "digest"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(
        Key, ForeignKey("case.id", ondelete="CASCADE"), unique=True
    )
    page: Mapped[Code]
    """staff or equipment."""
    digest: Mapped[Digest]
    """Of the claim that is contested."""
    label: Mapped[Name]
    """What tells it to both sides without telling who or what it is: masked."""
    values: Mapped[Json]
    """The row as the claimant typed it: kept until the claimant can add it."""
    files: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """(kind, stored file) of what was chosen for the row."""
    row_id: Mapped[int | None] = mapped_column(
        Key, ForeignKey("dossier_row.id", ondelete="SET NULL"), index=True
    )
    """The claimant's row that was being changed; null for a new one."""
    answer_dossier_id: Mapped[int] = mapped_column(Key, ForeignKey("dossier.id"), index=True)
    """What the other unit hands in: never part of the claimant's dossier."""
    won_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """Since when the claim is kept for the claimant, until the case it came from is closed."""


class ClaimPeriod(Base):
    """Who held a person or an instrument from when to when, before a conflict was settled."""

    __tablename__ = "claim_period"
    __table_args__ = (Index(None, "digest"),)

    id: Mapped[PrimaryKey]
    kind: Mapped[Code]
    digest: Mapped[Digest]
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    held_from: Mapped[Time]
    held_until: Mapped[Time]
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"), index=True)
    """The conflict case that ended it."""
