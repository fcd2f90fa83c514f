"""Alembic's revisions, and the calls that compare a database with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models.base import Base


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision, all the way or not at all."""
    writer = engine.execution_options(writes=True)
    with writer.connect() as connection, _free_to_rebuild(connection), connection.begin():
        command.upgrade(config_for(connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database is at the newest revision. Raises SQLAlchemyError when it is away."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present is not None and present == _script().get_current_head()


def differences(engine: Engine) -> list[object]:
    """How the tables of a migrated database differ from what the models say."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, Base.metadata)
    return found


def config_for(connection: Connection | None = None) -> Config:
    """Alembic's settings; nothing of them lies in a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _free_to_rebuild(connection: Connection) -> Iterator[None]:
    """Let SQLite, which changes a table by making it anew, drop one that others' rows name.

    It hears of this only outside a transaction: https://www.sqlite.org/lang_altertable.html#otheralter
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    plain = connection.connection.cursor()  # a statement of SQLAlchemy's would begin one
    plain.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        plain.execute("PRAGMA foreign_keys = ON")


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(config_for())
