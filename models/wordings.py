"""文书文字: the bodies of papers as organs word them, version after version."""

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name, PrimaryKey, Time


class Wording(Base):
    """One version of an organ's wording of a kind of paper. Never changed: papers refer to it."""

    __tablename__ = "wording"
    __table_args__ = (UniqueConstraint("authority_id", "kind", "number"),)

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(Key, ForeignKey("authority.id"))
    kind: Mapped[Code]
    number: Mapped[int]
    """Counts from 1 within the organ and kind; the highest is in force."""
    body: Mapped[str] = mapped_column(Text)
    """The little HTML of `certificates.wording`; empty for a return to the program's wording."""
    note: Mapped[Name] = mapped_column(default="")
    """Why it was changed."""
    created_at: Mapped[Time]
    created_by: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
