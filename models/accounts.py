"""Who may log in, for which unit or organ, in which roles."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import AwareDateTime, Base, Code, Key, Name, PrimaryKey, Time
from models.units import Unit


class Authority(Base):
    """An approving organ (审批机关): the ministry, a province's or a city's department."""

    __tablename__ = "authority"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    """Division code: 00 for the ministry, two digits for a province, four for a city."""
    level: Mapped[Code]
    """ministry, province or city."""
    name: Mapped[Name]
    short_name: Mapped[str] = mapped_column(String(8))
    """Stands before its document numbers: 陕, 西安, 自然资."""
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    reconsideration_organ: Mapped[str] = mapped_column(String(200), default="")
    """Named in every refusal as the remedy (行政许可法 Art. 38)."""
    court: Mapped[str] = mapped_column(String(200), default="")
    superior_id: Mapped[int | None] = mapped_column(Key, ForeignKey("authority.id"))


class Account(Base):
    """A person who logs in: for a unit, for an organ, or for the office itself (admin, auditor)."""

    __tablename__ = "account"

    id: Mapped[PrimaryKey]
    username: Mapped[str] = mapped_column(String(32), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    name: Mapped[Name]
    mobile: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    unit_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"), index=True)
    authority_id: Mapped[int | None] = mapped_column(Key, ForeignKey("authority.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    session_version: Mapped[int] = mapped_column(default=1)
    """Raised at logout and password change: every older session ends."""
    created_at: Mapped[Time]

    unit: Mapped[Unit | None] = relationship(lazy="joined")
    authority: Mapped[Authority | None] = relationship(lazy="joined")
    grants: Mapped[list["AccountRole"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def roles(self) -> frozenset[str]:
        """applicant, window, reviewer, checker, approver, expert, admin, auditor."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def organ_name(self) -> str:
        """The unit or organ that this person acts for, as shown in the page header."""
        body = self.authority or self.unit
        return body.name if body else ""

    @property
    def province(self) -> str:
        """Division code of two digits: of the unit or organ; 00 for the office itself."""
        if self.unit is not None:
            return self.unit.province
        return self.authority.code[:2] if self.authority else "00"


class AccountRole(Base):
    __tablename__ = "account_role"
    __table_args__ = (UniqueConstraint("account_id", "role"),)

    id: Mapped[PrimaryKey]
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    role: Mapped[Code]


class LoginFailure(Base):
    """A failed log-in, counted by user name and by address to slow guessing down."""

    __tablename__ = "login_failure"

    id: Mapped[PrimaryKey]
    key: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime] = mapped_column(AwareDateTime, index=True)
