"""审查意见表: frozen when a decision is signed, with every opinion; nothing of it for units."""

import pytest

from bpmn.casework.papers import papers_of
from bpmn.casework.rights import may_see_paper
from bpmn.casework.story import story_of
from bpmn.casework.verification import paper_by_token
from models import Document
from tests.walks.desk import GRANTED, Desk

REFUSED = ("submit", "accept", "refuse", "agree", "waive", "refuse")
TITLE = "审查意见表"


def decided(db, words) -> tuple[Desk, Document]:
    desk = Desk(db, certificate_type="class_b")
    desk.take(words)
    (form,) = [paper for paper in desk.papers() if paper.kind == "approval_form"]
    return desk, form


@pytest.mark.parametrize(
    ("words", "last"), [(GRANTED, ("签发决定", "准予")), (REFUSED, ("签发不予决定", "不予"))]
)
def test_form_has_every_signature_up_to_the_decision(db, words, last):
    _desk, form = decided(db, words)

    steps = form.facts["steps"]
    assert [step["role"] for step in steps] == ["受理", "经办", "复核", "签发"]
    assert (steps[-1]["step"], steps[-1]["result"]) == last
    assert all(step["signer"] for step in steps)
    assert "决定时限 15 个工作日" in form.facts["used"]


def test_undecided_case_has_no_form(db):
    desk = Desk(db, certificate_type="class_b")

    desk.take(("submit", "accept", "grant", "agree"))

    assert "approval_form" not in [paper.kind for paper in desk.papers()]


def test_unit_neither_sees_nor_hears_of_it(db):
    desk, form = decided(db, GRANTED)
    unit, officer = (
        desk.office(desk.applicant),
        desk.office(desk.officers[desk.case.authority_id, "window"]),
    )

    assert not may_see_paper(desk.applicant, form, desk.case)
    assert form not in papers_of(unit, desk.case)
    assert TITLE not in str(story_of(unit, desk.case, names=False))
    assert paper_by_token(unit, form.token) is None
    assert form in papers_of(officer, desk.case)
    assert TITLE in str(story_of(officer, desk.case, names=True))


def test_objections_are_told_by_number_and_answer(db):
    words = ("submit", "accept", "grant", "agree", "object", "dismissed", "wait", "grant")
    _desk, form = decided(db, words)

    assert len(form.facts["objections"]) == 1
    assert "示例人" not in str(form.facts["objections"])
