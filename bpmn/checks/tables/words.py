"""What the values of a table's columns are called, as far as the diagram and the office know."""

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from bpmn.checks.tables.columns import OTHER
from bpmn.checks.tables.covering import Example
from bpmn.checks.tables.grid import Axis
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Column, Diagram, Table


class Words:
    """Says values: by the names of the flows that compare them, by the office's words, or raw."""

    def __init__(self, diagram: Diagram, words: Vocabulary, table: Table) -> None:
        self.table = table
        flows = [f for p in diagram.processes.values() for f in p.flows.values() if f.variable]
        self.labels = {(f.variable, f.value): f.name for f in reversed(flows) if f.name}
        for variable, values in words.labels.values.items():
            self.labels |= {(variable, value): label for value, label in values.items()}

    def name(self, column: Column, value: object) -> str:
        """What a value is called: 乙级证书, 空, 其他."""
        return self.labels.get((column.text, str(value))) or _plain(value)

    def value(self, column: Column, value: object) -> str:
        """The name in quotes, where it is one."""
        return self._quoted(value, self.name(column, value))

    def raw(self, value: object) -> str:
        """The value as it is written."""
        return self._quoted(value, _plain(value))

    def example(self, axes: Sequence[Axis], example: Example) -> str:
        """证书类型=“乙级证书”，市级代码=空; of columns that tell rules apart."""
        told = list(self._pairs(axes, example))
        return _("，").join(told) if told else _("任何情况")

    def choices(self, column: Column, known: Sequence[object] | None) -> str:
        """The values that are known to come, where they are."""
        if known is None:
            return ""
        values = "、".join(self.value(column, value) for value in known)
        return _("（取值有{values}）").format(values=values)

    def _pairs(self, axes: Sequence[Axis], example: Example) -> Iterator[str]:
        for axis, value in zip(axes, example, strict=False):
            if axis.asked:
                said = self.value(axis.column, value)
                yield _("{column}={value}").format(column=axis.column.title, value=said)

    @staticmethod
    def _quoted(value: object, said: str) -> str:
        is_word = value in ("", OTHER) or value is None or isinstance(value, bool)
        return said if is_word else _("“{value}”").format(value=said)


def _plain(value: object) -> str:
    if value == "":
        return _("空")
    if value == OTHER:
        return _("其他")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _("无") if value is None else str(value)
