"""归属协调, walked through the use cases on both databases: every way it can go, what remains."""

import pytest
from sqlalchemy import select

from bpmn import casework, engine
from bpmn.casework import conflicts
from bpmn.diagram import load_files, read_diagram
from bpmn.errors import CaseNotFound, HeldElsewhere, NothingContested, NotPermitted
from models import Case, Claim, ClockEntry, Event, Message, Task, WorkingCalendar
from models.clock import read_clock
from models.events import first_broken
from tests.bpmn.diagrams.walking import Walk
from tests.walks.conflict_desk import MASKED, PERSON, ConflictDesk

PROVED = ("submit", "prove")
REPORTED = (*PROVED, "report")
RULING = ["归属协调决定书"]
CLAIMANT, HOLDER, NOBODY = "claimant", "holder", "nobody"

WALKS = [
    (("submit", "release"), "handed_over", [], CLAIMANT),
    ((*REPORTED, "transfer"), "handed_over", RULING, CLAIMANT),
    ((*REPORTED, "keep"), "kept", RULING, HOLDER),
    ((*REPORTED, "remove"), "struck", RULING, NOBODY),
    ((*REPORTED, "return", "report", "transfer"), "handed_over", RULING, CLAIMANT),
    (("submit", "contest", "report", "keep"), "kept", RULING, HOLDER),
    (("submit", "wait", "report", "transfer"), "handed_over", RULING, CLAIMANT),
    ((*PROVED, "ask_claimant", "submit", "report", "keep"), "kept", RULING, HOLDER),
    ((*PROVED, "ask_claimant", "wait", "report", "keep"), "kept", RULING, HOLDER),
    ((*PROVED, "ask_respondent", "submit", "report", "keep"), "kept", RULING, HOLDER),
    ((*PROVED, "ask_respondent", "wait", "report", "remove"), "struck", RULING, NOBODY),
    (("withdraw",), "withdrawn", [], HOLDER),
    (("submit", "withdraw"), "withdrawn", [], HOLDER),
    (("submit", "terminate"), "terminated", [], HOLDER),
    ((*PROVED, "withdraw"), "withdrawn", [], HOLDER),
    ((*REPORTED, "terminate"), "terminated", [], HOLDER),
    (("free",), "freed", [], CLAIMANT),
    (("submit", "free"), "freed", [], CLAIMANT),
    ((*REPORTED, "free"), "freed", [], CLAIMANT),
    (("leave",), "needless", [], HOLDER),
    (("submit", "leave"), "needless", [], HOLDER),
    ((*PROVED, "ask_respondent", "leave"), "needless", [], HOLDER),
]


@pytest.mark.requirement("R080")
@pytest.mark.requirement("R084")
@pytest.mark.parametrize(("words", "end", "papers", "owner"), WALKS)
def test_conflict_goes_its_way_and_says_who_holds_the_person(db, words, end, papers, owner):
    desk = ConflictDesk(db)
    units = {CLAIMANT: desk.claimant.unit_id, HOLDER: desk.holder.unit_id, NOBODY: None}

    desk.take(words)

    assert desk.case.ended == end
    assert desk.titles() == [*(["申请材料接收凭证"] if words[0] == "submit" else []), *papers]
    assert desk.holds() == units[owner]
    assert len(desk.rows(desk.holding)) == (owner == HOLDER)
    left = select(Task).where(Task.case_id == desk.case.id, Task.closed_at.is_(None))
    assert db.scalars(left).all() == []
    ledger = db.scalars(select(ClockEntry).order_by(ClockEntry.id)).all()
    for name in {entry.clock for entry in ledger}:
        assert read_clock(name, ledger, WorkingCalendar()).finished_at is not None


@pytest.mark.parametrize("holding", ["claimant", "other"])
def test_walks_go_along_every_sequence_flow(holding):
    """Whoever holds the person in the end; the flows behind that question are the other's."""
    files = load_files("ownership_conflict")
    diagram, compiled = read_diagram(files), engine.compile_diagram(files)
    variables = {"case_id": "1", "certificate_type": "class_b", "province": "61", "city": "6101"}
    found = {"register_claim": {"region": "same_city"}, "hand_over_claim": {"holding": holding}}
    walked: set[str] = set()
    for words, *_rest in WALKS:
        walk = Walk(compiled, diagram, variables, found)
        walk.take(words)
        walked.update(walk.walked())

    flows = [flow for process in diagram.processes.values() for flow in process.flows.values()]
    unseen = {flow.value for flow in flows if flow.id not in walked}

    assert unseen == {"claimant", "other"} - {holding}


@pytest.mark.requirement("R030")
@pytest.mark.parametrize(
    ("place", "level"),
    [
        ({}, "city"),
        ({"city": "6102"}, "province"),
        ({"province": "50", "city": "5001"}, "ministry"),
    ],
)
def test_the_organ_is_the_one_that_both_units_have_in_common(db, place, level):
    desk = ConflictDesk(db, **place)

    desk.take(["submit"])

    assert desk.case.authority.level == level


def test_released_person_moves_with_its_history_and_can_be_added(db):
    desk = ConflictDesk(db)
    claimed_at = desk.now
    desk.take(["submit", "release"])

    assert desk.periods() == [(desk.holder.unit_id, claimed_at, desk.now)]
    (won,) = conflicts.won_contests(desk.office(desk.claimant), desk.origin, "staff")
    casework.add_row(desk.office(desk.claimant), desk.origin, "staff", won.values)
    assert conflicts.won_contests(desk.office(desk.claimant), desk.origin, "staff") == []
    with pytest.raises(HeldElsewhere):
        casework.add_row(desk.office(desk.holder), desk.holding, "staff", PERSON)
    kinds = [event.kind for event in db.scalars(select(Event).order_by(Event.id))]
    assert kinds.count("claim_moved") == kinds.count("claim_lost") == 1
    for stream in (desk.case.number, desk.holding.number):
        events = db.scalars(select(Event).where(Event.stream == stream).order_by(Event.position))
        assert first_broken(events) is None


def test_both_are_told_with_masked_words_only(db):
    desk = ConflictDesk(db)

    desk.take(["submit", "contest", "report", "transfer"])

    for unit_id in (desk.claimant.unit_id, desk.holder.unit_id):
        told = desk.told(unit_id)
        assert MASKED in told
        assert "归属协调决定书" in told
        assert PERSON["name"] not in told
        assert PERSON["id_number"] not in told
    state = casework.running.lock_case(desk.office(), desk.case.id).state
    assert PERSON["id_number"].encode() not in state


@pytest.mark.parametrize("approved", [True, False])
def test_row_in_a_frozen_dossier_is_marked_and_its_organ_told(db, approved):
    desk = ConflictDesk(db)
    city = next(key for key, officer in desk.officers.items() if officer.authority.level == "city")
    if approved:
        desk.holder.unit.approved_dossier_id = desk.holding.dossier_id
    desk.holding.authority_id = city[0]
    task = select(Task).where(Task.case_id == desk.holding.id)
    db.scalars(task).one().closed_at = desk.now
    db.flush()

    desk.take(["submit", "release"])

    (row,) = desk.rows(desk.holding)
    assert row.problems[-1] == "经协调已不属于本单位，不再计入。"
    assert "请核对是否仍然满足测绘资质标准" in desk.told(desk.holder.unit_id)
    organs = select(Message.authority_id).where(Message.authority_id.is_not(None))
    assert db.scalars(organs).all() == [city[0]]
    casework.dossiers.refresh_problems(desk.office(), row)
    assert row.problems[-1] == "经协调已不属于本单位，不再计入。"


def test_second_click_finds_the_conflict_that_the_first_opened(db):
    desk = ConflictDesk(db)

    assert desk.open(desk.claimant, desk.origin).id == desk.case.id
    assert len(db.scalars(select(Case).where(Case.respondent_id.is_not(None))).all()) == 1


def test_nothing_is_contested_that_nobody_else_holds(db):
    desk = ConflictDesk(db)
    casework.remove_row(desk.office(desk.holder), desk.holding, desk.row.id)

    with pytest.raises(NothingContested):
        desk.open(desk.claimant, desk.origin)


def test_of_two_conflicts_over_one_person_the_second_ends_when_the_first_is_settled(db):
    desk = ConflictDesk(db)
    second = desk.open(*desk.third())
    desk.take(["submit", "release"])

    assert list(db.scalars(conflicts.idle_conflicts())) == [second.id]
    assert conflicts.settle_idle_conflict(desk.office(), second.id)

    assert second.ended == "freed_elsewhere"
    assert desk.holds() == desk.claimant.unit_id
    assert not conflicts.settle_idle_conflict(desk.office(), desk.case.id)


def test_release_after_the_person_was_lost_moves_nothing(db):
    desk = ConflictDesk(db)
    third, _origin = desk.third()
    desk.take(["submit"])
    db.scalars(select(Claim)).one().unit_id = third.unit_id
    db.flush()

    desk.take(["release"])

    assert desk.case.ended == "superseded"
    assert desk.holds() == third.unit_id


def test_claim_that_was_won_is_kept_until_the_case_it_was_wanted_for_ends(db):
    desk = ConflictDesk(db)
    desk.take(["submit", "release"])
    casework.claims.release_unused_claims(desk.office(), desk.claimant.unit_id)
    assert desk.holds() == desk.claimant.unit_id

    casework.delete_case(desk.office(desk.claimant), desk.origin)

    assert desk.holds() is None


def test_draft_of_a_conflict_can_be_deleted(db):
    desk = ConflictDesk(db)

    casework.delete_case(desk.office(desk.claimant), desk.case)

    assert db.scalars(select(Case).where(Case.respondent_id.is_not(None))).all() == []


def test_only_the_named_unit_may_answer(db):
    desk = ConflictDesk(db)
    third, _origin = desk.third()
    desk.take(["submit"])

    for actor in (third, desk.claimant, *desk.officers.values()):
        with pytest.raises(NotPermitted):
            casework.complete_task(
                desk.office(actor), desk.open_task().id, {"outcome": "release", "confirmed": True}
            )
    with pytest.raises(CaseNotFound):
        casework.find_case(desk.office(desk.holder), desk.case.number)
