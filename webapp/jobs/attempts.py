"""Taking work, finishing it, and pausing after a failure: each in a short transaction."""

from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from bpmn.office import Office
from models import NO_LIMIT
from models.jobs import JobAttempt

HELD = timedelta(seconds=30)
"""How long one worker holds a piece of work: a killed worker's is free again after it."""
FIRST_PAUSE = timedelta(seconds=10)
MOST_ATTEMPTS = 8
"""After so many failures (about 20 minutes) the work waits for a person, on /admin/jobs."""


def take(office: Office, kind: str, subject_id: int) -> bool:
    """Hold a piece of work for a while. False when another has it or it pauses."""
    attempt = _attempt(office, kind, subject_id)
    if attempt is None:
        return _begin(office, kind, subject_id)
    if attempt.retry_at > office.now:
        return False
    attempt.attempts += 1
    attempt.retry_at = office.now + HELD
    return True


def finish(office: Office, kind: str, subject_id: int) -> None:
    """Forget the attempt, in the transaction that writes what came of it."""
    office.db.execute(
        delete(JobAttempt).where(JobAttempt.kind == kind, JobAttempt.subject_id == subject_id)
    )


def note_failure(office: Office, kind: str, subject_id: int, error: str) -> None:
    """Pause twice as long after each failure; after the last one wait for a person."""
    attempt = _attempt(office, kind, subject_id)
    if attempt is None:  # done by another worker in the meantime
        return
    attempt.error = error[:500]
    pause = FIRST_PAUSE * 2 ** (attempt.attempts - 1)
    attempt.retry_at = NO_LIMIT if attempt.attempts >= MOST_ATTEMPTS else office.now + pause


def try_again(office: Office, kind: str, subject_id: int) -> None:
    """Let a failed piece of work be tried at once, with all attempts before it (重试)."""
    attempt = _attempt(office, kind, subject_id)
    if attempt is not None:
        attempt.attempts, attempt.retry_at = 0, office.now


def _begin(office: Office, kind: str, subject_id: int) -> bool:
    row = {
        "kind": kind,
        "subject_id": subject_id,
        "attempts": 1,
        "retry_at": office.now + HELD,
        "error": "",
    }
    try:
        with office.db.begin_nested():
            office.db.execute(insert(JobAttempt), row)
    except IntegrityError:  # another worker was faster by a moment
        return False
    return True


def _attempt(office: Office, kind: str, subject_id: int) -> JobAttempt | None:
    query = select(JobAttempt).where(JobAttempt.kind == kind, JobAttempt.subject_id == subject_id)
    return office.db.scalar(query.with_for_update())
