"""申请部署 and its decision: what one administrator drew goes live when another one consents."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from bpmn.casework import administrators, deploying, drawing_up
from bpmn.casework.fitness import fitness_problems
from bpmn.errors import CaseworkError, DiagramRejected, ProposalRefused
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms.studio import ProposalDecisionForm, ProposalForm
from models import DiagramDraft, DiagramProposal, DiagramVersion
from webapp.errors import status_of
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.security import allow
from webapp.studio.proposal_facts import facts_of, people_in
from webapp.studio.tabs import studio_address

blueprint = Blueprint("studio_proposals", __name__, url_prefix="/admin/diagrams")


@blueprint.get("/drafts/<int:draft_id>/propose")
@allow("admin")
def propose(draft_id: int) -> Any:
    """What the checks say of the draft, and the form that asks for a second person's consent."""
    return _draft_page(draft_id, ProposalForm())


@blueprint.post("/drafts/<int:draft_id>/propose")
@allow("admin")
def send(draft_id: int) -> Any:
    """申请部署."""
    form = ProposalForm(request.form)
    if not form.validate():
        return _draft_page(draft_id, form, 422)
    try:
        with transaction() as office:
            proposal = deploying.propose_draft(
                office, draft_id, form.note.data or "", form.waiver.data or ""
            )
    except (ProposalRefused, DiagramRejected) as refused:
        return _draft_page(draft_id, form, status_of(refused), _said(refused))
    return _proposed(proposal)


@blueprint.post("/drafts/<int:draft_id>/bring-up")
@allow("admin")
def bring_up(draft_id: int) -> Any:
    """改以现行版本为底稿: the draft's files stay; it is compared with the newest from now on."""
    with transaction() as office:
        deploying.bring_draft_up(office, draft_id)
    flash(_("这份草稿现在以现行版本为底稿；文件没有改动。"), "success")
    return redirect(url_for("studio_proposals.propose", draft_id=draft_id))


@blueprint.get("/<key>/versions/<int:version>/restore")
@allow("admin")
def restore(key: str, version: int) -> Any:
    """An older version, about to be proposed again."""
    return _restore_page(key, version, ProposalForm())


@blueprint.post("/<key>/versions/<int:version>/restore")
@allow("admin")
def send_restore(key: str, version: int) -> Any:
    """申请恢复."""
    form = ProposalForm(request.form)
    if not form.validate():
        return _restore_page(key, version, form, 422)
    try:
        with transaction() as office:
            old = _version(office, key, version)
            proposal = deploying.propose_restoring(
                office, old, form.note.data or "", form.waiver.data or ""
            )
    except (ProposalRefused, DiagramRejected) as refused:
        return _restore_page(key, version, form, status_of(refused), _said(refused))
    return _proposed(proposal)


@blueprint.get("/<key>/proposals")
@allow("admin")
def index(key: str) -> Any:
    """Every proposal of the matter and what became of it, the newest first."""
    if key not in MATTERS:
        abort(404)
    with reading() as office:
        query = select(DiagramProposal).where(DiagramProposal.matter == key)
        found = page_of(office.db, query.order_by(DiagramProposal.id.desc()))
        return render_template(
            "studio/proposals.html",
            matter=MATTERS[key],
            found=found,
            people=people_in(office, *found.rows),
            nav_here="admin.diagrams",
        )


@blueprint.get("/<key>/proposals/<int:proposal_id>")
@allow("admin")
def show(key: str, proposal_id: int) -> Any:
    """Who wants to deploy what and why, for the second person; and what was decided."""
    return _page(key, proposal_id, ProposalDecisionForm())


@blueprint.post("/<key>/proposals/<int:proposal_id>")
@allow("admin")
def decide(key: str, proposal_id: int) -> Any:
    """同意并部署, 不同意, or by the proposer 撤回."""
    form = ProposalDecisionForm(request.form)
    act, reason = request.form.get("outcome", ""), form.reason.data or ""
    if act not in _DONE:
        abort(400)
    if not form.validate():
        return _page(key, proposal_id, form, 422)
    if act == "declined" and not reason:
        form.reason.errors = [_("请写明不同意的理由，提出的人据此修改。")]
        return _page(key, proposal_id, form, 422)
    _prove(proposal_id)
    try:
        with transaction() as office:
            _act(office, act, proposal_id, reason)
    except CaseworkError as refused:
        return _page(key, proposal_id, form, status_of(refused), _said(refused))
    flash(_DONE[act], "success")
    return redirect(url_for("admin.diagram", key=key))


_DONE = {
    "consented": _("已部署为新版本，此后新建的办件按它办理；在办的办件仍按原来的版本。"),
    "declined": _("已不同意，没有部署。草稿还在，可以修改后再申请。"),
    "withdrawn": _("部署申请已撤回。草稿还在。"),
}


def _prove(proposal_id: int) -> None:
    """Before anybody is kept waiting: the transaction's own check then finds the proof made."""
    with reading() as office:
        fitness_problems(office, deploying.find_proposal(office, proposal_id).files)


def _act(office: Office, act: str, proposal_id: int, reason: str) -> None:
    if act == "consented":
        deploying.consent_to(office, proposal_id, reason)
    elif act == "declined":
        deploying.decline(office, proposal_id, reason)
    else:
        deploying.withdraw_proposal(office, proposal_id)


def _proposed(proposal: DiagramProposal) -> Any:
    flash(_("部署申请已提出，等待另一位管理员决定。"), "success")
    address = url_for("studio_proposals.show", key=proposal.matter, proposal_id=proposal.id)
    return redirect(address, 303)


def _draft_page(
    draft_id: int, form: ProposalForm, status: int = 200, message: str = ""
) -> tuple[str, int]:
    with reading() as office:
        draft = drawing_up.find_diagram_draft(office, draft_id)
        about = facts_of(office, draft.matter, draft.base_version_id, draft.files)
        page = render_template(
            "studio/propose.html",
            **about,
            draft=draft,
            restored=None,
            form=form,
            message=message,
            compare=studio_address("studio_comparison.show", draft.matter, draft=draft.id),
            replay=studio_address("studio_replays.index", draft.matter, draft=draft.id),
            migrate=studio_address("studio_migrations.index", draft.matter, draft=draft.id),
            waiting=deploying.open_proposal(office, draft.matter),
            alone=not administrators.has_second_person(office),
        )
        return page, status


def _restore_page(
    key: str, number: int, form: ProposalForm, status: int = 200, message: str = ""
) -> tuple[str, int]:
    with reading() as office:
        old = _version(office, key, number)
        newest = deploying.newest_of(office, key)
        if old.id == newest.id:
            abort(404)
        page = render_template(
            "studio/propose.html",
            **facts_of(office, key, newest.id, old.files),
            draft=None,
            restored=old,
            form=form,
            message=message,
            compare=studio_address(
                "studio_comparison.show", key, old=newest.number, new=old.number
            ),
            replay="",
            migrate="",
            waiting=deploying.open_proposal(office, key),
            alone=not administrators.has_second_person(office),
        )
        return page, status


def _page(
    key: str, proposal_id: int, form: ProposalDecisionForm, status: int = 200, message: str = ""
) -> tuple[str, int]:
    with reading() as office:
        proposal = deploying.find_proposal(office, proposal_id)
        if proposal.matter != key:
            abort(404)
        restored = office.db.get(DiagramVersion, proposal.restores_id or 0)
        page = render_template(
            "studio/proposal.html",
            **facts_of(office, key, proposal.base_version_id, proposal.files),
            proposal=proposal,
            people=people_in(office, proposal),
            restored=restored,
            draft=office.db.get(DiagramDraft, proposal.draft_id or 0),
            deployed=office.db.get(DiagramVersion, proposal.version_id or 0),
            own=proposal.proposed_by == office.actor_id,
            form=form,
            message=message,
            compare=studio_address("studio_comparison.show", key, proposal=proposal.id),
        )
        return page, status


def _version(office: Office, key: str, number: int) -> DiagramVersion:
    query = select(DiagramVersion).where(
        DiagramVersion.matter == key, DiagramVersion.number == number
    )
    return office.db.scalars(query).one_or_none() or abort(404)


def _said(error: Exception) -> str:
    """Of a rejected diagram the page lists the problems anyway."""
    if isinstance(error, DiagramRejected):
        return _("检查发现问题，不能部署：请看下面的检查结果。")
    return str(error)
