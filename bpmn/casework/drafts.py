"""What was typed and not yet saved: kept for its writer alone, and never part of the dossier."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, delete, select

from bpmn.casework.dossiers import applicant_task, find_row, require_open_dossier
from bpmn.errors import DraftTooLong
from bpmn.office import Office
from models import Account, Case, DossierRow, Draft, Task

MAX_CHARACTERS = 60_000
"""Of one draft: the longest page takes 5,000, and a browser sends 64 KiB when a tab is closed."""
NEW = "new"
"""Called so in place of its number: a row that is not there yet."""


# Built once: building a statement costs more than running it.
_FORGET = (
    delete(Draft)
    .where(Draft.task_id.in_(bindparam("task_ids", expanding=True)))
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True)
class Typing:
    """What stands in a form: its fields, and where and on top of what it was typed."""

    typed: Mapping[str, list[str]]
    revision: int = 0
    """Of the page or row as it was when the form was opened."""
    window: str = ""
    """Which of several open windows; one that is opened with the draft goes on as the same."""
    step: int = 0
    """Counted up by the window: what it sent before may arrive after."""


@dataclass(frozen=True)
class UnsavedPlace:
    """Where something is typed and not saved, and by whom."""

    page: str
    row: str
    account_id: int
    name: str


def place_of(page: str, row: str = "") -> str:
    """Where a draft belongs: a page, or one of its rows."""
    return f"{page}/{row}" if row else page


def keep_draft(office: Office, case: Case, place: str, typing: Typing) -> Draft:
    """Keep what was typed at a place; what the same window sent earlier does not undo it.

    Raises DossierClosed after 提交, RowNotFound for a row that is gone, DraftTooLong.
    """
    task = require_open_dossier(office, case)
    _page, row = _parts(place)
    if row not in ("", NEW):
        find_row(office, case.dossier_id, int(row))
    if sum(len(text) for texts in typing.typed.values() for text in texts) > MAX_CHARACTERS:
        raise DraftTooLong
    draft = find_draft(office, task, place)
    if draft is not None and _is_older(typing, draft):
        return draft
    draft = draft or Draft(task_id=task.id, account_id=office.actor_id, place=place)
    draft.values, draft.saved_at = asdict(typing), office.now
    office.db.add(draft)
    return draft


def find_draft(office: Office, task: Task, place: str = "") -> Draft | None:
    """The actor's own draft at a place of the task."""
    return office.db.scalar(
        select(Draft).where(
            Draft.task_id == task.id,
            Draft.account_id == office.actor_id,
            Draft.place == place,
        )
    )


def drop_draft(office: Office, case: Case, place: str, window: str | None = None) -> None:
    """Forget the actor's draft: it was saved or is given up (放弃).

    With `window` only if that window wrote it: what another one has typed since stays.
    """
    draft = find_draft(office, require_open_dossier(office, case), place)
    if draft is not None and window in (None, draft.values.get("window")):
        office.db.delete(draft)


def unsaved_places(office: Office, case: Case) -> list[UnsavedPlace]:
    """Every place of the open dossier with a draft of anybody of the unit, without its words."""
    task = applicant_task(office, case)
    if task is None:
        return []
    query = (
        select(Draft.place, Draft.account_id, Account.name)
        .join(Account, Account.id == Draft.account_id)
        .where(Draft.task_id == task.id, Draft.place != "")
        .order_by(Draft.id)
    )
    found = [
        UnsavedPlace(*_parts(place), account, name)
        for place, account, name in office.db.execute(query)
    ]
    there = _rows_there(office, case, [one.row for one in found])
    return [one for one in found if one.row in ("", NEW) or int(one.row) in there]


def forget_drafts(office: Office, task_ids: Iterable[int]) -> None:
    """Forget every draft of tasks that are over: what they hold is personal."""
    if ids := list(task_ids):
        office.db.execute(_FORGET, {"task_ids": ids})


def _rows_there(office: Office, case: Case, rows: Sequence[str]) -> set[int]:
    """Which of the rows are still in the dossier."""
    ids = [int(row) for row in rows if row not in ("", NEW)]
    if not ids:
        return set()
    query = select(DossierRow.id).where(
        DossierRow.dossier_id == case.dossier_id, DossierRow.id.in_(ids)
    )
    return set(office.db.scalars(query))


def _is_older(typing: Typing, draft: Draft) -> bool:
    same = draft.values.get("window") == typing.window
    return same and bool(typing.window) and int(draft.values.get("step", 0)) > typing.step


def _parts(place: str) -> tuple[str, str]:
    page, _slash, row = place.partition("/")
    return page, row
