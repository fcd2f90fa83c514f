"""好差评, walked through the use cases on both databases: asked, rated, handled, counted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.casework.rating_figures import FiguresWanted, figures_page
from bpmn.casework.ratings import add_words, rate_case, rating_seen, to_be_rated
from bpmn.errors import NotPermitted, RatingRefused, TookPart
from bpmn.matters import MATTERS
from models import Account, ClockEntry, Message, Rating
from models.clock import read_clock
from tests import builders
from tests.walks.desk import Desk
from tests.walks.flows import flows_never_walked

MATTER = MATTERS["rating_handling"]
BAD = {"grade": "1", "reasons": ["efficiency", "attitude"], "words": "等了很久。"}
GOOD = {"grade": "4", "reasons": [], "words": ""}
WALKS = [
    (("rectify", "submit", "agree"), "rating_handled", "replied"),
    (("explain", "agree"), "rating_handled", "replied"),
    (("explain", "return", "rectify", "submit", "agree"), "rating_handled", "replied"),
    (("appeal", "uphold"), "rating_excluded", "excluded"),
    (("appeal", "dismiss", "submit", "agree"), "rating_handled", "replied"),
]
COUNTED = ("rated", "satisfied", "bad", "handled", "in_time", "excluded")


class RatingDesk(Desk):
    """A desk whose unit was granted its certificate; others at the organ handle the rating."""

    def rate(self, answers=BAD):
        office = self.office(self.applicant)
        rating = rate_case(office, self.case.id, MATTER, answers)
        if rating.handling_id is not None:
            self.case = self.db.get_one(type(self.case), rating.handling_id)
        return rating

    def relieve(self):
        """Other people take the places of those who had a hand in the case."""
        for (organ_id, role), officer in self.officers.items():
            name = f"other_{officer.username}"
            self.officers[organ_id, role] = builders.an_officer(
                self.db, role=role, authority=officer.authority, username=name
            )

    def _answers(self, word):
        more = {"reply_words": "已改进。", "ruling_reasons": "没有事实依据。", "measures": "培训。"}
        return {**super()._answers(word), **(more if word != "submit" else {"measures": "培训。"})}


@pytest.fixture
def desk(db):
    found = RatingDesk.of_holder(db, certificate_type="class_b")
    found.granted = found.case
    return found


def counts(desk):
    total = figures_page(desk.office(), FiguresWanted()).total
    return {name: getattr(total, name) for name in COUNTED if getattr(total, name)}


@pytest.mark.parametrize(
    ("words", "end", "result"),
    WALKS,
    ids=lambda one: one if isinstance(one, str) else "-".join(one),
)
def test_every_path_of_a_bad_rating(desk, words, end, result):
    rating = desk.rate()
    desk.relieve()
    desk.take(words)

    assert desk.case.ended == end
    assert rating.result == result
    entries = select(ClockEntry).where(ClockEntry.case_id == desk.case.id).order_by(ClockEntry.id)
    ledger = desk.db.scalars(entries).all()
    clock = read_clock("rating", ledger, desk.office().calendar)
    assert (clock.working_days, clock.finished_at) == (15, desk.now)
    told = desk.db.scalars(select(Message.body).where(Message.case_id == desk.case.id)).all()
    assert any("已改进。" in body or "没有事实依据。" in body for body in told)
    assert desk.case.authority.level == "city"


def test_the_walks_go_along_every_flow():
    assert flows_never_walked("rating_handling", [words for words, _end, _result in WALKS]) == set()


def test_the_unit_is_asked_once_its_case_ended_with_an_outcome(desk):
    seen = rating_seen(desk.office(desk.applicant), desk.case)
    asked = desk.db.scalars(select(Message).where(Message.subject == "请评价本次服务")).one()

    assert seen.is_open
    assert asked.unit_id == desk.unit.id
    assert to_be_rated(desk.office(), [desk.case]) == {desk.case.id}


@pytest.mark.parametrize("words", [("submit", "withdraw"), ("submit", "return", "wait")])
def test_nobody_is_asked_about_a_case_without_an_outcome(db, words):
    desk = Desk(db, certificate_type="class_b")
    desk.take(words)

    assert rating_seen(desk.office(desk.applicant), desk.case) is None
    with pytest.raises(RatingRefused, match="没有办理结果"):
        rate_case(desk.office(desk.applicant), desk.case.id, MATTER, GOOD)


def test_a_refusal_is_rated_too(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(("submit", "refuse"))

    assert rating_seen(desk.office(desk.applicant), desk.case).is_open


def test_a_case_is_rated_once_and_completed_once(desk):
    desk.rate(GOOD)
    office = desk.office(desk.applicant)

    with pytest.raises(RatingRefused, match="已经评价过"):
        rate_case(office, desk.case.id, MATTER, GOOD)
    add_words(office, desk.case.id, "补充。")
    with pytest.raises(RatingRefused, match="追评只能一次"):
        add_words(office, desk.case.id, "再补充。")
    assert counts(desk) == {"rated": 1, "satisfied": 1}


def test_the_window_ends_with_its_last_day(desk):
    until = desk.db.scalars(select(Rating.until)).one()
    late = builders.an_office(desk.db, now=until, actor=desk.applicant)
    last = builders.an_office(desk.db, now=until - timedelta(seconds=1), actor=desk.applicant)

    with pytest.raises(RatingRefused, match="期限已过"):
        rate_case(late, desk.case.id, MATTER, GOOD)
    assert rate_case(last, desk.case.id, MATTER, GOOD).grade == 4


def test_nobody_but_the_unit_rates(desk):
    other = builders.an_applicant(
        desk.db, unit=builders.a_unit(desk.db, name="别的单位", uscc=None), username="other"
    )
    for actor in (other, *desk.officers.values()):
        with pytest.raises(NotPermitted):
            rate_case(desk.office(actor), desk.case.id, MATTER, GOOD)


def test_a_bad_rating_is_a_task_of_the_window_with_fifteen_working_days(desk):
    desk.rate()
    task = desk.open_task()

    assert (task.role, task.clock) == ("window", "rating")
    assert desk.office().calendar.days_left(desk.now, task.due_at) == 15


def test_who_had_a_hand_in_the_case_does_not_judge_its_rating(desk):
    desk.rate()
    task = desk.open_task()
    window = desk.officers[task.authority_id, "window"]

    with pytest.raises(TookPart, match=f"您办理过办件 {desk.granted.number}"):
        casework.claim_task(desk.office(window), task.id)
    with pytest.raises(TookPart):
        casework.complete_task(desk.office(window), task.id, {"outcome": "explain"})


def test_an_appeal_is_ruled_on_by_the_organ_above(desk):
    desk.rate()
    desk.relieve()
    desk.take(["appeal"])
    above = desk.db.get_one(Account, desk.officers[desk.open_task().authority_id, "approver"].id)

    assert above.authority.level == "province"


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ((), {"rated": 1, "bad": 1}),
        (("explain", "agree"), {"rated": 1, "bad": 1, "handled": 1, "in_time": 1}),
        (("appeal", "uphold"), {"excluded": 1}),
    ],
)
def test_the_figures_follow(desk, words, figures):
    desk.rate()
    desk.relieve()
    desk.take(words)

    assert counts(desk) == figures


def test_a_late_answer_is_handled_but_not_in_time(desk):
    desk.rate()
    desk.relieve()
    desk.now = desk.open_task().due_at
    desk.take(("explain", "agree"))

    assert counts(desk) == {"rated": 1, "bad": 1, "handled": 1}


def test_the_figures_name_organ_and_matter_and_no_unit(desk):
    desk.rate(GOOD)
    page = figures_page(desk.office(), FiguresWanted())
    (row,) = page.rows

    assert (row.organ, row.matter) == ("示例市自然资源局", "qualification_application")
    assert row.figures.satisfied_share == "100.0%"
    assert page.months[0][0] == "2026-11"
    for period, found in (("2026", 1), ("2026-11", 1), ("2026-10", 0), ("2025", 0)):
        page = figures_page(desk.office(), FiguresWanted(period=period))
        assert (len(page.rows), page.total.rated) == (found, found)
