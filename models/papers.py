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
    wording_id: Mapped[int | None] = mapped_column(Key, ForeignKey("wording.id"))
    """The organ's own wording it is made with; null for the program's."""
    status: Mapped[Code] = mapped_column(default=PENDING)
    unsigned_digest: Mapped[Digest | None]
    """Of the file before it was signed: printing the facts anew gives the same."""
    digest: Mapped[Digest | None] = mapped_column(index=True)
    """Of the file as it was issued, signed."""
    certificate_id: Mapped[int | None] = mapped_column(Key, ForeignKey("signing_certificate.id"))
    size: Mapped[int | None]
    created_at: Mapped[Time]
    issued_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class Notice(Base):
    """A public notice (公示) or announcement (公告) with the facts that were published."""

    __tablename__ = "notice"
    __table_args__ = (
        # With the title, words are looked for in the index and not in the rows.
        Index(None, "kind", "published_at", "title"),
        Index(None, "kind", "authority_id", "published_at"),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"), index=True)
    authority_id: Mapped[int] = mapped_column(Key, ForeignKey("authority.id"))
    kind: Mapped[Code]
    """notice (公示) or announcement (公告)."""
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    """Of its paper, which anyone may download; null for what was published before there was one."""
    title: Mapped[Name]
    facts: Mapped[Json]
    published_at: Mapped[Time]
    until: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """End of the period as it was published; the clock in the ledger knows of changes since.

    Null for an announcement.
    """
    closed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """The legal end: a worker that comes late changes nothing."""
    ended: Mapped[Code] = mapped_column(default="", server_default="")
    """passed, upheld, withdrawn or terminated; empty while it is open."""

    objections: Mapped[list["Objection"]] = relationship(lazy="select", order_by="Objection.id")


class Objection(Base):
    """An objection (异议) by anyone, or a statement (陈述) by the unit, during a public notice."""

    __tablename__ = "objection"

    id: Mapped[PrimaryKey]
    notice_id: Mapped[int] = mapped_column(Key, ForeignKey("notice.id"), index=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[Code] = mapped_column(default="objection", server_default="objection")
    """objection or statement."""
    unit_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"))
    """The unit whose statement it is."""
    name: Mapped[Name]
    contact: Mapped[Name]
    content: Mapped[str] = mapped_column(String(2000))
    received_at: Mapped[Time]
    verdict: Mapped[Code] = mapped_column(default="", server_default="")
    """upheld or dismissed; empty until answered, or where the case ended before."""
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    answered_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    files: Mapped[list["ObjectionFile"]] = relationship(
        lazy="selectin", order_by="ObjectionFile.id"
    )


class ObjectionFile(Base):
    """A file that came with an objection; the handling organ alone may read it."""

    __tablename__ = "objection_file"

    id: Mapped[PrimaryKey]
    objection_id: Mapped[int] = mapped_column(Key, ForeignKey("objection.id"), index=True)
    filename: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    """Bytes."""
    digest: Mapped[Digest]
    """SHA-256 of the content, in hexadecimal: where it lies in the store."""


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
    """One of the two is set: who is told. Neither, where it is mailed to who objected."""
    objection_id: Mapped[int | None] = mapped_column(Key, ForeignKey("objection.id"))
    case_id: Mapped[int | None] = mapped_column(Key, ForeignKey("case.id"), index=True)
    subject: Mapped[Name]
    body: Mapped[str] = mapped_column(String(2000))
    status: Mapped[Code] = mapped_column(default="queued")
    """queued until a job has mailed it or found that there is no address; then sent or kept."""
    created_at: Mapped[Time]
    read_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
