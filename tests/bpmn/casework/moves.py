"""A desk whose case is looked at and moved, as the worker would do it."""

from typing import Any

from sqlalchemy import select

from bpmn.casework import migrations
from bpmn.office import Office
from models import Account, AccountRole, Case, CaseMove, Migration, Task
from tests import builders
from tests.walks.desk import Desk


def as_admin(desk: Desk) -> Office:
    """The desk's office with an administrator in it."""
    admin = desk.db.scalar(select(Account).where(Account.username == "admin"))
    if admin is None:
        admin = Account(
            username="admin",
            password_hash="",
            name="系统管理员",
            created_at=builders.NOW,
            grants=[AccountRole(role="admin")],
        )
        desk.db.add(admin)
        desk.db.flush()
    return desk.office(admin)


def work_on(desk: Desk, migration: Migration) -> Migration:
    """As the worker would, one case at a time."""
    while migrations.go_on(desk.office(), migration.id, batch=1):
        desk.db.flush()
    desk.db.flush()
    return migration


def looked(desk: Desk) -> Migration:
    return work_on(desk, migrations.ask_migration(desk.office(), desk.case.matter))


def the_move(desk: Desk) -> CaseMove:
    newest = select(CaseMove).where(CaseMove.case_id == desk.case.id).order_by(CaseMove.id.desc())
    return desk.db.scalars(newest.limit(1)).one()


def moved(desk: Desk) -> CaseMove:
    migration = looked(desk)
    migrations.confirm_migration(as_admin(desk), migration.id, "增加法制审核", None)
    work_on(desk, migration)
    return the_move(desk)


def as_stored(desk: Desk) -> dict[str, Any]:
    """The case and its tasks as their rows have them, without the record of events."""
    desk.db.flush()
    desk.db.expire_all()
    case = {name: getattr(desk.case, name) for name in _columns(Case)}
    tasks = desk.db.scalars(select(Task).where(Task.case_id == desk.case.id).order_by(Task.id))
    rows = [{name: getattr(task, name) for name in _columns(Task)} for task in tasks]
    left_out = ("event_count", "event_head", "revision")
    return {"tasks": rows} | {key: case[key] for key in case if key not in left_out}


def _columns(table: Any) -> list[str]:
    return [column.name for column in table.__table__.c]
