"""Consent while something else happens: one version goes live, whole, or none does."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from threading import Thread

import pytest
from sqlalchemy import func, select

from bpmn.casework import administrators, deploying, drawing_up
from bpmn.errors import CaseworkError, NotPermitted, ProposalRefused
from models import Account, DiagramDraft, DiagramProposal, DiagramVersion, Event
from tests.webapp.live import LiveOffice
from tests.webapp.studio_admins import (
    MAIN,
    MATTER,
    a_draft,
    add_admins,
    consent,
    propose,
    proposed,
    versions,
)
from tests.webapp.test_races import _at_once
from webapp import staffing

LEAVING: list[Callable[..., object]] = [
    lambda office, account: staffing.set_active(office, account, active=False),
    lambda office, account: staffing.change_roles(office, account, ["expert"]),
]
DIES = """
import os, signal, sys
from sqlalchemy.orm import Session
from bpmn.casework import deploying
from config.settings import read_settings
from webapp.app import open_premises

def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)

premises = open_premises(read_settings(os.environ))
place = Session if sys.argv[3] == "commit" else deploying
with premises.transaction(int(sys.argv[1])) as office:
    setattr(place, sys.argv[3], die)
    deploying.consent_to(office, int(sys.argv[2]))
"""


@pytest.fixture
def admins(live: LiveOffice) -> list[int]:
    return add_admins(live)


def leave(live: LiveOffice, by: int, who: int, how: Callable[..., object]) -> Callable[[], str]:
    """Another administrator takes the role from somebody, or closes their account."""

    def act() -> str:
        with live.premises.transaction(by) as office:
            assert how(office, office.db.get_one(Account, who)) == []
        return "left"

    return act


def deployed_events(live: LiveOffice) -> list[str]:
    """What the trail has of deploying and leaving, in its order."""
    kinds = ("diagram_deployed", "account_closed", "roles_changed")
    with live.premises.reading() as office:
        query = select(Event.kind).where(Event.kind.in_(kinds)).order_by(Event.position)
        return list(office.db.scalars(query))


def test_a_double_click_on_consent_deploys_once(live: LiveOffice, admins: list[int]) -> None:
    act = consent(live, admins[1], proposed(live, admins[0]))

    assert _at_once(act, act, act) == [2, 2, 2]

    assert versions(live) == [(1, "资质申请"), (2, "甲的画法")]
    assert deployed_events(live) == ["diagram_deployed"]


@pytest.mark.parametrize("how", LEAVING)
def test_who_is_no_administrator_any_more_decides_nothing(
    live: LiveOffice, admins: list[int], how: Callable[..., object]
) -> None:
    proposal, draft = proposed(live, admins[0]), a_draft(live, admins[1], "乙的画法")
    leave(live, admins[2], admins[1], how)()

    with pytest.raises(NotPermitted):
        consent(live, admins[1], proposal)()
    with pytest.raises(NotPermitted):
        propose(live, admins[1], draft)()
    with (
        pytest.raises(NotPermitted),
        live.premises.transaction(admins[1]) as office,
    ):
        deploying.decline(office, proposal, "不同意")

    assert len(versions(live)) == 1


@pytest.mark.parametrize("how", LEAVING)
def test_what_a_former_administrator_proposed_can_only_be_refused(
    live: LiveOffice, admins: list[int], how: Callable[..., object]
) -> None:
    proposal = proposed(live, admins[0])
    leave(live, admins[2], admins[0], how)()

    with pytest.raises(ProposalRefused, match="管理员0已停用，或者不再是管理员"):
        consent(live, admins[1], proposal)()
    with (
        pytest.raises(NotPermitted),
        live.premises.transaction(admins[0]) as office,
    ):
        deploying.withdraw_proposal(office, proposal)
    with live.premises.transaction(admins[1]) as office:
        deploying.decline(office, proposal, "提出的人已经离任")
    proposed(live, admins[1], "乙的画法")

    assert len(versions(live)) == 1


@pytest.mark.parametrize("how", LEAVING)
@pytest.mark.parametrize("leaver", [0, 1])
def test_leaving_and_consent_at_once_come_one_after_the_other(
    live: LiveOffice, admins: list[int], how: Callable[..., object], leaver: int
) -> None:
    proposal = proposed(live, admins[0])

    came = _at_once(consent(live, admins[1], proposal), leave(live, admins[2], admins[leaver], how))

    trail = deployed_events(live)
    assert came[1] == "left"
    if came[0] == 2:
        assert trail[0] == "diagram_deployed", "first deployed, then left"
    else:
        assert isinstance(came[0], NotPermitted | ProposalRefused)
        assert len(trail) == 1
    assert len(versions(live)) == (2 if came[0] == 2 else 1)


def test_whoever_consents_is_held_until_the_end(live: LiveOffice, admins: list[int]) -> None:
    """Nobody loses the role between the question and the commit: the other one waits."""
    with live.premises.transaction(admins[1]) as office:
        assert administrators.held_admins(office, admins[:2]) == set(admins[:2])
        others = [leave(live, admins[2], admin, LEAVING[0]) for admin in admins[:1]]
        came: list[object] = []
        worker = Thread(target=lambda: came.extend(_at_once(*others)))
        worker.start()
        worker.join(0.5)
        assert came == []
    worker.join()
    assert came == ["left"]


@pytest.mark.parametrize("act", ["save", "drop"])
def test_what_is_proposed_goes_live_whatever_becomes_of_its_draft(
    live: LiveOffice, admins: list[int], act: str
) -> None:
    draft_id = a_draft(live, admins[0], "甲的画法")
    proposal = propose(live, admins[0], draft_id)()

    def change() -> str:
        with live.premises.transaction(admins[2]) as office:
            if act == "drop":
                drawing_up.drop_diagram_draft(office, draft_id)
            else:
                found = drawing_up.find_diagram_draft(office, draft_id)
                text = found.files[MAIN].replace("甲的画法", "又改一稿")
                drawing_up.save_diagram_draft(office, draft_id, found.revision, {MAIN: text})
        return act

    assert _at_once(consent(live, admins[1], proposal), change) == [2, act]

    assert versions(live) == [(1, "资质申请"), (2, "甲的画法")]
    with live.premises.reading() as office:
        draft = office.db.get_one(DiagramDraft, draft_id)
        base = office.db.get_one(DiagramVersion, draft.base_version_id)
        assert (draft.dropped_at is not None) == (act == "drop")
        assert ("又改一稿" in draft.files[MAIN]) == (act == "save")
        assert base.number == 2 or act == "save"


@pytest.mark.parametrize("step", ["_decide", "_record", "commit"])
def test_a_process_killed_within_consent_leaves_nothing(
    live: LiveOffice, admins: list[int], step: str
) -> None:
    """A real process, kill -9 between two steps: as if nobody had clicked."""
    proposal = proposed(live, admins[0])
    inherited = dict(os.environ)  # noqa: TID251 - handed on to the process, not read
    killed = subprocess.run(  # noqa: S603
        [sys.executable, "-c", DIES, str(admins[1]), str(proposal), step],
        env={**inherited, **live.environment()},
        timeout=120,
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    assert versions(live) == [(1, "资质申请")]
    with live.premises.reading() as office:
        found = office.db.get_one(DiagramProposal, proposal)
        assert (found.decision, found.version_id, found.decided_at) == (None, None, None)
    assert deployed_events(live) == []
    assert consent(live, admins[1], proposal)() == 2
    assert deployed_events(live) == ["diagram_deployed"]


def test_of_everything_at_once_exactly_one_version_comes(
    live: LiveOffice, admins: list[int]
) -> None:
    """Two consent, one refuses, one withdraws, one proposes another draft: one outcome."""
    proposal, other = proposed(live, admins[0]), a_draft(live, admins[2], "乙的画法")

    def decide(act: Callable[..., object], by: int, *words: str) -> Callable[[], str]:
        def run() -> str:
            with live.premises.transaction(by) as office:
                act(office, proposal, *words)
            return act.__name__

        return run

    came = _at_once(
        consent(live, admins[1], proposal),
        consent(live, admins[2], proposal),
        decide(deploying.decline, admins[2], "不同意"),
        decide(deploying.withdraw_proposal, admins[0]),
        propose(live, admins[2], other),
    )

    done = [one for one in came[:4] if not isinstance(one, CaseworkError)]
    assert len(done) == 1
    assert len(versions(live)) == (2 if done == [2] else 1)
    with live.premises.reading() as office:
        query = select(func.count()).select_from(DiagramProposal)
        open_ones = query.where(DiagramProposal.decided_at.is_(None))
        assert office.db.scalar(open_ones) == (0 if isinstance(came[4], CaseworkError) else 1)
        assert office.db.scalar(query.where(DiagramProposal.matter == MATTER)) in (1, 2)
