"""What a step refers to: its form, role, clock and lane, the diagram or table that it calls."""

from collections.abc import Iterator
from gettext import gettext as _

from bpmn.checks.names.near import Finding, offer, shown, unknown
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Diagram, Node, UserTask
from bpmn.engine.grammar import MOST_ID

# Looked up once: gettext looks for its files at each call.
_MESSAGE = _("消息")
_OPERATION = _("操作")
_FORM = _("表单")
_ROLE = _("角色")
_CLOCK = _("时限")
_STEP = _("环节")
_ASSIGNEE = _("指定办理人的变量")


def check_node(diagram: Diagram, node: Node, words: Vocabulary) -> Iterator[Finding]:
    """What is unnamed, or names nothing that there is."""
    if not node.name.strip():
        yield _("没有名称"), _("写上名称：办件记录和流程图上显示的就是它")
    if node.event == "message" and node.message is not None:
        yield from unknown(_MESSAGE, node.message, words.messages.keys(), words.labels.messages)
    elif node.kind == "callActivity":
        yield from _check_call(diagram, node.calls or "")
    else:
        yield from _check_task(diagram, node, words)


def _check_task(diagram: Diagram, node: Node, words: Vocabulary) -> Iterator[Finding]:
    if node.id in diagram.user_tasks:
        yield from _check_user_task(diagram, diagram.user_tasks[node.id], words)
    elif node.id in diagram.service_tasks:
        operation = diagram.service_tasks[node.id].operation
        known = words.operations.keys()
        yield from unknown(_OPERATION, operation, known, words.labels.operations)
    elif node.id in diagram.rule_tasks:
        yield from _check_table(diagram, diagram.rule_tasks[node.id].table)


def _check_table(diagram: Diagram, table: str) -> Iterator[Finding]:
    if table not in diagram.tables:
        labels = {key: one.name for key, one in diagram.tables.items()}
        mend = offer(_("决策表"), table, diagram.tables.keys(), labels)
        yield _("没有找到决策表“{name}”").format(name=shown(table)), mend


def _check_call(diagram: Diagram, called: str) -> Iterator[Finding]:
    if called not in diagram.processes:
        labels = {key: one.name for key, one in diagram.processes.items()}
        mend = offer(_("流程"), called, diagram.processes.keys(), labels)
        yield _("没有找到被调用的流程“{name}”").format(name=shown(called)), mend


def _check_user_task(diagram: Diagram, task: UserTask, words: Vocabulary) -> Iterator[Finding]:
    # where no form is named the step's own id is taken for one: a new step's means nothing
    is_unnamed = task.form == task.element and task.form not in words.forms
    form = "" if is_unnamed else task.form
    yield from unknown(_FORM, form, words.forms, words.labels.forms)
    if task.outcome is not None and not task.outcomes:
        message = _("没有任何分支比较办理结果“{name}”，办理的人无从选择")
        mend = _("在后面加排他网关，每种结果一条分支；或者删去办理结果")
        yield message.format(name=shown(task.outcome)), mend
    yield from _check_outcomes(task)
    yield from unknown(_ROLE, task.role, words.roles, words.labels.roles)
    if task.clock is not None:
        yield from unknown(_CLOCK, task.clock, words.clocks, words.labels.clocks)
    if task.not_by is not None:
        steps = {key: one.name for key, one in diagram.user_tasks.items()}
        yield from unknown(_STEP, task.not_by, steps.keys(), steps)
    if task.assignee is not None:
        yield from unknown(_ASSIGNEE, task.assignee, words.assignees)
    if task.lane is not None:
        yield from _check_lane(task.lane, task.role, words)


def _check_outcomes(task: UserTask) -> Iterator[Finding]:
    """What is chosen is kept with the task, in a column of that length."""
    for outcome in task.outcomes:
        if len(outcome.value) > MOST_ID:
            message = _("办理结果“{value}”的取值超过 {most} 个字")
            mend = _("在条件里换一个短的取值；按钮上的字写在连线的名称里")
            yield message.format(value=shown(outcome.value), most=MOST_ID), mend


def _check_lane(lane: str, role: str, words: Vocabulary) -> Iterator[Finding]:
    if lane not in words.lanes:
        message = _("没有名为“{name}”的泳道").format(name=shown(lane))
        yield message, offer(_("泳道"), lane, words.lanes.keys())
    elif role in words.roles and role not in words.lanes[lane]:
        labels = words.labels.roles
        message = _("角色“{role}”不属于泳道“{lane}”")
        mend = _("移到别的泳道，或者换这个泳道的角色：{names}")
        allowed = sorted(words.lanes[lane], key=[*labels, *sorted(words.lanes[lane])].index)
        names = "、".join(labels.get(one, one) for one in allowed)
        yield message.format(role=labels.get(role, role), lane=lane), mend.format(names=names)
