"""Attempts at work that rows want done: who holds it until when, and what went wrong.

What is wanted is said by the rows themselves (a pending document, a queued message, a due case);
an attempt only says when it may be tried again.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, String, exists, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from models.base import NO_LIMIT, Base, Code, Key, Time


class JobAttempt(Base):
    """Present while something is being done or has failed; removed when it is done."""

    __tablename__ = "job_attempt"

    kind: Mapped[Code] = mapped_column(primary_key=True)
    """document, message or case."""
    subject_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[Time]
    """Not to be tried before: the end of the holder's time, or of the pause after a failure."""
    error: Mapped[str] = mapped_column(String(500), default="")


def failure_of(db: Session, kind: str, subject_id: int) -> str | None:
    """Why a piece of work was given up; None while it may still be done."""
    given_up = JobAttempt.retry_at == NO_LIMIT
    query = select(JobAttempt.error).where(JobAttempt.kind == kind, given_up)
    return db.scalar(query.where(JobAttempt.subject_id == subject_id))


def setback_of(db: Session, kind: str, subject_id: int) -> JobAttempt | None:
    """The attempt that failed last, when the work is to be tried again by itself."""
    pausing = JobAttempt.error != "", JobAttempt.retry_at != NO_LIMIT
    query = select(JobAttempt).where(JobAttempt.kind == kind, *pausing)
    return db.scalar(query.where(JobAttempt.subject_id == subject_id))


def may_try(
    kind: str, subject: ColumnElement[int] | InstrumentedAttribute[int], now: datetime
) -> ColumnElement[bool]:
    """The condition that nobody holds the subject and that it need not wait."""
    waiting = exists().where(
        JobAttempt.kind == literal(kind),
        JobAttempt.subject_id == subject,
        JobAttempt.retry_at > now,
    )
    return ~waiting
