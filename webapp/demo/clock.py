"""Letting demo time pass: what falls due on the way is done in its order."""

from datetime import datetime, timedelta

from bpmn import casework
from webapp import clock
from webapp.demo.cases import days_on
from webapp.jobs.work import work_off
from webapp.offices import Premises
from webapp.storage import FileStore


def advance_demo(premises: Premises, store: FileStore, working_days: int) -> tuple[datetime, int]:
    """Move the demo clock on by working days, stopping at every timer that is due on the way.

    Returns the new time, aware UTC, and how many pieces of work were done.
    """
    with premises.reading() as office:
        until = days_on(office.calendar, office.now, working_days)
    done = 0
    while True:
        with premises.transaction() as office:
            due = casework.next_wake(office)
            # A second on: a timer fires at its time, not just before it.
            moment = until if due is None or due > until else max(due + _TICK, office.now)
            clock.move_demo_clock(office.db, moment)
        done += work_off(premises, store)
        if moment == until:
            return until, done


_TICK = timedelta(seconds=1)
