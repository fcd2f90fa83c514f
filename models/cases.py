"""Cases (办件), their open tasks and the diagram versions they run on."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Authority
from models.base import AwareDateTime, Base, Code, Digest, Json, Key, Name, PrimaryKey, Time
from models.units import Unit

_OPEN = text("closed_at IS NULL")
_OPEN_ALONE = text("closed_at IS NULL AND exclusive")


class DiagramVersion(Base):
    """The XML files of a matter as deployed; immutable. The newest deployed starts new cases."""

    __tablename__ = "diagram_version"
    __table_args__ = (UniqueConstraint("matter", "number"),)

    id: Mapped[PrimaryKey]
    matter: Mapped[Code]
    number: Mapped[int]
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    """File name to XML text: diagram.bpmn, the called diagrams and the decision tables."""
    sha256: Mapped[Digest]
    author_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    """Null for the version that shipped with the program."""
    checked_at: Mapped[Time]
    deployed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    note: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    """Why it was deployed, in the words of who proposed it."""
    consented_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    """The second person (four eyes); null for what shipped with the program."""
    restores_id: Mapped[int | None] = mapped_column(Key, ForeignKey("diagram_version.id"))
    """The older version that this one brings back."""
    waiver: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    """What an administrator signed where a check could not decide; empty where all was proved."""


class Case(Base):
    """One run of a matter for one unit. Where it stands is known by its engine state alone."""

    __tablename__ = "case"
    __table_args__ = (
        Index(
            "uq_case_open_alone",
            "unit_id",
            unique=True,
            sqlite_where=_OPEN_ALONE,
            postgresql_where=_OPEN_ALONE,
        ),
        Index(
            "ix_case_wake",
            "wake_at",
            sqlite_where=text("wake_at IS NOT NULL"),
            postgresql_where=text("wake_at IS NOT NULL"),
        ),
        Index("ix_case_open_on", "diagram_version_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_case_open", "matter", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "unit_id", "opened_at"),
        Index(None, "authority_id", "submitted_at"),
        Index(None, "matter", "closed_at", "id"),
    )

    id: Mapped[PrimaryKey]
    number: Mapped[str] = mapped_column(String(24), unique=True)
    matter: Mapped[Code]
    certificate_type: Mapped[Code]
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    scope: Mapped[Code] = mapped_column(default="chosen", server_default="chosen")
    """Which specialties it is about: chosen, changed on a certificate, held, or none."""
    exclusive: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """No other such case of the unit may be open beside it (R055)."""
    origin_id: Mapped[int | None] = mapped_column(
        Key, ForeignKey("case.id", ondelete="SET NULL"), index=True
    )
    """The case that this one came from: whose outcome opened it, or in which it was asked for."""
    respondent_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"), index=True)
    """The other unit (对方单位) that has a say in it."""
    authority_id: Mapped[int | None] = mapped_column(Key, ForeignKey("authority.id"))
    dossier_id: Mapped[int] = mapped_column(Key, ForeignKey("dossier.id"), index=True)
    diagram_version_id: Mapped[int] = mapped_column(Key, ForeignKey("diagram_version.id"))
    standard_number: Mapped[int | None]
    """The version of the standard it was first submitted under; null until then."""
    state: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    revision: Mapped[int] = mapped_column(default=0)
    wake_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When its next timer is due: the earlier of the two that follow."""
    wake_fixed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """The next timer whose moment was fixed when it was set."""
    wake_clocks: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """The clocks that its other timers follow, with spaces between."""
    opened_at: Mapped[Time]
    opened_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    ended: Mapped[str | None] = mapped_column(String(64))
    """The end event that the case reached."""
    event_count: Mapped[int] = mapped_column(default=0)
    event_head: Mapped[str] = mapped_column(String(64), default="")
    """Digest of the newest event: the next one is chained to it without reading the others."""

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True, foreign_keys=[unit_id])
    respondent: Mapped[Unit | None] = relationship(lazy="select", foreign_keys=[respondent_id])
    authority: Mapped[Authority | None] = relationship(lazy="joined")


class Task(Base):
    """The worklist: a projection of the engine's open user tasks, written only by casework."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("case_id", "engine_id"),
        Index(
            "ix_task_worklist",
            "authority_id",
            "role",
            "due_at",
            "id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_task_assignee",
            "assignee_id",
            "due_at",
            "id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(None, "closed_by", "closed_at"),
        Index(None, "closed_at", "element"),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"))
    engine_id: Mapped[str] = mapped_column(String(36))
    element: Mapped[Code]
    name: Mapped[Name]
    form: Mapped[Code]
    role: Mapped[Code]
    authority_id: Mapped[int | None] = mapped_column(Key, ForeignKey("authority.id"))
    """Null for the tasks of units: the applicant's and the respondent's."""
    assignee_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    clock: Mapped[Code] = mapped_column(default="")
    """The statutory clock that its due time follows; empty for none."""
    days: Mapped[int | None]
    """办理时限: the working days that the step may take; null where the diagram is silent."""
    opened_at: Mapped[Time]
    due_at: Mapped[Time]
    closed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    closed_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    """Null with a closed_at: an event of the diagram took the task away, not a person."""
    outcome: Mapped[Code | None]
    submission: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    case: Mapped[Case] = relationship(lazy="select")


class Correction(Base):
    """One item of a 补正告知: what is wrong, where, what is required; and the unit's answer."""

    __tablename__ = "correction"
    __table_args__ = (Index(None, "case_id", "round"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"))
    round: Mapped[int]
    page: Mapped[Code]
    row_id: Mapped[int | None] = mapped_column(
        Key, ForeignKey("dossier_row.id", ondelete="SET NULL"), index=True
    )
    place: Mapped[Name]
    """The page's or row's name at the time: kept when the row is removed."""
    problem: Mapped[str] = mapped_column(String(500))
    requirement: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[Time]
    created_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    answer: Mapped[str] = mapped_column(String(500), default="")
    answered_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class Draft(Base):
    """What somebody has typed into an open task and not yet saved: never lost, never sent."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("task_id", "account_id", "place"),)

    id: Mapped[PrimaryKey]
    task_id: Mapped[int] = mapped_column(Key, ForeignKey("task.id"))
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    place: Mapped[Code] = mapped_column(default="", server_default="")
    """The page of a dossier, or page/row ("staff/12", "staff/new"); empty for an officer's form."""
    values: Mapped[Json]
    saved_at: Mapped[Time]
