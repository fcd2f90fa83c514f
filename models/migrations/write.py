"""Writing a revision from what the tables say now: `python -m models.migrations.write NAME`.

Compares the metadata with an empty database brought to the newest revision; `--anew` first
removes every revision, for as long as none was ever released.
"""

import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.operations import ops
from sqlalchemy import ForeignKeyConstraint, create_engine

import models  # noqa: F401 - fills the metadata
from models.migrations import config_for, differences, upgrade

VERSIONS = Path(__file__).parent / "versions"


def write(name: str, *, anew: bool = False) -> None:
    """Write versions/NNNN_<name>.py with the differences; no file when there are none."""
    if anew:
        for old in VERSIONS.glob("*.py"):
            old.unlink()
    VERSIONS.mkdir(exist_ok=True)
    engine = create_engine("sqlite://")
    upgrade(engine)
    number = f"{len(list(VERSIONS.glob('*.py'))) + 1:04d}"
    with engine.connect() as connection:
        command.revision(
            config_for(connection),
            message=name,
            autogenerate=True,
            rev_id=number,
            process_revision_directives=_shape,
        )
    engine.dispose()


def _shape(_context: object, _revision: object, directives: list[Any]) -> None:
    """No file without changes; and a foreign key in a circle is added after both tables."""
    steps = directives[0].upgrade_ops
    if steps.is_empty():
        directives.clear()
        return
    for step in list(steps.ops):
        if isinstance(step, ops.CreateTableOp):
            steps.ops += _later_keys(step)


def _later_keys(step: ops.CreateTableOp) -> list[ops.MigrateOperation]:
    keys = [part for part in step.columns if isinstance(part, ForeignKeyConstraint)]
    late = [key for key in keys if key.use_alter]
    step.columns = [part for part in step.columns if not any(part is key for key in late)]
    return [
        ops.ModifyTableOps(step.table_name, [ops.CreateForeignKeyOp.from_constraint(key)])
        for key in late
    ]


def check() -> list[object]:
    """How the models differ from what all revisions together make."""
    engine = create_engine("sqlite://")
    upgrade(engine)
    found = differences(engine)
    engine.dispose()
    return found


def main(words: list[str]) -> None:
    if "--check" in words:
        if found := check():
            sys.exit(f"models and migrations differ (make migration NAME=…): {found}")
        return
    names = [word for word in words if not word.startswith("--")]
    write(names[0] if names else "initial", anew="--anew" in words)


if __name__ == "__main__":
    main(sys.argv[1:])
