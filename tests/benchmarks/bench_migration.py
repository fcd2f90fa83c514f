"""Open cases of 资质申请 looked at before they move to an edited diagram, as the worker does it.

The cases stand at four places of the review. The baseline works out for each of them anew what
the move changes for the people, though that is the same for all that stand alike. Processor time,
with the database in memory: it is what an idle machine takes.
"""

import time
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bpmn.casework import judging, migrations
from models import Base, Case, ClockEntry, Task
from tests.benchmarks.many_cases import copy_rows, rate
from tests.edited_diagrams import another_version, with_legal_review
from tests.walks.desk import Desk

LEAST = 100.0
ALIKE = 50
STANDINGS: tuple[tuple[str, ...], ...] = (
    ("submit",),
    ("submit", "accept"),
    ("submit", "accept", "grant"),
    ("submit", "accept", "grant", "agree", "wait"),
)


def run(quick: bool) -> list[dict[str, Any]]:
    """Open cases a second, one worker: rows read, moved on a copy, judged and written down."""
    desks = [_standing(words) for words in STANDINGS]
    ours, naive = [], []
    for _round in range(2 if quick else 8):
        ours.append(sum(_seconds(desk) for desk in desks))
        with patch.object(judging, "_told", judging._told.__wrapped__):
            naive.append(sum(_seconds(desk) for desk in desks))
    cases = ALIKE * len(desks)
    return [rate("open cases looked at before a migration", cases, ours, naive, LEAST)]


def _standing(words: Sequence[str]) -> Desk:
    """An office of its own with cases that all stand there, and a version that came after them."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    desk = Desk(Session(engine, expire_on_commit=False), certificate_type="class_b")
    desk.take(words)
    for number in range(1, ALIKE):
        _copy(desk, desk.case.id + number)
    another_version(desk.db, with_legal_review)
    return desk


def _copy(desk: Desk, case_id: int) -> None:
    own = {"id": case_id, "number": f"COPY{case_id:06d}", "exclusive": False}
    copied = (
        (Case, Case.id == desk.case.id, own),
        (Task, Task.case_id == desk.case.id, {"id": None, "case_id": case_id}),
        (ClockEntry, ClockEntry.case_id == desk.case.id, {"id": None, "case_id": case_id}),
    )
    copy_rows(desk.db, copied)


def _seconds(desk: Desk) -> float:
    asked = migrations.ask_migration(desk.office(), desk.case.matter)
    begun = time.process_time()
    while migrations.go_on(desk.office(), asked.id):
        desk.db.flush()
    spent = time.process_time() - begun
    assert asked.looked == ALIKE
    return spent


if __name__ == "__main__":
    for row in run(quick=True):
        print(row)
