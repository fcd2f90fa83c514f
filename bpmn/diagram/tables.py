"""A decision table (DMN) as it is written: its columns, rules and cells, each with its line.

Deciding by a table is `bpmn.engine`; whether its rules have gaps is for `bpmn.checks`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bpmn.diagram.expressions import names_in, settled
from bpmn.diagram.xml import Element, line_of
from bpmn.errors import ExpressionError


@dataclass(frozen=True)
class Column:
    """An input with its expression, or an output with its variable, as `text`.

    `kind` is the type that the column states (string, number, integer, boolean …), if any.
    """

    id: str
    text: str
    label: str
    kind: str
    line: int

    @property
    def title(self) -> str:
        """What stands above the column."""
        return self.label or self.text


@dataclass(frozen=True)
class TableRule:
    """One row: a cell for each input, a value for each output, as written."""

    id: str
    cells: tuple[str, ...]
    values: tuple[str, ...]
    documentation: str
    line: int


@dataclass(frozen=True)
class Table:
    """One decision. `policy` is its hit policy in capital letters, UNIQUE where none is given."""

    id: str
    name: str
    documentation: str
    file: str
    policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rules: tuple[TableRule, ...]
    line: int

    @property
    def reads(self) -> tuple[str, ...]:
        """The variables that the inputs read, in their order."""
        return tuple(name for column in self.inputs for name in names_in(column.text))

    @property
    def sets(self) -> tuple[str, ...]:
        """The variables that the table sets."""
        return tuple(column.text for column in self.outputs)

    def values_of(self, variable: str) -> tuple[object, ...] | None:
        """Every value that the table may give a variable, in the order of its rules.

        None where a rule computes it from the case, so that the values cannot be told.
        """
        place = self.sets.index(variable)
        found: dict[object, None] = {}
        for rule in self.rules:
            try:
                found[settled(rule.values[place])] = None
            except (ValueError, TypeError, IndexError, ExpressionError):
                return None
        return tuple(found)


def read_tables(roots: Mapping[str, Element]) -> dict[str, Table]:
    """Every decision of the files (name → root element), by its id."""
    tables = (table for file, root in roots.items() for table in _tables_of(root, file))
    return {table.id: table for table in tables}


def _tables_of(root: Element, file: str) -> Iterator[Table]:
    for decision in root.findall("{*}decision"):
        table = decision.find("{*}decisionTable")
        rows = decision if table is None else table
        yield Table(
            id=decision.get("id", ""),
            name=decision.get("name", ""),
            documentation=_text(decision, "description"),
            file=file,
            policy=rows.get("hitPolicy", "UNIQUE").upper(),
            inputs=tuple(_input(one) for one in rows.findall("{*}input")),
            outputs=tuple(_output(one) for one in rows.findall("{*}output")),
            rules=tuple(_rule(one) for one in rows.findall("{*}rule")),
            line=line_of(rows),
        )


def _input(element: Element) -> Column:
    expression = element.find("{*}inputExpression")
    text = "" if expression is None else _text(expression, "text")
    kind = "" if expression is None else expression.get("typeRef", "")
    return Column(element.get("id", ""), text, element.get("label", ""), kind, line_of(element))


def _output(element: Element) -> Column:
    label = element.get("label", "")
    name = element.get("name") or label
    return Column(element.get("id", ""), name, label, element.get("typeRef", ""), line_of(element))


def _rule(element: Element) -> TableRule:
    return TableRule(
        id=element.get("id", ""),
        cells=_texts(element.findall("{*}inputEntry")),
        values=_texts(element.findall("{*}outputEntry")),
        documentation=_text(element, "description"),
        line=line_of(element),
    )


def _texts(entries: Iterable[Element]) -> tuple[str, ...]:
    return tuple(_text(entry, "text") for entry in entries)


def _text(element: Element, tag: str) -> str:
    return (element.findtext(f"{{*}}{tag}") or "").strip()
