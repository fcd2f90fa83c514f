"""From a draft to the newest version: one administrator proposes, another one decides (four eyes).

What is proposed is frozen. Everything is checked when it is proposed, and once more in the
transaction that deploys it: between the two the office, its people and its diagrams may change.
"""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from bpmn.casework.administrators import held_admins, require_admin
from bpmn.casework.diagrams import add_version, hold_newest
from bpmn.casework.drawing_up import digest_of_texts, find_diagram_draft
from bpmn.casework.fitness import fitness_problems
from bpmn.errors import (
    DiagramRejected,
    OwnProposal,
    Problem,
    ProposalNotFound,
    ProposalRefused,
)
from bpmn.office import Office
from bpmn.operations.trail import record_office
from models import Account, DiagramDraft, DiagramProposal, DiagramVersion
from models.studio import CONSENTED, DECLINED, WITHDRAWN


def propose_draft(office: Office, draft_id: int, note: str, waiver: str) -> DiagramProposal:
    """申请部署 of a draft as it is saved now.

    Raises NotPermitted for who is no administrator any more, DiagramDraftNotFound, DiagramRejected
    where a check finds fault, and ProposalRefused where a newer version stands against it, a
    proposal is open or a waiver is wanted.
    """
    draft = find_diagram_draft(office, draft_id, hold=True)
    base = office.db.get_one(DiagramVersion, draft.base_version_id)
    return _propose(office, base, draft.files, note=note, waiver=waiver, draft_id=draft_id)


def propose_restoring(
    office: Office, version: DiagramVersion, note: str, waiver: str
) -> DiagramProposal:
    """申请恢复 of an older version: its files would be deployed anew. Raises as `propose_draft`."""
    base = newest_of(office, version.matter)
    return _propose(office, base, version.files, note=note, waiver=waiver, restores_id=version.id)


def consent_to(office: Office, proposal_id: int, reason: str = "") -> DiagramVersion:
    """同意, if need be with a remark: deploy the files, for every case opened from now on.

    A second click gives the version of the first. Raises ProposalNotFound, OwnProposal,
    NotPermitted for who is no administrator any more, ProposalRefused when it is decided or out of
    date or its proposer has left, and DiagramRejected when the checks now find fault.
    """
    proposal = find_proposal(office, proposal_id, hold=True)
    if proposal.decision == CONSENTED and proposal.decided_by == office.actor_id:
        return office.db.get_one(DiagramVersion, proposal.version_id)
    _require_decidable(office, proposal)
    _require_proposer(office, proposal)
    draft = _held_draft(office, proposal)
    newest = hold_newest(office, proposal.matter)
    _require_current(newest, proposal.base_version_id)
    require_sound(fitness_problems(office, proposal.files), proposal.waiver)
    version = _add_proposed(office, proposal, newest)
    _decide(office, proposal, CONSENTED, reason)
    if draft is not None and draft.sha256 == proposal.sha256:
        draft.base_version_id = version.id
    number = str(version.number)
    _record(office, "diagram_deployed", proposal, version=number, reason=version.note)
    return version


def decline(office: Office, proposal_id: int, reason: str) -> None:
    """不同意, with the reason.

    Raises ProposalNotFound, OwnProposal, NotPermitted or ProposalRefused.
    """
    proposal = find_proposal(office, proposal_id, hold=True)
    _require_decidable(office, proposal)
    _decide(office, proposal, DECLINED, reason)
    _record(office, "diagram_declined", proposal, reason=reason)


def withdraw_proposal(office: Office, proposal_id: int) -> None:
    """撤回 by who proposed it. Raises ProposalNotFound, NotPermitted or ProposalRefused."""
    proposal = find_proposal(office, proposal_id, hold=True)
    if proposal.proposed_by != office.actor_id:
        raise ProposalRefused(_("只有提出申请的人可以撤回。"))
    _require_open(office, proposal)
    require_admin(office)
    _decide(office, proposal, WITHDRAWN, "")
    _record(office, "diagram_withdrawn", proposal)


def bring_draft_up(office: Office, draft_id: int) -> DiagramDraft:
    """Say that the draft is meant for the version now in force; its files stay as they are."""
    draft = find_diagram_draft(office, draft_id, hold=True)
    draft.base_version_id = newest_of(office, draft.matter).id
    return draft


def find_proposal(office: Office, proposal_id: int, *, hold: bool = False) -> DiagramProposal:
    """The proposal with its files. Raises ProposalNotFound."""
    query = select(DiagramProposal).where(DiagramProposal.id == proposal_id)
    if hold:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = office.db.scalar(query.options(undefer(DiagramProposal.files)))
    if found is None:
        raise ProposalNotFound
    return found


def open_proposal(office: Office, matter: str) -> DiagramProposal | None:
    """The one that waits for its decision; a matter has one at most."""
    query = select(DiagramProposal).where(
        DiagramProposal.matter == matter, DiagramProposal.decided_at.is_(None)
    )
    return office.db.scalar(query)


def newest_of(office: Office, matter: str) -> DiagramVersion:
    query = select(DiagramVersion).where(DiagramVersion.matter == matter)
    newest = query.order_by(DiagramVersion.number.desc()).limit(1)
    return office.db.scalars(newest).one()


def require_sound(problems: tuple[Problem, ...], waiver: str) -> None:
    """Raise DiagramRejected for a fault, ProposalRefused for a missing waiver."""
    faults = tuple(problem for problem in problems if not problem.undecided)
    if faults:
        raise DiagramRejected(faults)
    if problems and not waiver:
        words = _("有 {count} 处检查未能判定，须写明理由才能申请部署。")
        raise ProposalRefused(words.format(count=len(problems)))


def _propose(
    office: Office, base: DiagramVersion, files: Mapping[str, str], *, waiver: str, **why: Any
) -> DiagramProposal:
    require_admin(office)
    newest = hold_newest(office, base.matter)
    _require_current(newest, base.id)
    if open_proposal(office, base.matter) is not None:
        raise ProposalRefused(_("本事项已有一项部署申请等待决定，决定之后才能再提出。"))
    digest = digest_of_texts(files)
    if newest is not None and newest.sha256 == digest:
        raise ProposalRefused(_("与现行版本完全相同，不需要部署。"))
    problems = fitness_problems(office, files)
    require_sound(problems, waiver)
    proposal = DiagramProposal(
        matter=base.matter,
        files=dict(files),
        sha256=digest,
        base_version_id=base.id,
        waiver=waiver if problems else "",
        proposed_at=office.now,
        proposed_by=office.actor_id,
        **why,
    )
    office.db.add(proposal)
    office.db.flush()  # its number is its page's address
    _record(office, "diagram_proposed", proposal, reason=proposal.note)
    return proposal


def _require_current(newest: DiagramVersion | None, base_id: int) -> None:
    if newest is not None and newest.id != base_id:
        words = _(
            "已有新版本：第 {number} 版在此之后部署。请与它比较，确认不会丢掉它的改动后，"
            "改以现行版本为底稿再申请部署。"
        )
        raise ProposalRefused(words.format(number=newest.number))


def _require_decidable(office: Office, proposal: DiagramProposal) -> None:
    """It is open, and another administrator's."""
    _require_open(office, proposal)
    if proposal.proposed_by == office.actor_id:
        raise OwnProposal
    require_admin(office)


def _require_proposer(office: Office, proposal: DiagramProposal) -> None:
    """Four eyes: both pairs are administrators' on the day that the version goes live."""
    if held_admins(office, {proposal.proposed_by}):
        return
    who = office.db.get(Account, proposal.proposed_by or 0)
    words = _(
        "提出申请的{name}已停用，或者不再是管理员，不能据此部署。"
        "请选择“不同意”，再由现任的管理员重新提出。"
    )
    raise ProposalRefused(words.format(name=who.name if who else _("另一人")))


def _require_open(office: Office, proposal: DiagramProposal) -> None:
    if proposal.decided_at is None:
        return
    who = office.db.get(Account, proposal.decided_by) if proposal.decided_by else None
    words = _("这项部署申请已由{name}办理，不能再次决定。")
    raise ProposalRefused(words.format(name=who.name if who else _("另一人")))


def _add_proposed(
    office: Office, proposal: DiagramProposal, newest: DiagramVersion | None
) -> DiagramVersion:
    version = add_version(
        office,
        proposal.matter,
        proposal.files,
        newest,
        author_id=proposal.proposed_by,
        note=proposal.note,
        waiver=proposal.waiver,
        consented_by=office.actor_id,
        restores_id=proposal.restores_id,
    )
    office.db.flush()  # its id is the proposal's outcome
    proposal.version_id = version.id
    return version


def _decide(office: Office, proposal: DiagramProposal, decision: str, reason: str) -> None:
    proposal.decision, proposal.reason = decision, reason
    proposal.decided_at, proposal.decided_by = office.now, office.actor_id


def _held_draft(office: Office, proposal: DiagramProposal) -> DiagramDraft | None:
    """Held before the version, as `propose_draft` does it: else two could wait for each other."""
    query = select(DiagramDraft).where(DiagramDraft.id == proposal.draft_id)
    return office.db.scalar(query.with_for_update())


def _record(office: Office, kind: str, proposal: DiagramProposal, **detail: str) -> None:
    matter = office.matters.get(proposal.matter, proposal.matter)
    record_office(office, kind, title=matter, **detail)
