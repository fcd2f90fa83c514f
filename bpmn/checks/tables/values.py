"""Which values a routing variable may have, as far as the diagram and the office's words tell."""

from collections.abc import Iterator

from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Diagram, ServiceTask
from bpmn.diagram.expressions import literal

Known = tuple[object, ...]


def values_of(diagram: Diagram, words: Vocabulary, variable: str) -> Known | None:
    """Every value that a step, a message or the case's beginning may give; None for any text.

    None too for what nothing sets: that is told by another check.
    """
    found: dict[object, None] = {}
    for values in _sources(diagram, words, variable):
        if not values:
            return None
        found |= dict.fromkeys(values)
    return tuple(found) or None


def _sources(diagram: Diagram, words: Vocabulary, variable: str) -> Iterator[Known]:
    """The values of each that sets it; none where they cannot be told."""
    if variable in words.given:
        yield words.given[variable]
    for sets in words.messages.values():
        if variable in sets:
            yield sets[variable]
    for element in diagram.sets.get(variable, ()):
        yield _set_by(diagram, words, element, variable)


def _set_by(diagram: Diagram, words: Vocabulary, element: str, variable: str) -> Known:
    if element in diagram.user_tasks:
        return tuple(outcome.value for outcome in diagram.user_tasks[element].outcomes)
    if element in diagram.rule_tasks:
        table = diagram.tables.get(diagram.rule_tasks[element].table)
        return (table.values_of(variable) if table else None) or ()
    if element in diagram.service_tasks:
        return _returned(diagram.service_tasks[element], words, variable)
    return ()


def _returned(task: ServiceTask, words: Vocabulary, variable: str) -> Known:
    """What an operation returns; "=name" is the value of its parameter of that name."""
    operation = words.operations.get(task.operation)
    values = operation.sets.get(variable, ()) if operation else ()
    found: list[object] = []
    for value in values:
        if not value.startswith("="):
            found.append(value)
            continue
        try:
            found.append(literal(task.parameters.get(value[1:], "")))
        except ValueError:
            return ()
    return tuple(found)
