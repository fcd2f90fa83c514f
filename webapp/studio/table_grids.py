"""A decision table as rows of marked cells, for a page that shows two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpmn.comparison import Speech
from bpmn.diagram import Table, TableRule
from bpmn.drawing import State


@dataclass(frozen=True)
class GridCell:
    """Words, and how they differ from the other version (empty where they do not)."""

    words: str
    mark: str = ""
    id: str = ""


@dataclass(frozen=True)
class Grid:
    """`heads` are the columns; each row begins with its number and ends with its reason."""

    heads: tuple[GridCell, ...]
    rows: tuple[tuple[GridCell, ...], ...]


def grid_of(
    speech: Speech, table: Table, marks: Mapping[str, State] | None = None, prefix: str = ""
) -> Grid:
    """A table in the words of its version. `marks` by element, and by `rule/attribute` of a rule;
    ids begin with `prefix`."""
    marks = marks or {}
    columns = (*table.inputs, *table.outputs)
    heads = tuple(
        GridCell(one.title, marks.get(one.id, ""), f"{prefix}{one.id}" if one.id in marks else "")
        for one in columns
    )
    rows = tuple(
        (
            _number(number, rule, marks, prefix),
            *_cells(speech, table, rule, marks),
            _note(rule, marks),
        )
        for number, rule in enumerate(table.rules, start=1)
    )
    return Grid(heads, rows)


def _number(number: int, rule: TableRule, marks: Mapping[str, State], prefix: str) -> GridCell:
    """Where the whole rule is marked: its cells alone do not mark it."""
    mark = marks.get(rule.id, "")
    whole = mark if mark != "changed" or f"{rule.id}/order" in marks else ""
    return GridCell(str(number), whole, f"{prefix}{rule.id}" if mark else "")


def _cells(
    speech: Speech, table: Table, rule: TableRule, marks: Mapping[str, State]
) -> Iterator[GridCell]:
    columns = (*table.inputs, *table.outputs)
    kinds = ["cell"] * len(rule.cells) + ["value"] * len(rule.values)
    for column, kind, text in zip(columns, kinds, (*rule.cells, *rule.values), strict=False):
        what = f"{kind}.{column.id or column.text}"
        yield GridCell(speech.say_cell(what, text), marks.get(f"{rule.id}/{what}", ""))


def _note(rule: TableRule, marks: Mapping[str, State]) -> GridCell:
    return GridCell(rule.documentation, marks.get(f"{rule.id}/documentation", ""))
