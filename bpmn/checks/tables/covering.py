"""What the rules of a table cover between them: gaps, overlaps, and rules that never fire.

A set of rules is an integer, one bit for each, the first rule the lowest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bpmn.checks.work import TooMany, Work

MOST_WORK = 400_000
"""Comparisons of a cell or a set of rules, for all tables of a diagram: about a second's work."""
MOST_COLUMNS = 100
"""Of one table: they are gone through one inside of the other."""
_MOST_GAPS = 3


@dataclass(frozen=True)
class Piece:
    """A value that stands for its piece of a column, and the rules whose cells agree with it."""

    value: object
    rules: int


Columns = Sequence[Sequence[Piece]]
Example = tuple[object, ...]
"""A value for each of the first columns; what the others have makes no difference."""


@dataclass
class Cover:
    """What was found: examples that no rule holds for, and the rules that fire as the first."""

    gaps: list[Example] = field(default_factory=list)
    firing: int = 0


def cover(columns: Columns, rules: int, work: Work) -> Cover:
    """Every combination of the pieces, alike ones looked at once. Raises TooMany."""
    if len(columns) > MOST_COLUMNS:
        raise TooMany
    search = _Search([_distinct(column) for column in columns], work)
    search.visit(0, (1 << rules) - 1, ())
    return search.found


def may_hold(columns: Columns, rules: int) -> int:
    """The rules that hold for some combination."""
    possible = (1 << rules) - 1
    for column in columns:
        possible &= _union(piece.rules for piece in column)
    return possible


def together(columns: Columns, rule: int) -> int:
    """The rules that hold together with this one, itself among them, for some combination."""
    found = -1
    for column in columns:
        found &= _union(piece.rules for piece in column if piece.rules >> rule & 1)
    return found


def example_of(columns: Columns, wanted: int) -> Example:
    """A combination for which all the wanted rules hold; it must exist for each column."""
    return tuple(
        next(piece.value for piece in column if piece.rules & wanted == wanted)
        for column in columns
    )


def _union(sets: Iterator[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def _distinct(column: Sequence[Piece]) -> list[Piece]:
    """One piece for each set of rules: the others can tell nothing more."""
    return list({piece.rules: piece for piece in reversed(column)}.values())[::-1]


class _Search:
    def __init__(self, columns: Columns, work: Work) -> None:
        self.columns = columns
        self.work = work
        self.found = Cover()
        self.seen: set[tuple[int, int]] = set()

    def visit(self, place: int, rules: int, before: Example) -> None:
        """Go through the columns from `place` on, `rules` being still possible."""
        self.work.spend(1)
        if not rules:
            self.found.gaps += [before][: _MOST_GAPS - len(self.found.gaps)]
        elif place == len(self.columns):
            self.found.firing |= rules & -rules
        elif (place, rules) not in self.seen:
            self.seen.add((place, rules))
            for piece in self.columns[place]:
                self.visit(place + 1, rules & piece.rules, (*before, piece.value))
