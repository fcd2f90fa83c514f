"""The migrations and the models say the same, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from models.migrations import differences, is_current, upgrade
from tests.conftest import POSTGRES, POSTGRES_ANSWERS
from webapp import database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(
    request: pytest.FixtureRequest, tmp_path: Path, worker_id: str
) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = database.connect(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    if not POSTGRES_ANSWERS:
        pytest.skip("PostgreSQL does not answer")
    name = f"cartouche_migrations_{worker_id}"
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = database.connect(f"{POSTGRES}/{name}")
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def test_a_migrated_database_is_what_the_models_say(empty_engine: Engine) -> None:
    """When this fails: `make migration NAME=what_changed`."""
    assert not is_current(empty_engine)
    upgrade(empty_engine)
    assert is_current(empty_engine)
    assert differences(empty_engine) == []


def test_migrating_twice_changes_nothing(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    upgrade(empty_engine)
    assert is_current(empty_engine)
