"""Every name in a diagram must mean something: forms, roles, operations, clocks, lanes, calls."""

from collections import Counter
from collections.abc import Iterator, Set
from gettext import gettext as _

from bpmn.checks.vocabulary import Vocabulary, problem_at
from bpmn.diagram import Diagram, Node, UserTask
from bpmn.errors import Problem


def check_names(diagram: Diagram, words: Vocabulary) -> Iterator[Problem]:
    """What is unnamed, named twice, or names nothing that the office has."""
    yield from _check_unique(diagram)
    for process in diagram.processes.values():
        for node in process.nodes.values():
            for message in _check_node(diagram, node, words):
                yield problem_at(diagram, node.id, message)


def _check_unique(diagram: Diagram) -> Iterator[Problem]:
    ids = Counter(id for p in diagram.processes.values() for id in (*p.nodes, *p.flows))
    for element, count in ids.items():
        if count > 1:
            message = _("标识“{id}”用了 {count} 次").format(id=element, count=count)
            yield problem_at(diagram, element, message)


def _check_node(diagram: Diagram, node: Node, words: Vocabulary) -> Iterator[str]:
    if not node.name.strip():
        yield _("没有名称")
    if node.id in diagram.user_tasks:
        yield from _check_user_task(diagram, diagram.user_tasks[node.id], words)
    elif node.id in diagram.service_tasks:
        operation = diagram.service_tasks[node.id].operation
        yield from _check_known(_("操作"), operation, words.operations)
    elif node.id in diagram.rule_tasks and not diagram.rule_tasks[node.id].sets:
        yield _("没有找到决策表“{name}”").format(name=diagram.rule_tasks[node.id].table)
    elif node.kind == "callActivity" and node.calls not in diagram.processes:
        yield _("没有找到被调用的流程“{name}”").format(name=node.calls or "")


def _check_user_task(diagram: Diagram, task: UserTask, words: Vocabulary) -> Iterator[str]:
    yield from _check_known(_("表单"), task.form, words.forms)
    yield from _check_known(_("角色"), task.role, words.roles)
    if task.clock is not None:
        yield from _check_known(_("时限"), task.clock, words.clocks)
    if task.not_by is not None:
        yield from _check_known(_("环节"), task.not_by, diagram.user_tasks.keys())
    if task.lane is None:
        return
    if task.lane not in words.lanes:
        yield _("没有名为“{name}”的泳道").format(name=task.lane)
    elif task.role not in words.lanes[task.lane]:
        yield _("角色“{role}”不属于泳道“{lane}”").format(role=task.role, lane=task.lane)


def _check_known(what: str, name: str, known: Set[str]) -> Iterator[str]:
    if not name:
        yield _("没有指定{what}").format(what=what)
    elif name not in known:
        yield _("没有名为“{name}”的{what}").format(name=name, what=what)
