"""Which BPMN a diagram may use: only elements that the random walks of the tests run through.

Works on the XML, before SpiffWorkflow sees it, so that every problem names its element and line.
"""

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from lxml import etree

from bpmn.engine.expressions import clock_followed, compile_expression
from bpmn.errors import ExpressionError, Problem

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

_ALLOWED = """definitions collaboration participant process laneSet lane flowNodeRef
    message messageFlow
    startEvent endEvent intermediateCatchEvent boundaryEvent timerEventDefinition timeDate
    timeDuration messageEventDefinition userTask serviceTask businessRuleTask callActivity
    subProcess exclusiveGateway parallelGateway sequenceFlow conditionExpression incoming outgoing
    multiInstanceLoopCharacteristics loopCardinality loopDataInputRef loopDataOutputRef
    inputDataItem outputDataItem completionCondition extensionElements documentation
    textAnnotation association text group category categoryValue categoryValueRef"""
_ALLOWED_EXTENSIONS = (
    "properties property serviceTaskOperator parameters parameter calledDecisionId "
    "messageVariable instructionsForEndUser"
)
_ELEMENTS = frozenset(_ALLOWED.split())
_EXTENSIONS = frozenset(_ALLOWED_EXTENSIONS.split())
_NAMED = {
    "scriptTask": _("脚本任务"),
    "script": _("脚本"),
    "preScript": _("前置脚本"),
    "postScript": _("后置脚本"),
    "inclusiveGateway": _("包容网关"),
    "complexGateway": _("复杂网关"),
    "eventBasedGateway": _("事件网关"),
    "dataObject": _("数据对象"),
    "dataObjectReference": _("数据对象"),
    "dataStoreReference": _("数据存储"),
    "timeCycle": _("循环定时器"),
    "standardLoopCharacteristics": _("循环标记"),
    "signalEventDefinition": _("信号事件"),
    "errorEventDefinition": _("错误事件"),
    "transaction": _("事务子流程"),
    "adHocSubProcess": _("即席子流程"),
}
_EXPRESSIONS = ("conditionExpression", "timeDate", "timeDuration", "loopCardinality")
_UNSEEN = ("EventDefinition", "Expression", "timeDate", "timeDuration", "Characteristics")


def find_problems(root: Any, file: str) -> list[Problem]:
    """Everything in one file that is outside the allowed part of BPMN."""
    return [
        Problem(_owner(node), message, file, node.sourceline)
        for node in root.iter(etree.Element)
        for message in _check(node)
    ]


def _owner(node: Any) -> str | None:
    """The id of the nearest element that a person can see on the canvas."""
    while node is not None:
        name = etree.QName(node)
        inner = name.namespace != BPMN or name.localname.endswith(_UNSEEN)
        if node.get("id") is not None and not inner:
            return str(node.get("id"))
        node = node.getparent()
    return None


def _check(node: Any) -> Iterator[str]:
    name = etree.QName(node)
    if name.namespace == BPMN:
        if name.localname not in _ELEMENTS:
            yield _refusal(name.localname)
        else:
            yield from _CHECKS.get(name.localname, _nothing)(node)
            yield from _check_expression(node, name.localname)
    elif name.namespace == SPIFF:
        yield from _check_extension(node, name.localname)


def _refusal(tag: str) -> str:
    return _("流程图中不允许使用{what}").format(what=_NAMED.get(tag, f" {tag}"))


def _nothing(node: Any) -> Iterator[str]:
    yield from ()


def _check_extension(node: Any, tag: str) -> Iterator[str]:
    if tag not in _EXTENSIONS:
        yield _refusal(tag)
    elif tag == "serviceTaskOperator" and node.get("resultVariable"):
        yield _("操作的结果直接写入流程变量，不能指定 resultVariable")
    elif tag == "parameter":
        if not node.get("id", "").isidentifier() or node.get("type") is None:
            yield _("操作参数必须有名称（id）和类型（type）")
        yield from _compile(node.get("value") or "")
    elif tag == "property" and (node.get("name") is None or node.get("value") is None):
        yield _("属性必须有名称和值")


def _check_expression(node: Any, tag: str) -> Iterator[str]:
    multiple = etree.QName(node.getparent()).localname if node.getparent() is not None else ""
    if tag in _EXPRESSIONS or (
        tag == "completionCondition" and multiple == "multiInstanceLoopCharacteristics"
    ):
        yield from _compile(node.text or "")


def _compile(text: str) -> Iterator[str]:
    try:
        compile_expression(text)
    except ExpressionError as error:
        yield str(error)


def _definitions(node: Any) -> list[Any]:
    return [child for child in node if etree.QName(child).localname.endswith("EventDefinition")]


def _check_plain_event(node: Any) -> Iterator[str]:
    if _definitions(node):
        yield _("开始事件和结束事件不能带触发条件")


def _check_catching_event(node: Any) -> Iterator[str]:
    if len(_definitions(node)) != 1:
        yield _("事件必须恰好有一个定时器或消息")


def _check_timer(node: Any) -> Iterator[str]:
    times = [
        child for child in node if etree.QName(child).localname in ("timeDate", "timeDuration")
    ]
    if len(times) != 1:
        yield _("定时器必须有一个时间（timeDate）或时长（timeDuration）")
    if any("due(" in (time.text or "") and not clock_followed(time.text) for time in times):
        yield _('跟随时限的定时器应只写 due("时限")')


def _check_message(node: Any) -> Iterator[str]:
    names = {
        message.get("id"): message.get("name")
        for message in node.getroottree().getroot().iter(f"{{{BPMN}}}message")
    }
    if not names.get(node.get("messageRef")):
        yield _("消息事件没有指向有名称的消息")


def _check_sub_process(node: Any) -> Iterator[str]:
    if node.get("triggeredByEvent") == "true":
        yield _("流程图中不允许使用{what}").format(what=_("事件子流程"))


def _check_multiple(node: Any) -> Iterator[str]:
    if node.get("isSequential") == "true":
        yield _("流程图中不允许使用{what}").format(what=_("串行多实例"))
    if etree.QName(node.getparent()).localname != "userTask":
        yield _("只有用户任务可以多实例")


def _check_flow(node: Any) -> Iterator[str]:
    conditions = node.findall(f"{{{BPMN}}}conditionExpression")
    source = _source(node)
    gateway = source is not None and etree.QName(source).localname == "exclusiveGateway"
    if conditions and not gateway:
        yield _("只有排他网关之后的连线可以有条件")
    if gateway and not conditions and _has_choice(source, node):
        yield _("排他网关之后的连线缺少条件")


def _source(flow: Any) -> Any:
    wanted = flow.get("sourceRef")
    return next((node for node in flow.getparent() if node.get("id") == wanted), None)


def _has_choice(gateway: Any, flow: Any) -> bool:
    if gateway.get("default") == flow.get("id"):
        return False
    flows = gateway.getparent().findall(f"{{{BPMN}}}sequenceFlow")
    return sum(1 for other in flows if other.get("sourceRef") == gateway.get("id")) > 1


def _check_parallel(node: Any) -> Iterator[str]:
    # SpiffWorkflow 3.2.0 mixes the tokens of two passes; a called diagram is new at each pass.
    if node.get("id") in _reachable(node):
        yield _("并行网关不能在循环之中，请把并行部分放入子流程或被调用的流程")


def _reachable(node: Any) -> set[str]:
    """Ids of what can follow `node` within its process."""
    following: dict[str, list[str]] = {}
    for other in node.getparent().iterchildren(f"{{{BPMN}}}*"):
        source = other.get("sourceRef") or other.get("attachedToRef")
        target = other.get("targetRef") or other.get("id")
        if source and target:
            following.setdefault(source, []).append(target)
    reached: set[str] = set()
    ahead = [*following.get(node.get("id"), ())]
    while ahead:
        current = ahead.pop()
        if current not in reached:
            reached.add(current)
            ahead += following.get(current, ())
    return reached


def _check_call(node: Any) -> Iterator[str]:
    if not node.get("calledElement"):
        yield _("调用活动没有指定被调用的流程")


def _check_service(node: Any) -> Iterator[str]:
    if not any(operator.get("id") for operator in node.iter(f"{{{SPIFF}}}serviceTaskOperator")):
        yield _("服务任务没有指定操作")


def _check_rule_task(node: Any) -> Iterator[str]:
    if not any((ref.text or "").strip() for ref in node.iter(f"{{{SPIFF}}}calledDecisionId")):
        yield _("业务规则任务没有指定决策表")


_CHECKS = {
    "startEvent": _check_plain_event,
    "endEvent": _check_plain_event,
    "intermediateCatchEvent": _check_catching_event,
    "boundaryEvent": _check_catching_event,
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
