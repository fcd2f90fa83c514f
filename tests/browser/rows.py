"""The rows of the seeded demo on another database, so that it need not be seeded twice."""

from sqlalchemy import Connection, create_engine, insert, select, text

from models.base import Base
from models.migrations import upgrade


def copy_rows(source_url: str, target_url: str) -> None:
    """From a SQLite database into an empty one on PostgreSQL, which is migrated first."""
    source, target = create_engine(source_url), create_engine(target_url)
    upgrade(target)
    with source.connect() as seeded, target.begin() as empty:
        # Tables name each other in circles: no order would please every foreign key.
        empty.execute(text("SET LOCAL session_replication_role = replica"))
        for table in Base.metadata.sorted_tables:
            empty.execute(table.delete())  # what a migration wrote is among the rows
            if rows := seeded.execute(select(table)).mappings().all():
                empty.execute(insert(table), [dict(row) for row in rows])
        _count_on(empty)
    source.dispose()
    target.dispose()


def _count_on(connection: Connection) -> None:
    """New rows get numbers after those that were copied."""
    for table in Base.metadata.sorted_tables:
        key = table.autoincrement_column
        if key is None:
            continue
        sequence = f"pg_get_serial_sequence('\"{table.name}\"', '{key.name}')"
        newest = f'SELECT coalesce(max({key.name}), 1) FROM "{table.name}"'  # noqa: S608
        connection.execute(text(f"SELECT setval({sequence}, ({newest}))"))
