"""Alembic's revisions, and the calls that compare a database with them."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models.base import Base


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision."""
    with engine.execution_options(writes=True).begin() as connection:
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


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(config_for())
