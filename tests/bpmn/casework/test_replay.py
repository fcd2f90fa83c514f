"""A closed case on an edited diagram: what stays as it was, what moves, and what cannot be said."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bpmn.casework.replay_figures import Compared
from bpmn.casework.replay_paths import difference_words, first_difference
from bpmn.casework.replay_runs import compare_case
from bpmn.casework.replaying import CLOSED, course_of_files, read_closed
from bpmn.casework.stand_in import Assumption
from models import Case
from tests.bpmn.casework.edited import (
    files_of,
    with_legal_review,
    with_silence_of,
    without_return_by_checker,
)
from tests.walks.desk import GRANTED, Desk

THREE_DAYS = {"legal_review": Assumption(3)}


def walked(db, words: Sequence[str], pause: timedelta = timedelta(days=1)) -> Desk:
    """A case in which every step takes a day."""
    desk = Desk(db, certificate_type="class_b")
    for word in words:
        if word not in ("wait", "submit"):
            desk.now += pause
        desk.take([word])
    return desk


def replayed(
    desk: Desk, files: Mapping[str, str], assumed: Mapping[str, Assumption] = {}
) -> Compared:
    office = desk.office()
    rows = desk.db.execute(select(*CLOSED).where(Case.id == desk.case.id)).all()
    (case,) = read_closed(office, rows)
    return compare_case(office, case, course_of_files(files), assumed)


def steps(compared: Compared) -> list[str]:
    assert compared.after is not None, compared.reason
    return [step.words for step in compared.after.path]


def ended_at(compared: Compared) -> datetime:
    assert compared.after is not None, compared.reason
    return compared.after.path[-1].closed_at


def test_a_diagram_that_is_the_same_gives_the_same_path_and_times(db):
    desk = walked(db, GRANTED)

    compared = replayed(desk, files_of())

    assert compared.after == compared.before
    assert ended_at(compared) == desk.case.closed_at


def test_a_new_step_takes_its_days_and_leads_to_what_came_next(db):
    desk = walked(db, GRANTED)

    compared = replayed(desk, with_legal_review(), THREE_DAYS)

    before = [step.words for step in compared.before.path]
    place = first_difference(compared.before.path, compared.after.path)
    assert steps(compared) == [*before[:place], "法制审核：通过", *before[place:]]
    told = difference_words(compared.before.path, compared.after.path, place)
    assert told == "“复核：同意”之后，原来是“公示期满”，推演是“法制审核：通过”"
    step = compared.after.path[place]
    days = desk.office().calendar.working_days_between
    assert days(step.opened_at, step.closed_at) == 3
    notice = compared.after.path[place + 1].closed_at, compared.before.path[place].closed_at
    assert days(notice[1], notice[0]) == 3
    assert ended_at(compared) > desk.case.closed_at


def test_the_administrator_may_choose_another_outcome(db):
    desk = walked(db, GRANTED)

    compared = replayed(desk, with_legal_review(), {"legal_review": Assumption(1, "return")})

    assert compared.reason == "走到“经办审查”，当时没有办理过，也没有假设。"


@pytest.mark.parametrize(
    ("files", "assumed", "reason"),
    [
        (with_legal_review(), {}, "走到“法制审核”，当时没有办理过，也没有假设。"),
        (
            without_return_by_checker(),
            {},
            "“复核”当时的结果是“退回经办”，新流程图没有这一分支。",
        ),
    ],
)
def test_what_cannot_go_on_says_why(db, files, assumed, reason):
    desk = walked(db, ("submit", "accept", "grant", "return", "refuse", "agree", "waive", "refuse"))

    compared = replayed(desk, files, assumed)

    assert (compared.after, compared.reason) == (None, reason)


def test_a_shorter_limit_fires_at_its_own_end(db):
    """The window accepted on the second working day; after one silence would have accepted."""
    desk = Desk(db, certificate_type="class_b")
    desk.take(["submit"])
    desk.now += timedelta(days=4)
    desk.take(GRANTED[1:])

    compared = replayed(desk, with_silence_of(1))

    before, after = compared.before.path, compared.after.path
    assert before[1].words == "初步核查材料：受理"
    assert after[1].kind == "timer"
    calendar = desk.office().calendar
    assert after[1].closed_at == calendar.deadline(before[0].closed_at, 1)
    assert after[-1].words == before[-1].words


def test_a_case_that_was_withdrawn_is_withdrawn_again(db):
    desk = walked(db, ("submit", "accept", "withdraw"))

    compared = replayed(desk, with_legal_review(), THREE_DAYS)

    assert compared.after == compared.before


def test_a_case_that_was_withdrawn_later_passes_the_new_step_first(db):
    desk = walked(db, ("submit", "accept", "grant", "agree", "withdraw"))

    compared = replayed(desk, with_legal_review(), THREE_DAYS)

    told = [step.words for step in compared.before.path]
    assert steps(compared) == [*told[:4], "法制审核：通过", *told[4:]]
