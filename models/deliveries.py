"""送达: how and when a paper reached a unit, and what the unit said about electronic service."""

from collections.abc import Mapping
from datetime import datetime
from gettext import gettext as _

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AwareDateTime, Base, Code, Key, Name, PrimaryKey, Time

AWAITED, ELECTRONIC = "", "electronic"
WAYS: Mapping[str, str] = {
    ELECTRONIC: _("电子送达"),
    "direct": _("直接送达"),
    "post": _("邮寄送达"),
    "pickup": _("到机关领取"),
    "left": _("留置送达"),
}
"""民事诉讼法第八十八至九十条, by analogy (policy §8); the first only with the unit's consent."""


class Delivery(Base):
    """One service of a paper on one unit; awaited (待送达) until `reached_at` is known.

    A certificate served electronically may be handed out on paper as well: another row.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("document_id", "unit_id", "way"),
        Index(
            "ix_delivery_awaited",
            "authority_id",
            "id",
            sqlite_where=text("reached_at IS NULL"),
            postgresql_where=text("reached_at IS NULL"),
        ),
        Index(None, "case_id"),
        Index(None, "unit_id", "id"),
    )

    id: Mapped[PrimaryKey]
    document_id: Mapped[int] = mapped_column(Key, ForeignKey("document.id"))
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("case.id"))
    authority_id: Mapped[int] = mapped_column(Key, ForeignKey("authority.id"))
    """The organ that serves the paper (送达单位)."""
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    """On whom it is served (受送达人)."""
    way: Mapped[Code] = mapped_column(default=AWAITED)
    noted_at: Mapped[Time]
    """When the paper was issued, and so since when it waits."""
    reached_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """The moment of service in law: limits that run from service count from its day."""
    recorded_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    """Who served it; null for the program itself."""
    place: Mapped[str] = mapped_column(String(200), default="")
    receiver: Mapped[Name] = mapped_column(default="")
    relation: Mapped[str] = mapped_column(String(100), default="")
    """What the receiver is to the unit: legal representative, mail room."""
    witness: Mapped[Name] = mapped_column(default="")
    tracking: Mapped[str] = mapped_column(String(60), default="")
    """Number of the courier's waybill."""
    remark: Mapped[str] = mapped_column(String(500), default="")
    read_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    read_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    """The first account of the unit that opened the file, and when."""


class ServiceConsent(Base):
    """What a unit said about electronic service; the newest row holds, none is ever changed."""

    __tablename__ = "service_consent"
    __table_args__ = (Index(None, "unit_id", "id"),)

    id: Mapped[PrimaryKey]
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    agreed: Mapped[bool]
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    at: Mapped[Time]
