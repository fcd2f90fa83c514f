"""What a version calls its variables and their values, and conditions said in these words.

The words are those of the screen: the label of a field or of a column, the name of the decision
that compares a variable or of the step that answers it, the name of the flow that a value leads
along, what an operation that is handed a variable calls its values, the office's own words.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TypeVar

from bpmn.diagram import Diagram, FormField, Process, Table
from bpmn.diagram.expressions import comparison_in, constant, parse_expression
from bpmn.diagram.fields import read_fields
from bpmn.diagram.labels import Labels
from bpmn.diagram.xml import Element, extension_properties, find, text_of

Key = TypeVar("Key")
Way = tuple[str, str, str]
"""A conditional flow: its condition, its name, and the name of the decision that it leaves."""
Answer = tuple[str, str]
"""The variable that a decision compares, and the name of the step before the decision."""
Handed = tuple[str, str, str]
"""An operation, a parameter of it, and the expression that it is given."""
_OPERATORS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: _("{left}为{right}"),
    ast.NotEq: _("{left}不为{right}"),
    ast.Lt: _("{left}小于 {right}"),
    ast.LtE: _("{left}不大于 {right}"),
    ast.Gt: _("{left}大于 {right}"),
    ast.GtE: _("{left}不小于 {right}"),
    ast.In: _("{left}为{right}之一"),
    ast.NotIn: _("{left}不为{right}之一"),
}
_JOINED: Mapping[type[ast.boolop], str] = {ast.And: _("，并且"), ast.Or: _("，或者")}


@dataclass(frozen=True)
class Named:
    """What one file names: the fields that it draws, its conditional flows, its steps' answers,
    and what it hands to operations."""

    fields: Sequence[FormField] = ()
    ways: Sequence[Way] = ()
    answers: Sequence[Answer] = ()
    handed: Sequence[Handed] = ()


@dataclass(frozen=True)
class Spoken:
    """`variables` has their names, `values` by (variable, value) theirs, `answers` the steps
    whose answers they are: said where a variable has no name."""

    variables: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def helped_by(self, other: "Spoken") -> "Spoken":
        """With the words of another version for what this one has none for."""
        return Spoken(
            {**other.variables, **self.variables},
            {**other.values, **self.values},
            {**other.answers, **self.answers},
        )

    def variable(self, name: str) -> str:
        if name not in self.variables and name in self.answers:
            return _("“{step}”的结果").format(step=self.answers[name])
        return self.variables.get(name) or name

    def quoted(self, name: str) -> str:
        """The variable within a sentence: “法制意见”; “法制审核”的结果."""
        said = self.variable(name)
        return said if said.startswith(_("“")) else _("“{name}”").format(name=said)

    def constant(self, variable: str, value: object) -> str:
        """A value of the variable in words: 乙级证书, 空, 是."""
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if value is None:
            return _("无")
        return self.values.get((variable, str(value))) or str(value) or _("空")

    def condition(self, text: str) -> str:
        """意见为同意，并且天数大于 5; what has no such words, as it is written."""
        try:
            return self._said(parse_expression(text))
        except ValueError:
            return text

    def cell(self, variable: str, text: str) -> str:
        """A cell or a result of a decision table, of the variable of its column."""
        try:
            return self._operand(parse_expression(text), variable)
        except ValueError:
            pass
        try:  # `in [...]` and `!= ...` are what stands behind the column's own variable
            tree = parse_expression(f"{variable} {text}")
            return self._said(tree).removeprefix(self.variable(variable))
        except ValueError:
            return text

    def _said(self, tree: ast.expr) -> str:
        """Raises ValueError for what has no words."""
        if isinstance(tree, ast.BoolOp):
            parts = [self._part(part) for part in tree.values]
            return _JOINED[type(tree.op)].join(parts)
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
            return _("并非（{condition}）").format(condition=self._said(tree.operand))
        if isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.left, ast.Name):
            variable, words = tree.left.id, _OPERATORS.get(type(tree.ops[0]))
            if words is not None:
                right = self._operand(tree.comparators[0], variable)
                return words.format(left=self.variable(variable), right=right)
        raise ValueError(tree)

    def _part(self, tree: ast.expr) -> str:
        said = self._said(tree)
        return _("（{condition}）").format(condition=said) if isinstance(tree, ast.BoolOp) else said

    def _operand(self, tree: ast.expr, variable: str) -> str:
        """A constant, or some of them."""
        if isinstance(tree, ast.List | ast.Tuple):
            return "、".join(self._operand(part, variable) for part in tree.elts)
        return self.constant(variable, constant(tree))


def spoken_in(files: Iterable[Named], tables: Iterable[Table], labels: Labels) -> Spoken:
    """The words of a version; of several for one thing the first, the office's before all."""
    named = list(files)
    fields = [one for file in named for one in file.fields]
    columns = [one for table in tables for one in (*table.inputs, *table.outputs)]
    compared = [
        (found, name, decision)
        for file in named
        for condition, name, decision in file.ways
        if (found := comparison_in(condition)) is not None
    ]
    variables = _first(
        *labels.variables.items(),
        *((labels.field_prefix + one.name, one.label) for one in fields),
        *((one.text, one.label) for one in columns),
        *((variable, decision) for (variable, _value), _name, decision in compared),
    )
    known = [((name, value), said[value]) for name, said in labels.values.items() for value in said]
    handed = (one for file in named for one in _values_handed(file, labels))
    values = _first(*known, *((found, name) for found, name, _decision in compared), *handed)
    return Spoken(variables, values, _first(*(one for file in named for one in file.answers)))


def _values_handed(file: Named, labels: Labels) -> Iterator[tuple[tuple[str, str], str]]:
    """Of a variable that is handed over as it is: what the operation calls each value."""
    for operation, parameter, expression in file.handed:
        if expression.strip().isidentifier():
            _label, values = labels.parameters.get((operation, parameter), ("", {}))
            yield from (((expression.strip(), value), word) for value, word in values.items())


def _first(*said: tuple[Key, str]) -> dict[Key, str]:
    """Of several words for one thing the first; what is not named has none."""
    found: dict[Key, str] = {}
    for thing, word in said:
        if word:
            found.setdefault(thing, word)
    return found


def named_of(diagram: Diagram) -> dict[str, Named]:
    """What each file names of a diagram that was read."""
    return {
        one.file: Named(_fields_of(one), _ways_of(one), _answers_of(one), _handed_of(diagram, one))
        for one in diagram.processes.values()
    }


def _fields_of(process: Process) -> list[FormField]:
    return [field for node in process.nodes.values() for field in read_fields(node.properties)]


def _ways_of(process: Process) -> list[Way]:
    return [
        (flow.condition, flow.name, process.nodes[flow.source].name)
        for flow in process.flows.values()
        if flow.condition and flow.source in process.nodes
    ]


def _answers_of(process: Process) -> list[Answer]:
    flows = [(one.source, one.target, one.condition) for one in process.flows.values()]
    return list(_answers(flows, {node.id: node.name for node in process.nodes.values()}))


def _answers(
    flows: Sequence[tuple[str, str, str | None]], names: Mapping[str, str]
) -> Iterator[Answer]:
    """Of flows as (source, target, condition)."""
    before = {target: source for source, target, _condition in reversed(flows)}
    for source, _target, condition in flows:
        found = comparison_in(condition)
        if found is not None and source in before:
            yield found[0], names.get(before[source], "")


def _handed_of(diagram: Diagram, process: Process) -> list[Handed]:
    return [
        (task.operation, name, expression)
        for task in diagram.service_tasks.values()
        if task.process == process.id
        for name, expression in task.parameters.items()
    ]


def named_in(root: Element) -> Named:
    """What a file names of which no more is read."""
    tasks = find(root, ".//bpmn:userTask")
    flows = [
        (one.get("sourceRef", ""), one.get("targetRef", ""), _condition(one))
        for one in find(root, ".//bpmn:sequenceFlow")
    ]
    names = {one.get("id", ""): one.get("name", "") for one in root.iter("{*}*")}
    return Named(
        [field for task in tasks for field in read_fields(extension_properties(task))],
        list(_ways_in(root)),
        list(_answers(flows, names)),
        list(_handed_in(root)),
    )


def _condition(flow: Element) -> str | None:
    return text_of(flow, "bpmn:conditionExpression")


def _handed_in(root: Element) -> Iterator[Handed]:
    for operator in find(root, ".//spiffworkflow:serviceTaskOperator"):
        for one in find(operator, ".//spiffworkflow:parameter"):
            yield operator.get("id", ""), one.get("id", ""), one.get("value", "")


def _ways_in(root: Element) -> Iterator[Way]:
    gateways = find(root, ".//bpmn:exclusiveGateway")
    names = {one.get("id", ""): one.get("name", "") for one in gateways}
    for flow in find(root, ".//bpmn:sequenceFlow"):
        condition = _condition(flow)
        if condition:
            yield condition, flow.get("name", ""), names.get(flow.get("sourceRef", ""), "")
