"""A version of the standard as tables: by class and specialty as the ministry prints it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bpmn.office import Office
from forms.standards import CELL_FORMS, CONFIDENCES
from models import Account, StandardVersion
from models.calendar import office_date
from models.policy import COUNTED
from models.standard_cells import Cell
from models.standard_words import CLASS_NAMES, facts_of, place_of, requirement_words

CONFIDENCE_WORDS = dict(CONFIDENCES)
STAFF = ("total", *COUNTED)


@dataclass(frozen=True)
class VersionView:
    """`state` is draft, coming, current or past."""

    number: int
    title: str
    note: str
    effective: date | None
    created_at: datetime
    author: str
    published_at: datetime | None
    publisher: str
    state: str


@dataclass(frozen=True)
class CellView:
    """A cell as shown: what it says, how sure it is, and whether it can be edited."""

    key: str
    name: str
    facts: Mapping[str, str]
    value: Mapping[str, Any]
    source: str
    confidence: str
    is_sure: bool
    is_editable: bool


def versions_seen(office: Office) -> list[VersionView]:
    """Every version, the newest first."""
    author, publisher = aliased(Account), aliased(Account)
    query = (
        select(StandardVersion, author.name, publisher.name)
        .outerjoin(author, author.id == StandardVersion.created_by)
        .outerjoin(publisher, publisher.id == StandardVersion.published_by)
        .order_by(StandardVersion.number.desc())
    )
    return [_version(office, *row) for row in office.db.execute(query)]


def names_in(cells: Mapping[str, Cell]) -> dict[str, str]:
    """Code → name of the specialties."""
    return dict(cells["specialty_names"].value["values"])


def tables_of(cells: Mapping[str, Cell]) -> dict[str, list[dict[str, Any]]]:
    """For each class the row of each specialty: numbers of staff, words of equipment, cells."""
    names = names_in(cells)
    return {letter: [_row(cells, names, code, letter) for code in names] for letter in CLASS_NAMES}


def scopes_of(cells: Mapping[str, Cell]) -> list[dict[str, Any]]:
    """What each specialty's business is, and what class B may not take on."""
    names = names_in(cells)
    return [
        {
            "name": name,
            "business": cell_view(cells, names, f"specialties.{code}.business_types"),
            "limits": cell_view(cells, names, f"specialties.{code}.class_b_limits"),
        }
        for code, name in names.items()
    ]


def rules_of(cells: Mapping[str, Cell]) -> list[CellView]:
    """What holds for all specialties alike."""
    common = (key for key in cells if not key.startswith("specialties."))
    return [cell_view(cells, names_in(cells), key) for key in common]


def cell_view(cells: Mapping[str, Cell], names: Mapping[str, str], key: str) -> CellView:
    cell, last = cells[key], key.rpartition(".")[2]
    return CellView(
        key=key,
        name=place_of(key, names),
        facts=facts_of(cell, names),
        value=cell.value,
        source=cell.source,
        confidence=CONFIDENCE_WORDS.get(cell.confidence, cell.confidence),
        is_sure=cell.is_sure,
        is_editable=last in CELL_FORMS,
    )


def assumed_count(cells: Mapping[str, Cell]) -> int:
    """How many cells are not confirmed (待核实)."""
    return sum(not cell.is_sure for cell in cells.values())


def _row(
    cells: Mapping[str, Cell], names: Mapping[str, str], code: str, letter: str
) -> dict[str, Any]:
    staff = cell_view(cells, names, f"specialties.{code}.{letter}.staff")
    equipment = cell_view(cells, names, f"specialties.{code}.{letter}.equipment")
    return {
        "name": names[code],
        "numbers": [staff.value[name] for name in STAFF],
        "requirements": list(_requirements(equipment)),
        "staff": staff,
        "equipment": equipment,
    }


def _requirements(equipment: CellView) -> Iterator[tuple[str, str]]:
    return (requirement_words(group) for group in equipment.value["groups"])


def _version(
    office: Office, row: StandardVersion, author: str | None, publisher: str | None
) -> VersionView:
    return VersionView(
        number=row.number,
        title=row.title,
        note=row.note,
        effective=row.effective,
        created_at=row.created_at,
        author=author or "",
        published_at=row.published_at,
        publisher=publisher or "",
        state=_state(office, row),
    )


def _state(office: Office, row: StandardVersion) -> str:
    if row.effective is None:
        return "draft"
    today = office_date(office.now)
    if row.number == office.standard.number:
        return "current"
    return "coming" if row.effective > today else "past"
