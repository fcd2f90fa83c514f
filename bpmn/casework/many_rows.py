"""Many rows at once: added, changed or taken out together, or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from bpmn.casework.claims import digest_of, hold_claims, release_unused_claims
from bpmn.casework.dossiers import find_row, forget_row_drafts, require_open_dossier
from bpmn.casework.rows import ROW_RULES
from bpmn.errors import RowRepeated, StaleForm
from bpmn.office import Office
from models import Attachment, Case, DossierRow


@dataclass(frozen=True)
class RowChange:
    """What a row is to be; of one that is there already with the revision that was looked at."""

    values: Mapping[str, Any]
    row_id: int | None = None
    revision: int = 0


def write_rows(
    office: Office, case: Case, page: str, changes: Sequence[RowChange]
) -> list[DossierRow]:
    """Add and change rows of a page. Raises StaleForm, HeldElsewhere, RowRepeated, RowNotFound.

    A change keeps the row's identity: it holds what it held.
    """
    require_open_dossier(office, case)
    rules = ROW_RULES[page]
    digests = [_digest(office, page, change.values) for change in changes]
    hold_claims(office, case.unit_id, page, [digest for digest in digests if digest])
    rows = _rows(office, case, page, changes)
    kinds = _kinds(office, case.dossier_id, page)
    for row, change, digest in zip(rows, changes, digests, strict=True):
        row.claim_digest, row.values = digest, dict(change.values)
        row.label = rules.label(change.values)
        row.problems = rules.problems(office, change.values, kinds.get(row.id, set()))
        row.revision += 1
        row.saved_at, row.saved_by = office.now, office.actor_id
    office.db.add_all(rows)
    try:
        office.db.flush()  # the constraint must speak here, where the page is known
    except IntegrityError as error:
        raise RowRepeated(rows[0].label) from error
    return rows


def remove_rows(office: Office, case: Case, page: str, row_ids: Collection[int]) -> int:
    """Take rows out of a page and free what they alone held; those that are gone are gone.

    Gives how many were taken out.
    """
    task = require_open_dossier(office, case)
    query = select(DossierRow.id).where(
        DossierRow.dossier_id == case.dossier_id,
        DossierRow.page == page,
        DossierRow.id.in_(row_ids),
    )
    found = list(office.db.scalars(query))
    forget_row_drafts(office, task, page, found)
    office.db.execute(delete(Attachment).where(Attachment.row_id.in_(found)))
    office.db.execute(delete(DossierRow).where(DossierRow.id.in_(found)))
    release_unused_claims(office, case.unit_id)
    return len(found)


def _digest(office: Office, page: str, values: Mapping[str, Any]) -> str | None:
    identity = ROW_RULES[page].identity(values)
    return digest_of(office, page, identity) if identity else None


def _rows(office: Office, case: Case, page: str, changes: Sequence[RowChange]) -> list[DossierRow]:
    """The rows to write, old and new, the new ones after all that are there."""
    here = (DossierRow.dossier_id == case.dossier_id, DossierRow.page == page)
    position = office.db.scalar(select(func.max(DossierRow.position)).where(*here)) or 0
    rows = []
    for change in changes:
        if change.row_id is None:
            position += 1
            new = {"dossier_id": case.dossier_id, "page": page, "revision": 0}
            rows.append(DossierRow(position=position, **new))
            continue
        row = find_row(office, case.dossier_id, change.row_id)
        if row.revision != change.revision:
            raise StaleForm(row.label)
        rows.append(row)
    return rows


def _kinds(office: Office, dossier_id: int, page: str) -> dict[int | None, set[str]]:
    """The kinds of file that each row of the page has."""
    query = select(Attachment.row_id, Attachment.kind).where(
        Attachment.dossier_id == dossier_id, Attachment.page == page
    )
    found: dict[int | None, set[str]] = {}
    for row_id, kind in office.db.execute(query):
        found.setdefault(row_id, set()).add(kind)
    return found
