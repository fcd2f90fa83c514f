"""Rows from a spreadsheet: kept, looked at as often as wanted, and accepted once, all together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from gettext import gettext as _
from typing import Any

from sqlalchemy import delete, select

from bpmn.casework.claims import digest_of, holders_of
from bpmn.casework.dossiers import require_open_dossier
from bpmn.casework.filling import MakeForm, page_form, page_forms
from bpmn.casework.many_rows import RowChange, write_rows
from bpmn.casework.rows import ROW_RULES
from bpmn.casework.verdicts import rows_of
from bpmn.errors import HeldElsewhere, ImportNotFound
from bpmn.office import Office
from forms import TaskForm
from forms.cells import Cell, text_cell
from forms.columns import Cells, columns_of, posted
from forms.spreadsheets import Sheet, SpreadsheetRefused
from models import Case, DossierRow, RowImport

KEPT_DAYS = 7
MOST_WAITING = 10
"""Tables of one page that may wait at a time: each may hold thousands of people."""
NEW, UPDATE, SAME, WRONG = "new", "update", "same", "wrong"


@dataclass(frozen=True)
class ReadRow:
    """One row of the table as it would be saved, and what is wrong with which cell."""

    cells: Cells
    values: Mapping[str, Any]
    errors: Mapping[str, str]
    state: str
    row: DossierRow | None = None
    """The row of the dossier that it is about, when it is there already."""


def keep_import(office: Office, case: Case, page: str, source: str, sheet: Sheet) -> RowImport:
    """Keep a table for the page.

    Raises SpreadsheetRefused where its columns are not right or too many wait already.
    """
    require_open_dossier(office, case)
    if len(open_imports(office, case, page)) >= MOST_WAITING:
        words = _("已有 %d 个表格等待确认，请先确认导入或者放弃，再上传新的。")
        raise SpreadsheetRefused(words % MOST_WAITING)
    columns = columns_of(page_form(office, case, page), sheet)
    office.db.execute(delete(RowImport).where(RowImport.expires_at < office.now))
    kept = RowImport(
        dossier_id=case.dossier_id,
        page=page,
        source=source[-200:],
        unknown=list(columns.unknown),
        rows=[_stored(columns.cells(row)) for row in sheet.rows],
        created_at=office.now,
        created_by=office.actor_id,
        expires_at=office.now + timedelta(days=KEPT_DAYS),
    )
    office.db.add(kept)
    office.db.flush()  # its number is its address
    return kept


def find_import(office: Office, case: Case, page: str, import_id: int) -> RowImport:
    """Raises ImportNotFound for one of another dossier or page, or one that has expired."""
    kept = office.db.get(RowImport, import_id)
    if kept is None or (kept.dossier_id, kept.page) != (case.dossier_id, page):
        raise ImportNotFound(str(import_id))
    if kept.expires_at < office.now:
        raise ImportNotFound(str(import_id))
    return kept


def open_imports(office: Office, case: Case, page: str) -> list[RowImport]:
    """The tables of a page that wait to be accepted, newest first."""
    query = select(RowImport).where(
        RowImport.dossier_id == case.dossier_id,
        RowImport.page == page,
        RowImport.accepted_at.is_(None),
        RowImport.expires_at >= office.now,
    )
    return list(office.db.scalars(query.order_by(RowImport.id.desc()).limit(MOST_WAITING)))


def read_import(office: Office, case: Case, kept: RowImport) -> list[ReadRow]:
    """Every row as it stands now against the form, the file itself, the dossier, other units."""
    present, make = _present(office, case, kept.page), page_forms(office, case, kept.page)
    rows = [{name: Cell(*cell) for name, cell in row.items()} for row in kept.rows]
    form = make(None, None)
    read = [_read(kept.page, make, form, cells, present) for cells in rows]
    return list(_without_clashes(office, case, kept.page, read))


def correct_import(office: Office, case: Case, kept: RowImport, texts: Mapping[str, str]) -> None:
    """Write other texts into the cells at the given addresses."""
    require_open_dossier(office, case)
    kept.rows = [{name: _corrected(cell, texts) for name, cell in row.items()} for row in kept.rows]


def accept_import(office: Office, case: Case, page: str, import_id: int, update: bool) -> int:
    """Save the rows that are right, all of them at once (确认导入); gives how many that were.

    With ``update`` rows that are there already are changed; else they stay as they are. What is
    wrong is kept to be corrected. Done twice it is done once: the second finds nothing to save.
    Raises DossierClosed, and HeldElsewhere when another unit was faster by a moment.
    """
    require_open_dossier(office, case)
    kept = find_import(office, case, page, import_id)
    office.db.refresh(kept, with_for_update=True)
    read = read_import(office, case, kept)
    wanted = (NEW, UPDATE) if update else (NEW,)
    changes = [_change(one) for one in read if one.state in wanted]
    if changes:
        write_rows(office, case, page, changes)
    kept.rows = [_stored(one.cells) for one in read if one.state == WRONG]
    kept.saved += len(changes)
    kept.accepted_at = None if kept.rows else kept.accepted_at or office.now
    return len(changes)


def drop_import(office: Office, case: Case, kept: RowImport) -> None:
    """Forget a table that is not wanted; the dossier is not touched."""
    require_open_dossier(office, case)
    office.db.delete(kept)


Present = Mapping[str, DossierRow]


def _change(read: ReadRow) -> RowChange:
    if read.row is None:
        return RowChange(read.values)
    return RowChange(read.values, read.row.id, read.row.revision)


def _present(office: Office, case: Case, page: str) -> Present:
    """The rows of the page by what they are known by."""
    rules = ROW_RULES[page]
    return {rules.key(row.values): row for row in rows_of(office, case.dossier_id, page)}


def _read(page: str, make: MakeForm, form: TaskForm, cells: Cells, present: Present) -> ReadRow:
    read = _answered(form, cells, None)
    before = present.get(_key(page, read))
    if before is None:
        return read
    is_like_new = not before.values.get("legacy")  # who is not has other fields
    read = _answered(form if is_like_new else make(None, before.values), cells, before)
    same = read.state == UPDATE and _told(read.values) == _told(before.values)
    return replace(read, state=SAME) if same else read


def _answered(form: TaskForm, cells: Cells, before: DossierRow | None) -> ReadRow:
    """The cells as answers of the form, over what was saved before."""
    saved = before.values if before else {}
    values, problems = posted(form, cells, saved)
    form.answer_anew(values, saved)
    form.validate()
    errors = {field.name: "".join(field.errors) for field in form if field.errors} | problems
    state = WRONG if errors else UPDATE if before else NEW
    return ReadRow(cells, form.answers(), errors, state, before)


def _key(page: str, read: ReadRow) -> str:
    """What the row is known by; empty when it does not say that well enough."""
    rules = ROW_RULES[page]
    return "" if any(name in read.errors for name in rules.named_by) else rules.key(read.values)


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing left empty and nothing never asked for are one."""
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def _without_clashes(
    office: Office, case: Case, page: str, read: Sequence[ReadRow]
) -> Iterator[ReadRow]:
    """The rows, with what stands twice in the file or with another unit told at its cell."""
    place, first = ROW_RULES[page].named_by[0], dict[str, str]()
    elsewhere = _elsewhere(office, case, page, read)
    for one in read:
        key, address = _key(page, one), one.cells[place].address if place in one.cells else ""
        told = elsewhere.get(key)
        if key and key in first:
            told = _("与 %s 重复，请只保留一行。") % first[key]
        first.setdefault(key, address)
        yield replace(one, state=WRONG, errors={**one.errors, place: told}) if told else one


def _elsewhere(office: Office, case: Case, page: str, read: Sequence[ReadRow]) -> dict[str, str]:
    """By what a row is known by, the sentence that names the unit that holds it."""
    identity = ROW_RULES[page].identity
    known = {key: identity(one.values) for one in read if (key := _key(page, one))}
    keys = {digest_of(office, page, text): key for key, text in known.items() if text}
    holders = holders_of(office, page, list(keys))
    return {
        keys[digest]: str(HeldElsewhere(unit.name))
        for digest, unit in holders.items()
        if unit.id != case.unit_id
    }


def _stored(cells: Cells) -> dict[str, list[str]]:
    return {name: [cell.address, cell.text, cell.problem] for name, cell in cells.items()}


def _corrected(cell: list[str], texts: Mapping[str, str]) -> list[str]:
    address, text, _problem = cell
    if address not in texts or texts[address] == text:
        return cell
    typed = text_cell(address, texts[address])
    return [typed.address, typed.text, typed.problem]
