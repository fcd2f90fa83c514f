"""Closed cases of 资质申请 replayed on an edited diagram, against a replay through bytes per step.

The cases are walked by the use cases on the demo's diagram, then read, played and counted as the
job does it. The baseline plays the same recording, encoding and decoding the case at each step.
Processor time, with the database in memory: it is what an idle machine takes.
"""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from bpmn.casework import replay_runs
from bpmn.casework.replay_course import Course
from bpmn.casework.replay_figures import add_case, empty_figures
from bpmn.casework.replay_runs import BATCH, compare_case
from bpmn.casework.replaying import (
    CLOSED,
    ClosedCase,
    Played,
    course_of_files,
    play,
    read_closed,
)
from bpmn.casework.script import Script
from bpmn.casework.stand_in import Assumption
from bpmn.engine import replaying
from bpmn.engine.codec import decode, encode
from bpmn.engine.values import Host
from models import Base, Case, ClockEntry, Event
from tests.benchmarks.many_cases import copy_rows, rate
from tests.bpmn.casework.edited import with_legal_review
from tests.walks.desk import GRANTED, Desk

LEAST = 200.0
ASSUMED = {"legal_review": Assumption(3)}
WALKS: tuple[tuple[str, ...], ...] = (
    GRANTED,
    ("submit", "return", "submit", "accept", "grant", "agree", "wait", "grant"),
    ("submit", "accept", "refuse", "agree", "waive", "refuse"),
    ("submit", "accept", "grant", "agree", "withdraw"),
)


class ThroughBytes(replaying.EnginePlayer):
    """The same replay, the case being stored and read again before each step."""

    def act(self, host: Host, *what: Any) -> None:
        self.case = decode(self.diagram, encode(self.diagram, self.case), host)
        super().act(host, *what)


def _played(
    case: ClosedCase, script: Script, course: Course, calendar: Any, assumed: Any
) -> Played:
    with patch.object(replaying, "EnginePlayer", ThroughBytes):
        return play(case, script, course, calendar, assumed)


def run(quick: bool) -> list[dict[str, Any]]:
    """Closed cases a second, one worker: rows read, cases played and counted."""
    rounds = 2 if quick else 8
    desks = [_walked(words) for words in WALKS]
    ours: list[float] = []
    naive: list[float] = []
    for _round in range(rounds):
        ours.append(sum(_seconds(desk) for desk in desks))
        with patch.object(replay_runs, "walk", _played):
            naive.append(sum(_seconds(desk) for desk in desks))
    cases = BATCH * len(desks)
    return [rate("closed cases replayed on an edited diagram", cases, ours, naive, LEAST)]


def _walked(words: Sequence[str]) -> Desk:
    """An office of its own with one closed case, and as many copies of it as a batch has."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    desk = Desk(Session(engine, expire_on_commit=False), certificate_type="class_b")
    for word in words:
        desk.take([word])
        desk.now += timedelta(hours=20)
    for number in range(1, BATCH):
        _copy(desk, desk.case.id + number)
    return desk


def _copy(desk: Desk, case_id: int) -> None:
    number = f"COPY{case_id:06d}"
    copied = (
        (Case, Case.id == desk.case.id, {"id": case_id, "number": number}),
        (Event, Event.stream == desk.case.number, {"id": None, "stream": number}),
        (ClockEntry, ClockEntry.case_id == desk.case.id, {"id": None, "case_id": case_id}),
    )
    copy_rows(desk.db, copied)


def _seconds(desk: Desk) -> float:
    """One batch, as the job does it."""
    begun = time.process_time()
    office, figures = desk.office(), empty_figures()
    target = course_of_files(with_legal_review())
    rows = desk.db.execute(select(*CLOSED).where(Case.closed_at.is_not(None)).limit(BATCH)).all()
    for case in read_closed(office, rows):
        compared = compare_case(office, case, target, ASSUMED)
        assert compared.after is not None, compared.reason
        add_case(figures, compared, office.calendar)
    return time.process_time() - begun


if __name__ == "__main__":
    for row in run(quick=True):
        print(row)
