"""延续, walked through the use cases on both databases, with its end of term and late workers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.casework.verification import certificate_by_number
from bpmn.errors import PrerequisiteUnmet, TaskLapsed
from bpmn.matters import MATTERS
from models import ClockEntry, Document, Notice, Qualification, Task, WorkingCalendar
from models.calendar import end_of_day
from models.clock import read_clock
from models.qualifications import VALID
from tests.bpmn.diagrams.walking import START
from tests.walks.desk import GRANTED as FIRST_GRANT
from tests.walks.desk import STATEMENT, Desk
from tests.walks.flows import flows_never_walked

MATTER = "renewal"
UNTIL, NEXT = date(2031, 11, 27), date(2036, 11, 27)
EXPIRY = end_of_day(UNTIL)
EARLY = datetime(2031, 9, 15, 2, 0, tzinfo=UTC)
LAST_DAY = datetime(2031, 10, 28, 2, 0, tzinfo=UTC)
NEAR_END = EXPIRY - timedelta(days=2)
ACCEPTANCE, CORRECTION = "受理通知书", "补正告知书"
PAPERS = ["测绘资质证书（正本）", "测绘资质证书（副本）"]
RENEWED = ["准予延续决定书", *PAPERS]
DEEMED = ["视为准予延续通知书", *PAPERS]
REFUSAL, NOT_ACCEPTED = "不予延续决定书", "不予受理决定书"
ACCEPTED = ("submit", "accept")
PROPOSED = (*ACCEPTED, "grant", "agree")
REFUSED = (*ACCEPTED, "refuse", "agree")
CORRECTED = ("submit", "return", *PROPOSED)

WALKS = [
    ((*PROPOSED, "grant"), "renewed", [ACCEPTANCE, *RENEWED]),
    ((*PROPOSED, "return", "grant", "agree", "grant"), "renewed", [ACCEPTANCE, *RENEWED]),
    ((*PROPOSED, "refuse", "waive", "refuse"), "refused", [ACCEPTANCE, STATEMENT, REFUSAL]),
    ((*REFUSED, "waive", "refuse"), "refused", [ACCEPTANCE, STATEMENT, REFUSAL]),
    ((*CORRECTED, "grant"), "renewed", [CORRECTION, ACCEPTANCE, *RENEWED]),
    (("submit", "refuse"), "declined", [NOT_ACCEPTED]),
    (("submit", "return", "wait"), "lapsed_case", [CORRECTION]),
    (("submit", "wait", *PROPOSED[2:], "grant"), "renewed", [ACCEPTANCE, *RENEWED]),
    (("submit", "withdraw"), "withdrawn", []),
    ((*ACCEPTED, "terminate"), "terminated", [ACCEPTANCE]),
    ((*PROPOSED, "withdraw"), "withdrawn", [ACCEPTANCE]),
    # not decided when the term ends
    ((*ACCEPTED, "wait"), "deemed", [ACCEPTANCE, *DEEMED]),
    ((*PROPOSED, "wait"), "deemed", [ACCEPTANCE, *DEEMED]),
    ((*REFUSED, "wait", "wait"), "deemed", [ACCEPTANCE, STATEMENT, *DEEMED]),
    (("submit", "wait", "wait"), "deemed", [ACCEPTANCE, *DEEMED]),
    # the unit has it back when the term ends, or has just handed it in again
    ((LAST_DAY, "submit", "return", "wait"), "expired", [CORRECTION]),
    ((LAST_DAY, "submit", "return", NEAR_END, "submit", "wait"), "deemed", [CORRECTION, *DEEMED]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "end", "papers"), WALKS, ids=lambda one: str(one)[:60])
def test_every_path(db, words, end, papers):
    desk = begun(db)

    play(desk, words)

    held = certificate(db)
    assert (desk.case.ended, desk.titles()) == (end, papers)
    assert held.valid_until == (NEXT if end in ("renewed", "deemed") else UNTIL)
    assert desk.case.wake_at is None
    assert db.scalars(select(Task).where(Task.closed_at.is_(None))).all() == []
    entries = select(ClockEntry).where(ClockEntry.case_id == desk.case.id).order_by(ClockEntry.id)
    ledger = db.scalars(entries).all()
    for name in {entry.clock for entry in ledger}:
        assert not read_clock(name, ledger, WorkingCalendar()).is_running


def test_walks_go_along_every_flow():
    plain = [words for words, *_end in WALKS if words[0] == "submit"]
    found = {"note_expiry": {"expires_at": (START + timedelta(days=60)).isoformat()}}
    soon = {"note_expiry": {"expires_at": (START + timedelta(days=10)).isoformat()}}
    never = flows_never_walked(MATTER, plain, **found)
    late = flows_never_walked(
        MATTER, [("submit", "return", "wait")], **soon, find_who_delays={"delayed_by": "unit"}
    )
    silent = flows_never_walked(
        MATTER,
        [("submit", "return", "wait")],
        **soon,
        find_who_delays={"delayed_by": "organ"},
    )
    assert never & late & silent == set()


def test_certificate_keeps_its_number_and_gets_the_term_after_the_old_one(db):
    desk = begun(db)
    before = certificate(db)
    kept, token = (before.id, before.number), before.token
    play(desk, (*PROPOSED, "grant"))

    held, paper = certificate(db), newest(db, "certificate_original")
    assert (held.id, held.number) == kept
    assert (held.copy_version, held.token == token) == (1, False)
    assert [change.kind for change in held.history] == ["granted", "renewed"]
    assert paper.facts["valid_from"] == "2031-11-28"
    assert paper.facts["valid_until"] == NEXT.isoformat()
    decision = newest(db, "renewal_decision").facts
    assert (decision["former_until"], decision["valid_from"]) == ("2031-11-27", "2031-11-28")
    kinds = db.scalars(select(Notice.kind).where(Notice.case_id == desk.case.id)).all()
    assert kinds == ["announcement"]
    assert desk.unit.approved_dossier_id == desk.case.dossier_id


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=7), timedelta(days=40)])
def test_a_late_worker_changes_no_legal_date(db, late):
    desk = begun(db)
    play(desk, ACCEPTED)
    assert desk.case.wake_at == EXPIRY
    desk.now = EXPIRY + late
    assert casework.wake_case(desk.office(), desk.case.id)

    held = certificate(db)
    assert (desk.case.ended, held.valid_until) == ("deemed", NEXT)
    assert held.history[-1].on_day == UNTIL
    facts = newest(db, "deemed_renewal").facts
    assert (facts["former_until"], facts["valid_until"]) == ("2031-11-27", NEXT.isoformat())
    assert newest(db, "certificate_copy").facts["valid_from"] == "2031-11-28"
    assert certificate_by_number(desk.office(), held.number).status == VALID


def test_nothing_fires_before_the_last_day_is_over(db):
    desk = begun(db)
    play(desk, ACCEPTED)
    desk.now = EXPIRY - timedelta(seconds=1)
    assert not casework.wake_case(desk.office(), desk.case.id)
    assert certificate(db).valid_until == UNTIL


@pytest.mark.parametrize(
    ("words", "end"), [((*REFUSED, "waive"), "deemed"), ((LAST_DAY, "submit", "return"), "expired")]
)
def test_who_acts_after_the_end_of_term_comes_too_late_whatever_the_worker_does(db, words, end):
    desk = begun(db)
    play(desk, words)
    desk.now = EXPIRY + timedelta(minutes=5)
    with pytest.raises(TaskLapsed, match="2031-11-27 24:00"), db.begin_nested():
        desk.take(("refuse" if end == "deemed" else "submit",))
    db.refresh(desk.case)
    assert casework.wake_case(desk.office(), desk.case.id)
    assert desk.case.ended == end


def test_what_nobody_examined_does_not_become_the_approved_dossier(db):
    desk = begun(db)
    approved = desk.unit.approved_dossier_id
    play(desk, (*ACCEPTED, "wait"))
    assert desk.unit.approved_dossier_id == approved


def test_a_second_renewal_follows_the_first(db):
    desk = begun(db)
    play(desk, (*PROPOSED, "grant"))
    desk.now = datetime(2036, 9, 15, 2, 0, tzinfo=UTC)
    desk.begin(MATTER, {})
    play(desk, (*PROPOSED, "grant"))
    assert certificate(db).valid_until == date(2041, 11, 27)
    assert newest(db, "certificate_original").facts["valid_from"] == "2036-11-28"


OFFERS = [
    # on this day → what is said; empty: offered
    (date(2031, 8, 28), "2031-08-29 起至 2031-10-28 止可以申请延续"),
    (date(2031, 8, 29), ""),
    (date(2031, 10, 28), ""),
    (date(2031, 10, 29), "申请已于 2031-10-28 截止"),
    (date(2031, 11, 27), "申请已于 2031-10-28 截止"),
    (date(2031, 11, 28), "已于 2031-11-27 有效期届满"),
]


@pytest.mark.parametrize(("today", "said"), OFFERS)
def test_offered_from_ninety_to_thirty_days_before_the_end(db, today, said):
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.now = datetime(today.year, today.month, today.day, 4, tzinfo=UTC)
    reason = casework.unmet_prerequisite(desk.office(), MATTERS[MATTER], desk.unit, "class_b")
    assert said in reason
    assert bool(reason) is bool(said)
    anew = MATTERS["qualification_application"]
    other = casework.unmet_prerequisite(desk.office(), anew, desk.unit, "class_b")
    assert bool(other) is (today <= date(2031, 10, 28))  # then only a new application is left


def test_not_offered_without_a_certificate_of_that_kind(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    with pytest.raises(PrerequisiteUnmet, match="没有这种资质证书"):
        casework.open_case(desk.office(desk.applicant), MATTERS[MATTER], "class_a")


def test_a_work_left_lying_past_the_window_is_not_handed_in(db):
    desk = begun(db)
    office = desk.office(desk.applicant)
    in_time = [p.message for p in casework.find_problems(office, desk.case, MATTERS[MATTER])]
    desk.now = LAST_DAY + timedelta(days=1)
    office = desk.office(desk.applicant)
    late = [p.message for p in casework.find_problems(office, desk.case, MATTERS[MATTER])]
    assert not any("截止" in sentence for sentence in in_time)
    assert any("已于 2031-10-28 截止" in sentence for sentence in late)


def test_corrections_of_a_timely_application_stay_in_time(db):
    desk = begun(db)
    play(desk, (LAST_DAY, "submit", "return"))
    desk.now = NEAR_END
    office = desk.office(desk.applicant)
    found = [p.message for p in casework.find_problems(office, desk.case, MATTERS[MATTER])]
    assert not any("截止" in sentence for sentence in found)


def test_page_tells_the_term_that_ends_and_the_next(db):
    desk = begun(db)
    form = casework.page_form(desk.office(desk.applicant), desk.case, "renewal")
    assert form.present_term.data == "2031-11-27"
    assert form.next_term.data == "2031-11-28 至 2036-11-27"


def test_after_expiry_a_new_certificate_counts_its_specialties_from_its_own_day(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.now = EXPIRY + timedelta(days=3)
    desk.begin("qualification_application", {})
    pages = {"application": {"chosen_specialties": ["GCCL"]}}
    for page, values in pages.items():
        office = desk.office(desk.applicant)
        saved = casework.find_page(office, desk.case.dossier_id, page)
        casework.save_page(office, desk.case, page, values, saved.revision if saved else 0)
    desk.take(FIRST_GRANT)
    held = certificate(db)
    assert held.issued_on > UNTIL
    assert [part.approved_on for part in held.specialties] == [held.issued_on]


def begun(db):
    """A unit whose 乙级 ends on 2031-11-27, with its renewal open in good time."""
    desk = Desk.of_holder(db, certificate_type="class_b")
    assert certificate(db).valid_until == UNTIL
    desk.now = EARLY
    desk.begin(MATTER, {})
    return desk


def play(desk, words):
    for word in words:
        if isinstance(word, datetime):
            desk.now = word
        else:
            desk.take((word,))


def certificate(db):
    return db.scalars(select(Qualification).where(Qualification.status == VALID)).one()


def newest(db, kind):
    query = select(Document).where(Document.kind == kind).order_by(Document.id.desc())
    return db.scalars(query.limit(1)).one()
