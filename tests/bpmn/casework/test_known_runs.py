"""Walking a way that is known gives what playing it gives, whoever went it first and when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bpmn import engine
from bpmn.casework.replaying import (
    CLOSED,
    course_of_files,
    course_of_version,
    play,
    read_closed,
    script_of,
    walk,
)
from bpmn.casework.stand_in import Assumption
from models import Case
from tests.bpmn.casework.edited import with_legal_review, with_silence_of
from tests.walks.desk import GRANTED, Desk

ASSUMED = {"legal_review": Assumption(2)}
WALKS = [
    GRANTED,
    (
        "submit",
        "return",
        "submit",
        "return",
        "submit",
        "accept",
        "refuse",
        "agree",
        "waive",
        "refuse",
    ),
    ("submit", "wait", "grant", "agree", "object", "dismissed", "wait", "grant"),
    ("submit", "accept", "grant", "return", "grant", "agree", "terminate"),
]


@pytest.mark.parametrize("files", [with_legal_review(), with_silence_of(1)])
@pytest.mark.parametrize("words", WALKS)
@pytest.mark.parametrize("hours", [2, 30])
def test_walked_runs_equal_played_ones(db, files, words, hours):
    """The diagrams keep what they know from one test to the next, as they do between batches."""
    course, pause = course_of_files(files), timedelta(hours=hours)
    desk = Desk(db, certificate_type="class_b")
    for word in words:
        desk.take([word])
        desk.now += pause
    office = desk.office()
    rows = db.execute(select(*CLOSED).where(Case.id == desk.case.id)).all()
    (case,) = read_closed(office, rows)
    script = script_of(case, course_of_version(office, case.version_id))
    for _twice in range(2):
        played, walked = (
            how(case, script, course, office.calendar, ASSUMED) for how in (play, walk)
        )
        assert walked.ledger == played.ledger
        assert told(walked.recording) == told(played.recording)


def told(recording):
    visits = [
        (one.kind, one.element, one.opened_at, one.closed_at, one.done, one.sets)
        for one in recording.visits
        if one.kind != engine.OPERATION
    ]
    return visits, recording.ended, recording.opened_at, recording.closed_at
