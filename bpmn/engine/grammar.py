"""Which BPMN a diagram may use: only elements that the random walks of the tests run through.

Works on the XML, before SpiffWorkflow sees it, so that every problem names its element and line.
"""

from collections import Counter
from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from lxml import etree

from bpmn.engine.elements import SPIFF, check_element
from bpmn.engine.expressions import compile_expression
from bpmn.engine.misspelling import HINT
from bpmn.engine.refusals import Finding, refusal
from bpmn.engine.scopes import BPMN, Scopes, tag_of
from bpmn.errors import ExpressionError, Problem

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
_EXPRESSIONS = ("conditionExpression", "loopCardinality")
_UNSEEN = ("EventDefinition", "Expression", "timeDate", "timeDuration", "Characteristics")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_OURS = frozenset({BPMN, SPIFF, _XSI})
_OF_BPMN, _OF_SPIFF = f"{{{BPMN}}}", f"{{{SPIFF}}}"

MOST_LETTERS = 200
"""Of a name that people read on the canvas."""
MOST_ID = 64
"""Of an element: as long as the columns in which tasks and ended cases keep it."""


def find_problems(root: Any, file: str) -> list[Problem]:
    """Everything in one file that is outside the allowed part of BPMN."""
    scopes = Scopes(root)
    return [
        Problem(_owner(node), message, file, node.sourceline, "names", mend)
        for node in root.iter(_OF_BPMN + "*", _OF_SPIFF + "*")
        for message, mend in _check(node, scopes)
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


def _check(node: Any, scopes: Scopes) -> Iterator[Finding]:
    tag = tag_of(node)
    if node.tag.startswith(_OF_SPIFF):
        yield from _check_extension(node, tag)
        return
    yield from _check_lengths(node)
    if tag not in _ELEMENTS:
        yield refusal(tag)
    else:
        yield from check_element(node, scopes)
        yield from _check_expression(node, tag)
        yield from _check_foreign(node, tag)


def _check_lengths(node: Any) -> Iterator[Finding]:
    for attribute, most in (("name", MOST_LETTERS), ("id", MOST_ID)):
        length = len(node.get(attribute, ""))
        if length > most:
            yield (
                _("{what}太长：{length} 个字").format(
                    what=_("名称") if attribute == "name" else _("标识"), length=length
                ),
                _("缩短到 {most} 个字以内，其余写进说明").format(most=most),
            )


def _check_foreign(node: Any, tag: str) -> Iterator[Finding]:
    """What another product says of an element is not obeyed here, so it may not stand there."""
    if tag == "definitions":
        return
    names = list(node.attrib)
    if tag == "extensionElements":
        names += [child.tag for child in node.iterchildren(etree.Element)]
    for name in map(etree.QName, (name for name in names if name.startswith("{"))):
        if name.namespace not in _OURS:
            yield (
                _("“{name}”是别的软件的扩展（{uri}），这里不起作用").format(
                    name=name.localname[:60], uri=name.namespace[:80]
                ),
                _("删去它；需要的角色、表单、操作在属性栏里重新选择"),
            )


def _check_extension(node: Any, tag: str) -> Iterator[Finding]:
    if tag not in _EXTENSIONS:
        yield refusal(tag)
    elif tag == "serviceTaskOperator" and node.get("resultVariable"):
        yield (
            _("操作的结果直接写入流程变量，不能指定 resultVariable"),
            _("删去 resultVariable，直接用操作设置的变量"),
        )
    elif tag in ("parameter", "property"):
        yield from _check_pair(node, tag)
    elif tag in ("parameters", "properties"):
        yield from _check_repeated(node, "id" if tag == "parameters" else "name")


def _check_pair(node: Any, tag: str) -> Iterator[Finding]:
    if tag == "property":
        if node.get("name") is None or node.get("value") is None:
            yield _("属性必须有名称和值"), _("补上名称和值，或者删去这一项")
    elif not node.get("id", "").isidentifier() or node.get("type") is None:
        yield _("操作参数必须有名称（id）和类型（type）"), _("补上名称和类型")
    else:
        yield from _compile(node.get("value") or "")


def _check_repeated(node: Any, key: str) -> Iterator[Finding]:
    counts = Counter(child.get(key, "") for child in node)
    for name, count in counts.items():
        if count > 1:
            yield _("“{name}”写了 {count} 次").format(name=name[:60], count=count), _("只留一项")


def _check_expression(node: Any, tag: str) -> Iterator[Finding]:
    if tag in _EXPRESSIONS or (
        tag == "completionCondition"
        and tag_of(node.getparent()) == "multiInstanceLoopCharacteristics"
    ):
        yield from _compile(node.text or "")


def _compile(text: str) -> Iterator[Finding]:
    try:
        compile_expression(text)
    except ExpressionError as error:
        yield str(error), error.mend or HINT
