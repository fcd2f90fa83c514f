"""Conflicts when several act at once, or the program dies half-way: moved whole, once, or not."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bpmn import casework
from bpmn.casework import conflicts, dossiers, evidence
from bpmn.errors import CaseworkError
from bpmn.matters import MATTERS
from bpmn.office import Office
from bpmn.operations import holdings
from models import Account, Case, Claim, ClaimPeriod, Contest, DossierRow, Event, Message, Task
from tests import builders
from tests.walks.conflict_desk import CLAIM, PERSON, SCAN
from tests.webapp.live import LiveOffice
from tests.webapp.test_races import _at_once
from webapp.jobs.work import wanted

MATTER = MATTERS["ownership_conflict"]


class Dispute:
    """A committed conflict between the first two units of a live office."""

    def __init__(self, live: LiveOffice) -> None:
        self.live, (self.holder, self.claimant) = live, live.applicants[:2]
        self.holding, self.origin = live.open_case(self.holder), live.open_case(self.claimant)
        with live.premises.transaction(self.holder) as office:
            held = office.db.get_one(Case, self.holding)
            self.row_id = casework.add_row(office, held, "staff", PERSON).id
        self.case_id = self.open()

    def open(self) -> int:
        with self.live.premises.transaction(self.claimant) as office:
            origin = office.db.get_one(Case, self.origin)
            typed = conflicts.Typed("staff", PERSON)
            case = casework.open_conflict(office, origin, MATTER, typed)
            office.db.flush()
            return case.id

    def submit(self) -> "Dispute":
        with self.live.premises.transaction(self.claimant) as office:
            case = office.db.get_one(Case, self.case_id)
            casework.save_page(office, case, "conflict_claim", CLAIM, 0)
            casework.attach_file(office, case, "conflict_claim", None, "labour_contract", SCAN)
            casework.submit(office, case, self.task_id(), MATTER, opened_at=office.now)
        return self

    def task_id(self) -> int:
        query = select(Task.id).where(Task.case_id == self.case_id, Task.closed_at.is_(None))
        with self.live.premises.reading() as office:
            return office.db.scalars(query).one()

    def release(self) -> str:
        task_id = self.task_id()
        return self.release_of(task_id)()

    def release_of(self, task_id: int) -> Callable[[], str]:
        def act() -> str:
            with self.live.premises.transaction(self.holder) as office:
                posted = {"outcome": "release", "confirmed": "y", "statement": ""}
                assert not evidence.answer_claim(office, task_id, posted).errors
            return "released"

        return act

    def terminate(self) -> str:
        with self.live.premises.transaction(self.live.officers["approver"]) as office:
            case = office.db.get_one(Case, self.case_id)
            casework.stop_case(office, case, "terminated", "理由")
        return "terminated"

    def remove(self) -> str:
        with self.live.premises.transaction(self.holder) as office:
            casework.remove_row(office, office.db.get_one(Case, self.holding), self.row_id)
        return "removed"

    def snapshot(self) -> dict[str, Any]:
        """Everything that a move touches."""
        with self.live.premises.reading() as office:
            db = office.db
            count = {
                table.__name__: db.scalar(select(func.count()).select_from(table))
                for table in (ClaimPeriod, DossierRow, Event, Message)
            }
            case = db.get_one(Case, self.case_id)
            won = db.scalar(select(Contest.won_at).where(Contest.case_id == case.id))
            holder = db.scalar(select(Claim.unit_id))
            return {**count, "ended": case.ended, "won": won, "holder": holder}

    def unit_of(self, account_id: int) -> int | None:
        with self.live.premises.reading() as office:
            return office.db.get_one(Account, account_id).unit_id


@pytest.fixture
def dispute(live: LiveOffice) -> Dispute:
    return Dispute(live)


def test_two_clicks_open_one_conflict(dispute: Dispute) -> None:
    assert _at_once(dispute.open, dispute.open) == [dispute.case_id] * 2


def test_two_releases_at_once_move_the_person_once(dispute: Dispute) -> None:
    act = dispute.submit().release_of(dispute.task_id())

    came = _at_once(act, act, act)

    assert came.count("released") == 1
    assert sum(isinstance(one, CaseworkError) for one in came) == 2
    after = dispute.snapshot()
    assert (after["ClaimPeriod"], after["DossierRow"], after["ended"]) == (1, 0, "handed_over")
    assert after["holder"] == dispute.unit_of(dispute.claimant)


def test_release_and_termination_at_once_leave_one_end(dispute: Dispute) -> None:
    act = dispute.submit().release_of(dispute.task_id())

    came = _at_once(act, dispute.terminate)

    after = dispute.snapshot()
    moved = after["ended"] == "handed_over"
    assert came.count("released") + came.count("terminated") == 1
    assert after["holder"] == dispute.unit_of(dispute.claimant if moved else dispute.holder)
    assert after["DossierRow"] == (0 if moved else 1)


def test_holder_removes_the_row_while_it_releases_it(dispute: Dispute) -> None:
    act = dispute.submit().release_of(dispute.task_id())

    came = _at_once(act, dispute.remove)

    after = dispute.snapshot()
    assert "released" in came
    assert (after["DossierRow"], after["ended"]) == (0, "handed_over")
    assert after["holder"] == dispute.unit_of(dispute.claimant)


def test_release_waits_for_whoever_is_writing_in_the_dossier(
    dispute: Dispute, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both hold the dossier before the claim: neither waits for the other for ever."""
    act = dispute.submit().release_of(dispute.task_id())
    writing, claimed = threading.Event(), threading.Event()

    def held_claim(office: Office, contest: Contest) -> Claim | None:
        found = holdings.held_claim(office, contest)
        claimed.set()
        return found

    def release() -> str:
        writing.wait()
        return act()

    def remove() -> str:
        with dispute.live.premises.transaction(dispute.holder) as office:
            case = office.db.get_one(Case, dispute.holding)
            dossiers.require_open_dossier(office, case)
            writing.set()
            claimed.wait(timeout=1)
            casework.remove_row(office, case, dispute.row_id)
        return "removed"

    monkeypatch.setattr("bpmn.operations.conflicts.held_claim", held_claim)

    assert _at_once(release, remove) == ["released", "removed"]
    assert dispute.snapshot()["holder"] == dispute.unit_of(dispute.claimant)


def test_a_case_opened_beside_the_release_does_not_bring_the_person_back(dispute: Dispute) -> None:
    act = dispute.submit().release_of(dispute.task_id())
    with dispute.live.premises.transaction() as office:
        held = office.db.get_one(Case, dispute.holding)
        held.closed_at, held.unit.approved_dossier_id = office.now, held.dossier_id

    def open_next() -> int:
        with dispute.live.premises.transaction(dispute.holder) as office:
            case = casework.open_case(office, builders.MATTER, "class_b")
            return case.dossier_id

    _released, copied = _at_once(act, open_next)

    with dispute.live.premises.reading() as office:
        rows = casework.rows_of(office, copied, "staff")
    assert all(holdings.LOST in row.problems for row in rows)
    assert dispute.snapshot()["ended"] == "handed_over"


@pytest.mark.parametrize("place", ["end_period", "withdraw_rows", "tell"])
def test_a_fault_half_way_moves_nothing(
    dispute: Dispute, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    dispute.submit()
    before, operations = dispute.snapshot(), "bpmn.operations.conflicts"
    real = getattr(__import__(operations, fromlist=[place]), place)

    def die(*arguments: Any, **more: Any) -> None:
        real(*arguments, **more)
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(f"{operations}.{place}", die)
        with pytest.raises(RuntimeError, match="killed"):
            dispute.release()

    assert dispute.snapshot() == before
    assert dispute.release() == "released"
    assert dispute.snapshot()["DossierRow"] == 0


def test_the_worker_ends_a_conflict_that_lost_its_object(dispute: Dispute) -> None:
    dispute.submit()
    dispute.remove()
    jobs = dispute.live.jobs()

    found = [(kind, one) for kind, one in wanted(dispute.live.premises) if kind == "conflict"]
    assert found == [("conflict", dispute.case_id)]
    for kind, subject in found * 2:
        jobs._perform(kind, subject)

    after = dispute.snapshot()
    assert (after["ended"], after["holder"]) == ("freed", dispute.unit_of(dispute.claimant))


def test_a_unit_that_is_no_more_frees_what_it_held(dispute: Dispute) -> None:
    dispute.submit()
    with dispute.live.premises.transaction() as office:
        held = office.db.get_one(Case, dispute.holding)
        office.db.execute(update(Case).where(Case.id == held.id).values(closed_at=office.now))
        casework.claims.release_unused_claims(office, held.unit_id)

    with dispute.live.premises.transaction() as office:
        assert casework.settle_idle_conflict(office, dispute.case_id)
        assert not casework.settle_idle_conflict(office, dispute.case_id)

    assert dispute.snapshot()["ended"] == "freed"
