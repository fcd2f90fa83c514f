"""The procedures of a review, walked on both databases, with the ledger's dates day by day."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.casework.minutes import minutes_of
from bpmn.casework.status import open_tasks_of, status_words
from bpmn.errors import NotPermitted, PrerequisiteUnmet
from models import ClockEntry, Document, WorkingCalendar
from models.calendar import office_date
from models.clock import read_clock
from tests.walks import procedures
from tests.walks.desk import STATEMENT, Desk

ACCEPTED = ("submit", "accept")
HEARING = ("hear", "request", "submit", "submit", "confirm")
TO_GRANT = ("grant", "agree", "wait", "grant")
ACCEPTANCE, EXTENSION = "受理通知书", "延长审批期限告知书"
HEARD = ["听证告知书", "听证通知书", "听证笔录"]
GRANTED = ["准予行政许可决定书", "测绘资质证书（正本）", "测绘资质证书（副本）"]
REFUSAL = "不予行政许可决定书"
RECORD, CHECKED = "陈述申辩笔录", ["实地核查告知书", "核查（勘验）笔录"]

WALKS = [
    ((*ACCEPTED, "extend", "approve", *HEARING, *TO_GRANT), [ACCEPTANCE, EXTENSION, *HEARD]),
    ((*ACCEPTED, "extend", "refuse", *TO_GRANT), [ACCEPTANCE]),
    ((*ACCEPTED, "hear", "waive", *TO_GRANT), [ACCEPTANCE, HEARD[0]]),
    ((*ACCEPTED, "hear", "wait", *TO_GRANT), [ACCEPTANCE, HEARD[0]]),
    ((*ACCEPTED, *HEARING[:-1], "wait", *TO_GRANT), [ACCEPTANCE, *HEARD]),
    ((*ACCEPTED, *HEARING[:-1], "dispute", *TO_GRANT), [ACCEPTANCE, *HEARD]),
    ((*ACCEPTED, "inspect", "own", "submit", "confirm", *TO_GRANT), [ACCEPTANCE, *CHECKED]),
    ((*ACCEPTED, "inspect", "third_party", "submit", "wait", *TO_GRANT), [ACCEPTANCE, *CHECKED]),
    ((*ACCEPTED, "consult", "submit", "submit", *TO_GRANT), [ACCEPTANCE, "专家评审告知书"]),
    ((*ACCEPTED, "consult", "submit", "wait", *TO_GRANT), [ACCEPTANCE, "专家评审告知书"]),
]
REFUSALS = [
    (("refuse", "agree", "state", "refuse"), [STATEMENT, RECORD, REFUSAL]),
    (("refuse", "agree", "waive", "refuse"), [STATEMENT, REFUSAL]),
    (("refuse", "agree", "wait", "refuse"), [STATEMENT, REFUSAL]),
    (("grant", "agree", "wait", "refuse", "state", "refuse"), [STATEMENT, RECORD, REFUSAL]),
    (
        ("refuse", "agree", "state", "return", "refuse", "agree", "waive", "refuse"),
        [STATEMENT, RECORD, STATEMENT, REFUSAL],
    ),
]


@pytest.mark.parametrize(("words", "papers"), WALKS, ids=lambda one: "-".join(one[2:6]))
def test_procedure_ends_in_the_decision_with_its_papers(db, words, papers):
    desk = Desk(db, certificate_type="class_b")

    desk.take(words)

    told = desk.titles()
    assert desk.case.ended == "granted_city"
    assert [title for title in told if title in {*papers, *HEARD, EXTENSION, *CHECKED}] == papers
    assert told[-3:] == GRANTED
    ledger = _ledger(desk)
    for name in {entry.clock for entry in ledger}:
        assert not read_clock(name, ledger, WorkingCalendar()).is_running


@pytest.mark.parametrize(("words", "papers"), REFUSALS, ids=lambda one: "-".join(one))
def test_nothing_is_refused_before_the_unit_had_its_say(db, words, papers):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*ACCEPTED, *words))

    told = [title for title in desk.titles() if title in papers]
    assert (desk.case.ended, told) == ("refused_city", papers)


def test_ledger_of_a_case_with_correction_extension_hearing_and_notice_day_by_day(db):
    """Friday 2026-11-20 handed in; weekends and New Year's Day are free days in this calendar."""
    desk = Desk(db, certificate_type="class_b")

    desk.take(("submit",))
    desk.now = _at(2026, 11, 24)
    desk.take(("return",))
    desk.now = _at(2026, 12, 1)
    desk.take(("submit",))
    desk.now = _at(2026, 12, 2)
    desk.take(("accept",))
    desk.now = _at(2026, 12, 9)
    desk.take(("extend", "approve"))
    desk.now = _at(2026, 12, 10)
    desk.take(("hear",))
    desk.now = _at(2026, 12, 14)
    desk.take(("request",))
    desk.now = _at(2026, 12, 15)
    desk.take(("submit",))
    desk.now = _at(2026, 12, 28)
    desk.take(("submit", "confirm", *TO_GRANT))

    told = [
        (entry.clock, entry.kind, entry.working_days, office_date(entry.at))
        for entry in _ledger(desk)
    ]
    assert told[:12] == [
        ("acceptance", "start", 5, date(2026, 11, 20)),
        ("acceptance", "finish", 0, date(2026, 11, 24)),
        ("correction", "start", 30, date(2026, 11, 24)),
        ("correction", "finish", 0, date(2026, 12, 1)),
        ("acceptance", "start", 5, date(2026, 12, 1)),
        ("acceptance", "finish", 0, date(2026, 12, 2)),
        ("decision", "start", 15, date(2026, 12, 2)),
        ("decision", "extend", 10, date(2026, 12, 9)),
        ("answer", "start", 5, date(2026, 12, 10)),
        ("answer", "finish", 0, date(2026, 12, 14)),
        ("decision", "suspend", 0, date(2026, 12, 14)),
        ("hearing", "start", 20, date(2026, 12, 14)),
    ]
    assert told[12:19] == [
        ("hearing", "finish", 0, date(2026, 12, 28)),
        ("answer", "start", 5, date(2026, 12, 28)),
        ("answer", "finish", 0, date(2026, 12, 28)),
        ("decision", "resume", 0, date(2026, 12, 28)),
        ("notice", "start", 5, date(2026, 12, 28)),
        ("notice", "finish", 0, date(2027, 1, 6)),
        ("decision", "finish", 0, date(2027, 1, 6)),
    ]
    suspended = next(entry for entry in _ledger(desk) if entry.kind == "suspend")
    assert suspended.article == "行政许可法第四十五条"
    assert suspended.paper == "hearing_right_notice"
    ended = [entry.reason for entry in _ledger(desk) if entry.kind == "finish"]
    assert ended[:3] == ["一次告知补正，重新提交后重新起算", "申请单位重新提交", "决定受理"]
    assert "公示期满，没有成立的异议" in ended
    assert all(ended)


def test_extension_paper_tells_the_old_and_the_new_last_day(db):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*ACCEPTED, "extend", "approve"))

    facts = _facts(desk, "extension_notice")
    assert (facts["former_due_on"], facts["due_on"]) == ("2026-12-11", "2026-12-25")
    assert (facts["working_days"], facts["reason"]) == (10, "意见")


def test_second_extension_is_refused_with_words_and_changes_nothing(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take((*ACCEPTED, "extend", "approve"))

    with pytest.raises(PrerequisiteUnmet, match="已经延长过一次"), db.begin_nested():
        desk.take(("extend",))

    assert desk.titles().count(EXTENSION) == 1
    db.refresh(desk.case)
    desk.take(TO_GRANT)
    assert desk.case.ended == "granted_city"


def test_limit_that_is_over_cannot_be_extended(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(ACCEPTED)
    desk.now = _at(2027, 2, 1)

    with pytest.raises(PrerequisiteUnmet, match="已经届满"), db.begin_nested():
        desk.take(("extend",))


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("extend",), "延期审批中"),
        (("hear",), "听证中"),
        (("hear", "request"), "听证中"),
        (("inspect",), "实地核查中"),
        (("consult", "submit"), "专家评审中"),
        (("refuse", "agree"), "陈述申辩中"),
    ],
)
def test_status_names_the_procedure_that_is_under_way(db, words, status):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*ACCEPTED, *words))

    diagram = casework.load_diagram(desk.office(), desk.case.diagram_version_id).words
    tasks = open_tasks_of(desk.office(), [desk.case.id])[desk.case.id]
    assert status_words(desk.case, tasks, diagram) == status


@pytest.mark.parametrize("words", [("hear", "request"), ("consult", "submit"), ("refuse", "agree")])
def test_case_withdrawn_in_a_procedure_leaves_no_clock_and_no_task(db, words):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*ACCEPTED, *words, "withdraw"))

    ledger = _ledger(desk)
    assert desk.case.ended == "withdrawn_city"
    for name in {entry.clock for entry in ledger}:
        assert read_clock(name, ledger, WorkingCalendar()).finished_at is not None
    assert open_tasks_of(desk.office(), [desk.case.id])[desk.case.id] == []


def test_minutes_stand_before_those_who_decide_in_the_order_of_the_day(db):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*ACCEPTED, *HEARING, "consult", "submit", "submit", "refuse", "agree", "state"))

    told = [one.title for one in minutes_of(desk.office(), desk.case)]
    assert told == [
        "提请办理程序",
        "听证申请",
        "听证安排",
        "听证笔录",
        "对笔录的确认",
        "提请办理程序",
        "专家评审安排",
        "专家评审意见",
        "陈述申辩",
    ]


def test_expert_acts_on_the_own_task_only_and_cannot_put_it_back(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take((*ACCEPTED, "consult", "submit"))
    task = desk.open_task()
    other = casework.may_act(desk.applicant, task, desk.case)

    assert (task.assignee_id, task.authority_id, other) == (desk.expert.id, None, False)
    assert casework.may_act(desk.expert, task, desk.case)
    assert not casework.may_see_case(desk.expert, desk.case)
    with pytest.raises(NotPermitted, match="不能释放"):
        casework.release_task(desk.office(desk.expert), task.id)


def test_silent_expert_costs_the_unit_no_more_than_the_days_it_was_told(db):
    desk = Desk(db, certificate_type="class_b")

    desk.take((*ACCEPTED, "consult", "submit", "wait"))

    ledger = _ledger(desk)
    clock = read_clock("decision", ledger, WorkingCalendar())
    assert clock.is_running
    assert office_date(clock.last_moment) == date(2026, 12, 25)
    assert [entry.kind for entry in ledger if entry.clock == "decision"] == [
        "start",
        "suspend",
        "resume",
    ]


def test_own_site_check_counts_in_the_limit_and_a_third_party_does_not(db, monkeypatch):
    for outcome, kinds in (("own", ["start"]), ("third_party", ["start", "suspend"])):
        told = "示例检定站" if "suspend" in kinds else ""
        monkeypatch.setitem(procedures.ANSWERS["arrange_site_check"], "institution", told)
        desk = Desk(db, certificate_type="class_b", uscc=None)
        desk.take((*ACCEPTED, "inspect", outcome))
        assert [e.kind for e in _ledger(desk) if e.clock == "decision"] == kinds
        by = _facts(desk, "site_check_notice")["excluded_by"]
        assert by == ("《中华人民共和国行政许可法》第四十五条" if "suspend" in kinds else None)
        db.rollback()


def _ledger(desk: Desk) -> list[ClockEntry]:
    query = select(ClockEntry).where(ClockEntry.case_id == desk.case.id)
    return list(desk.db.scalars(query.order_by(ClockEntry.id)))


def _facts(desk: Desk, kind: str) -> dict:
    query = select(Document.facts).where(Document.case_id == desk.case.id, Document.kind == kind)
    return dict(desk.db.scalars(query.order_by(Document.id.desc())).first())


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 2, 0, tzinfo=UTC)
