"""Help that an office gives: how to reach it in each province, and what users suggested."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AwareDateTime, Base, Code, Key, Name, PrimaryKey, Time

NATIONAL = "00"


class Contact(Base):
    """Where users of one province ask and enter; what is empty is as in the national one (00)."""

    __tablename__ = "contact"

    province: Mapped[str] = mapped_column(String(2), primary_key=True)
    """Division code of two digits, GB/T 2260; 00 for all."""
    hotline: Mapped[str] = mapped_column(String(80), default="")
    mailbox: Mapped[str] = mapped_column(String(254), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    hours: Mapped[str] = mapped_column(String(200), default="")
    portal_url: Mapped[str] = mapped_column(String(300), default="")
    """The province's platform of 测绘服务网 (R041)."""
    service_url: Mapped[str] = mapped_column(String(300), default="")
    """政务服务网 of the province (R109)."""
    key_url: Mapped[str] = mapped_column(String(300), default="")
    """Where the driver of the USB-Key is downloaded (R105)."""


class Feedback(Base):
    """A suggestion or complaint about the program (R100); `handled_at` closes it."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index(
            "ix_feedback_open",
            "id",
            sqlite_where=text("handled_at IS NULL"),
            postgresql_where=text("handled_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[Code]
    """suggestion, fault or question."""
    content: Mapped[str] = mapped_column(String(2000))
    reach: Mapped[Name] = mapped_column(default="")
    """How to answer, if the writer gave a way: a telephone number or an address."""
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    created_at: Mapped[Time]
    handled_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    handled_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(String(500), default="")
