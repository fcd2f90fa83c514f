"""What is deleted, or looked for by what it belongs to, is found along an index."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Table, UniqueConstraint

from models import Base

DELETED = ("case", "dossier", "dossier_row", "task", "former_load")
"""Tables whose rows are deleted: the database then looks for every row that refers to them."""


def first_columns(table: Table) -> Iterator[Column[object]]:
    """The columns that a whole index or constraint of the table begins with."""
    yield table.primary_key.columns[0]
    for index in table.indexes:
        if not index.dialect_kwargs:
            yield index.columns[0]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield constraint.columns[0]


@pytest.mark.parametrize("name", DELETED)
def test_what_refers_to_a_row_that_may_be_deleted_is_found_along_an_index(name: str) -> None:
    deleted = Base.metadata.tables[name]
    found = [
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table is deleted and key.parent not in set(first_columns(table))
    ]

    assert found == []
