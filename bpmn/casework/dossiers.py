"""Filling in the dossier: pages and rows, each saved by itself, and only while it may change."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from bpmn.casework.claims import digest_of, hold_claim, loss_of, release_unused_claims
from bpmn.casework.rights import APPLICANT, require_actor
from bpmn.casework.rows import ROW_RULES
from bpmn.errors import DossierClosed, RowNotFound, RowRepeated, StaleForm
from bpmn.office import Office
from bpmn.operations.holdings import hold_unit
from forms.pages import PAGES
from forms.registry import REPLIES
from models import (
    Attachment,
    Case,
    Dossier,
    DossierPage,
    DossierRow,
    Draft,
    RowImport,
    Task,
    Unit,
)

# Built once: building a statement costs more than running it.
_APPLICANT_TASK = select(Task).where(
    Task.case_id == bindparam("case_id"),
    Task.role == APPLICANT,
    Task.closed_at.is_(None),
    Task.form.not_in(REPLIES),
)
_HELD_TASK = _APPLICANT_TASK.with_for_update().execution_options(populate_existing=True)
_ONCE = [page.key for page in PAGES.values() if page.once]
_PAGE = select(DossierPage).where(
    DossierPage.dossier_id == bindparam("dossier_id"), DossierPage.page == bindparam("page")
)


def require_open_dossier(office: Office, case: Case) -> Task:
    """Hold the dossier for writing and give the task in which it is filled in.

    Raises DossierClosed after 提交, until returned (R060).

    The unit's task is locked, so that a page cannot be saved while the dossier is handed in.
    """
    task = office.db.scalar(_HELD_TASK, {"case_id": case.id})
    if task is None:
        raise DossierClosed(case.number)
    require_actor(office, task, case)
    return task


def applicant_task(office: Office, case: Case) -> Task | None:
    """The open task in which the unit fills in or corrects its dossier."""
    return office.db.scalar(_APPLICANT_TASK, {"case_id": case.id})


def save_page(
    office: Office, case: Case, page: str, values: Mapping[str, Any], revision: int
) -> DossierPage:
    """Save one page (保存). Raises StaleForm when it was saved elsewhere since it was read."""
    require_open_dossier(office, case)
    saved = find_page(office, case.dossier_id, page)
    if (saved.revision if saved else 0) != revision:
        raise StaleForm(page)
    if saved is None:
        saved = DossierPage(dossier_id=case.dossier_id, page=page, revision=0)
        office.db.add(saved)
    saved.values, saved.revision = dict(values), saved.revision + 1
    saved.saved_at, saved.saved_by = office.now, office.actor_id
    return saved


def find_page(office: Office, dossier_id: int, page: str) -> DossierPage | None:
    return office.db.scalar(_PAGE, {"dossier_id": dossier_id, "page": page})


def add_row(office: Office, case: Case, page: str, values: Mapping[str, Any]) -> DossierRow:
    """Add a person, instrument or project. Raises HeldElsewhere or RowRepeated."""
    require_open_dossier(office, case)
    _require_new(office, case.dossier_id, page, values)
    last = office.db.scalar(
        select(func.max(DossierRow.position)).where(
            DossierRow.dossier_id == case.dossier_id, DossierRow.page == page
        )
    )
    row = DossierRow(dossier_id=case.dossier_id, page=page, revision=0)
    row.position = (last or 0) + 1
    return _write_row(office, case, row, values, [])


def change_row(
    office: Office, case: Case, row_id: int, values: Mapping[str, Any], revision: int
) -> DossierRow:
    """Change a row. Raises StaleForm, HeldElsewhere, RowRepeated or RowNotFound."""
    require_open_dossier(office, case)
    row = find_row(office, case.dossier_id, row_id)
    if row.revision != revision:
        raise StaleForm(row.label)
    before = row.claim_digest
    row = _write_row(office, case, row, values, attachment_kinds(office, row))
    if before not in (None, row.claim_digest):
        release_unused_claims(office, case.unit_id)
    return row


def remove_row(office: Office, case: Case, row_id: int) -> None:
    """Take a row out of the dossier (移除) and free what it alone held."""
    task = require_open_dossier(office, case)
    row = find_row(office, case.dossier_id, row_id)
    forget_row_drafts(office, task, row.page, [row.id])
    office.db.execute(delete(Attachment).where(Attachment.row_id == row.id))
    office.db.delete(row)
    office.db.flush()  # the claims are released by what rows are left
    release_unused_claims(office, case.unit_id)


def forget_row_drafts(office: Office, task: Task, page: str, row_ids: Iterable[int]) -> None:
    """Forget what anybody has typed into rows that are taken out."""
    places = [f"{page}/{row_id}" for row_id in row_ids]
    unsaved = delete(Draft).where(Draft.task_id == task.id, Draft.place.in_(places))
    office.db.execute(unsaved.execution_options(synchronize_session=False))


def find_row(office: Office, dossier_id: int, row_id: int) -> DossierRow:
    row = office.db.get(DossierRow, row_id)
    if row is None or row.dossier_id != dossier_id:
        raise RowNotFound(str(row_id))
    return row


def refresh_problems(office: Office, row: DossierRow) -> None:
    """Say anew why a row does not count: after its files have changed."""
    kinds = attachment_kinds(office, row)
    row.problems = ROW_RULES[row.page].problems(office, row.values, kinds) + loss_of(office, row)


def attachment_kinds(office: Office, row: DossierRow) -> list[str]:
    query = select(Attachment.kind).where(Attachment.row_id == row.id)
    return sorted(set(office.db.scalars(query)))


def new_dossier(office: Office, unit: Unit) -> Dossier:
    """An empty dossier of the unit."""
    dossier = Dossier(unit_id=unit.id, created_at=office.now)
    office.db.add(dossier)
    office.db.flush()  # its number is needed by the case and by copied rows
    return dossier


def copy_approved_dossier(office: Office, unit: Unit) -> Dossier:
    """A new dossier that starts as a copy of what was last approved; empty for a new unit."""
    hold_unit(office, unit.id)  # nobody takes a row out of what is copied
    dossier = new_dossier(office, unit)
    if unit.approved_dossier_id is not None:
        _copy_pages(office, unit.approved_dossier_id, dossier.id)
        _copy_rows(office, unit.approved_dossier_id, dossier.id)
    return dossier


def remove_dossier(office: Office, dossier_id: int) -> None:
    dossier = office.db.get_one(Dossier, dossier_id)
    for table in (RowImport, Attachment, DossierRow, DossierPage):
        office.db.execute(delete(table).where(table.dossier_id == dossier_id))
    office.db.delete(dossier)
    office.db.flush()
    release_unused_claims(office, dossier.unit_id)


def _require_new(office: Office, dossier_id: int, page: str, values: Mapping[str, Any]) -> None:
    """A form that was sent twice adds one row: what holds no number is known by its values."""
    label = ROW_RULES[page].label(values)
    same = select(DossierRow).where(
        DossierRow.dossier_id == dossier_id, DossierRow.page == page, DossierRow.label == label
    )
    if any(row.values == dict(values) for row in office.db.scalars(same)):
        raise RowRepeated(label)


def _write_row(
    office: Office, case: Case, row: DossierRow, values: Mapping[str, Any], kinds: list[str]
) -> DossierRow:
    rules = ROW_RULES[row.page]
    identity, label = rules.identity(values), rules.label(values)
    digest = digest_of(office, row.page, identity) if identity else None
    if digest is not None:  # before the row is touched: the look for a holder would write it
        hold_claim(office, case.unit_id, row.page, digest)
    row.claim_digest, row.values, row.label = digest, dict(values), label
    row.problems = rules.problems(office, values, kinds)
    row.revision, row.saved_at, row.saved_by = row.revision + 1, office.now, office.actor_id
    office.db.add(row)
    try:
        office.db.flush()  # the constraint must speak here, where the row is known
    except IntegrityError as error:
        raise RowRepeated(label) from error
    return row


def _copy_pages(office: Office, source: int, target: int) -> None:
    columns = ("page", "values", "saved_at", "saved_by")
    read = select(*(getattr(DossierPage, name) for name in columns)).where(
        DossierPage.dossier_id == source, DossierPage.page.not_in(_ONCE)
    )
    for found in office.db.execute(read).all():
        office.db.add(DossierPage(dossier_id=target, revision=1, **found._asdict()))


def _copy_rows(office: Office, source: int, target: int) -> None:
    """Copy rows, then every file with its row's new number."""
    numbers: dict[int | None, int | None] = {None: None}
    rows = select(DossierRow).where(DossierRow.dossier_id == source).order_by(DossierRow.id)
    found = office.db.scalars(rows).all()
    if found:
        add = insert(DossierRow).returning(DossierRow.id, sort_by_parameter_order=True)
        copied = [{**_columns(row, DossierRow), "dossier_id": target} for row in found]
        added = office.db.scalars(add, copied)
        numbers.update(zip((row.id for row in found), added, strict=True))
    files = select(Attachment).where(Attachment.dossier_id == source, Attachment.page.not_in(_ONCE))
    copies = [
        {**_columns(file, Attachment), "dossier_id": target, "row_id": numbers[file.row_id]}
        for file in office.db.scalars(files)
    ]
    if copies:
        office.db.execute(insert(Attachment), copies)


def _columns(row: Any, table: Any) -> dict[str, Any]:
    return {c.key: getattr(row, c.key) for c in table.__table__.columns if c.key != "id"}
