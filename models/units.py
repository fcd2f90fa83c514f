"""Surveying units (单位): the legal persons that apply."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AwareDateTime, Base, Key, Name, PrimaryKey, Time


class Unit(Base):
    """What the authority has approved about a unit; changed only by operations of a case (R151)."""

    __tablename__ = "unit"
    __table_args__ = (Index(None, "province", "city"),)

    id: Mapped[PrimaryKey]
    name: Mapped[Name] = mapped_column(unique=True)
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    province: Mapped[str] = mapped_column(String(2))
    """Division code of two digits, GB/T 2260."""
    city: Mapped[str] = mapped_column(String(4), default="")
    """Division code of four digits; empty where the municipality has no cities."""
    registered_address: Mapped[str] = mapped_column(String(200), default="")
    legal_representative: Mapped[str] = mapped_column(String(80), default="")
    approved_dossier_id: Mapped[int | None] = mapped_column(
        Key, ForeignKey("dossier.id", use_alter=True), index=True
    )
    registered_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When an organ verified the legal person (新单位注册, R120); null before."""
    approved_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When name, address and legal representative were first approved and so became read-only."""
    created_at: Mapped[Time]
