"""Which rules of decision tables decided a case: for officers who ask why it went where it did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bpmn.casework.tracing import Trace
from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks.tables.words import Words
from bpmn.diagram import Column, Table
from bpmn.engine import Fired

_Said = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FiredRule:
    """A rule that fired, at an aware UTC time: its number from 1, its text, what went in and out.

    `given` and `found` are (column, value) in words.
    """

    at: datetime
    table: str
    number: int
    text: str
    given: _Said
    found: _Said


def rules_fired(trace: Trace) -> list[FiredRule]:
    """In the order of the decisions; none for decisions older than the note of their rule."""
    return list(_rules(trace))


def _rules(trace: Trace) -> Iterator[FiredRule]:
    diagram = trace.loaded.words
    for visit in trace.visits:
        task = diagram.rule_tasks.get(visit.element)
        table = diagram.tables.get(task.table) if task else None
        if table is None or visit.fired is None:
            continue
        words = Words(diagram, VOCABULARY, table)
        for number, rule in enumerate(table.rules, start=1):
            if rule.id == visit.fired.rule:
                given, found = _said(words, table, visit.fired)
                text = rule.documentation
                yield FiredRule(visit.at, table.name, number, text, given, found)
                break


def _said(words: Words, table: Table, fired: Fired) -> tuple[_Said, _Said]:
    variables = dict(fired.variables)

    def said(columns: tuple[Column, ...]) -> _Said:
        return tuple(
            (column.title, words.name(column, variables[column.text]))
            for column in columns
            if column.text in variables
        )

    return said(table.inputs), said(table.outputs)
