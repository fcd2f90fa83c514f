"""Moving one open case to another version of its diagram, and putting it back.

The law's dates stay: no clock gets an entry and no due time changes. What the new version says
otherwise of a step (its name, form, role) holds for the open task at once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from bpmn.casework.administrators import require_admin
from bpmn.casework.judging import Judgement, judge, lost_drafts
from bpmn.casework.owning import owner_of
from bpmn.casework.running import LoadedDiagram, load_diagram, lock_case
from bpmn.casework.timing import wake_at
from bpmn.errors import CaseworkError, MoveStays
from bpmn.office import Office
from bpmn.operations.trail import record
from models import Case, CaseMove, DiagramVersion, Migration, Task
from models.moves import MOVED, OVERTAKEN, UNDONE, UNFIT

_COLUMNS = ("name", "form", "role", "authority_id", "assignee_id")


def move_case(office: Office, move: CaseMove, migration: Migration) -> None:
    """Move a chosen case if it still may: it is held, and judged as it stands now.

    What keeps it is written on `move`; nothing else changes then.
    """
    case = lock_case(office, move.case_id)
    if case.closed_at is not None or case.diagram_version_id != move.from_version_id:
        words = _("办件已经办结。") if case.closed_at else _("办件已经在另一个版本上。")
        move.verdict, move.reason, move.words = OVERTAKEN, "", words
        return
    target = load_diagram(office, migration.version_id or 0)
    try:
        found = judge(office, case, target)
    except CaseworkError as fault:
        move.verdict, move.reason, move.words = UNFIT, "fault", str(fault)[:1000]
        return
    if found.state is None:
        move.verdict, move.reason, move.words = UNFIT, found.reason, found.words[:1000]
        return
    _write(office, case, move, target, found)
    record(office, case, "migrated", **_numbers(office, move, migration), reason=migration.note)
    move.verdict, move.notes, move.moved_at = MOVED, list(found.notes), office.now
    move.event_count = case.event_count


def undo_move(office: Office, move_id: int) -> Case:
    """Put a moved case back exactly.

    Raises MoveStays once anything else has happened to it, and NotPermitted for who is no
    administrator any more.
    """
    require_admin(office)
    move = office.db.get_one(CaseMove, move_id, options=_WHOLE, with_for_update={"of": CaseMove})
    case = lock_case(office, move.case_id)
    migration = office.db.get_one(Migration, move.migration_id)
    if move.verdict == UNDONE:
        return case  # undone twice: once is enough
    _require_untouched(office, case, move, migration)
    before: Mapping[str, Any] = move.before or {}
    case.state, case.diagram_version_id = move.state_before or b"", move.from_version_id
    case.wake_clocks, case.wake_fixed_at = before["wake_clocks"], _moment(before["wake_fixed_at"])
    case.wake_at = _moment(before["wake_at"])
    case.wake_at = wake_at(office, case)  # the calendar may have changed meanwhile
    for task in _open_tasks(office, case):
        for column, value in before["tasks"][str(task.id)].items():
            setattr(task, column, value)
    move.verdict, move.undone_at, move.undone_by = UNDONE, office.now, office.actor_id
    record(office, case, "migration_undone", **_numbers(office, move, migration, back=True))
    return case


_WHOLE = (undefer(CaseMove.state_before), undefer(CaseMove.before))


def _require_untouched(office: Office, case: Case, move: CaseMove, migration: Migration) -> None:
    if move.verdict != MOVED:
        raise MoveStays(case.number, _("它没有迁移。"))
    if case.event_count != move.event_count or case.diagram_version_id != migration.version_id:
        raise MoveStays(case.number, _("迁移之后又有人办理。"))
    here = load_diagram(office, case.diagram_version_id)
    there = load_diagram(office, move.from_version_id)
    elements = {task.element for task in _open_tasks(office, case)}
    if typed := lost_drafts(office, case, here, there, elements):
        raise MoveStays(case.number, _("“{name}”中有未交的内容。").format(name="、".join(typed)))


def _write(
    office: Office, case: Case, move: CaseMove, target: LoadedDiagram, found: Judgement
) -> None:
    tasks = _open_tasks(office, case)
    move.state_before, move.before = case.state, _as_it_is(case, tasks)
    position = found.after or found.position
    case.state, case.diagram_version_id = found.state or b"", target.version_id
    case.wake_at, case.wake_fixed_at = position.wake_at, position.fixed_at
    case.wake_clocks = " ".join(position.clocks)
    for task in tasks:
        _reword(office, case, task, target)


def _reword(office: Office, case: Case, task: Task, target: LoadedDiagram) -> None:
    """What is said of the open task now. Its clock, its own limit and its due time stay."""
    words = target.words.user_tasks[task.element]
    if task.role != words.role:
        task.assignee_id = None  # whoever claimed it may not have the other role
    owner = owner_of(office, case, replace(words, assignee=None))
    task.name, task.form, task.role = words.name, words.form, words.role
    task.authority_id = owner["authority_id"]


def _open_tasks(office: Office, case: Case) -> list[Task]:
    query = select(Task).where(Task.case_id == case.id, Task.closed_at.is_(None))
    return list(office.db.scalars(query.order_by(Task.id)))


def _as_it_is(case: Case, tasks: list[Task]) -> dict[str, Any]:
    return {
        "wake_at": _text(case.wake_at),
        "wake_fixed_at": _text(case.wake_fixed_at),
        "wake_clocks": case.wake_clocks,
        "tasks": {
            str(task.id): {column: getattr(task, column) for column in _COLUMNS} for task in tasks
        },
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _numbers(
    office: Office, move: CaseMove, migration: Migration, *, back: bool = False
) -> dict[str, int]:
    """The two versions by their numbers, as the case's record tells them."""
    ids = [move.from_version_id, migration.version_id]
    query = select(DiagramVersion.id, DiagramVersion.number).where(DiagramVersion.id.in_(ids))
    numbers: dict[int | None, int] = dict(office.db.execute(query).all())
    source, target = reversed(ids) if back else ids
    return {"from_version": numbers[source], "version": numbers[target]}
