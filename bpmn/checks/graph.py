"""The shape of a diagram: all is reached, all ends, and every decision is whole.

Whether a case can get stuck by its data is the soundness proof's question, not this one's.
"""

from collections.abc import Iterable, Iterator, Mapping
from gettext import gettext as _

from bpmn.checks.vocabulary import Vocabulary, problem_at
from bpmn.diagram import Diagram, Flow, Node, Process
from bpmn.errors import Problem

_Ways = Mapping[str, list[str]]


def check_graph(diagram: Diagram, words: Vocabulary) -> Iterator[Problem]:
    """Unreached elements, dead ends, faulty decisions, and variables that nothing sets."""
    for process in diagram.processes.values():
        for scope in (None, *(n.id for n in process.nodes.values() if n.kind == "subProcess")):
            yield from _check_scope(diagram, process, scope)
        for node in process.nodes.values():
            flows = [flow for flow in process.flows.values() if flow.source == node.id]
            if node.kind == "exclusiveGateway" and len(flows) > 1:
                yield from _check_decision(diagram, node, flows)
    yield from _check_variables(diagram, words)


def _check_scope(diagram: Diagram, process: Process, scope: str | None) -> Iterator[Problem]:
    nodes = [node for node in process.nodes.values() if node.parent == scope]
    starts = [node.id for node in nodes if node.kind == "startEvent"]
    ends = [node.id for node in nodes if node.kind == "endEvent"]
    if len(starts) != 1:
        message = _("应当有且只有一个开始事件，现有 {count} 个").format(count=len(starts))
        yield Problem(scope or process.id, message, process.file)
        return
    onward = _ways(process, nodes)
    reached, ending = _closure(starts, onward), _closure(ends, _reversed(onward))
    for node in nodes:
        if node.id not in reached:
            yield problem_at(diagram, node.id, _("从开始事件走不到这里"))
        elif node.id not in ending:
            yield problem_at(diagram, node.id, _("从这里走不到任何结束事件"))


def _ways(process: Process, nodes: Iterable[Node]) -> dict[str, list[str]]:
    """Where each node leads: along its flows, and to the events on its border."""
    ways: dict[str, list[str]] = {node.id: [] for node in nodes}
    for flow in process.flows.values():
        if flow.source in ways:
            ways[flow.source].append(flow.target)
    for node in nodes:
        if node.attached_to in ways:
            ways[node.attached_to].append(node.id)
    return ways


def _reversed(ways: _Ways) -> dict[str, list[str]]:
    back: dict[str, list[str]] = {node: [] for node in ways}
    for node, targets in ways.items():
        for target in targets:
            back.setdefault(target, []).append(node)
    return back


def _closure(first: Iterable[str], ways: _Ways) -> set[str]:
    seen: set[str] = set()
    waiting = list(first)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(ways.get(node, ()))
    return seen


def _check_decision(diagram: Diagram, node: Node, flows: list[Flow]) -> Iterator[Problem]:
    if node.default is not None:
        yield problem_at(diagram, node.id, _("决策不能有默认分支：意料之外的取值会悄悄走过去"))
    for flow in flows:
        if flow.variable is None:
            yield problem_at(diagram, flow.id, _("条件应当写成：变量 == “取值”"))
        if not flow.name.strip():
            yield problem_at(diagram, flow.id, _("决策的分支没有名称"))
    variables = sorted({flow.variable for flow in flows if flow.variable is not None})
    if len(variables) > 1:
        message = _("一个决策只能比较一个变量，现有：{names}").format(names="、".join(variables))
        yield problem_at(diagram, node.id, message)
    yield from _check_values(diagram, node, flows)


def _check_values(diagram: Diagram, node: Node, flows: list[Flow]) -> Iterator[Problem]:
    values = [flow.value for flow in flows if flow.value is not None]
    for value in sorted(set(values)):
        if values.count(value) > 1:
            message = _("取值“{value}”有 {count} 个分支").format(
                value=value, count=values.count(value)
            )
            yield problem_at(diagram, node.id, message)


def _check_variables(diagram: Diagram, words: Vocabulary) -> Iterator[Problem]:
    for name, readers in diagram.reads.items():
        if name not in diagram.sets and name not in words.given:
            message = _("变量“{name}”没有任何步骤设置").format(name=name)
            yield problem_at(diagram, readers[0], message)
