"""A decision table cut into pieces: its columns by variable, each with the rules that agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bpmn.checks.tables.columns import Cell, kind_of, pieces, read_cell
from bpmn.checks.tables.covering import Piece
from bpmn.checks.work import Work
from bpmn.diagram import Column, Table

_READING = 100
"""What reading a cell costs, beside comparing it with a value."""


@dataclass(frozen=True)
class Axis:
    """A variable of the table: its (first) column, the cells that ask for it, its pieces."""

    column: Column
    asked: Sequence[tuple[int, Cell]]
    """The place of the rule, and its cell."""
    pieces: Sequence[Piece]
    known: Sequence[object] | None

    def matching(self) -> int:
        """The rules that agree with some value."""
        found = 0
        for piece in self.pieces:
            found |= piece.rules
        return found

    def strangers(self) -> list[tuple[int, object]]:
        """Constants of another kind than every value of the variable, with their rules."""
        kinds = {kind_of(piece.value) for piece in self.pieces} | {"nothing"}
        return [(n, c) for n, cell in self.asked for c in cell.constants if kind_of(c) not in kinds]


def read_axes(table: Table, known: Mapping[str, Sequence[object] | None], work: Work) -> list[Axis]:
    """An axis for each variable: columns that read the same one are one axis.

    `known` are the values that a variable may have, where they can be told. Raises Undecidable
    for a cell, ExpressionError, and TooMany.
    """
    work.spend(_READING * sum(1 for rule in table.rules for cell in rule.cells if cell))
    columns: dict[str, list[int]] = {}
    for place, column in enumerate(table.inputs):
        columns.setdefault(column.text, []).append(place)
    return [_axis(table, places, known.get(text), work) for text, places in columns.items()]


def _axis(table: Table, places: Sequence[int], known: Sequence[object] | None, work: Work) -> Axis:
    column = table.inputs[places[0]]
    asked = [
        (number, cell)
        for number, rule in enumerate(table.rules)
        for place in places
        if (cell := read_cell(rule.cells[place])) is not None
    ]
    values = pieces([cell for _number, cell in asked], known, column.kind)
    work.spend(len(asked) * len(values))
    everything = (1 << len(table.rules)) - 1
    cut = []
    for value in values:
        refusing = {number for number, cell in asked if not cell.holds(value)}
        cut.append(Piece(value, everything & ~sum(1 << number for number in refusing)))
    return Axis(column, asked, cut, known)
