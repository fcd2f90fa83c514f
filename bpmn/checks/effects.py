"""What a step may do to the routing variables: every value that it can give each of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from bpmn.checks.net import Net, Place
from bpmn.checks.vocabulary import Values, Vocabulary
from bpmn.diagram import Diagram
from bpmn.diagram.expressions import literal, names_in
from bpmn.diagram.tables import Table, TableRule

UNKNOWN = object()
"""A value that a variable has, but that nothing tells."""
Env = tuple[tuple[str, object], ...]
"""The routing variables that a token still needs, by name."""


@dataclass(frozen=True)
class Effect:
    """One way for a step to come out: what it sets, and the word for that (empty if only one)."""

    sets: Mapping[str, object]
    word: str = ""


_NOTHING = (Effect({}),)


class Effects:
    """The effects of each place of a net, with the values that the vocabulary knows."""

    def __init__(self, net: Net, words: Vocabulary) -> None:
        self._found: dict[tuple[str, Env], Sequence[Effect]] = {}
        self.diagram = net.diagram
        self.words = words
        self.values = _values_compared(net.diagram)
        self.compared = self._compared()
        self.labels = _labels(net.diagram)
        self.constant = frozenset(
            name
            for name, values in words.given.items()
            if not values and name not in net.diagram.sets
        )

    def _compared(self) -> frozenset[str]:
        """The variables whose very value decides something; of others only that they have one."""
        names = {name for task in self.diagram.rule_tasks.values() for name in task.reads}
        for task in self.diagram.service_tasks.values():
            words = self.words.operations.get(task.operation)
            for value in chain.from_iterable(words.sets.values() if words else ()):
                names.update(names_in(task.parameters.get(value[1:], "")))
        return frozenset(names | self.values.keys())

    def reads(self, place: Place) -> set[str]:
        """The variables that must have a value when a token comes to the place."""
        timers = (place.node.timer or "",)
        names = {name for text in timers for name in names_in(text)}
        service = self.diagram.service_tasks.get(place.node.id)
        if service is not None:
            names |= {n for text in service.parameters.values() for n in names_in(text)}
        rule = self.diagram.rule_tasks.get(place.node.id)
        if rule is not None:
            names |= set(rule.reads)
        if len(place.outs) > 1:
            names |= {way.flow.variable for way in place.outs if way.flow.variable is not None}
        return names - self.constant

    def sets(self, place: Place) -> frozenset[str]:
        """The variables that the place sets, whatever comes out."""
        effects = self.of(place, ())
        return frozenset.intersection(*(frozenset(effect.sets) for effect in effects or _NOTHING))

    def at_start(self) -> Sequence[Effect]:
        """What is given with a new case."""
        return self._all({n: v for n, v in self.words.given.items() if n not in self.constant})

    def of(self, place: Place, env: Env) -> Sequence[Effect]:
        """Every way for the place's step to come out; none where a table has no rule for it."""
        key = (place.node.id, env)
        if key not in self._found:
            self._found[key] = self._of(place, env)
        return self._found[key]

    def _of(self, place: Place, env: Env) -> Sequence[Effect]:
        element = place.node.id
        if element in self.diagram.user_tasks:
            return self._by_person(place)
        if element in self.diagram.service_tasks:
            return self._by_operation(element, dict(env))
        if element in self.diagram.rule_tasks:
            return self._by_table(element, dict(env))
        if place.node.message:
            return self._by_message(place)
        return _NOTHING

    def _by_person(self, place: Place) -> Sequence[Effect]:
        task = self.diagram.user_tasks[place.node.id]
        # The answers of several people are collected; none of them becomes a variable.
        if task.outcome is None or place.node.multiple:
            return _NOTHING
        return self._all({task.outcome: [one.value for one in task.outcomes]})

    def _by_operation(self, element: str, env: dict[str, object]) -> Sequence[Effect]:
        task = self.diagram.service_tasks[element]
        words = self.words.operations.get(task.operation)
        known = {} if words is None else words.sets
        found: dict[str, Sequence[object]] = {}
        for name in {**dict.fromkeys(task.sets), **known}:
            values: list[object] = []
            for value in known.get(name, ()):
                values += self._echo(task.parameters, value, env) if value[:1] == "=" else [value]
            found[name] = values
        return self._all(found)

    def _echo(
        self, parameters: Mapping[str, str], value: str, env: Mapping[str, object]
    ) -> list[object]:
        return [_value_of(parameters.get(value[1:], ""), env)]

    def _by_message(self, place: Place) -> Sequence[Effect]:
        """What the message is known to bring, and whatever else the diagram has a branch for."""
        brought = self.words.messages.get(place.node.message or "", {})
        found: dict[str, Sequence[object]] = {
            name: tuple(dict.fromkeys((*values, *self.values.get(name, ()))))
            for name, values in brought.items()
        }
        if place.node.message_variable and place.node.message not in self.words.messages:
            found[place.node.message_variable] = ()
        return self._all(found)

    def _by_table(self, element: str, env: dict[str, object]) -> Sequence[Effect]:
        table = self.diagram.tables.get(self.diagram.rule_tasks[element].table)
        if table is None:
            return _NOTHING
        env |= dict.fromkeys(self.constant, UNKNOWN)
        given = [_value_of(column.text, env) for column in table.inputs]
        found: dict[tuple[object, ...], None] = {}
        for rule in _may_hold(table, given):
            found[tuple(self._kept(n, _literal(v)) for n, v in _outputs(table, rule))] = None
        names = [column.text for column in table.outputs]
        sets = [dict(zip(names, values, strict=True)) for values in found]
        return tuple(Effect(one, self._word(one) if len(sets) > 1 else "") for one in sets)

    def _all(self, found: Mapping[str, Sequence[object] | Values]) -> Sequence[Effect]:
        """Every combination of the values; only what some branch compares is told apart."""
        kept = [
            [(name, value) for value in dict.fromkeys(self._kept(name, v) for v in values)]
            or [(name, UNKNOWN)]
            for name, values in found.items()
        ]
        sets = [dict(pairs) for pairs in product(*kept)]
        return tuple(Effect(one, self._word(one) if len(sets) > 1 else "") for one in sets)

    def _kept(self, name: str, value: object) -> object:
        return value if name in self.compared else UNKNOWN

    def _word(self, sets: Mapping[str, object]) -> str:
        told = (self.label(name, value) for name, value in sets.items() if value is not UNKNOWN)
        return "、".join(told)

    def label(self, name: str, value: object) -> str:
        """What the diagram calls a value of a variable, or else the office; or the value."""
        known = self.words.labels.values.get(name, {})
        return self.labels.get((name, str(value))) or known.get(str(value)) or str(value)


def _values_compared(diagram: Diagram) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for process in diagram.processes.values():
        for flow in process.flows.values():
            if flow.variable is not None and flow.value is not None:
                found[flow.variable] = (*found.get(flow.variable, ()), flow.value)
    return found


def _labels(diagram: Diagram) -> dict[tuple[str, str], str]:
    labels: dict[tuple[str, str], str] = {}
    for process in diagram.processes.values():
        for flow in process.flows.values():
            if flow.variable is not None and flow.value is not None:
                labels.setdefault((flow.variable, flow.value), flow.name)
    return labels


def _literal(text: str) -> object:
    try:
        found: object = literal(text)
        hash(found)
    except (ValueError, TypeError):
        return UNKNOWN
    return found


def _value_of(text: str, env: Mapping[str, object]) -> object:
    """The value of an expression where that is a literal or a variable; else UNKNOWN."""
    name = text.strip()
    return env.get(name, UNKNOWN) if name.isidentifier() else _literal(text)


def _outputs(table: Table, rule: TableRule) -> Iterable[tuple[str, str]]:
    return zip((column.text for column in table.outputs), rule.values, strict=False)


def _may_hold(table: Table, given: Sequence[object]) -> Iterator[TableRule]:
    """The rules that may be the one: the first that is sure to hold is the last of them."""
    for rule in table.rules:
        held = [_holds(cell, value) for cell, value in zip(rule.cells, given, strict=False)]
        if False not in held:
            yield rule
        if all(held) and None not in held:
            return


def _holds(cell: str, value: object) -> bool | None:
    """Whether a cell agrees with a value; None where that cannot be told."""
    if cell in ("", "-"):
        return True
    wanted = _literal(cell)
    return None if UNKNOWN in (wanted, value) else wanted == value
