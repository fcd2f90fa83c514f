"""What a decision table gives out: whether the steps that read it know what to do with it."""

from collections.abc import Iterator
from gettext import gettext as _

from bpmn.checks.names.parameters import is_usable
from bpmn.checks.tables.columns import kind_of, stated_kind
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Column, Diagram, ServiceTask, Table, TableRule
from bpmn.diagram.expressions import settled
from bpmn.engine.timers import MOST_DAYS, has_countable_days
from bpmn.errors import ExpressionError, Problem

_KINDS = {"str": "text", "int": "number"}


def check_outputs(diagram: Diagram, words: Vocabulary, table: Table) -> Iterator[Problem]:
    """Values that no branch compares, that an operation does not take, or of another type."""
    for place, column in enumerate(table.outputs):
        for number, rule in enumerate(table.rules, start=1):
            for message, mend in _found(diagram, words, column, rule.values[place]):
                told = _("决策表“{table}”第 {number} 条规则的结果“{column}”{message}").format(
                    table=table.name, number=number, column=column.title, message=message
                )
                yield _problem(table, rule, told, mend)


def _found(
    diagram: Diagram, words: Vocabulary, column: Column, text: str
) -> Iterator[tuple[str, str]]:
    try:
        value = settled(text)
    except ValueError:  # What it comes to depends on the case.
        if not has_countable_days(text):
            message = _("里 working_days 要有一个 1 到 {most} 的整数").format(most=MOST_DAYS)
            yield message, _("写成 working_days(5) 这样")
        yield from _uncounted(diagram, words, column.text)
    except ExpressionError:
        yield _("算不出来"), _("写成一个值，文字加引号")
    else:
        yield from _faults(diagram, words, column, value)


def _problem(table: Table, rule: TableRule, message: str, mend: str) -> Problem:
    return Problem(rule.id or None, message, table.file, rule.line, "tables", mend)


def _faults(
    diagram: Diagram, words: Vocabulary, column: Column, value: object
) -> Iterator[tuple[str, str]]:
    kind = stated_kind(column.kind)
    if kind and kind_of(value) not in (kind, "nothing"):
        yield (
            _("与这一列的数据类型不同"),
            _("文字加引号，数字不加引号；或者改这一列的数据类型"),
        )
    for decision in diagram.decisions.values():
        known = [outcome.value for outcome in decision.outcomes]
        if decision.variable == column.text and known and value not in known:
            message = _("是“{value}”，但排他网关“{name}”没有这样的分支")
            mend = _("改这一格，或者给排他网关“{name}”增加一条分支")
            yield (
                message.format(value=value, name=decision.name),
                mend.format(name=decision.name),
            )
    for task in diagram.service_tasks.values():
        yield from _refused(task, words, column.text, value)


def _uncounted(diagram: Diagram, words: Vocabulary, variable: str) -> Iterator[tuple[str, str]]:
    """The law's limits are proved of numbers that are known: of days above all."""
    for task in diagram.service_tasks.values():
        known = words.operations.get(task.operation)
        for name, text in task.parameters.items() if known else ():
            kind = known.parameters.get(name, ("", False))[0] if known else ""
            if kind == "int" and text.strip() == variable:
                message = _("要到办理时才算得出来，环节“{name}”不能用它办理")
                yield message.format(name=task.name), _("写成一个整数")


def _refused(
    task: ServiceTask, words: Vocabulary, variable: str, value: object
) -> Iterator[tuple[str, str]]:
    """What an operation says to the value as one of its parameters."""
    operation = words.operations.get(task.operation)
    for name, text in task.parameters.items() if operation else ():
        if operation is None or text.strip() != variable or name not in operation.parameters:
            continue
        kind, choices = operation.parameters[name][0], operation.choices.get(name)
        is_strange = kind_of(value) != _KINDS.get(kind, kind_of(value))
        is_wrong = is_strange or not is_usable(name, value)
        if is_wrong or (choices and value not in choices):
            message = _("是“{value}”，环节“{name}”不能用它办理")
            told = message.format(value=value, name=task.name)
            yield told, _("改成环节“{name}”能用的取值").format(name=task.name)
