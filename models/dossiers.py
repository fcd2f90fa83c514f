"""The unit's materials (材料): pages, rows of staff, equipment, projects, files, claims.

A dossier is either the unit's approved one or the copy that one case works on; which pages there
are and what their values mean is said by the forms, not here.
"""

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Digest, Json, Key, Name, PrimaryKey, Time


class Dossier(Base):
    __tablename__ = "dossier"

    id: Mapped[PrimaryKey]
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"), index=True)
    created_at: Mapped[Time]


class DossierPage(Base):
    """One page of plain fields, saved by itself (R052)."""

    __tablename__ = "dossier_page"
    __table_args__ = (UniqueConstraint("dossier_id", "page"),)

    id: Mapped[PrimaryKey]
    dossier_id: Mapped[int] = mapped_column(Key, ForeignKey("dossier.id"))
    page: Mapped[Code]
    values: Mapped[Json]
    revision: Mapped[int] = mapped_column(default=1)
    """Raised at each save; a form that was read at an older one is stale."""
    saved_at: Mapped[Time]
    saved_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))


class DossierRow(Base):
    """One person, instrument or project on a page that is a table."""

    __tablename__ = "dossier_row"
    __table_args__ = (
        Index(None, "dossier_id", "page", "position"),
        UniqueConstraint("dossier_id", "page", "claim_digest"),
    )

    id: Mapped[PrimaryKey]
    dossier_id: Mapped[int] = mapped_column(Key, ForeignKey("dossier.id"))
    page: Mapped[Code]
    position: Mapped[int]
    label: Mapped[Name]
    """What a person calls this row: the name of the person, instrument or project."""
    values: Mapped[Json]
    claim_digest: Mapped[Digest | None]
    """Blind index of the ID number or serial number that the row holds; null where none is."""
    problems: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Why the row does not count, in words; empty when it counts."""
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[Time]
    saved_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))


class Attachment(Base):
    """A file that belongs to a page or a row; the bytes lie in the store under their digest."""

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "dossier_id", "page", "row_id"),)

    id: Mapped[PrimaryKey]
    dossier_id: Mapped[int] = mapped_column(Key, ForeignKey("dossier.id"))
    page: Mapped[Code]
    row_id: Mapped[int | None] = mapped_column(
        Key, ForeignKey("dossier_row.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[Code]
    filename: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    """Bytes."""
    digest: Mapped[Digest] = mapped_column(index=True)
    """SHA-256 of the content, in hexadecimal."""
    uploaded_at: Mapped[Time]
    uploaded_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))


class Claim(Base):
    """A person or instrument held by one unit (不得兼职), whatever the race (R029, R030)."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("kind", "digest"),)

    id: Mapped[PrimaryKey]
    kind: Mapped[Code]
    """staff or equipment: the page whose rows it guards."""
    digest: Mapped[Digest]
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"), index=True)
    claimed_at: Mapped[Time]
