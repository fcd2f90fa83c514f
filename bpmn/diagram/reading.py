"""Reading a diagram and all that it calls into one `Diagram`."""

from collections.abc import Iterable, Iterator, Mapping

from bpmn.diagram.graph import read_process
from bpmn.diagram.variables import variables_read, variables_set
from bpmn.diagram.words import (
    Decision,
    Diagram,
    Flow,
    Outcome,
    Process,
    RuleTask,
    ServiceTask,
    UserTask,
)
from bpmn.diagram.xml import (
    Element,
    extension_properties,
    find,
    names_in,
    parse_xml,
    tag_of,
    text_of,
    walk_flow_elements,
)

MAIN_FILE = "diagram.bpmn"


def read_diagram(files: Mapping[str, bytes]) -> Diagram:
    """What the files say. The top-level one is called diagram.bpmn.

    Expects files that the engine accepts: it raises on XML that cannot be parsed, and judges
    nothing else.
    """
    roots = {name: parse_xml(content) for name, content in files.items()}
    tables = _read_tables(root for name, root in roots.items() if name.endswith(".dmn"))
    elements = [
        (read_process(root, process, name), process)
        for name, root in sorted(roots.items(), key=lambda named: named[0] != MAIN_FILE)
        for process in find(root, "bpmn:process")
    ]
    processes = {process.id: process for process, _ in elements}
    tasks = list(_tasks(elements))
    services = [_service_task(element, p) for element, p in tasks if tag_of(element) == _SERVICE]
    rules = [_rule_task(element, p, tables) for element, p in tasks if tag_of(element) == _RULE]
    people = [
        _user_task(element, p, processes) for element, p in tasks if tag_of(element) in _MANUAL
    ]
    return Diagram(
        main=elements[0][0].id,
        processes=processes,
        user_tasks={task.element: task for task in people},
        service_tasks={task.element: task for task in services},
        rule_tasks={task.element: task for task in rules},
        decisions={d.element: d for p in processes.values() for d in _decisions(p)},
        reads=variables_read(processes.values(), services, rules),
        sets=variables_set(processes.values(), services, rules, people),
    )


_SERVICE, _RULE, _MANUAL = "serviceTask", "businessRuleTask", {"userTask", "manualTask"}
_Table = tuple[tuple[str, ...], tuple[str, ...]]


def _tasks(elements: Iterable[tuple[Process, Element]]) -> Iterator[tuple[Element, Process]]:
    for process, owner in elements:
        for element, _ in walk_flow_elements(owner):
            yield element, process


def _read_tables(roots: Iterable[Element]) -> dict[str, _Table]:
    tables = {}
    for root in roots:
        for decision in root.findall("{*}decision"):
            expressions = decision.findall("{*}decisionTable/{*}input/{*}inputExpression/{*}text")
            reads = [name for text in expressions for name in names_in(text.text or "")]
            outputs = decision.findall("{*}decisionTable/{*}output")
            sets = [output.get("name", "") for output in outputs]
            tables[decision.get("id", "")] = (tuple(reads), tuple(sets))
    return tables


def _user_task(element: Element, process: Process, processes: Mapping[str, Process]) -> UserTask:
    node = process.nodes[element.get("id", "")]
    properties = extension_properties(element)
    direct = _direct_comparisons(process, node.id)
    outcome = properties.get("outcome") or (direct[0].variable if direct else None)
    comparisons = direct if direct and direct[0].variable == outcome else _all_flows(processes)
    return UserTask(
        element=node.id,
        name=node.name,
        form=properties.get("form") or node.id,
        role=properties.get("role", ""),
        clock=properties.get("clock"),
        not_by=properties.get("not_by"),
        not_by_origin=properties.get("not_by_origin") == "yes",
        assignee=properties.get("assignee"),
        lane=node.lane,
        documentation=node.documentation,
        outcome=outcome,
        outcomes=_outcomes(outcome, comparisons, process),
        process=process.id,
    )


def _direct_comparisons(process: Process, element: str) -> list[Flow]:
    """The comparing flows of the gateway directly behind an element."""
    behind = [flow.target for flow in process.flows.values() if flow.source == element]
    return [
        flow
        for flow in process.flows.values()
        if len(behind) == 1 and flow.source == behind[0] and flow.variable is not None
    ]


def _all_flows(processes: Mapping[str, Process]) -> list[Flow]:
    return [flow for process in processes.values() for flow in process.flows.values()]


def _outcomes(variable: str | None, flows: Iterable[Flow], process: Process) -> tuple[Outcome, ...]:
    found: dict[str, Outcome] = {}
    for flow in flows:
        if variable is not None and flow.variable == variable and flow.value is not None:
            behind = process.nodes.get(flow.target)
            opens = behind is not None and behind.calls is not None
            found.setdefault(flow.value, Outcome(flow.value, flow.name, opens))
    return tuple(found.values())


def _service_task(element: Element, process: Process) -> ServiceTask:
    operator = element.find("{*}extensionElements/{*}serviceTaskOperator")
    parameters = [] if operator is None else operator.findall("{*}parameters/{*}parameter")
    sets = extension_properties(element).get("sets", "")
    return ServiceTask(
        element=element.get("id", ""),
        name=element.get("name", ""),
        operation="" if operator is None else operator.get("id", ""),
        parameters={p.get("id", ""): p.get("value", "") for p in parameters},
        sets=tuple(sets.replace(",", " ").split()),
        process=process.id,
    )


def _rule_task(element: Element, process: Process, tables: Mapping[str, _Table]) -> RuleTask:
    path = "bpmn:extensionElements/spiffworkflow:calledDecisionId"
    table = text_of(element, path) or ""
    reads, sets = tables.get(table, ((), ()))
    return RuleTask(element.get("id", ""), element.get("name", ""), table, reads, sets, process.id)


def _decisions(process: Process) -> Iterator[Decision]:
    for node in process.nodes.values():
        flows = [flow for flow in process.flows.values() if flow.source == node.id]
        if node.kind == "exclusiveGateway" and len(flows) > 1:
            variable = next((flow.variable for flow in flows if flow.variable), None)
            outcomes = _outcomes(variable, flows, process)
            yield Decision(node.id, node.name, variable, outcomes, process.id)
