"""What the office makes known: documents (文书), notices (公示, 公告), objections, messages."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import AwareDateTime, Base, Code, Digest, Json, Key, Name, PrimaryKey, Time

PENDING, ISSUED = "pending", "issued"


class Document(Base):
    """A paper: frozen facts now, its file as soon as a job has rendered it, once."""

    __tablename__ = "document"
    __table_args__ = (
        Index(
            "ix_document_pending",
            "id",
            sqlite_where=text("status = 'pending'"),
            postgresql_where=text("status = 'pending'"),
        ),
        Index(None, "case_id", "id"),
        Index(None, "certificate_id", "id"),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"))
    qualification_id: Mapped[int | None] = mapped_column(
        Key, ForeignKey("qualification.id"), index=True
    )
    kind: Mapped[Code]
    title: Mapped[Name]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    token: Mapped[str] = mapped_column(String(64), index=True)
    """Unguessable; printed as the address where anyone verifies the paper."""
    facts: Mapped[Json]
    organ_code: Mapped[str] = mapped_column(String(12), server_default="")
    """Authority.code of the organ that is printed on it and whose key signs it."""
    status: Mapped[Code] = mapped_column(default=PENDING)
    unsigned_digest: Mapped[Digest | None]
    """Of the file before it was signed: printing the facts anew gives the same."""
    digest: Mapped[Digest | None]
    """Of the file as it was issued, signed."""
    certificate_id: Mapped[int | None] = mapped_column(Key, ForeignKey("signing_certificate.id"))
    size: Mapped[int | None]
    created_at: Mapped[Time]
    issued_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class Notice(Base):
    """A public notice (公示) or announcement (公告) with the facts that were published."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "kind", "published_at"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"), index=True)
    authority_id: Mapped[int] = mapped_column(Key, ForeignKey("authority.id"))
    kind: Mapped[Code]
    """notice (公示) or announcement (公告)."""
    title: Mapped[Name]
    facts: Mapped[Json]
    published_at: Mapped[Time]
    until: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """End of the period in which anyone may object; null for an announcement."""
    closed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

    objections: Mapped[list["Objection"]] = relationship(lazy="select", order_by="Objection.id")


class Objection(Base):
    """An objection or statement (异议/陈述) received during a public notice."""

    __tablename__ = "objection"

    id: Mapped[PrimaryKey]
    notice_id: Mapped[int] = mapped_column(Key, ForeignKey("notice.id"), index=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[Name]
    contact: Mapped[Name]
    content: Mapped[str] = mapped_column(String(2000))
    received_at: Mapped[Time]
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    answered_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))


class Message(Base):
    """What a unit, or an organ, is told in its account, and by e-mail where one is known."""

    __tablename__ = "message"
    __table_args__ = (
        Index(None, "unit_id", "id"),
        Index(None, "authority_id", "id"),
        Index(
            "ix_message_queued",
            "id",
            sqlite_where=text("status = 'queued'"),
            postgresql_where=text("status = 'queued'"),
        ),
    )

    id: Mapped[PrimaryKey]
    unit_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"))
    authority_id: Mapped[int | None] = mapped_column(Key, ForeignKey("authority.id"))
    """One of the two is set: who is told."""
    case_id: Mapped[int | None] = mapped_column(Key, ForeignKey("case.id"), index=True)
    subject: Mapped[Name]
    body: Mapped[str] = mapped_column(String(2000))
    status: Mapped[Code] = mapped_column(default="queued")
    """queued until a job has mailed it or found that there is no address; then sent or kept."""
    created_at: Mapped[Time]
    read_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
