"""Which elements of a diagram read a routing variable, and which set it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bpmn.diagram.expressions import names_in
from bpmn.diagram.words import Process, RuleTask, ServiceTask, UserTask

_Pairs = Iterator[tuple[str, str]]


def variables_read(
    processes: Iterable[Process], services: Iterable[ServiceTask], rules: Iterable[RuleTask]
) -> dict[str, tuple[str, ...]]:
    """The elements that read each variable: flows, timers, parameters and tables."""
    pairs = [pair for process in processes for pair in _read_by_process(process)]
    for service in services:
        for expression in service.parameters.values():
            pairs.extend((name, service.element) for name in names_in(expression))
    pairs.extend((name, rule.element) for rule in rules for name in rule.reads)
    return _group(pairs)


def variables_set(
    processes: Iterable[Process],
    services: Sequence[ServiceTask],
    rules: Sequence[RuleTask],
    people: Iterable[UserTask],
) -> dict[str, tuple[str, ...]]:
    """The elements that set each variable: people, operations, tables and messages."""
    pairs = [(task.outcome, task.element) for task in people if task.outcome is not None]
    pairs.extend((name, service.element) for service in services for name in service.sets)
    pairs.extend((name, rule.element) for rule in rules for name in rule.sets)
    pairs.extend(pair for process in processes for pair in _set_by_messages(process))
    return _group(pairs)


def _read_by_process(process: Process) -> _Pairs:
    for flow in process.flows.values():
        yield from ((name, flow.id) for name in names_in(flow.condition or ""))
    for node in process.nodes.values():
        yield from ((name, node.id) for name in names_in(node.timer or ""))


def _set_by_messages(process: Process) -> _Pairs:
    for node in process.nodes.values():
        if node.message_variable:
            yield node.message_variable, node.id


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, element in pairs:
        grouped[name][element] = None
    return {name: tuple(elements) for name, elements in grouped.items()}
