"""Moving the open cases of a matter to a version: looked at all at once, confirmed, moved singly.

A pass that is cut off goes on where it stood. What is moved is decided by `judging` and written by
`moving`; a draft's cases can be looked at and never moved.
"""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.orm import undefer

from bpmn import engine
from bpmn.casework.administrators import require_admin
from bpmn.casework.diagrams import hold_newest
from bpmn.casework.judging import Judgement, judge
from bpmn.casework.moving import move_case
from bpmn.casework.opening import newest_version
from bpmn.casework.running import LoadedDiagram, load_diagram, words_of
from bpmn.diagram import Diagram, encode_files
from bpmn.errors import CaseworkError, MigrationRefused
from bpmn.office import Office
from bpmn.operations.trail import record_office
from models import Case, CaseMove, DiagramVersion, Migration
from models.moves import DONE, DROPPED, FIT, LOOKING, MOVING, READY, UNFIT

BATCH = 50
"""Cases looked at in one transaction: others wait for one of them no longer than that takes."""
MOST_NOTE = 1000


def migrations_under_way() -> Select[int]:
    """The query for the ids of the migrations that want a pass."""
    return select(Migration.id).where(Migration.status.in_((LOOKING, MOVING)))


def ask_migration(office: Office, matter: str) -> Migration:
    """Let a worker look at every open case that is not on the matter's newest version."""
    version = newest_version(office, matter)
    title = _("第 {number} 版").format(number=version.number)
    return _ask(office, Migration(matter=matter, version_id=version.id, title=title))


def ask_preview(office: Office, matter: str, title: str, files: Mapping[str, str]) -> Migration:
    """The same for a draft: only to see. Raises DiagramRejected for what no engine runs."""
    engine.compile_diagram(encode_files(files), keep=False)
    return _ask(office, Migration(matter=matter, files=dict(files), title=title[:200]))


def _ask(office: Office, migration: Migration) -> Migration:
    _forget_earlier(office, migration)
    migration.status, migration.position, migration.looked = LOOKING, 0, 0
    migration.asked_at, migration.asked_by = office.now, office.actor_id
    query = select(func.count()).select_from(Case).where(*_concerned(migration))
    migration.total = office.db.scalar(query) or 0
    office.db.add(migration)
    office.db.flush()  # its number is its page's address
    return migration


def _forget_earlier(office: Office, migration: Migration) -> None:
    """Whoever looks anew is done with the looks before; what was confirmed stays for ever."""
    earlier = office.db.scalars(
        select(Migration.id).where(
            Migration.matter == migration.matter,
            Migration.asked_by == office.actor_id,
            Migration.status.in_((LOOKING, READY)),
        )
    ).all()
    if earlier:
        office.db.execute(delete(CaseMove).where(CaseMove.migration_id.in_(earlier)))
        gone = update(Migration).where(Migration.id.in_(earlier)).values(status=DROPPED)
        office.db.execute(gone)


def _concerned(migration: Migration) -> list[ColumnElement[bool]]:
    found = [Case.matter == migration.matter, Case.closed_at.is_(None)]
    if migration.version_id is not None:
        found.append(Case.diagram_version_id != migration.version_id)
    return found


def go_on(office: Office, migration_id: int, batch: int = BATCH) -> bool:
    """Look at the next cases, or move the next one. False when there is nothing left to do."""
    migration = office.db.get_one(Migration, migration_id, with_for_update=True)
    if migration.status == LOOKING:
        return _look_on(office, migration, batch)
    if migration.status == MOVING:
        return _move_on(office, migration)
    return False


def _look_on(office: Office, migration: Migration, batch: int) -> bool:
    query = (
        select(Case)
        .where(*_concerned(migration), Case.id > migration.position)
        .order_by(Case.id)
        .limit(batch)
        .options(undefer(Case.state))
    )
    cases = list(office.db.scalars(query))
    if not cases:
        migration.status, migration.looked_at = READY, office.now
        return False
    target = _target(office, migration)
    rows = [_looked_at(office, case, target, migration.id) for case in cases]
    office.db.execute(insert(CaseMove), rows)
    migration.position, migration.looked = cases[-1].id, migration.looked + len(cases)
    return True


def _target(office: Office, migration: Migration) -> LoadedDiagram:
    if migration.version_id is not None:
        return load_diagram(office, migration.version_id)
    compiled = engine.compile_diagram(encode_files(migration.files or {}))
    return LoadedDiagram(0, compiled, words_of(compiled))


def _looked_at(
    office: Office, case: Case, target: LoadedDiagram, migration_id: int
) -> dict[str, Any]:
    row = {
        "migration_id": migration_id,
        "case_id": case.id,
        "from_version_id": case.diagram_version_id,
        "chosen": False,
    }
    try:
        found = judge(office, case, target)
    except CaseworkError as fault:
        told = {"standing": "", "verdict": UNFIT, "reason": "fault", "words": str(fault)[:1000]}
        return {**row, **told, "notes": []}
    words = load_diagram(office, case.diagram_version_id).words
    return {
        **row,
        "standing": _standing(found, words)[:500],
        "verdict": FIT if found.state is not None else UNFIT,
        "reason": found.reason,
        "words": found.words[:1000],
        "notes": list(found.notes),
    }


def _standing(found: Judgement, words: Diagram) -> str:
    """Where the case stands, in words: the innermost steps, not the calls around them."""
    tokens = found.position.tokens
    around = {token.path[:depth] for token in tokens for depth in range(1, len(token.path) + 1)}
    inner = {token.element for token in tokens if (*token.path, token.element) not in around}
    named = (words.find_node(element) for element in sorted(inner))
    return "、".join(node[1].name or node[1].id for node in named if node is not None)


def confirm_migration(
    office: Office, migration_id: int, note: str, chosen: Sequence[int] | None
) -> Migration:
    """Move the fit cases, all or those of these rows.

    Raises MigrationRefused, and NotPermitted for who is no administrator any more.
    """
    require_admin(office)
    migration = office.db.get_one(Migration, migration_id, with_for_update=True)
    if migration.status in (MOVING, DONE):
        return migration  # confirmed twice: once is enough
    _require_ready(office, migration)
    fit = [CaseMove.migration_id == migration.id, CaseMove.verdict == FIT]
    if chosen is not None:
        fit.append(CaseMove.id.in_(chosen))
    picked = update(CaseMove).where(*fit).values(chosen=True)
    office.db.execute(picked.execution_options(synchronize_session=False))
    count = office.db.scalar(select(func.count()).select_from(CaseMove).where(*fit)) or 0
    if not count:
        raise MigrationRefused(_("没有选中可以迁移的办件。"))
    record_office(office, "migration_confirmed", title=migration.title, cases=count, reason=note)
    migration.status, migration.note = MOVING, note[:MOST_NOTE]
    migration.total, migration.looked = count, 0
    migration.confirmed_at, migration.confirmed_by = office.now, office.actor_id
    return migration


def _require_ready(office: Office, migration: Migration) -> None:
    if migration.version_id is None:
        raise MigrationRefused(_("草稿还没有上线，只能预览，不能迁移。"))
    if migration.status != READY:
        raise MigrationRefused(_("预览还没有完成，请稍候再确认。"))
    newest = hold_newest(office, migration.matter)  # held: two are not confirmed at once
    if newest is None or newest.id != migration.version_id:
        raise MigrationRefused(_("预览之后又部署了新版本，预览已经过时：请重新预览。"))
    busy = Migration.matter == migration.matter, Migration.status == MOVING
    if office.db.scalar(select(Migration.id).where(*busy).limit(1)) is not None:
        raise MigrationRefused(_("这个事项的另一批迁移正在进行，完成后再确认。"))


def next_moves(migration_id: int) -> Select[CaseMove]:
    """The cases still to be moved, in their order.

    What fits has no reason: by saying so they are found in the index, however many are moved.
    """
    wanted = CaseMove.migration_id == migration_id, CaseMove.chosen
    fit = CaseMove.verdict == FIT, CaseMove.reason == ""
    return select(CaseMove).where(*wanted, *fit).order_by(CaseMove.case_id)


def _move_on(office: Office, migration: Migration) -> bool:
    """One case in each transaction: whatever happens to the next, this one is whole."""
    move = office.db.scalar(next_moves(migration.id).limit(1))
    if move is None:
        migration.status, migration.finished_at = DONE, office.now
        return False
    move_case(office, move, migration)
    migration.looked += 1
    return True


def drop_migration(office: Office, migration_id: int) -> None:
    """Forget a look that was not confirmed, with what it found."""
    migration = office.db.get_one(Migration, migration_id, with_for_update=True)
    if migration.status in (LOOKING, READY):
        migration.status = DROPPED
        office.db.execute(delete(CaseMove).where(CaseMove.migration_id == migration.id))


def older_cases(office: Office, matter: str) -> dict[int, int]:
    """How many open cases of the matter are on each version that is not the newest, by number."""
    newest = newest_version(office, matter)
    query = (
        select(DiagramVersion.number, func.count())
        .join(Case, Case.diagram_version_id == DiagramVersion.id)
        .where(Case.matter == matter, Case.closed_at.is_(None), DiagramVersion.id != newest.id)
        .group_by(DiagramVersion.number)
        .order_by(DiagramVersion.number.desc())
    )
    return dict(office.db.execute(query).all())
