"""Several administrators at the same moment: one diagram goes live, whole, or none does."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from bpmn import casework
from bpmn.casework import deploying, drawing_up
from bpmn.casework.diagrams import deploy_diagram
from bpmn.diagram import load_files
from bpmn.errors import DiagramDraftMoved, OwnProposal, ProposalRefused
from models import Case, DiagramProposal, DiagramVersion, DraftEditor, Task
from tests.webapp.live import LiveOffice
from tests.webapp.studio_admins import (
    MAIN,
    MATTER,
    a_draft,
    add_admins,
    consent,
    kinds_of,
    propose,
    versions,
)
from tests.webapp.test_races import _at_once


@pytest.fixture
def admins(live: LiveOffice) -> list[int]:
    return add_admins(live)


def test_a_double_click_proposes_once(live: LiveOffice, admins: list[int]) -> None:
    act = propose(live, admins[0], a_draft(live, admins[0], "甲的画法"))
    assert kinds_of(_at_once(act, act, act)) == ["ProposalRefused", "ProposalRefused", "int"]
    with live.premises.reading() as office:
        assert office.db.scalar(select(func.count()).select_from(DiagramProposal)) == 1


def test_of_two_drafts_at_once_one_is_proposed(live: LiveOffice, admins: list[int]) -> None:
    drafts = [a_draft(live, admin, name) for admin, name in zip(admins, "甲乙", strict=False)]
    acts = [propose(live, admin, draft) for admin, draft in zip(admins, drafts, strict=False)]
    assert kinds_of(_at_once(*acts)) == ["ProposalRefused", "int"]


def test_two_consents_deploy_once(live: LiveOffice, admins: list[int]) -> None:
    proposal = propose(live, admins[0], a_draft(live, admins[0], "甲的画法"))()
    acts = [consent(live, admin, proposal) for admin in (admins[1], admins[2], admins[0])]
    came = _at_once(*acts)
    assert came.count(2) == 1
    assert all(isinstance(one, ProposalRefused | OwnProposal) for one in came if one != 2)
    assert versions(live) == [(1, "资质申请"), (2, "甲的画法")]


def test_consent_and_refusal_at_once_leave_one_of_them(live: LiveOffice, admins: list[int]) -> None:
    proposal = propose(live, admins[0], a_draft(live, admins[0], "甲的画法"))()

    def refuse() -> str:
        with live.premises.transaction(admins[2]) as office:
            deploying.decline(office, proposal, "不同意")
        return "declined"

    came = _at_once(consent(live, admins[1], proposal), refuse)
    assert sum(isinstance(one, ProposalRefused) for one in came) == 1
    with live.premises.reading() as office:
        decided = office.db.get_one(DiagramProposal, proposal)
        is_deployed = decided.decision == "consented"
        assert (decided.version_id is not None) == is_deployed
    assert (2 in came) == is_deployed
    assert len(versions(live)) == (2 if is_deployed else 1)


def test_a_proposal_is_out_of_date_once_the_operator_has_deployed(
    live: LiveOffice, admins: list[int]
) -> None:
    proposal = propose(live, admins[0], a_draft(live, admins[0], "甲的画法"))()
    shipped = load_files(MATTER)
    newer = {
        **shipped,
        MAIN: shipped[MAIN].replace(b'name="\xe8\xb5\x84', b'name="\xe6\x96\xb0', 1),
    }
    with live.premises.transaction() as office:
        assert deploy_diagram(office, MATTER, newer).number == 2
    with pytest.raises(ProposalRefused, match="已有新版本：第 2 版"):
        consent(live, admins[1], proposal)()
    assert [number for number, _name in versions(live)] == [1, 2]
    with live.premises.reading() as office:
        assert office.db.get_one(DiagramProposal, proposal).decided_at is None


def test_the_operator_and_a_consent_at_once_number_without_gaps(
    live: LiveOffice, admins: list[int]
) -> None:
    proposal = propose(live, admins[0], a_draft(live, admins[0], "甲的画法"))()
    shipped = load_files(MATTER)
    newer = {
        **shipped,
        MAIN: shipped[MAIN].replace(b'name="\xe8\xb5\x84', b'name="\xe6\x96\xb0', 1),
    }

    def deploy() -> int:
        with live.premises.transaction() as office:
            return deploy_diagram(office, MATTER, newer, replace=True).number

    came = _at_once(consent(live, admins[1], proposal), deploy)
    numbers = [number for number, _name in versions(live)]
    assert numbers in ([1, 2], [1, 2, 3])
    assert sum(isinstance(one, int) for one in came) == len(numbers) - 1


def test_two_savers_of_one_revision(live: LiveOffice, admins: list[int]) -> None:
    draft_id = a_draft(live, admins[0], "甲的画法")

    def save(admin: int) -> Callable[[], int]:
        def act() -> int:
            with live.premises.transaction(admin) as office:
                file = {"more.bpmn": f"<a by='{admin}'/>"}
                return drawing_up.save_diagram_draft(office, draft_id, 2, file).revision

        return act

    came = _at_once(*(save(admin) for admin in admins))
    assert came.count(3) == 1
    assert sum(isinstance(one, DiagramDraftMoved) for one in came) == 2


def test_one_window_is_one_editor_however_often_it_says_so(
    live: LiveOffice, admins: list[int]
) -> None:
    draft_id = a_draft(live, admins[0], "甲的画法")

    def note() -> None:
        with live.premises.transaction(admins[0]) as office:
            drawing_up.note_editor(office, draft_id)

    assert _at_once(note, note, note) == [None, None, None]
    with live.premises.reading() as office:
        assert office.db.scalar(select(func.count()).select_from(DraftEditor)) == 1


def test_a_running_case_keeps_its_version_and_the_next_one_begins_on_the_new(
    live: LiveOffice, admins: list[int]
) -> None:
    running = live.open_case(live.applicants[0])
    proposal = propose(live, admins[0], a_draft(live, admins[0], "甲的画法"))()
    consent(live, admins[1], proposal)()
    after = live.open_case(live.applicants[1])
    live.decide(running)
    live.decide(after)
    with live.premises.reading() as office:
        numbers = [
            office.db.get_one(DiagramVersion, office.db.get_one(Case, case).diagram_version_id)
            for case in (running, after)
        ]
        assert [one.number for one in numbers] == [1, 2]
        names = [
            casework.load_diagram(office, one.id).words.processes[MATTER].name for one in numbers
        ]
        assert names == ["资质申请", "甲的画法"]
        open_tasks = select(Task.role).where(Task.closed_at.is_(None))
        assert office.db.scalars(open_tasks).all() == ["window", "window"]


def test_the_operator_replaces_what_was_drawn_here_only_when_told_to(
    live: LiveOffice, admins: list[int]
) -> None:
    consent(live, admins[1], propose(live, admins[0], a_draft(live, admins[0], "甲的画法"))())()
    with live.premises.transaction() as office:
        assert deploy_diagram(office, MATTER, load_files(MATTER)).number == 2
        office.db.flush()
        assert deploy_diagram(office, MATTER, load_files(MATTER), replace=True).number == 3
    assert [name for _number, name in versions(live)] == ["资质申请", "甲的画法", "资质申请"]
