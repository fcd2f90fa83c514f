"""Drawing up diagrams: drafts are begun, saved, copied and given up; nothing runs on them.

A saving names the revision that it was drawn over. When somebody else has saved since, it is
refused and both stay whole: the one who comes late may keep theirs as another draft.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import undefer

from bpmn.casework.diagrams import files_digest
from bpmn.casework.draft_files import require_files
from bpmn.diagram import encode_files
from bpmn.errors import DiagramDraftMoved, DiagramDraftNotFound, DiagramFileRefused
from bpmn.office import Office
from models import Account, DiagramDraft, DiagramVersion, DraftEditor

SEEN_FOR = timedelta(seconds=60)
"""How long somebody counts as drawing after their window last said so."""


@dataclass(frozen=True)
class Editor:
    """Somebody who has the draft open; `me` is the one who asks."""

    name: str
    seen_at: datetime
    me: bool


def drafts_of(matter: str) -> Select[DiagramDraft]:
    """The matter's drafts, last saved first, without their files."""
    kept = select(DiagramDraft).where(
        DiagramDraft.matter == matter, DiagramDraft.dropped_at.is_(None)
    )
    return kept.order_by(DiagramDraft.saved_at.desc(), DiagramDraft.id.desc())


def begin_diagram_draft(
    office: Office, base: DiagramVersion, title: str, files: Mapping[str, str] | None = None
) -> DiagramDraft:
    """A draft with the files of a version, or with others. Raises as `require_files`."""
    drawn = dict(base.files if files is None else files)
    require_files(drawn)
    draft = DiagramDraft(
        matter=base.matter,
        title=title,
        base_version_id=base.id,
        files=drawn,
        sha256=digest_of_texts(drawn),
        created_at=office.now,
        created_by=office.actor_id,
        saved_at=office.now,
        saved_by=office.actor_id,
    )
    office.db.add(draft)
    office.db.flush()  # its number is its address
    return draft


def find_diagram_draft(
    office: Office, draft_id: int, *, hold: bool = False, dropped: bool = False
) -> DiagramDraft:
    """The draft with its files; `hold` keeps others waiting, `dropped` finds one given up, too.

    Raises DiagramDraftNotFound.
    """
    query = select(DiagramDraft).where(DiagramDraft.id == draft_id)
    if not dropped:
        query = query.where(DiagramDraft.dropped_at.is_(None))
    if hold:
        query = query.with_for_update().execution_options(populate_existing=True)
    draft = office.db.scalar(query.options(undefer(DiagramDraft.files)))
    if draft is None:
        raise DiagramDraftNotFound
    return draft


def save_diagram_draft(
    office: Office,
    draft_id: int,
    revision: int,
    changed: Mapping[str, str],
    removed: Collection[str] = (),
) -> DiagramDraft:
    """Put the changed files over the draft's own, and take the removed ones out.

    Raises DiagramDraftNotFound, DiagramDraftMoved when `revision` is not the draft's, and as
    `require_files`.
    """
    draft = find_diagram_draft(office, draft_id, hold=True)
    if draft.revision != revision:
        raise DiagramDraftMoved(draft.revision, saver_of(office, draft), draft.saved_at)
    files = _changed(draft, changed, removed)
    if files == draft.files:
        return draft
    require_files(files)
    draft.files, draft.sha256 = files, digest_of_texts(files)
    draft.revision += 1
    draft.saved_at, draft.saved_by = office.now, office.actor_id
    return draft


def copy_diagram_draft(
    office: Office,
    draft_id: int,
    title: str,
    changed: Mapping[str, str],
    removed: Collection[str] = (),
) -> DiagramDraft:
    """另存为: another draft with the files of this one, as `save_diagram_draft` would change them.

    Somebody may have given this one up while another was drawing: what was drawn is not lost.
    """
    draft = find_diagram_draft(office, draft_id, dropped=True)
    base = office.db.get_one(DiagramVersion, draft.base_version_id)
    return begin_diagram_draft(office, base, title, _changed(draft, changed, removed))


def _changed(
    draft: DiagramDraft, changed: Mapping[str, str], removed: Collection[str]
) -> dict[str, str]:
    return {name: text for name, text in draft.files.items() if name not in removed} | {**changed}


def drop_diagram_draft(office: Office, draft_id: int) -> DiagramDraft:
    """放弃: it is shown no more. Raises DiagramDraftNotFound."""
    draft = find_diagram_draft(office, draft_id, hold=True)
    draft.dropped_at = office.now
    office.db.execute(delete(DraftEditor).where(DraftEditor.draft_id == draft_id))
    return draft


def note_editor(office: Office, draft_id: int) -> None:
    """Write down that the actor has the draft open now. Raises DiagramDraftNotFound."""
    held = select(DiagramDraft.id).where(
        DiagramDraft.id == draft_id, DiagramDraft.dropped_at.is_(None)
    )
    if office.db.scalar(held.with_for_update()) is None:  # its files are not wanted here
        raise DiagramDraftNotFound
    query = select(DraftEditor).where(
        DraftEditor.draft_id == draft_id, DraftEditor.account_id == office.actor_id
    )
    seen = office.db.scalar(query)
    if seen is None:
        seen = DraftEditor(draft_id=draft_id, account_id=office.actor_id)
        office.db.add(seen)
    seen.seen_at = office.now


def editors_of(office: Office, draft_ids: Collection[int]) -> dict[int, list[Editor]]:
    """Who has each draft open, whoever came last first."""
    query = (
        select(DraftEditor.draft_id, Account.id, Account.name, DraftEditor.seen_at)
        .join(Account, Account.id == DraftEditor.account_id)
        .where(DraftEditor.draft_id.in_(draft_ids), DraftEditor.seen_at > office.now - SEEN_FOR)
        .order_by(DraftEditor.seen_at.desc(), DraftEditor.id.desc())
    )
    found: dict[int, list[Editor]] = {draft_id: [] for draft_id in draft_ids}
    for draft_id, account_id, name, seen_at in office.db.execute(query):
        found[draft_id].append(Editor(name, seen_at, account_id == office.actor_id))
    return found


def saver_of(office: Office, draft: DiagramDraft) -> str:
    """Who saved it last."""
    found = office.db.get(Account, draft.saved_by) if draft.saved_by else None
    return found.name if found else ""


def file_of(draft: DiagramDraft, name: str) -> str:
    """One file's text. Raises DiagramFileRefused when the draft has none of that name."""
    if name not in draft.files:
        raise DiagramFileRefused(_("草稿里没有文件 {name}。").format(name=name[:80]))
    return draft.files[name]


def digest_of_texts(files: Mapping[str, str]) -> str:
    """SHA-256 over all files, as of a DiagramVersion."""
    return files_digest(encode_files(files))
