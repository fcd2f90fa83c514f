"""Decision tables (DMN): read once, every cell compiled, then decided over the routing variables.

Hit policies UNIQUE and FIRST only. No rule, or two rules of a UNIQUE table, is a fault and not
silence: SpiffWorkflow's own engine would go on with nothing set, or with the first of the two.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, TypeVar

from lxml import etree

from bpmn.engine.expressions import Expression, compile_expression
from bpmn.errors import DiagramFault, ExpressionError, Problem

_NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
)
T = TypeVar("T")
_ANY = ("", "-")
_PLACEHOLDER = "dmn_input"
# A "?" outside quotes stands for the input: "3 < ? <= 5".
_QUESTION = re.compile(r"""("[^"]*"|'[^']*')|\?""")
_OPERATOR = re.compile(r"^\s*(==|!=|<=|>=|<|>|not in\b|in\b)")

Functions = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True)
class Rule:
    """One row: a condition or None per input, a value per output."""

    conditions: tuple[Expression | None, ...]
    values: tuple[Expression, ...]


@dataclass(frozen=True)
class DecisionTable:
    """One decision; `id` is what business rule tasks call."""

    id: str
    unique: bool
    inputs: tuple[Expression, ...]
    outputs: tuple[str, ...]
    rules: tuple[Rule, ...]

    def decide(self, names: Mapping[str, Any], functions: Functions) -> dict[str, Any]:
        """The outputs of the rule that holds. Raises DiagramFault if none, or two of UNIQUE."""
        given = [expression(names, functions) for expression in self.inputs]
        matching = (rule for rule in self.rules if _holds(rule, given, names, functions))
        rule = next(matching, None)
        if rule is None:
            raise DiagramFault(self.id, _("决策表没有符合的规则"))
        if self.unique and next(matching, None) is not None:
            raise DiagramFault(self.id, _("决策表有多条规则同时符合"))
        values = (expression(names, functions) for expression in rule.values)
        return dict(zip(self.outputs, values, strict=True))


def _holds(rule: Rule, given: list[Any], names: Mapping[str, Any], functions: Functions) -> bool:
    return all(
        condition is None or condition({**names, _PLACEHOLDER: value}, functions)
        for condition, value in zip(rule.conditions, given, strict=True)
    )


def read_tables(root: Any, file: str) -> tuple[list[DecisionTable], list[Problem]]:
    """All decisions of one DMN file, and what is wrong with it."""
    namespace = etree.QName(root).namespace
    if namespace not in _NAMESPACES:
        return [], [Problem(None, _("不是受支持的 DMN 文件"), file)]
    tables, problems = [], []
    for decision in root.findall(f"{{{namespace}}}decision"):
        reader = _Reader(namespace, file)
        table = reader.read(decision)
        problems += reader.problems
        if table is not None:
            tables.append(table)
    return tables, problems


class _Reader:
    """Reads one decision and keeps on after a problem, so that all are told at once."""

    def __init__(self, namespace: str, file: str) -> None:
        self.namespace = namespace
        self.file = file
        self.problems: list[Problem] = []

    def read(self, decision: Any) -> DecisionTable | None:
        key = decision.get("id", "")
        table = decision.find(self._tag("decisionTable"))
        if table is None:
            self._problem(decision, _("决策没有决策表"))
            return None
        policy = table.get("hitPolicy", "UNIQUE").upper()
        if policy not in ("UNIQUE", "FIRST"):
            self._problem(table, _("不支持的命中策略“{policy}”").format(policy=policy))
        inputs = [self._input(node) for node in table.findall(self._tag("input"))]
        outputs = [self._output(node) for node in table.findall(self._tag("output"))]
        rules = [
            self._rule(node, len(inputs), len(outputs)) for node in table.findall(self._tag("rule"))
        ]
        if not rules or not outputs:
            self._problem(table, _("决策表没有规则或没有输出"))
        if self.problems:
            return None
        return DecisionTable(key, policy == "UNIQUE", _given(inputs), tuple(outputs), _given(rules))

    def _tag(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"

    def _problem(self, node: Any, message: str) -> None:
        self.problems.append(Problem(node.get("id"), message, self.file, node.sourceline))

    def _text(self, node: Any) -> str:
        return (node.findtext(self._tag("text")) or "").strip()

    def _compile(self, node: Any, text: str) -> Expression | None:
        try:
            return compile_expression(text)
        except ExpressionError as error:
            self._problem(node, str(error))
            return None

    def _input(self, node: Any) -> Expression | None:
        expression = node.find(self._tag("inputExpression"))
        return self._compile(node, self._text(expression) if expression is not None else "")

    def _output(self, node: Any) -> str:
        name = node.get("name") or node.get("label") or ""
        if not name.isidentifier() or name.startswith("_"):
            self._problem(node, _("输出“{name}”不是变量名").format(name=name))
        return str(name)

    def _rule(self, node: Any, inputs: int, outputs: int) -> Rule | None:
        cells = node.findall(self._tag("inputEntry"))
        values = node.findall(self._tag("outputEntry"))
        if (len(cells), len(values)) != (inputs, outputs):
            self._problem(node, _("规则的列数与表头不一致"))
            return None
        compiled = [self._compile(value, self._text(value)) for value in values]
        return Rule(tuple(self._cell(cell) for cell in cells), _given(compiled))

    def _cell(self, node: Any) -> Expression | None:
        text = self._text(node)
        if text in _ANY:
            return None
        with_input = _QUESTION.sub(lambda found: found.group(1) or _PLACEHOLDER, text)
        if with_input != text:
            return self._compile(node, with_input)
        if _OPERATOR.match(text):
            return self._compile(node, f"{_PLACEHOLDER} {text}")
        return self._compile(node, f"{_PLACEHOLDER} == ({text})")


def _given(found: list[T | None]) -> tuple[T, ...]:
    return tuple(entry for entry in found if entry is not None)
