"""A table that a unit sent and has not accepted yet: kept on the server, so that nothing is lost.

It holds what was written in the cells and nothing of the dossier; what is accepted leaves it.
"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name, PrimaryKey, Time


class RowImport(Base):
    """One spreadsheet or paste for one page of rows, until it is accepted, dropped or expired."""

    __tablename__ = "row_import"
    __table_args__ = (Index(None, "dossier_id", "page"), Index(None, "expires_at"))

    id: Mapped[PrimaryKey]
    dossier_id: Mapped[int] = mapped_column(Key, ForeignKey("dossier.id"))
    page: Mapped[Code]
    source: Mapped[Name]
    """What it came from: a file's name, or that it was pasted."""
    unknown: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Columns that were left out, as they are called in the file."""
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """By row: field -> [address, text, problem] of its cell."""
    created_at: Mapped[Time]
    created_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    expires_at: Mapped[Time]
    accepted_at: Mapped[Time | None]
    """Since when nothing of it is left to be saved."""
    saved: Mapped[int] = mapped_column(default=0)
    """How many rows were added or changed from it."""
