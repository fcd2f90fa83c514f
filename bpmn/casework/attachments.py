"""Files of the dossier: who may keep and see them. Their bytes are stored before."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from bpmn.casework.dossiers import find_row, refresh_problems, require_open_dossier
from bpmn.casework.rights import EXPERT, may_see_answer, may_see_case
from bpmn.errors import AttachmentNotFound
from bpmn.office import Office
from models import Attachment, Case, Contest, DossierRow, Task


@dataclass(frozen=True)
class StoredFile:
    """A file whose bytes already lie in the store."""

    filename: str
    media_type: str
    size: int
    digest: str


def attach_file(
    office: Office, case: Case, page: str, row_id: int | None, kind: str, stored: StoredFile
) -> Attachment:
    """Add a stored file to a page or a row of the case's dossier."""
    require_open_dossier(office, case)
    row = find_row(office, case.dossier_id, row_id) if row_id is not None else None
    attachment = new_attachment(
        office, case.dossier_id, page, row.id if row else None, kind, stored
    )
    office.db.add(attachment)
    _refresh(office, row)
    return attachment


def new_attachment(
    office: Office, dossier_id: int, page: str, row_id: int | None, kind: str, stored: StoredFile
) -> Attachment:
    """A stored file at its place in a dossier, by the actor; not yet written."""
    return Attachment(
        dossier_id=dossier_id,
        page=page,
        row_id=row_id,
        kind=kind,
        filename=stored.filename[-200:],
        media_type=stored.media_type,
        size=stored.size,
        digest=stored.digest,
        uploaded_at=office.now,
        uploaded_by=office.actor_id,
    )


def detach_file(office: Office, case: Case, attachment_id: int) -> Attachment:
    """Remove a file from the dossier; its bytes stay while another dossier refers to them."""
    require_open_dossier(office, case)
    attachment = office.db.get(Attachment, attachment_id)
    if attachment is None or attachment.dossier_id != case.dossier_id:
        raise AttachmentNotFound(str(attachment_id))
    row = office.db.get(DossierRow, attachment.row_id) if attachment.row_id else None
    office.db.delete(attachment)
    _refresh(office, row)
    return attachment


def find_attachment(office: Office, attachment_id: int) -> Attachment:
    """A file that the actor may see. Raises AttachmentNotFound otherwise, whatever the reason."""
    attachment = office.db.get(Attachment, attachment_id)
    if attachment is not None and office.actor is not None:
        # A case that follows from another one works on the same dossier.
        query = select(Case).where(Case.dossier_id == attachment.dossier_id)
        if any(may_see_case(office.actor, case) for case in office.db.scalars(query)):
            return attachment
        if office.db.scalar(_asked_of(office.actor.id, attachment.dossier_id)) is not None:
            return attachment
        answered = office.db.scalar(answered_case(attachment.dossier_id))
        if answered is not None and may_see_answer(office.actor, answered):
            return attachment
    raise AttachmentNotFound(str(attachment_id))


def _asked_of(account_id: int, dossier_id: int) -> Select[int]:
    """The open task of an expert who was named for a case of this dossier."""
    return (
        select(Task.id)
        .join(Case, Case.id == Task.case_id)
        .where(Case.dossier_id == dossier_id, Task.assignee_id == account_id)
        .where(Task.role == EXPERT, Task.closed_at.is_(None))
    )


def answered_case(dossier_id: int) -> Select[Case]:
    """The conflict case in which the other unit hands in this dossier."""
    contested = select(Contest.case_id).where(Contest.answer_dossier_id == dossier_id)
    return select(Case).where(Case.id.in_(contested))


def _refresh(office: Office, row: DossierRow | None) -> None:
    if row is not None:
        office.db.flush()  # the row's problems are read from its files
        refresh_problems(office, row)
