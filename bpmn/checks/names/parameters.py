"""What a service task hands to its operation: all that it needs, nothing it does not know."""

import ast
from collections.abc import Iterator, Mapping
from gettext import gettext as _

from bpmn.checks.names.near import Finding, offer, shown, unknown
from bpmn.checks.names.properties import MOST_DAYS
from bpmn.checks.vocabulary import OperationWords, Vocabulary
from bpmn.diagram import ServiceTask
from bpmn.diagram.expressions import literal, parse_expression
from bpmn.diagram.labels import Labels


def check_parameters(task: ServiceTask, words: Vocabulary) -> Iterator[Finding]:
    """Missing and unknown parameters, values of the wrong kind, variables it does not set."""
    known = words.operations.get(task.operation)
    if known is None:
        return
    labels = _Labels(task.operation, words.labels)
    yield from _check_required(task, known, labels)
    for name, text in task.parameters.items():
        yield from _check_parameter(name, text.strip(), known, labels)
    for name in set(task.sets) - known.sets.keys():
        message = _("操作“{operation}”不设置变量“{name}”")
        yield (
            message.format(operation=labels.operation, name=shown(name)),
            offer(_("变量"), name, known.sets.keys()) if known.sets else _("删去这个变量"),
        )


class _Labels:
    """What an operation, its parameters and their values are called."""

    def __init__(self, operation: str, labels: Labels) -> None:
        self.operation = labels.operations.get(operation, operation)
        self._parameters = {
            name: words for (of, name), words in labels.parameters.items() if of == operation
        }

    @property
    def parameters(self) -> dict[str, str]:
        return {name: label for name, (label, _values) in self._parameters.items()}

    def parameter(self, name: str) -> str:
        return self.parameters.get(name, name)

    def values(self, name: str) -> Mapping[str, str]:
        return self._parameters[name][1] if name in self._parameters else {}


def _check_required(task: ServiceTask, known: OperationWords, labels: _Labels) -> Iterator[Finding]:
    for name, (kind, required) in known.parameters.items():
        if required and not task.parameters.get(name, "").strip():
            mend = _("补上，如 {example}").format(example=_example(kind))
            if name in known.choices:
                mend = offer(_VALUE, "", known.choices[name], labels.values(name))
            yield _("缺少参数“{name}”").format(name=labels.parameter(name)), mend


def _check_parameter(
    name: str, text: str, known: OperationWords, labels: _Labels
) -> Iterator[Finding]:
    if name not in known.parameters:
        yield from unknown(_PARAMETER, name, known.parameters.keys(), labels.parameters)
        return
    kind, _required = known.parameters[name]
    found = _kind_of(text)
    if found not in (None, kind):
        message = _("参数“{name}”应当是{kind}，现在是{found}")
        told = {"kind": _KINDS.get(kind, kind), "found": _KINDS[found or ""]}
        yield message.format(name=labels.parameter(name), **told), _mend(text, kind)
    elif found == "str" and name in known.choices:
        value = str(literal(text))
        yield from unknown(_VALUE, value, known.choices[name], labels.values(name))
    else:
        yield from _check_size(name, text, kind, labels)


def _check_size(name: str, text: str, kind: str, labels: _Labels) -> Iterator[Finding]:
    label = labels.parameter(name)
    try:
        fits = is_usable(name, literal(text))
    except ValueError:
        fits = kind != "int" or not _is_reckoned(text)
    if not fits and kind == "int":
        message = _("参数“{name}”应当是 1 到 {most} 的整数，或者变量的名称")
        yield message.format(name=label, most=MOST_DAYS), _mend("", kind)
    elif not fits:
        message = _("参数“{name}”太长，最多 {most} 个字")
        yield message.format(name=label, most=_MOST_LETTERS[name]), _("写短一些")


def _is_reckoned(text: str) -> bool:
    """Whether a number is worked out: the law's limits could not be proved of it."""
    try:
        return not isinstance(parse_expression(text), ast.Name)
    except ValueError:
        return False


def is_usable(name: str, value: object) -> bool:
    """Whether a value of the right kind can be kept and counted; all numbers are working days."""
    if isinstance(value, str):
        return len(value) <= _MOST_LETTERS.get(name, len(value))
    is_number = isinstance(value, int | float)
    return not is_number or (type(value) is int and 1 <= value <= MOST_DAYS)


_MOST_LETTERS = {"article": 120}
"""Of texts whose column is shorter than an expression may be."""
_PARAMETER, _VALUE = _("参数"), _("取值")
_KINDS = {
    "str": _("文字"),
    "int": _("整数"),
    "float": _("小数"),
    "bool": _("是非"),
    "list": _("清单"),
    "NoneType": _("空值"),
}


def _kind_of(text: str) -> str | None:
    """The kind of a value that stands there as it is; None where it is reckoned or broken."""
    try:
        tree = parse_expression(text)
    except ValueError:
        return None
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        tree = tree.operand
    if isinstance(tree, ast.List | ast.Tuple):
        return "list"
    if isinstance(tree, ast.Compare) or (
        isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not)
    ):
        return "bool"
    kind = type(tree.value).__name__ if isinstance(tree, ast.Constant) else None
    return kind if kind in _KINDS else None


def _mend(text: str, kind: str) -> str:
    if kind == "int" and text.strip("\"'").isdecimal():
        return _("去掉引号，写成 {value}").format(value=text.strip("\"'"))
    if kind == "str" and text.isdecimal():
        return _('加上引号，写成 "{value}"').format(value=text)
    return _("写成 {example} 这样，或者写变量的名称").format(example=_example(kind))


def _example(kind: str) -> str:
    return "5" if kind == "int" else _('"文字"')
