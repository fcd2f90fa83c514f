"""What an outcome leads to, read from the diagram: the papers on the way, and the next step."""

from collections.abc import Iterator

from bpmn.diagram import Diagram, Flow, Node, Process, UserTask

_WAITS = {"userTask", "manualTask", "intermediateCatchEvent", "receiveTask"}
_STOPS = {"userTask", "manualTask", "callActivity", "subProcess", "endEvent"}
_PAPERS = {"issue_document", "return_for_correction"}


def what_follows(diagram: Diagram, task: UserTask, value: str) -> tuple[str, ...]:
    """The names of the papers issued and, last, of the step or end that the outcome leads to."""
    process = diagram.processes[task.process]
    first = _way_out(process, task.element, task.outcome, value)
    if first is None:
        return ()
    papers, stop = _walk(diagram, process, first)
    if stop is None:
        return tuple(papers)
    after = _after_call(diagram, process, task.outcome, value) if stop.kind == "endEvent" else None
    return (*papers, (after or stop).name)


def leads_to_papers(diagram: Diagram, task: UserTask, value: str) -> bool:
    """Whether papers may be issued before the next step of somebody's, in called parts too."""
    ahead = list(_flows_out(diagram.processes[task.process], task.element, task.outcome, value))
    seen: set[tuple[str, str]] = set()
    while ahead:
        process, node = ahead.pop()
        if (process.id, node.id) in seen or node.kind in _WAITS:
            continue
        seen.add((process.id, node.id))
        service = diagram.service_tasks.get(node.id)
        if service is not None and service.operation in _PAPERS:
            return True
        ahead += _next_to(diagram, process, node, task.outcome, value)
    return False


def _next_to(
    diagram: Diagram, process: Process, node: Node, variable: str | None, value: str
) -> Iterator[tuple[Process, Node]]:
    """What may come behind a node: into what it calls, and out of where it was called."""
    called = diagram.processes.get(node.calls or "")
    if called is not None:
        yield from ((called, one) for one in called.nodes.values() if one.kind == "startEvent")
        return
    yield from _flows_out(process, node.id, variable, value)
    if node.kind == "endEvent":
        for caller in diagram.processes.values():
            for one in caller.nodes.values():
                if one.calls == process.id:
                    yield from _flows_out(caller, one.id, variable, value)


def _flows_out(
    process: Process, element: str, variable: str | None, value: str
) -> Iterator[tuple[Process, Node]]:
    """The nodes behind an element, but for those that another value of the outcome leads to."""
    for flow in process.flows.values():
        is_other = variable is not None and flow.variable == variable and flow.value != value
        if flow.source == element and not is_other:
            yield process, process.nodes[flow.target]


def _way_out(process: Process, element: str, variable: str | None, value: str) -> Flow | None:
    """The flow that the outcome takes at the gateway behind the element, or the only flow."""
    flows = [flow for flow in process.flows.values() if flow.source == element]
    if len(flows) != 1:
        return None
    compared = [
        flow
        for flow in process.flows.values()
        if flow.source == flows[0].target and flow.variable == variable and flow.value == value
    ]
    return compared[0] if compared else flows[0]


def _walk(diagram: Diagram, process: Process, flow: Flow) -> tuple[list[str], Node | None]:
    """Along single flows up to a step of somebody's or an end."""
    papers: list[str] = []
    node: Node | None = process.nodes[flow.target]
    for _turn in range(len(process.nodes)):
        if node is None or node.kind in _STOPS:
            return papers, node
        service = diagram.service_tasks.get(node.id)
        if service is not None and service.operation in _PAPERS:
            papers.append(node.name)
        ahead = [flow for flow in process.flows.values() if flow.source == node.id]
        node = process.nodes[ahead[0].target] if len(ahead) == 1 else None
    return papers, None


def _after_call(diagram: Diagram, called: Process, variable: str | None, value: str) -> Node | None:
    """The step behind the call, where the caller's gateway looks at the very same outcome."""
    for process in diagram.processes.values():
        for node in process.nodes.values():
            if node.calls == called.id:
                flow = _way_out(process, node.id, variable, value)
                compared = flow is not None and flow.variable == variable
                return process.nodes[flow.target] if flow is not None and compared else None
    return None
