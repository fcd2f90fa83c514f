"""Two units that claim from each other: both conflicts may be settled in the same moment."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.casework import conflicts, evidence
from bpmn.operations import holdings
from models import Case, Claim, Task
from tests.walks.conflict_desk import CLAIM, PERSON, SCAN
from tests.webapp.folder import id_number
from tests.webapp.live import LiveOffice
from tests.webapp.test_conflict_races import MATTER, Dispute
from tests.webapp.test_races import _at_once

OTHER = {**PERSON, "name": "李四", "id_number": id_number(77)}


def claimed_back(dispute: Dispute) -> int:
    """The task of the claimant, from whom the holder claims another person."""
    premises = dispute.live.premises
    with premises.transaction(dispute.claimant) as office:
        casework.add_row(office, office.db.get_one(Case, dispute.origin), "staff", OTHER)
    with premises.transaction(dispute.holder) as office:
        origin = office.db.get_one(Case, dispute.holding)
        case = casework.open_conflict(office, origin, MATTER, conflicts.Typed("staff", OTHER))
        casework.save_page(office, case, "conflict_claim", CLAIM, 0)
        casework.attach_file(office, case, "conflict_claim", None, "labour_contract", SCAN)
        task = casework.applicant_task(office, case)
        assert task is not None
        casework.submit(office, case, task.id, MATTER, opened_at=office.now)
        query = select(Task.id).where(Task.case_id == case.id, Task.closed_at.is_(None))
        return office.db.scalars(query).one()


def test_two_units_release_to_each_other_in_one_moment(
    live: LiveOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispute = Dispute(live).submit()
    there, back = dispute.task_id(), claimed_back(dispute)
    both, real = Barrier(2), holdings.open_cases_of

    def together(*arguments: Any) -> list[Case]:
        with suppress(BrokenBarrierError):  # SQLite lets one come after the other
            both.wait(timeout=2)
        return real(*arguments)

    def release_back() -> str:
        with live.premises.transaction(dispute.claimant) as office:
            posted = {"outcome": "release", "confirmed": "y", "statement": ""}
            assert not evidence.answer_claim(office, back, posted).errors
        return "released"

    monkeypatch.setattr("bpmn.operations.conflicts.open_cases_of", together)
    assert _at_once(dispute.release_of(there), release_back) == ["released", "released"]

    with live.premises.reading() as office:
        holders = {claim.digest: claim.unit_id for claim in office.db.scalars(select(Claim))}
    assert len(holders) == 2
    assert set(holders.values()) == {
        dispute.unit_of(dispute.holder),
        dispute.unit_of(dispute.claimant),
    }
