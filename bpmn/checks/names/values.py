"""Values that a decision compares with and nothing can ever give: a branch nobody will take; and
values that a timer cannot wait for.

That every value that may come has its branch is the question of soundness, not this one's.
"""

from collections.abc import Iterator, Mapping
from gettext import gettext as _

from bpmn.checks.names.near import offer, shown
from bpmn.checks.speech import Speech
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Diagram, Node, ServiceTask
from bpmn.diagram.expressions import literal, names_in
from bpmn.engine.elements import MOST_PEOPLE, is_count_of_people
from bpmn.engine.timers import check_timer_text

_Possible = Mapping[str, set[str] | None]
"""The values of each variable that something sets; None where they cannot be told."""
_Given = Iterator[tuple[str, tuple[str, ...] | None]]
"""A variable and the values that something may give it; None for whatever text."""


def check_values(diagram: Diagram, words: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """Flows whose value is none that anything sets: element, what is wrong, how to mend it."""
    possible, speech = _possible(diagram, words), Speech(diagram, words.labels)
    for process in diagram.processes.values():
        for flow in process.flows.values():
            values = possible.get(flow.variable or "")
            if values is not None and flow.value is not None and flow.value not in values:
                name = flow.variable or ""
                message = _("没有任何环节会把{variable}设为“{value}”").format(
                    variable=speech.variable(name), value=shown(flow.value)
                )
                labels = {value: speech.value(name, value) for value in values}
                yield flow.id, message, offer(_("取值"), flow.value, values, labels)
        for node in process.nodes.values():
            yield from _check_timer(node, possible, speech)
            yield from _check_people(node, possible, speech)


def _check_timer(node: Node, possible: _Possible, speech: Speech) -> Iterator[tuple[str, str, str]]:
    """A timer that reads a variable of known values, one of which is neither time nor number."""
    for name in names_in(node.timer or ""):
        wrong = [value for value in sorted(possible.get(name) or ()) if not _is_time(value)]
        if wrong:
            message = _("{variable}的取值“{value}”不是时间，办件会停在这里")
            mend = _('换一个存时间的变量，或者写 working_days(5)、due("decision")')
            yield (
                node.id,
                message.format(variable=speech.variable(name), value=speech.value(name, wrong[0])),
                mend,
            )


def _check_people(
    node: Node, possible: _Possible, speech: Speech
) -> Iterator[tuple[str, str, str]]:
    """A step for several people at once whose number is a variable of known values."""
    for name in names_in(node.multiple.get("loopCardinality", "")):
        known = sorted(possible.get(name) or ())
        wrong = [value for value in known if not is_count_of_people(value)]
        if wrong:
            message = _("{variable}的取值“{value}”不是 1 到 {most} 的整数，不能作为同时办理的份数")
            told = {"variable": speech.variable(name), "value": speech.value(name, wrong[0])}
            mend = _("换一个存人数的变量，或者写 3 这样的整数")
            yield node.id, message.format(**told, most=MOST_PEOPLE), mend


def _is_time(value: str) -> bool:
    return value.isdecimal() or any(
        not list(check_timer_text(f'"{value}"', is_duration)) for is_duration in (True, False)
    )


def _possible(diagram: Diagram, words: Vocabulary) -> _Possible:
    found: dict[str, set[str] | None] = {}
    for name, values in _given(diagram, words):
        before = found.get(name, set())
        found[name] = None if before is None or values is None else before | set(values)
    return found


def _given(diagram: Diagram, words: Vocabulary) -> _Given:
    yield from ((name, values or None) for name, values in words.given.items())
    for person in diagram.user_tasks.values():
        if person.outcome is not None:
            yield person.outcome, tuple(outcome.value for outcome in person.outcomes)
    for service in diagram.service_tasks.values():
        yield from _by_operation(service, words)
    for rule in diagram.rule_tasks.values():
        for name in rule.sets:
            values = diagram.tables[rule.table].values_of(name)
            yield name, None if values is None else tuple(str(value) for value in values)
    yield from _by_messages(diagram, words)


def _by_operation(service: ServiceTask, words: Vocabulary) -> _Given:
    operation = words.operations.get(service.operation)
    for name, values in operation.sets.items() if operation else ():
        if values[:1] and values[0].startswith("="):
            yield name, _literal(service.parameters.get(values[0][1:], ""))
        else:
            yield name, values or None
    for name in service.sets:
        if operation is None or name not in operation.sets:
            yield name, None


def _literal(text: str) -> tuple[str, ...] | None:
    try:
        return (str(literal(text)),)
    except ValueError:
        return None


def _by_messages(diagram: Diagram, words: Vocabulary) -> _Given:
    """Whoever sends a message may bring values that the vocabulary does not know."""
    for process in diagram.processes.values():
        for node in process.nodes.values():
            for name in (*words.messages.get(node.message or "", {}), node.message_variable):
                if name:
                    yield name, None
