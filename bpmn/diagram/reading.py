"""Reading a diagram and all that it calls into one `Diagram`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bpmn.diagram.fields import read_fields
from bpmn.diagram.graph import read_process
from bpmn.diagram.tables import Table, read_tables
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
    parse_xml,
    tag_of,
    text_of,
    walk_flow_elements,
)

MAIN_FILE = "diagram.bpmn"


def read_diagram(files: Mapping[str, bytes]) -> Diagram:
    """What the files say. The top-level one is called diagram.bpmn; where it is left out, the first
    process passes for it.

    Expects files that the engine accepts: it raises on XML that cannot be parsed, and judges
    nothing else.
    """
    roots = {name: parse_xml(content) for name, content in files.items()}
    tables = read_tables({name: root for name, root in roots.items() if name.endswith(".dmn")})
    elements = [
        (read_process(root, process, name), process)
        for name, root in sorted(roots.items(), key=lambda named: named[0] != MAIN_FILE)
        for process in find(root, "bpmn:process")
    ]
    processes = {process.id: process for process, _ in elements}
    tasks = list(_tasks(elements))
    services = [_service_task(element, p) for element, p in tasks if tag_of(element) == _SERVICE]
    rules = [_rule_task(element, p, tables) for element, p in tasks if tag_of(element) == _RULE]
    flows = {process.id: _Flows(process) for process in processes.values()}
    people = list(_user_tasks(tasks, flows))
    return Diagram(
        main=elements[0][0].id if elements else "",
        processes=processes,
        user_tasks={task.element: task for task in people},
        service_tasks={task.element: task for task in services},
        rule_tasks={task.element: task for task in rules},
        decisions={d.element: d for p in processes.values() for d in _decisions(p, flows[p.id])},
        reads=variables_read(processes.values(), services, rules),
        sets=variables_set(processes.values(), services, rules, people),
        tables=tables,
    )


_SERVICE, _RULE, _MANUAL = "serviceTask", "businessRuleTask", {"userTask", "manualTask"}


def _tasks(elements: Iterable[tuple[Process, Element]]) -> Iterator[tuple[Element, Process]]:
    for process, owner in elements:
        for element, _ in walk_flow_elements(owner):
            yield element, process


class _Flows:
    """The flows of a process by the element that they leave."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._leaving: defaultdict[str, list[Flow]] = defaultdict(list)
        for flow in process.flows.values():
            self._leaving[flow.source].append(flow)

    def leaving(self, element: str) -> list[Flow]:
        return self._leaving.get(element, [])

    def compared_behind(self, element: str) -> list[Flow]:
        """The comparing flows of the gateway directly behind an element."""
        behind = self.leaving(element)
        found = self.leaving(behind[0].target) if len(behind) == 1 else []
        return [flow for flow in found if flow.variable is not None]


def _by_variable(processes: Iterable[Process]) -> dict[str, list[Flow]]:
    found: defaultdict[str, list[Flow]] = defaultdict(list)
    for process in processes:
        for flow in process.flows.values():
            if flow.variable is not None:
                found[flow.variable].append(flow)
    return dict(found)


def _user_tasks(
    tasks: Iterable[tuple[Element, Process]], flows: Mapping[str, _Flows]
) -> Iterator[UserTask]:
    comparing = _by_variable(flow.process for flow in flows.values())
    for element, process in tasks:
        if tag_of(element) in _MANUAL:
            yield _user_task(element, process, flows[process.id], comparing)


def _user_task(
    element: Element, process: Process, flows: _Flows, comparing: Mapping[str, list[Flow]]
) -> UserTask:
    node = process.nodes[element.get("id", "")]
    properties = extension_properties(element)
    direct = flows.compared_behind(node.id)
    outcome = properties.get("outcome") or (direct[0].variable if direct else None)
    elsewhere = comparing.get(outcome or "", [])
    comparisons = direct if direct and direct[0].variable == outcome else elsewhere
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
        days=_days(properties.get("days", "")),
        counted=properties.get("counted") != "no",
        fields=read_fields(properties),
        properties=properties,
    )


def _days(text: str) -> int | None:
    """Whatever else stands there is for the check of names to tell of."""
    return int(text) if re.fullmatch("[1-9][0-9]{0,2}", text) else None


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


def _rule_task(element: Element, process: Process, tables: Mapping[str, Table]) -> RuleTask:
    path = "bpmn:extensionElements/spiffworkflow:calledDecisionId"
    called = text_of(element, path) or ""
    table = tables.get(called)
    return RuleTask(
        element=element.get("id", ""),
        name=element.get("name", ""),
        table=called,
        reads=table.reads if table else (),
        sets=table.sets if table else (),
        process=process.id,
    )


def _decisions(process: Process, leaving: _Flows) -> Iterator[Decision]:
    for node in process.nodes.values():
        flows = leaving.leaving(node.id)
        if node.kind == "exclusiveGateway" and len(flows) > 1:
            variable = next((flow.variable for flow in flows if flow.variable), None)
            outcomes = _outcomes(variable, flows, process)
            yield Decision(node.id, node.name, variable, outcomes, process.id)
