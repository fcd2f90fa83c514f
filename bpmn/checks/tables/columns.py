"""One variable of a table cut into pieces within which every cell says the same.

The constants that its cells compare with cut it: each of them is a piece, and so is what lies
between and beyond. One value of each piece stands for all, so finitely many tell everything.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bpmn.engine.decisions import INPUT, condition_of
from bpmn.engine.expressions import Expression, compile_expression
from bpmn.errors import ExpressionError

OTHER = "\ufffd其他"
"""Stands for every text that no cell names."""
_NUMBERS = {"number", "integer", "int", "long", "double", "float", "decimal"}
_WHOLE = {"integer", "int", "long"}
_ORDERED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_MEMBERSHIP = (ast.In, ast.NotIn)


class Undecidable(ValueError):
    """A cell whose constants do not cut its column into pieces."""


@dataclass(frozen=True)
class Cell:
    """A cell that asks something: what it compares with, and its condition."""

    constants: tuple[object, ...]
    condition: Expression

    def holds(self, value: object) -> bool:
        """Whether it agrees with a value; what cannot be compared does not."""
        try:
            return bool(self.condition({INPUT: value}, {}))
        except ExpressionError:
            return False


def read_cell(text: str) -> Cell | None:
    """The cell, or None if any value will do. Raises Undecidable, and ExpressionError."""
    condition = condition_of(text)
    if condition is None:
        return None
    reader = _Reader(text)
    reader.read(ast.parse(condition.strip(), mode="eval").body)
    return Cell(tuple(reader.constants), compile_expression(condition))


def kind_of(value: object) -> str:
    """text, number, yes_no or nothing."""
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, (int, float)):
        return "number"
    return "text" if isinstance(value, str) else "nothing"


def stated_kind(type_ref: str) -> str:
    """The kind that a column's typeRef states; empty where it states none."""
    if type_ref in _NUMBERS:
        return "number"
    return {"string": "text", "boolean": "yes_no"}.get(type_ref, "")


def pieces(
    cells: Iterable[Cell | None], known: Sequence[object] | None, type_ref: str
) -> list[object]:
    """A value of each piece: the known ones, or else what the cells and the type tell."""
    if known is not None:
        return list(known)
    asked = [cell for cell in cells if cell is not None]
    constants = {(kind_of(c), c): c for cell in asked for c in cell.constants}.values()
    kinds = {kind_of(constant) for constant in constants} - {"nothing"}
    kind = stated_kind(type_ref)
    found: list[object] = [constant for constant in constants if kind_of(constant) == "nothing"]
    if kind == "text" or (not kind and kinds <= {"text"}):
        found += [*(c for c in constants if kind_of(c) == "text"), OTHER]
    if kind == "number" or (not kind and "number" in kinds):
        found += _numbers(constants, whole=type_ref in _WHOLE)
    if kind == "yes_no" or (not kind and "yes_no" in kinds):
        found += [True, False]
    return found


def _numbers(constants: Iterable[object], *, whole: bool) -> Iterator[object]:
    """Each number named, one between any two neighbours, one below and one above all."""
    named = sorted(c for c in constants if isinstance(c, (int, float)) and kind_of(c) == "number")
    if not named:
        yield 0
        return
    yield named[0] - 1
    for low, high in pairwise(named):
        yield low
        between = int(low) + 1 if whole else (low + high) / 2
        if low < between < high:
            yield between
    yield named[-1]
    yield named[-1] + 1


class _Reader:
    """Gathers the constants of a condition; refuses what compares the input otherwise."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.constants: list[object] = []

    def read(self, node: ast.expr) -> None:
        if isinstance(node, ast.BoolOp):
            for part in node.values:
                self.read(part)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self.read(node.operand)
        elif isinstance(node, ast.Compare):
            self._read_comparison(node)
        elif not isinstance(node, ast.Constant):
            raise Undecidable(self.text)

    def _read_comparison(self, node: ast.Compare) -> None:
        operands = [node.left, *node.comparators]
        for op, (left, right) in zip(node.ops, pairwise(operands), strict=True):
            if isinstance(op, _MEMBERSHIP):
                self._read_membership(left, right)
            else:
                self._read_operands(left, right, ordered=isinstance(op, _ORDERED))

    def _read_membership(self, left: ast.expr, right: ast.expr) -> None:
        """Of a list only: being part of a text cuts nothing into finitely many pieces."""
        if not _is_input(left) or not isinstance(right, (ast.List, ast.Tuple)):
            raise Undecidable(self.text)
        self.constants += [self._constant(part) for part in right.elts]

    def _read_operands(self, left: ast.expr, right: ast.expr, *, ordered: bool) -> None:
        found = [self._constant(one) for one in (left, right) if not _is_input(one)]
        if ordered and any(kind_of(constant) == "text" for constant in found):
            raise Undecidable(self.text)
        self.constants += found

    def _constant(self, node: ast.expr) -> object:
        expression = compile_expression(ast.unparse(node))
        if expression.names or expression.functions:
            raise Undecidable(self.text)
        value: object = expression({}, {})
        if isinstance(value, list):
            raise Undecidable(self.text)
        return value


def _is_input(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == INPUT
