"""One record of every kind that the studio's addresses name, for tests that call them all."""

from datetime import timedelta

from bpmn.casework import migrations
from bpmn.casework.deploying import newest_of
from bpmn.casework.drawing_up import begin_diagram_draft
from bpmn.casework.replay_asking import Wanted, ask_what_if
from bpmn.office import Office
from models import CaseMove, DiagramProposal
from models.calendar import office_date
from models.moves import FIT, READY

MATTER = "qualification_application"


def studio_records(office: Office, case_id: int) -> dict[str, int]:
    """Their ids by the names that addresses have for them: each belongs to MATTER."""
    base = newest_of(office, MATTER)
    draft = begin_diagram_draft(office, base, "试画")
    proposal = DiagramProposal(
        matter=MATTER,
        files=dict(base.files),
        sha256=base.sha256,
        base_version_id=base.id,
        note="理由",
        draft_id=draft.id,
        proposed_at=office.now,
        proposed_by=office.actor_id,
    )
    migration = migrations.ask_migration(office, MATTER)
    migration.status, migration.looked_at = READY, office.now
    move = CaseMove(
        migration_id=migration.id,
        case_id=case_id,
        from_version_id=base.id,
        standing="",
        verdict=FIT,
    )
    today = office_date(office.now)
    wanted = Wanted(MATTER, today - timedelta(days=400), today)
    named = {"title": "试", "source": f"draft-{draft.id}", "sha256": base.sha256}
    replay = ask_what_if(office, wanted, base.files, {}, **named)
    office.db.add_all([proposal, move])
    office.db.flush()
    return {
        "draft_id": draft.id,
        "proposal_id": proposal.id,
        "migration_id": migration.id,
        "move_id": move.id,
        "replay_id": replay.id,
    }
