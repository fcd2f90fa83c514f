"""A decision table as things with attributes: its columns, and its rules cell by cell."""

from collections.abc import Iterator, Mapping, Sequence

from bpmn.comparison.things import Thing
from bpmn.diagram import Column, Table

CELL, VALUE = "cell.", "value."
"""What a rule holds is named after the column: an input's cell, an output's value."""
ANY = "-"
"""A cell that any value agrees with, as an empty one."""


def table_things(table: Table) -> Iterator[Thing]:
    """The table itself, then its inputs, outputs and rules in their order."""
    inputs, outputs = names_of(table.inputs), names_of(table.outputs)
    yield Thing(table.id, table.id, "table", table.name, (0,), _present(_head(table)))
    for number, (name, column) in enumerate(zip(inputs, table.inputs, strict=True), 1):
        yield _column(table, name, column, "input", (1, number))
    for number, (name, column) in enumerate(zip(outputs, table.outputs, strict=True), 1):
        yield _column(table, name, column, "output", (2, number))
    for number, rule in enumerate(table.rules, start=1):
        cells = _named(CELL, inputs, [_meaning(cell) for cell in rule.cells])
        values = _named(VALUE, outputs, rule.values)
        holds = _present({"documentation": rule.documentation, **cells, **values})
        element = rule.id or f"{table.id}#{number}"
        yield Thing(table.id, element, "rule", str(number), (3, number), holds)


def names_of(columns: Sequence[Column]) -> list[str]:
    """What each column is known by: its id, or what it reads or sets where it has none."""
    return [column.id or column.text for column in columns]


def in_new_columns(thing: Thing, renamed: Mapping[str, str]) -> dict[str, str]:
    """What an old rule holds, its columns named as in the new version."""
    holds = {}
    for what, value in thing.holds.items():
        prefix = next((p for p in (CELL, VALUE) if what.startswith(p)), "")
        column = what.removeprefix(prefix)
        holds[f"{prefix}{renamed.get(column, column)}" if prefix else what] = value
    return holds


def reordered(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """What stands in another order: the fewest whose moving makes the one the other.

    `old` and `new` have the same members.
    """
    places = {element: place for place, element in enumerate(new)}
    longest: list[list[str]] = []
    for element in old:
        before = [run for run in longest if places[run[-1]] < places[element]]
        longest.append([*_longest(before), element])
    return set(old) - set(_longest(longest))


def _longest(runs: Sequence[list[str]]) -> list[str]:
    # Of several the first by name, so that both directions of a comparison tell the same.
    return min(runs, key=lambda run: (-len(run), run), default=[])


def _head(table: Table) -> dict[str, str]:
    return {
        "name": table.name,
        "documentation": table.documentation,
        "policy": table.policy,
        "file": table.file,
    }


def _column(table: Table, name: str, column: Column, kind: str, place: tuple[int, int]) -> Thing:
    holds = {"text": column.text, "label": column.label, "type": column.kind}
    return Thing(table.id, name, kind, column.title, place, _present(holds))


def _named(prefix: str, columns: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    # A draft may have rows that are shorter than its head.
    return {prefix + name: text for name, text in zip(columns, texts, strict=False)}


def _meaning(cell: str) -> str:
    return "" if cell == ANY else cell


def _present(holds: Mapping[str, str]) -> dict[str, str]:
    return {what: value for what, value in holds.items() if value}
