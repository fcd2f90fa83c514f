"""The standard's versions: drafting one, changing its cells, publishing it (R031, R033).

A published version is never changed: cases and verdicts rest on it.
"""

from collections.abc import Mapping
from datetime import date
from gettext import gettext as _

from sqlalchemy import delete, func, insert, select

from bpmn.errors import StaleForm, StandardPublished, StandardRefused
from bpmn.office import Office
from bpmn.operations.trail import record_office
from models import StandardCell, StandardVersion
from models.calendar import office_date
from models.standard_cells import Cell
from models.standard_checks import all_problems, impossible
from models.standard_versions import stored_cells


def draft_standard(office: Office) -> StandardVersion:
    """The draft, made from the newest published version when there is none.

    There is one draft at a time; of two people who begin one at once, the second is refused by
    the unique number.
    """
    draft = find_draft_version(office)
    if draft is not None:
        return draft
    base = newest_published(office)
    highest = office.db.scalar(select(func.max(StandardVersion.number))) or 0
    draft = StandardVersion(
        number=highest + 1,
        title=base.title,
        created_at=office.now,
        created_by=office.actor_id,
    )
    office.db.add(draft)
    write_cells(office, draft, stored_cells(office.db, base.id))
    record_office(office, "standard_drafted", number=draft.number)
    return draft


def find_draft_version(office: Office) -> StandardVersion | None:
    query = select(StandardVersion).where(StandardVersion.published_at.is_(None))
    return office.db.scalars(query).first()


def newest_published(office: Office) -> StandardVersion:
    """The version that a draft starts from and is compared with."""
    query = select(StandardVersion).where(StandardVersion.published_at.is_not(None))
    newest = query.order_by(StandardVersion.effective.desc(), StandardVersion.number.desc())
    return office.db.scalars(newest.limit(1)).one()


def write_cells(office: Office, version: StandardVersion, cells: Mapping[str, Cell]) -> None:
    """Write a new version's cells."""
    office.db.flush()  # the version's key is needed below
    office.db.execute(
        insert(StandardCell),
        [
            {
                "version_id": version.id,
                "key": key,
                "value": dict(cell.value),
                "source": cell.source,
                "confidence": cell.confidence,
            }
            for key, cell in cells.items()
        ],
    )


def change_cell(office: Office, number: int, key: str, cell: Cell, revision: int) -> bool:
    """Write a cell of the draft; False when nothing differs.

    Raises StandardPublished, StaleForm when it was changed since the form was opened, and
    StandardRefused with (field, sentence) pairs when the numbers cannot be.
    """
    version = lock_draft(office, number)
    query = select(StandardCell).where(
        StandardCell.version_id == version.id, StandardCell.key == key
    )
    stored = office.db.scalars(query).one()
    if stored.revision != revision:
        raise StaleForm(key)
    known = Cell(stored.value, stored.source, stored.confidence)
    if cell == known:
        return False
    problems = impossible({**stored_cells(office.db, version.id), key: cell}, key)
    if problems:
        raise StandardRefused(problems)
    stored.value, stored.source = dict(cell.value), cell.source
    stored.confidence, stored.revision = cell.confidence, revision + 1
    record_office(office, "standard_changed", number=number, cell=key, source=cell.source)
    return True


def publish_standard(office: Office, number: int, effective: date, note: str) -> StandardVersion:
    """Let the draft hold from a day on, today or later; open cases that were submitted keep theirs.

    Raises StandardPublished, and StandardRefused with (field, sentence) pairs.
    """
    version = lock_draft(office, number)
    cells = stored_cells(office.db, version.id)
    problems = [("", sentence) for _key, sentence in all_problems(cells)]
    if effective < office_date(office.now):
        problems.append(("effective", _("施行日期不能早于今天。")))
    if cells == stored_cells(office.db, newest_published(office).id):
        problems.append(("", _("草稿与上一版相同，没有要发布的修改。")))
    if problems:
        raise StandardRefused(problems)
    version.effective, version.note = effective, note
    version.published_at, version.published_by = office.now, office.actor_id
    record_office(
        office, "standard_published", number=number, first=effective.isoformat(), reason=note
    )
    return version


def discard_draft(office: Office, number: int) -> None:
    """Give up the draft, with its cells. Raises StandardPublished."""
    version = lock_draft(office, number)
    office.db.execute(delete(StandardCell).where(StandardCell.version_id == version.id))
    office.db.delete(version)
    record_office(office, "standard_discarded", number=number)


def lock_draft(office: Office, number: int) -> StandardVersion:
    """The draft's row, held until the transaction ends. Raises StandardPublished."""
    query = select(StandardVersion).where(StandardVersion.number == number)
    version = office.db.scalars(query.with_for_update()).one_or_none()
    if version is None or version.published_at is not None:
        raise StandardPublished(number)
    return version
