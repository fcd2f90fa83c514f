"""What each kind of element must have for the engine to run it as drawn."""

import re
from collections.abc import Callable, Iterator
from gettext import gettext as _
from typing import Any

from bpmn.engine.refusals import Finding, refusal
from bpmn.engine.scopes import BPMN, Scope, Scopes, tag_of
from bpmn.engine.timers import check_timer_text

SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

Check = Callable[[Any, Scopes], Iterator[Finding]]
_HOSTS = frozenset({"userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess"})
_EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent"})
_ONE_WAY = _HOSTS | _EVENTS
_NODES = _ONE_WAY | {"exclusiveGateway", "parallelGateway"}
_ENDS = {"sourceRef": _("起点"), "targetRef": _("终点")}
_TIMES = ("timeDate", "timeDuration")
MOST_PEOPLE = 50
"""Of a step for several people at once: each has a task of their own."""


def check_element(node: Any, scopes: Scopes) -> Iterator[Finding]:
    """What is wrong with an element that is allowed."""
    tag = tag_of(node)
    if tag in _CHECKS:
        yield from _CHECKS[tag](node, scopes)
    if tag in _ONE_WAY:
        yield from _check_way_out(node, scopes.around(node))


def _check_way_out(node: Any, scope: Scope) -> Iterator[Finding]:
    if len(scope.leaving.get(node.get("id"), ())) > 1:
        yield _("从这里出去的连线不止一条"), _("在后面加一个网关：只走一条的排他，同时走的并行")
    # SpiffWorkflow 3.2.0 foresees such a circle without end, and dies of it.
    if scope.circles(node.get("id")):
        yield (
            _("从这里出去的连线转了一圈又回到这里，中间没有排他网关"),
            _("在这一圈里加一个排他网关，由办理结果决定是否返回"),
        )


def _definitions(node: Any) -> list[Any]:
    return [child for child in node if tag_of(child).endswith("EventDefinition")]


def _check_plain_event(node: Any, _scopes: Scopes) -> Iterator[Finding]:
    if _definitions(node):
        yield (
            _("开始事件和结束事件不能带触发条件"),
            _("改用普通的开始、结束事件；要等待的，另画中间事件"),
        )


def _check_boundary(node: Any, scopes: Scopes) -> Iterator[Finding]:
    host = scopes.around(node).nodes.get(node.get("attachedToRef"))
    if host is None or tag_of(host) not in _HOSTS:
        yield (
            _("边界事件没有附在环节或者子流程上"),
            _("把它拖到所属的环节的边框上"),
        )
    yield from _check_catching_event(node, scopes)


def _check_catching_event(node: Any, _scopes: Scopes) -> Iterator[Finding]:
    if len(_definitions(node)) != 1:
        yield _("事件必须恰好有一个定时器或消息"), _("选定时或者消息，只选一种")


def _check_timer(node: Any, _scopes: Scopes) -> Iterator[Finding]:
    times = [child for child in node if tag_of(child) in _TIMES]
    if len(times) != 1:
        yield (
            _("定时器必须有一个时间（timeDate）或时长（timeDuration）"),
            _('写上时间，如 working_days(5)；或者时长，如 "P14D"'),
        )
    for time in times:
        is_duration = tag_of(time) == "timeDuration"
        yield from check_timer_text(time.text or "", is_duration)


def _check_message(node: Any, scopes: Scopes) -> Iterator[Finding]:
    if not scopes.messages.get(node.get("messageRef")):
        yield _("消息事件没有指向有名称的消息"), _("选择一个消息")


def _check_start(node: Any, _scopes: Scopes) -> Iterator[Finding]:
    count = len(node.findall(f"{{{BPMN}}}startEvent"))
    if count != 1:
        yield (
            _("应当有且只有一个开始事件，现有 {count} 个").format(count=count),
            _("每个流程、每个子流程里各画一个开始事件"),
        )


def _check_sub_process(node: Any, scopes: Scopes) -> Iterator[Finding]:
    yield from _check_start(node, scopes)
    if node.get("triggeredByEvent") == "true":
        yield refusal("eventSubProcess")
    if scopes.is_too_deep(node):
        yield _("子流程嵌套太深"), _("把里层画成另外的流程，用调用环节调用")


def _check_multiple(node: Any, _scopes: Scopes) -> Iterator[Finding]:
    if node.get("isSequential") == "true":
        yield refusal("sequentialMultiInstance")
    if tag_of(node.getparent()) != "userTask":
        yield _("只有人工环节可以由几个人同时办理"), _("去掉“多人同时办理”，或者改为人工环节")
    count = node.find(f"{{{BPMN}}}loopCardinality")
    text = (count.text or "").strip() if count is not None else "1"
    if not text.isidentifier() and not is_count_of_people(text):
        message = _("同时办理的份数“{text}”不是 1 到 {most} 的整数，也不是变量")
        yield message.format(text=text[:60], most=MOST_PEOPLE), _("写成 3 这样，或者写变量的名称")


def is_count_of_people(text: str) -> bool:
    return re.fullmatch("[0-9]{1,3}", text) is not None and 1 <= int(text) <= MOST_PEOPLE


def _check_flow(node: Any, scopes: Scopes) -> Iterator[Finding]:
    conditions = node.findall(f"{{{BPMN}}}conditionExpression")
    scope = scopes.around(node)
    source = scope.nodes.get(node.get("sourceRef"))
    for end, words in _ENDS.items():
        if tag_of(scope.nodes.get(node.get(end), node)) not in _NODES:
            message = _("连线的{end}“{name}”不是同一层里的环节")
            yield (
                message.format(end=words, name=(node.get(end) or "")[:60]),
                _("删去这条连线重画；进出子流程的，连到子流程的边框上"),
            )
    gateway = source is not None and tag_of(source) == "exclusiveGateway"
    if conditions and not gateway:
        yield (
            _("只有排他网关之后的连线可以有条件"),
            _("在前面加一个排他网关，或者删去条件"),
        )
    choices = len(scope.leaving.get(node.get("sourceRef"), ()))
    is_default = source is not None and source.get("default") == node.get("id")
    if gateway and not conditions and choices > 1 and not is_default:
        yield _("排他网关之后的连线缺少条件"), _("在属性栏给每个结果写上名称和值")


def _check_parallel(node: Any, scopes: Scopes) -> Iterator[Finding]:
    # SpiffWorkflow 3.2.0 mixes the tokens of two passes; a called diagram is new at each pass.
    if scopes.around(node).returns_to(node.get("id")):
        yield (
            _("并行网关不能在循环之中，请把并行部分放入子流程或被调用的流程"),
            _("选中从分开到汇合的部分，做成子流程"),
        )


def _check_call(node: Any, _scopes: Scopes) -> Iterator[Finding]:
    if not node.get("calledElement"):
        yield _("调用环节没有指定被调用的流程"), _("从已有的流程中选择一个")


def _check_service(node: Any, _scopes: Scopes) -> Iterator[Finding]:
    if not any(operator.get("id") for operator in node.iter(f"{{{SPIFF}}}serviceTaskOperator")):
        yield _("自动环节没有指定操作"), _("从已有的操作中选择一个")


def _check_rule_task(node: Any, _scopes: Scopes) -> Iterator[Finding]:
    if not any((ref.text or "").strip() for ref in node.iter(f"{{{SPIFF}}}calledDecisionId")):
        yield _("规则环节没有指定决策表"), _("从已有的决策表中选择一个")


_CHECKS: dict[str, Check] = {
    "startEvent": _check_plain_event,
    "endEvent": _check_plain_event,
    "intermediateCatchEvent": _check_catching_event,
    "boundaryEvent": _check_boundary,
    "process": _check_start,
    "timerEventDefinition": _check_timer,
    "messageEventDefinition": _check_message,
    "subProcess": _check_sub_process,
    "multiInstanceLoopCharacteristics": _check_multiple,
    "sequenceFlow": _check_flow,
    "parallelGateway": _check_parallel,
    "callActivity": _check_call,
    "serviceTask": _check_service,
    "businessRuleTask": _check_rule_task,
}
