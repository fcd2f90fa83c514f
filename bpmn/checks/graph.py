"""The shape of a diagram: all is reached, all ends, and every exclusive gateway is whole.

Whether a case can get stuck by its data is the soundness proof's question, not this one's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from gettext import gettext as _

from bpmn.checks.speech import Speech
from bpmn.checks.vocabulary import Vocabulary, problem_at
from bpmn.diagram import Diagram, Flow, Node, Process
from bpmn.errors import Problem

RULE = "graph"
_Ways = Mapping[str, list[str]]


def check_graph(diagram: Diagram, words: Vocabulary) -> Iterator[Problem]:
    """Unreached elements, dead ends, faulty decisions, and variables that nothing sets.

    While there is one of these, no run of the diagram can be played.
    """
    for process in diagram.processes.values():
        for scope in (None, *(n.id for n in process.nodes.values() if n.kind == "subProcess")):
            yield from _check_scope(diagram, process, scope)
        for node, flows in _decisions(process):
            yield from _check_decision(diagram, node, flows)
    yield from _check_variables(diagram, words)


def check_branches(diagram: Diagram) -> Iterator[Problem]:
    """Branches without a name, and values with more than one: what a run can be played with."""
    for process in diagram.processes.values():
        for node, flows in _decisions(process):
            yield from _check_names(diagram, flows)
            yield from _check_values(diagram, node, flows)


def _decisions(process: Process) -> Iterator[tuple[Node, list[Flow]]]:
    """The gateways with more than one way out, each with its ways."""
    leaving: defaultdict[str, list[Flow]] = defaultdict(list)
    for flow in process.flows.values():
        leaving[flow.source].append(flow)
    for node in process.nodes.values():
        if node.kind == "exclusiveGateway" and len(leaving[node.id]) > 1:
            yield node, leaving[node.id]


def _check_scope(diagram: Diagram, process: Process, scope: str | None) -> Iterator[Problem]:
    nodes = [node for node in process.nodes.values() if node.parent == scope]
    starts = [node.id for node in nodes if node.kind == "startEvent"]
    ends = [node.id for node in nodes if node.kind == "endEvent"]
    if len(starts) != 1:
        message = _("应当有且只有一个开始事件，现有 {count} 个").format(count=len(starts))
        mend = _("每个流程和子流程里画一个开始事件，别的入口连到它之后")
        yield Problem(scope or process.id, message, process.file, rule=RULE, mend=mend)
        return
    onward = _ways(process, nodes)
    reached, ending = _closure(starts, onward), _closure(ends, _reversed(onward))
    leaving = {flow.source for flow in process.flows.values()}
    for node in nodes:
        if node.id not in reached:
            mend = _("把它连到流程里，或者删去它")
            yield _problem(diagram, node.id, _("从开始事件走不到这里"), mend)
        elif node.id not in ending:
            mend = _("从这里画一条通往结束事件的连线")
            yield _problem(diagram, node.id, _("从这里走不到任何结束事件"), mend)
        elif node.id not in leaving and node.kind != "endEvent":
            mend = _("画一条连线到下一步，或者到结束事件")
            yield _problem(diagram, node.id, _("办完以后没有连线出去，办件会停在这里"), mend)


def _problem(diagram: Diagram, element: str, message: str, mend: str) -> Problem:
    return problem_at(diagram, element, message, rule=RULE, mend=mend)


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
        message = _("排他网关不能有默认分支：意料之外的取值会悄悄走过去")
        yield _problem(diagram, node.id, message, _("去掉默认分支，为每个取值各画一个分支"))
    for flow in flows:
        if flow.variable is None and not flow.condition:
            message = _("没有写明取什么值时走这个分支")
            yield _problem(diagram, flow.id, message, _("选中这条连线，填写变量和值"))
        elif flow.variable is None:
            mend = _("选定这个分支的取值")
            yield _problem(diagram, flow.id, _("条件应当写成：变量 == “取值”"), mend)
    variables = sorted({flow.variable for flow in flows if flow.variable is not None})
    if len(variables) > 1:
        message = _("一个排他网关只能比较一个变量，现有：{names}")
        told = message.format(names="、".join(variables))
        yield _problem(diagram, node.id, told, _("把它拆成先后两个排他网关"))


def _check_names(diagram: Diagram, flows: list[Flow]) -> Iterator[Problem]:
    for flow in flows:
        if not flow.name.strip():
            mend = _("给分支起名：它就是按钮上的字")
            yield _problem(diagram, flow.id, _("排他网关的分支没有名称"), mend)


def _check_values(diagram: Diagram, node: Node, flows: list[Flow]) -> Iterator[Problem]:
    values = [flow.value for flow in flows if flow.value is not None]
    for value in sorted(set(values)):
        if values.count(value) > 1:
            message = _("取值“{value}”有 {count} 个分支：{names}").format(
                value=value,
                count=values.count(value),
                names="、".join(f"“{flow.name}”" for flow in flows if flow.value == value),
            )
            yield _problem(diagram, node.id, message, _("每个取值只留一个分支"))


def _check_variables(diagram: Diagram, words: Vocabulary) -> Iterator[Problem]:
    speech = Speech(diagram, words.labels)
    for name, readers in diagram.reads.items():
        if name not in diagram.sets and name not in words.given:
            told = {"name": speech.variable(name)}
            message = _("没有任何环节给出{name}").format(**told)
            mend = _("改用已有的变量，或者加一个给出{name}的环节；写的是文字的，加上引号")
            yield _problem(diagram, readers[0], message, mend.format(**told))
