"""Numbers that count up without gaps, and small settings that the office keeps in its database."""

from sqlalchemy import String, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class Sequence(Base):
    """A counter that is raised inside the using transaction: a rollback leaves no gap."""

    __tablename__ = "sequence"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int]


# Built once: building a statement costs more than running it.
_RAISE = (
    update(Sequence)
    .where(Sequence.name == bindparam("counter"))
    .values(value=Sequence.value + 1)
    .returning(Sequence.value)
    .execution_options(synchronize_session=False)
)


class OfficeSetting(Base):
    __tablename__ = "office_setting"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(String(2000))


def next_number(db: Session, name: str, first: int = 1) -> int:
    """The counter's next value. Two transactions that ask at once wait for each other."""
    raised = db.scalar(_RAISE, {"counter": name})
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
