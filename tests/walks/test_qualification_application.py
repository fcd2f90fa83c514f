"""资质申请, walked through the use cases on both databases: decisions → end and papers."""

from datetime import date

import pytest
from sqlalchemy import select

from certificates import KINDS
from models import ClockEntry, Event, Notice, Qualification, Task, WorkingCalendar
from models.clock import read_clock
from models.events import first_broken
from tests.walks.desk import STATEMENT, Desk

ROUTES = [
    ("class_b", "city", "乙测资字61500017"),
    ("class_a", "province", "甲测资字61100013"),
    ("class_a_navigation", "ministry", "甲测资字61100013"),
]

ACCEPTED = ("submit", "accept")
PROPOSED = (*ACCEPTED, "grant", "agree")
NOTICED = (*PROPOSED, "wait")
HEARD = ("waive", "refuse")
"""A refusal after the unit had its say."""
ACCEPTANCE = "受理通知书"
CORRECTION = "补正告知书"
GRANTED = ["准予行政许可决定书", "测绘资质证书（正本）", "测绘资质证书（副本）"]
REFUSAL = "不予行政许可决定书"

WALKS = [
    ((*NOTICED, "grant"), "granted", [ACCEPTANCE, *GRANTED]),
    ((*NOTICED, "refuse", *HEARD), "refused", [ACCEPTANCE, STATEMENT, REFUSAL]),
    (
        (*NOTICED, "return", "grant", "agree", "wait", "grant"),
        "granted",
        [ACCEPTANCE, *GRANTED],
    ),
    ((*ACCEPTED, "refuse", "agree", *HEARD), "refused", [ACCEPTANCE, STATEMENT, REFUSAL]),
    (
        (*ACCEPTED, "grant", "return", "refuse", "agree", *HEARD),
        "refused",
        [ACCEPTANCE, STATEMENT, REFUSAL],
    ),
    ((*PROPOSED, "object", "dismissed", "wait", "grant"), "granted", [ACCEPTANCE, *GRANTED]),
    (
        (*PROPOSED, "object", "upheld", "refuse", "agree", *HEARD),
        "refused",
        [ACCEPTANCE, STATEMENT, REFUSAL],
    ),
    (("submit", "refuse"), "not_accepted", ["不予受理决定书"]),
    (
        ("submit", "return", "submit", "return", "submit", "refuse"),
        "not_accepted",
        [CORRECTION, CORRECTION, "不予受理决定书"],
    ),
    (("submit", "return", "wait"), "lapsed", [CORRECTION]),
    (("submit", "wait", "grant", "agree", "wait", "grant"), "granted", [ACCEPTANCE, *GRANTED]),
    (("submit", "withdraw"), "withdrawn", []),
    (("submit", "return", "withdraw"), "withdrawn", [CORRECTION]),
    ((*ACCEPTED, "terminate"), "terminated", [ACCEPTANCE]),
    ((*PROPOSED, "withdraw"), "withdrawn", [ACCEPTANCE]),
    ((*NOTICED, "terminate"), "terminated", [ACCEPTANCE]),
]


@pytest.mark.requirement("R005")
@pytest.mark.requirement("R061")
@pytest.mark.requirement("R062")
@pytest.mark.requirement("R064")
@pytest.mark.parametrize(("certificate_type", "route", "_number"), ROUTES)
@pytest.mark.parametrize(("decisions", "end", "papers"), WALKS)
def test_case_goes_its_way_and_leaves_its_papers(
    db, certificate_type, route, _number, decisions, end, papers
):
    desk = Desk(db, certificate_type=certificate_type)

    desk.take(decisions)

    assert desk.case.ended == f"{end}_{route}"
    assert desk.case.closed_at == desk.now
    assert desk.case.wake_at is None
    assert desk.titles() == papers
    assert db.scalars(select(Task).where(Task.closed_at.is_(None))).all() == []


@pytest.mark.requirement("R003")
@pytest.mark.requirement("R038")
@pytest.mark.parametrize(("certificate_type", "route", "number"), ROUTES)
def test_grant_registers_a_numbered_qualification_of_five_years(
    db, certificate_type, route, number
):
    desk = Desk(db, certificate_type=certificate_type)

    desk.take((*NOTICED, "grant"))

    qualification = db.scalars(select(Qualification)).one()
    assert qualification.number == number
    assert qualification.issued_on == date(2026, 11, 28)
    assert qualification.valid_until == date(2031, 11, 27)
    approvals = [(part.specialty, part.approved_on) for part in qualification.specialties]
    assert approvals == [(desk.specialty, date(2026, 11, 28))]
    assert desk.unit.approved_dossier_id == desk.case.dossier_id


@pytest.mark.requirement("R063")
def test_returned_case_goes_round_twenty_times_and_stays_small(db):
    desk = Desk(db, certificate_type="class_b")

    desk.take(("submit", *("return", "submit") * 20))

    assert desk.open_task().role == "window"
    assert desk.titles() == [CORRECTION] * 20
    assert len(desk.case.state) <= 8 * 1024


def test_every_event_is_chained_to_the_one_before(db):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*NOTICED, "grant"))

    events = db.scalars(select(Event).order_by(Event.position)).all()
    assert first_broken(events) is None
    assert [event.position for event in events] == list(range(1, desk.case.event_count + 1))
    events[3].detail = {"authority": "另一机关"}
    assert first_broken(events) is events[3]


@pytest.mark.requirement("R022")
def test_notice_and_announcement_name_the_specialties(db):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*NOTICED, "grant"))

    notice, announcement = db.scalars(select(Notice).order_by(Notice.id)).all()
    (listed,) = notice.facts["listed"]
    assert (notice.kind, listed["proposed"]) == ("notice", "乙级：工程测量")
    published = [paper.title for paper in desk.papers() if KINDS[paper.kind].is_public]
    assert published == ["拟批准测绘资质公示", "准予测绘资质公告"]
    assert (announcement.kind, announcement.facts["granted"]) == ("announcement", ["工程测量"])


@pytest.mark.parametrize("stop", ["withdraw", "terminate"])
def test_case_that_ends_early_leaves_no_clock_and_no_notice_open(db, stop):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*PROPOSED, stop))

    ledger = db.scalars(select(ClockEntry).order_by(ClockEntry.id)).all()
    for name in {entry.clock for entry in ledger}:
        assert not read_clock(name, ledger, WorkingCalendar()).is_running
    assert db.scalars(select(Notice.closed_at)).one() == desk.now


def test_municipality_without_cities_is_decided_by_the_province(db):
    desk = Desk(db, certificate_type="class_b", province="61", city="")

    desk.take(("submit",))

    assert desk.case.authority.level == "province"
