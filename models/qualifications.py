"""Qualifications (测绘资质): what a unit has been granted, on which certificate, until when."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Key, Name, PrimaryKey

VALID, REPLACED, CANCELLED = "valid", "replaced", "cancelled"


class Qualification(Base):
    """One certificate of one unit. Three kinds are managed apart (R001, R004)."""

    __tablename__ = "qualification"
    __table_args__ = (
        Index(
            "uq_qualification_valid",
            "unit_id",
            "certificate_type",
            unique=True,
            sqlite_where=text("status = 'valid'"),
            postgresql_where=text("status = 'valid'"),
        ),
        Index(None, "authority_id", "valid_until"),
        Index(None, "valid_until"),
    )

    id: Mapped[PrimaryKey]
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"), index=True)
    certificate_type: Mapped[Code]
    """class_a_navigation, class_a or class_b."""
    number: Mapped[str] = mapped_column(String(20), unique=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Unguessable; the QR code leads to /verify/<token>."""
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    """Last day of validity, Asia/Shanghai; five years after issue (policy 2.3)."""
    status: Mapped[Code] = mapped_column(default=VALID)
    authority_id: Mapped[int] = mapped_column(Key, ForeignKey("authority.id"))
    case_id: Mapped[int | None] = mapped_column(Key, ForeignKey("case.id"), index=True)
    copy_version: Mapped[int] = mapped_column(default=0)
    """Raised whenever the certificate is made anew; papers of an older version are void."""

    history: Mapped[list["QualificationChange"]] = relationship(
        lazy="select", order_by="QualificationChange.id"
    )
    specialties: Mapped[list["QualificationSpecialty"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="QualificationSpecialty.id"
    )


class QualificationSpecialty(Base):
    """A specialty on a certificate with the day it was first approved (R038)."""

    __tablename__ = "qualification_specialty"
    __table_args__ = (UniqueConstraint("qualification_id", "specialty"),)

    id: Mapped[PrimaryKey]
    qualification_id: Mapped[int] = mapped_column(Key, ForeignKey("qualification.id"))
    specialty: Mapped[Code]
    approved_on: Mapped[date]


class QualificationChange(Base):
    """One line of a certificate's history, with the token that its papers carry; append-only."""

    __tablename__ = "qualification_change"
    __table_args__ = (UniqueConstraint("qualification_id", "version", "kind"),)

    id: Mapped[PrimaryKey]
    qualification_id: Mapped[int] = mapped_column(Key, ForeignKey("qualification.id"))
    kind: Mapped[Code]
    """granted, changed, reissued, replaced (补领), renewed, superseded or cancelled."""
    version: Mapped[int]
    """The copy version that the certificate has since; its first is 0."""
    token: Mapped[str] = mapped_column(String(64), index=True)
    """What the QR code of this version leads to, also when a newer one is out."""
    on_day: Mapped[date]
    case_id: Mapped[int | None] = mapped_column(Key, ForeignKey("case.id"), index=True)
    note: Mapped[Name] = mapped_column(default="")
