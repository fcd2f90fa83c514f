"""The dossier as officers read it: every page and row in words, secrets masked until asked for."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.casework.dossiers import find_page, find_row
from bpmn.casework.filling import page_form
from bpmn.casework.running import lock_case
from bpmn.casework.verdicts import rows_of
from bpmn.errors import RowNotFound
from bpmn.office import Office
from bpmn.operations.trail import record
from forms.masking import mask_id_number, mask_mobile
from forms.pages import PAGES
from models import Attachment, Case, DossierPage, DossierRow

LONG_LABEL = 16
"""Characters from which the words of a ticked box are a declaration rather than a label."""
MASKS = {"IdNumberField": mask_id_number, "MobileField": mask_mobile}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "staff": ("name", "category", "title_level", "title_name", "education"),
    "equipment": ("kind", "model", "serial_number", "ownership", "condition"),
    "projects": ("name", "specialty", "client", "amount", "completed_on"),
}
"""What the table of each page with rows shows; the rest is in the row."""


@dataclass(frozen=True)
class Fact:
    """One answer in words; `secret` is its place ("page/row/field") while it is masked."""

    label: str
    value: str
    secret: str = ""


@dataclass(frozen=True)
class FileSeen:
    id: int
    label: str
    name: str
    media_type: str
    size: int
    row_id: int | None


@dataclass(frozen=True)
class Section:
    """A page of plain fields with its files."""

    page: str
    title: str
    facts: tuple[Fact, ...]
    files: tuple[FileSeen, ...]
    takes_files: bool = True


@dataclass(frozen=True)
class RowSeen:
    """A row of a table page: the words of its columns, and why it does not count."""

    id: int
    label: str
    cells: tuple[str, ...]
    problems: tuple[str, ...]
    files: int


@dataclass(frozen=True)
class TableSeen:
    page: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[RowSeen, ...]


@dataclass(frozen=True)
class RowOpened:
    """One row with all its facts and files."""

    id: int
    label: str
    facts: tuple[Fact, ...]
    files: tuple[FileSeen, ...]
    problems: tuple[str, ...]


def sections_of(
    office: Office, case: Case, pages: Sequence[str], revealed: Collection[str] = ()
) -> list[Section]:
    """The pages of plain fields, in the matter's order; unsaved ones have no facts."""
    saved = {
        page.page: page.values
        for page in office.db.scalars(
            select(DossierPage).where(DossierPage.dossier_id == case.dossier_id)
        )
    }
    files = files_of(office, case)
    return [
        Section(
            page,
            PAGES[page].title,
            _facts(office, case, page, None, saved[page], revealed) if page in saved else (),
            tuple(file for file in files.get(page, ()) if file.row_id is None),
            bool(PAGES[page].attachments),
        )
        for page in pages
        if not PAGES[page].row
    ]


def table_of(office: Office, case: Case, page: str) -> TableSeen:
    """A page with rows as a table."""
    form = page_form(office, case, page)
    files = files_of(office, case).get(page, ())
    rows = tuple(
        RowSeen(
            row.id,
            row.label,
            tuple(words_in(form[name], row.values.get(name)) for name in COLUMNS[page]),
            tuple(row.problems),
            sum(file.row_id == row.id for file in files),
        )
        for row in rows_of(office, case.dossier_id, page)
    )
    labels = tuple(form[name].label.text for name in COLUMNS[page])
    return TableSeen(page, PAGES[page].title, labels, rows)


def row_opened(
    office: Office, case: Case, row_id: int, revealed: Collection[str] = ()
) -> RowOpened:
    """One row as a whole. Raises RowNotFound."""
    row = find_row(office, case.dossier_id, row_id)
    files = files_of(office, case).get(row.page, ())
    return RowOpened(
        row.id,
        row.label,
        _facts(office, case, row.page, row.id, row.values, revealed),
        tuple(file for file in files if file.row_id == row.id),
        tuple(row.problems),
    )


def reveal(office: Office, case: Case, place: str) -> str:
    """Note in the trail that the actor reads a masked number; returns the place.

    Raises RowNotFound when the place holds no such number.
    """
    page, row_id, name = _read_place(place)
    if page not in PAGES:
        raise RowNotFound(place)
    values, label = _values_at(office, case, page, row_id)
    field = page_form(office, case, page)._fields.get(name)
    if field is None or field.type not in MASKS or not values.get(name):
        raise RowNotFound(place)
    locked = lock_case(office, case.id)
    record(office, locked, "revealed", place=label, field=field.label.text)
    return place


def places_of(office: Office, case: Case, pages: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Where something may have to be corrected: group → (value, words); value page or page/row."""
    query = (
        select(DossierRow.page, DossierRow.id, DossierRow.label)
        .where(DossierRow.dossier_id == case.dossier_id)
        .order_by(DossierRow.position, DossierRow.id)
    )
    found = {_("申请材料各页"): [(page, PAGES[page].title) for page in pages]}
    for page, row_id, label in office.db.execute(query):
        found.setdefault(PAGES[page].title, []).append((f"{page}/{row_id}", label))
    return found


def files_of(office: Office, case: Case) -> dict[str, list[FileSeen]]:
    """Every file of the dossier, by page."""
    query = select(Attachment).where(Attachment.dossier_id == case.dossier_id)
    found: dict[str, list[FileSeen]] = {}
    for file in office.db.scalars(query.order_by(Attachment.id)):
        found.setdefault(file.page, []).append(file_seen(file))
    return found


def file_seen(file: Attachment) -> FileSeen:
    """A file by the name of its kind."""
    kinds = {kind.key: kind.label for kind in PAGES[file.page].attachments}
    label = kinds.get(file.kind, file.kind)
    return FileSeen(file.id, label, file.filename, file.media_type, file.size, file.row_id)


def _facts(
    office: Office,
    case: Case,
    page: str,
    row_id: int | None,
    values: Mapping[str, Any],
    revealed: Collection[str],
) -> tuple[Fact, ...]:
    form = page_form(office, case, page, None, values)
    facts = []
    for field in form:
        place = f"{page}/{row_id or ''}/{field.short_name}"
        value = values.get(field.short_name)
        if value and field.type in MASKS and place not in revealed:
            facts.append(Fact(field.label.text, MASKS[field.type](str(value)), place))
        elif isinstance(value, bool) and len(field.label.text) > LONG_LABEL:
            words = _("已承诺：{label}") if value else _("没有承诺：{label}")
            facts.append(Fact(_("承诺"), words.format(label=field.label.text)))
        else:
            facts.append(Fact(field.label.text, words_in(field, value)))
    return tuple(facts)


def words_in(field: Any, value: Any) -> str:
    """A stored answer as a reader wants it."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value in (None, "", []):
        return ""
    if field.type == "MoneyField":
        return f"{Decimal(str(value)):,.2f}"
    labels = {choice.value: choice.label for choice in getattr(field, "choices", None) or ()}
    if isinstance(value, list):
        return "、".join(str(labels.get(one, one)) for one in value)
    return str(labels.get(value, value))


def _read_place(place: str) -> tuple[str, int | None, str]:
    page, _slash, rest = place.partition("/")
    row, _slash, name = rest.partition("/")
    return page, int(row) if re.fullmatch("[0-9]{1,18}", row) else None, name


def _values_at(
    office: Office, case: Case, page: str, row_id: int | None
) -> tuple[Mapping[str, Any], str]:
    if row_id is not None:
        row = find_row(office, case.dossier_id, row_id)
        return row.values, row.label
    saved = find_page(office, case.dossier_id, page)
    return (saved.values if saved else {}), PAGES[page].title
