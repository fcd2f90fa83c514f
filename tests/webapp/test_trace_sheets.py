"""What is told and printed of a case: the ways it went, and every limit that ran."""

import pytest
from sqlalchemy.orm import Session

from bpmn.casework.story import story_of
from bpmn.casework.tracing import pictures_of, trace_of
from tests.walks.desk import GRANTED, Desk
from webapp.trace_sheets import sheet_of

RETURNED = ("submit", "accept", "refuse", "return", "grant", "agree")


@pytest.mark.parametrize(
    ("words", "walked"),
    [
        (GRANTED, {"review_grant"}),
        (("submit", "accept", "refuse", "agree"), {"review_refuse"}),
        (RETURNED, {"review_refuse", "review_grant"}),
    ],
)
def test_of_two_ways_to_the_same_step_the_one_taken_is_drawn_as_walked(
    db: Session, words: tuple[str, ...], walked: set[str]
) -> None:
    """拟准予 and 拟不予 both lead to 复核."""
    desk = Desk(db, certificate_type="class_b")
    desk.take(words)
    office, case = desk.office(), desk.case

    pictures = pictures_of(office, case, trace_of(office, case), story_of(office, case, names=True))

    flows = {flow for one in pictures for flow in one.flows}
    assert flows & {"review_grant", "review_refuse"} == walked


def test_every_run_of_a_limit_is_listed(db: Session) -> None:
    desk = Desk(db, certificate_type="class_b")
    desk.take(("submit", "return", "submit", "accept"))

    _steps, limits = sheet_of(desk.office(), desk.case).tables

    assert [row[0] for row in limits.rows] == ["受理时限", "补正期限", "受理时限", "决定时限"]
