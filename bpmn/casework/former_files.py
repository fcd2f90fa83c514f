"""Files of the old system: read once and kept, looked at, accepted once, or discarded (R058)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _
from typing import Any

from sqlalchemy import delete, select, tuple_

from bpmn.casework.claims import digest_of
from bpmn.office import Office
from bpmn.operations.trail import record_office
from forms import TaskForm
from forms.columns import Cells, columns_of, labels_of, posted
from forms.former import FORMER_FORMS, FORMER_SPECIALTIES
from forms.spreadsheets import Sheet
from models import FormerLoad, FormerPerson, FormerQualification
from models.calendar import office_date
from models.former import STAFF

KEPT_DAYS = 7
"""How long a file that nobody accepted is kept."""
_BATCH = 500


@dataclass(frozen=True)
class _Table:
    """Where a kind of row is written, and what no two rows of it share."""

    model: type[FormerPerson] | type[FormerQualification]
    key: tuple[str, ...]


_TABLES = {
    "staff": _Table(FormerPerson, ("unit_key", "digest")),
    "qualifications": _Table(FormerQualification, ("unit_key", "level", "specialty")),
}


def former_labels(office: Office, kind: str) -> list[str]:
    """What the columns of a kind of file are called."""
    return labels_of(blank_form(office, kind))


def blank_form(office: Office, kind: str) -> TaskForm:
    """The form of one row, as a template shows it."""
    return _form(office, kind, None)


def keep_former(office: Office, kind: str, filename: str, sheet: Sheet) -> FormerLoad:
    """Keep a file with what is wrong with which cell. Raises SpreadsheetRefused."""
    columns = columns_of(blank_form(office, kind), sheet)
    stale = FormerLoad.loaded_at < office.now - timedelta(days=KEPT_DAYS)
    office.db.execute(delete(FormerLoad).where(FormerLoad.accepted_at.is_(None), stale))
    read = _read(office, kind, [columns.cells(row) for row in sheet.rows])
    rows = [row for row in read if row is not None]
    load = FormerLoad(kind=kind, filename=filename[-200:], rows=rows)
    load.repeated, load.unknown = len(sheet.rows) - len(rows), list(columns.unknown)
    load.loaded_at, load.loaded_by = office.now, office.actor_id
    office.db.add(load)
    office.db.flush()  # its number is its address
    return load


def accept_former(office: Office, load: FormerLoad) -> int:
    """Take the rows that are right over what earlier files said; gives how many there are.

    Rows with something wrong are left out. Accepted twice it is accepted once.
    """
    office.db.refresh(load, with_for_update=True)
    if load.accepted_at is not None:
        return load.row_count
    right = [row["values"] for row in load.rows if not row["told"]]
    table = _TABLES[load.kind]
    _write(office, table, [_record(office, load, values) for values in right])
    load.rows, load.row_count, load.accepted_at = [], len(right), office.now
    record_office(office, "former_loaded", title=_title(load), load=load.id, rows=len(right))
    return len(right)


def discard_former(office: Office, load: FormerLoad) -> None:
    """Forget a file and every row that it was the last to say."""
    model = _TABLES[load.kind].model
    office.db.execute(delete(model).where(model.load_id == load.id))
    if load.accepted_at is not None:
        count = load.row_count
        record_office(office, "former_discarded", title=_title(load), load=load.id, rows=count)
    office.db.delete(load)


def _form(office: Office, kind: str, values: Mapping[str, Any] | None) -> TaskForm:
    known = [(code, one.name) for code, one in office.standard.specialties.items()]
    specialties = [*known, *FORMER_SPECIALTIES]
    return FORMER_FORMS[kind](values, today=office_date(office.now), specialties=specialties)


def _read(office: Office, kind: str, rows: Sequence[Cells]) -> Iterator[dict[str, Any] | None]:
    """Each row with its values and what is told of it; None for one that says nothing new."""
    blank = blank_form(office, kind)
    first: dict[tuple[str, ...], tuple[str, dict[str, Any]]] = {}
    for cells in rows:
        texts, errors = posted(blank, cells, {})
        form = _form(office, kind, texts)
        form.validate()
        errors = {field.name: "".join(field.errors) for field in form if field.errors} | errors
        values = form.answers()
        told = [[_address(cells, name), sentence] for name, sentence in errors.items()]
        key, address = _identity(kind, values), _address(cells, "unit_name")
        known = first.setdefault(key, (address, values)) if not told else None
        if known and known[0] != address:
            if known[1] == values:
                yield None
                continue
            told = [[address, _("与 %s 所在的行说的是同一项，内容却不同。") % known[0]]]
        yield {"values": values, "told": told}


def _identity(kind: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("id_number",) if kind == STAFF else ("level", "specialty")
    return (_unit_key(values), *(str(values[name]) for name in names))


def _unit_key(values: Mapping[str, Any]) -> str:
    return str(values["uscc"] or values["unit_name"])


def _address(cells: Cells, name: str) -> str:
    found = cells.get(name) or next(iter(cells.values()), None)
    return found.address if found else ""


def _record(office: Office, load: FormerLoad, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of one row, whichever table it is for."""
    place = {"load_id": load.id, "unit_key": _unit_key(values), "unit_name": values["unit_name"]}
    told = {key: one for key, one in values.items() if key not in ("unit_name", "uscc")}
    if load.kind == STAFF:
        digest = digest_of(office, STAFF, values["id_number"])
        known = {key: one for key, one in told.items() if one}
        return {**place, "name": values["name"], "digest": digest, "values": known}
    since = date.fromisoformat(values["first_approved_on"])
    return {**place, **told, "number": values["number"] or "", "first_approved_on": since}


def _write(office: Office, table: _Table, records: Sequence[dict[str, Any]]) -> None:
    columns = [getattr(table.model, name) for name in table.key]
    for start in range(0, len(records), _BATCH):
        batch = {tuple(one[name] for name in table.key): one for one in records[start:][:_BATCH]}
        query = select(table.model).where(tuple_(*columns).in_(batch))
        for row in office.db.scalars(query):
            for name, value in batch.pop(tuple(getattr(row, name) for name in table.key)).items():
                setattr(row, name, value)
        office.db.add_all(table.model(**record) for record in batch.values())


def _title(load: FormerLoad) -> str:
    return FORMER_FORMS[load.kind].title
