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
_CELLS = _('文字加引号，如 "class_a"；范围写成 3 < ? <= 5；不限的格留空')
INPUT = "dmn_input"
"""The name that stands for the value of a column in the conditions of its cells."""
# A "?" outside quotes stands for the input: "3 < ? <= 5".
_QUESTION = re.compile(r"""("[^"]*"|'[^']*')|\?""")
_OPERATOR = re.compile(r"^\s*(==|!=|<=|>=|<|>|not in\b|in\b)")

Functions = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True)
class Rule:
    """One row: a condition or None per input, a value per output; `id` as in the file."""

    id: str
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

    def decide(self, names: Mapping[str, Any], functions: Functions) -> tuple[str, dict[str, Any]]:
        """The id of the rule that holds, and its outputs.

        Raises DiagramFault if none holds, or two of UNIQUE.
        """
        given = [expression(names, functions) for expression in self.inputs]
        matching = (rule for rule in self.rules if _holds(rule, given, names, functions))
        rule = next(matching, None)
        if rule is None:
            raise DiagramFault(self.id, _("决策表没有符合的规则"))
        if self.unique and next(matching, None) is not None:
            raise DiagramFault(self.id, _("决策表有多条规则同时符合"))
        values = (expression(names, functions) for expression in rule.values)
        return rule.id, dict(zip(self.outputs, values, strict=True))


def _holds(rule: Rule, given: list[Any], names: Mapping[str, Any], functions: Functions) -> bool:
    return all(
        condition is None or condition({**names, INPUT: value}, functions)
        for condition, value in zip(rule.conditions, given, strict=True)
    )


def condition_of(cell: str) -> str | None:
    """The cell as an expression over INPUT, the value of its column; None if any value will do."""
    if cell in _ANY:
        return None
    with_input = _QUESTION.sub(lambda found: found.group(1) or INPUT, cell)
    if with_input != cell:
        return with_input
    return f"{INPUT} {cell}" if _OPERATOR.match(cell) else f"{INPUT} == ({cell})"


def read_tables(root: Any, file: str) -> tuple[list[DecisionTable], list[Problem]]:
    """All decisions of one DMN file, and what is wrong with it."""
    namespace = etree.QName(root).namespace
    if namespace not in _NAMESPACES:
        mend = _("用 DMN 1.1 至 1.3 的决策表重新导出")
        return [], [Problem(None, _("不是受支持的 DMN 文件"), file, 1, "files", mend)]
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
            self._problem(decision, _("决策没有决策表"), _("画一张决策表，或者删去这个决策"))
            return None
        policy = table.get("hitPolicy", "UNIQUE").upper()
        if policy not in ("UNIQUE", "FIRST"):
            message = _("不支持的命中策略“{policy}”").format(policy=policy[:60])
            self._problem(table, message, _("改为 UNIQUE（恰好一条）或者 FIRST（取第一条）"))
        inputs = [self._input(node) for node in table.findall(self._tag("input"))]
        outputs = [self._output(node) for node in table.findall(self._tag("output"))]
        rules = [
            self._rule(node, len(inputs), len(outputs)) for node in table.findall(self._tag("rule"))
        ]
        if not rules or not outputs:
            self._problem(table, _("决策表没有规则或没有输出"), _("至少写一条规则、一个输出"))
        if self.problems:
            return None
        return DecisionTable(key, policy == "UNIQUE", _given(inputs), tuple(outputs), _given(rules))

    def _tag(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"

    def _problem(self, node: Any, message: str, mend: str) -> None:
        place = (node.get("id"), message, self.file, node.sourceline)
        self.problems.append(Problem(*place, rule="tables", mend=mend))

    def _text(self, node: Any) -> str:
        return (node.findtext(self._tag("text")) or "").strip()

    def _compile(self, node: Any, text: str) -> Expression | None:
        try:
            return compile_expression(text)
        except ExpressionError as error:
            self._problem(node, str(error), error.mend or _CELLS)
            return None

    def _input(self, node: Any) -> Expression | None:
        expression = node.find(self._tag("inputExpression"))
        return self._compile(node, self._text(expression) if expression is not None else "")

    def _output(self, node: Any) -> str:
        name = node.get("name") or node.get("label") or ""
        if not name.isidentifier() or name.startswith("_"):
            message = _("输出“{name}”不是变量名").format(name=name[:60])
            self._problem(node, message, _("只用字母、数字和下划线，以字母开头，如 level"))
        return str(name)

    def _rule(self, node: Any, inputs: int, outputs: int) -> Rule | None:
        cells = node.findall(self._tag("inputEntry"))
        values = node.findall(self._tag("outputEntry"))
        if (len(cells), len(values)) != (inputs, outputs):
            message = _("规则的列数与表头不一致")
            self._problem(node, message, _("每个输入列、输出列各写一格；不限的格留空"))
            return None
        compiled = [self._compile(value, self._text(value)) for value in values]
        key = node.get("id", "")
        return Rule(key, tuple(self._cell(cell) for cell in cells), _given(compiled))

    def _cell(self, node: Any) -> Expression | None:
        condition = condition_of(self._text(node))
        return None if condition is None else self._compile(node, condition)


def _given(found: list[T | None]) -> tuple[T, ...]:
    return tuple(entry for entry in found if entry is not None)
