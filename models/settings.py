"""Numbers that count up without gaps, and small settings that the office keeps in its database."""

from typing import cast

from sqlalchemy import String, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class Sequence(Base):
    """A counter that is raised inside the using transaction: a rollback leaves no gap."""

    __tablename__ = "sequence"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int]


# Built once: building a statement costs more than running it.
_COUNTERS = cast(Table, Sequence.__table__)
_RAISE = (
    update(_COUNTERS)
    .where(_COUNTERS.c.name == bindparam("counter"))
    .values(value=_COUNTERS.c.value + 1)
    .returning(_COUNTERS.c.value)
)


class OfficeSetting(Base):
    __tablename__ = "office_setting"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(String(2000))


def next_number(db: Session, name: str, first: int = 1) -> int:
    """The counter's next value. Two transactions that ask at once wait for each other."""
    raised: int | None = db.scalar(_RAISE, {"counter": name})
    if raised is not None:
        return raised
    try:
        with db.begin_nested():
            db.execute(insert(Sequence).values(name=name, value=first))
    except IntegrityError:  # another transaction started this counter a moment ago
        return next_number(db, name, first)
    return first


def read_setting(db: Session, name: str, default: str = "") -> str:
    return db.scalar(select(OfficeSetting.value).where(OfficeSetting.name == name)) or default


def write_setting(db: Session, name: str, value: str) -> None:
    db.merge(OfficeSetting(name=name, value=value))
