"""What the elements and flows of a diagram do in law, by their operations, roles and answers."""

from collections.abc import Iterable

from bpmn.checks.law.rules import Act, Answers
from bpmn.checks.vocabulary import problem_at
from bpmn.diagram import Diagram, ServiceTask
from bpmn.diagram.expressions import literal
from bpmn.diagram.titles import titles_of
from bpmn.errors import Move, Problem


def elements_doing(diagram: Diagram, acts: Iterable[Act]) -> frozenset[str]:
    """The service tasks that do one of the acts."""
    wanted = tuple(acts)
    return frozenset(
        task.element
        for task in diagram.service_tasks.values()
        if any(_does(diagram, task, act) for act in wanted)
    )


def elements_calling(diagram: Diagram, operations: Iterable[str]) -> frozenset[str]:
    """The service tasks that call one of the operations, whatever they give it."""
    return elements_doing(diagram, (Act(name, {}) for name in operations))


def _does(diagram: Diagram, task: ServiceTask, act: Act) -> bool:
    if task.operation != act.operation:
        return False
    for name, values in act.given.items():
        given = values_given(diagram, task.parameters.get(name, ""))
        if not given or not given <= values:
            return False
    return True


def values_given(diagram: Diagram, expression: str) -> frozenset[object]:
    """What a parameter may be: a literal, or what the tables set of a variable.

    Empty where that cannot be told.
    """
    try:
        return frozenset({literal(expression)})
    except (ValueError, TypeError):
        pass
    found: set[object] = set()
    for element in diagram.sets.get(expression.strip(), ()):
        rule = diagram.rule_tasks.get(element)
        table = diagram.tables.get(rule.table) if rule else None
        values = table.values_of(expression.strip()) if table else None
        if not values:
            return frozenset()
        found.update(values)
    return frozenset(found)


def days_given(diagram: Diagram, expression: str) -> tuple[int | None, int | None]:
    """The fewest and the most working days of a parameter; None where they cannot be told."""
    values = [value for value in values_given(diagram, expression) if isinstance(value, int)]
    return min(values, default=None), max(values, default=None)


def flows_answering(diagram: Diagram, answers: Answers, *, others: bool = False) -> frozenset[str]:
    """The flows taken after an answer of that role; with `others`, after any other answer."""
    variables = {
        task.outcome for task in diagram.user_tasks.values() if task.role == answers.role
    } - {None}
    return frozenset(
        flow.id
        for process in diagram.processes.values()
        for flow in process.flows.values()
        if flow.variable in variables and (flow.value in answers.values) is not others
    )


def flows_comparing(diagram: Diagram, variable: str, values: Iterable[str]) -> frozenset[str]:
    """The flows taken when the variable has one of the values."""
    wanted = frozenset(values)
    return frozenset(
        flow.id
        for process in diagram.processes.values()
        for flow in process.flows.values()
        if flow.variable == variable and flow.value in wanted
    )


def ends_of(diagram: Diagram) -> frozenset[str]:
    """The end events of the top level: where the case itself ends."""
    nodes = diagram.processes[diagram.main].nodes.values()
    return frozenset(n.id for n in nodes if n.kind == "endEvent" and n.parent is None)


def name_of(diagram: Diagram, element: str) -> str:
    """The words on an element, or what tells it from others where it has none."""
    found = diagram.find_node(element)
    return (found[1].name.strip() if found else "") or titles_of(diagram).title(element)


def fault(
    diagram: Diagram, element: str, message: str, mend: str, run: tuple[Move, ...] = ()
) -> Problem:
    """A problem of this family."""
    return problem_at(diagram, element, message, rule="law", mend=mend, run=run)
