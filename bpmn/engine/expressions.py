"""The expression language of diagrams: a small allow-list of Python's syntax, compiled to closures.

It serves conditions, decision tables, parameters, timers and multi-instance alike. Nothing reaches
`eval`: a node that is not listed here is refused when the diagram is uploaded.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from typing import Any

from bpmn.engine.misspelling import HINT, misspelt
from bpmn.errors import ExpressionError

HOST_FUNCTIONS = frozenset({"due", "working_days"})
"""Functions a running diagram may call and its `Host` must supply."""

MAX_LENGTH = 500
MAX_NODES = 120
MAX_TEXT = 1000
MAX_INTEGER = 2**53

_FOLLOWS = re.compile(r"""due\(["']([a-z_]{1,64})["']\)""")

Names = Mapping[str, Any]
Functions = Mapping[str, Callable[..., Any]]
Closure = Callable[[Names, Functions], Any]


@dataclass(frozen=True)
class Expression:
    """A compiled expression, with the variables it reads and the host functions it calls."""

    text: str
    names: frozenset[str]
    functions: frozenset[str]
    run: Closure

    def __call__(self, names: Names, functions: Functions) -> Any:
        """Evaluate over `names`. Raises ExpressionError for a missing variable or wrong types."""
        try:
            return self.run(names, functions)
        except (TypeError, ZeroDivisionError, OverflowError, ValueError) as fault:
            raise ExpressionError(self.text, str(fault)) from fault


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Compile `text`. Raises ExpressionError if it uses anything outside the language."""
    builder = _Builder(text)
    closure = builder(_parse(text))
    return Expression(text, frozenset(builder.names), frozenset(builder.functions), closure)


def clock_followed(text: str) -> str | None:
    """The clock that a timer follows for as long as it waits: its time is `due("<clock>")` alone.

    None for every other expression: it is evaluated once, when the timer is set.
    """
    found = _FOLLOWS.fullmatch(text.strip())
    return found[1] if found else None


def _parse(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(text, _("超过{count}个字符").format(count=MAX_LENGTH))
    if "\\" in text:  # nobody needs one, and with it a text can be written that no page can show
        raise ExpressionError(text, _("不能含有反斜杠"))
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        raise misspelt(text, getattr(fault, "offset", None)) from fault
    if sum(1 for _node in ast.walk(tree)) > MAX_NODES:
        raise ExpressionError(text, _("过于复杂"))
    return tree


def _number(value: Any) -> Any:
    if not isinstance(value, (int, float)):
        raise TypeError(_("只有数可以计算"))
    return _bounded(value)


def _bounded(value: Any) -> Any:
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise OverflowError(_("数值过大"))
    if isinstance(value, float) and not math.isfinite(value):
        raise OverflowError(_("数值过大"))
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise OverflowError(_("文字过长"))
    return value


def _add(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return _bounded(left + right)
    return _bounded(_number(left) + _number(right))


def _arithmetic(apply: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda left, right: _bounded(apply(_number(left), _number(right)))


_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: _add,
    ast.Sub: _arithmetic(operator.sub),
    ast.Mult: _arithmetic(operator.mul),
    ast.Div: _arithmetic(operator.truediv),
    ast.FloorDiv: _arithmetic(operator.floordiv),
    ast.Mod: _arithmetic(operator.mod),
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_,
    ast.USub: lambda value: -_number(value),
    ast.UAdd: lambda value: +_number(value),
}
_BUILTINS: dict[str, Callable[..., Any]] = {"len": len, "min": min, "max": max, "abs": abs}


class _Builder:
    """Turns one tree into one closure, and notes what the tree reads and calls."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self.functions: set[str] = set()

    def __call__(self, node: ast.expr) -> Closure:
        build = getattr(self, f"_{type(node).__name__.lower()}", None)
        if build is None:
            raise self._refused(type(node).__name__)
        closure: Closure = build(node)
        return closure

    def _refused(self, what: str) -> ExpressionError:
        return ExpressionError(self.text, _("不允许使用“{what}”").format(what=what), HINT)

    def _constant(self, node: ast.Constant) -> Closure:
        value = node.value
        if not (value is None or isinstance(value, (bool, int, float, str))):
            raise self._refused(type(value).__name__)
        try:
            _bounded(value)
        except OverflowError as fault:
            raise ExpressionError(self.text, str(fault)) from fault
        return lambda names, functions: value

    def _name(self, node: ast.Name) -> Closure:
        name, text = node.id, self.text
        if name.startswith("_"):
            raise self._refused(name)
        self.names.add(name)

        def read(names: Names, functions: Functions) -> Any:
            try:
                return names[name]
            except KeyError:
                raise ExpressionError(text, _("变量“{name}”没有值").format(name=name)) from None

        return read

    def _boolop(self, node: ast.BoolOp) -> Closure:
        parts = tuple(self(value) for value in node.values)
        stop_at = isinstance(node.op, ast.Or)

        def run(names: Names, functions: Functions) -> Any:
            value: Any = None
            for part in parts:
                value = part(names, functions)
                if bool(value) is stop_at:
                    break
            return value

        return run

    def _unaryop(self, node: ast.UnaryOp) -> Closure:
        apply = _UNARY.get(type(node.op))
        if apply is None:
            raise self._refused(type(node.op).__name__)
        operand = self(node.operand)
        return lambda names, functions: apply(operand(names, functions))

    def _binop(self, node: ast.BinOp) -> Closure:
        apply = _BINARY.get(type(node.op))
        if apply is None:
            raise self._refused(type(node.op).__name__)
        left, right = self(node.left), self(node.right)
        return lambda names, functions: apply(left(names, functions), right(names, functions))

    def _compare(self, node: ast.Compare) -> Closure:
        first = self(node.left)
        pairs = tuple(
            (_COMPARE[type(op)], self(right))
            for op, right in zip(node.ops, node.comparators, strict=True)
        )

        def run(names: Names, functions: Functions) -> bool:
            left = first(names, functions)
            for holds, build_right in pairs:
                right = build_right(names, functions)
                if not holds(left, right):
                    return False
                left = right
            return True

        return run

    def _ifexp(self, node: ast.IfExp) -> Closure:
        test, yes, no = self(node.test), self(node.body), self(node.orelse)
        return lambda names, functions: (yes if test(names, functions) else no)(names, functions)

    def _list(self, node: ast.List | ast.Tuple) -> Closure:
        parts = tuple(self(part) for part in node.elts)
        return lambda names, functions: [part(names, functions) for part in parts]

    _tuple = _list

    def _call(self, node: ast.Call) -> Closure:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self._refused(_("调用"))
        name, parts = node.func.id, tuple(self(part) for part in node.args)
        if name in _BUILTINS:
            known = _BUILTINS[name]
            return lambda names, functions: known(*(part(names, functions) for part in parts))
        if name not in HOST_FUNCTIONS:
            raise self._refused(name)
        self.functions.add(name)
        return lambda names, functions: functions[name](*(part(names, functions) for part in parts))
