"""Reading expressions without running them: whatever somebody has drawn, and however wrong."""

import ast
from functools import lru_cache

from bpmn.engine.expressions import MAX_LENGTH, compile_expression


def parse_expression(text: str) -> ast.expr:
    """The tree of an expression. Raises ValueError for what is none, and what the engine refuses
    before it is parsed: too long a text, and backslashes.

    Python's parser gives up on deep nonsense with MemoryError or RecursionError.
    """
    if len(text) > MAX_LENGTH or "\\" in text:
        raise ValueError(text[:MAX_LENGTH])
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, MemoryError, RecursionError) as fault:
        raise ValueError(text) from fault


def literal(text: str) -> object:
    """The constant that an expression is; raises ValueError for any other."""
    return constant(parse_expression(text))


def constant(tree: ast.expr) -> object:
    """The constant that a tree is; raises ValueError for any other.

    Python's own reading raises TypeError for what cannot be: `{[]}`.
    """
    try:
        return ast.literal_eval(tree)
    except (TypeError, MemoryError, RecursionError) as fault:
        raise ValueError(tree) from fault


def settled(text: str) -> object:
    """What an expression comes to in every case.

    Raises ValueError where it reads something of the case, ExpressionError where nothing comes of
    it.
    """
    try:
        return literal(text)
    except ValueError:
        expression = compile_expression(text)
    if expression.names or expression.functions:
        raise ValueError(text)
    return expression({}, {})


@lru_cache(maxsize=4096)
def names_in(expression: str) -> tuple[str, ...]:
    """The variables that an expression reads, in order; none when it cannot be parsed."""
    try:
        tree = parse_expression(expression)
    except ValueError:
        return ()
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=4096)
def comparison_in(condition: str | None) -> tuple[str, str] | None:
    """The variable and the value of `variable == "value"`; None for any other condition."""
    try:
        tree = parse_expression(condition or "")
    except ValueError:
        return None
    if not isinstance(tree, ast.Compare) or not isinstance(tree.left, ast.Name):
        return None
    right = tree.comparators[0]
    is_equality = len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)
    if is_equality and isinstance(right, ast.Constant) and isinstance(right.value, str):
        return tree.left.id, right.value
    return None
