"""Doing what rows want: sweep for it, take a piece, do it, and pause after a failure."""

import logging
from collections.abc import Callable

from webapp.jobs.attempts import note_failure, take
from webapp.jobs.kinds import KINDS
from webapp.offices import Premises
from webapp.storage import FileStore

SWEPT_AT_ONCE = 100
log = logging.getLogger("cartouche.jobs")


def wanted(premises: Premises, limit: int = SWEPT_AT_ONCE) -> list[tuple[str, int]]:
    """What rows want now, as (kind, id)."""
    with premises.reading() as office:
        return [
            (kind.name, subject_id)
            for kind in KINDS.values()
            for subject_id in office.db.scalars(kind.wanted(office).limit(limit))
        ]


def perform(premises: Premises, store: FileStore, kind: str, subject_id: int) -> bool:
    """Do one piece of work. False when it was not to be had or failed; a failure is noted."""
    with premises.transaction() as office:
        if not take(office, kind, subject_id):
            return False
    try:
        KINDS[kind].perform(premises, store, subject_id)
    except Exception as error:
        # Only the kind and the number: the text of an error may name a person.
        log.exception("job failed", extra={"job": kind, "subject": subject_id})
        with premises.transaction() as office:
            note_failure(office, kind, subject_id, str(error) or type(error).__name__)
        return False
    return True


def work_off(premises: Premises, store: FileStore, stop: Callable[[], bool] = lambda: False) -> int:
    """Do everything that is wanted, here and now, until nothing is; returns how much was done."""
    done = 0
    while found := wanted(premises):
        before = done
        for kind, subject_id in found:
            if stop():
                return done
            done += perform(premises, store, kind, subject_id)
        if done == before:
            break
    return done
