"""How large a set of files may be: what is larger is refused before anything looks at it."""

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import Any

from bpmn.engine.scopes import BPMN
from bpmn.errors import Problem

MAX_FILES = 50
MAX_TOTAL = 8_000_000
"""Bytes of all files together."""
MAX_ELEMENTS = 2_000
"""Nodes and flows of all diagrams of a matter; the largest that is shipped has 434."""
MAX_TAGS = 20_000
"""XML elements of all files together; the largest matter that is shipped has 3,400."""

_DIVIDE = _("拆成几个事项，或者删去没有用到的流程")
_FLOW = tuple(
    f"{{{BPMN}}}{tag}"
    for tag in (
        *("sequenceFlow", "startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent"),
        *("userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess", "task"),
        *("exclusiveGateway", "parallelGateway", "scriptTask", "manualTask"),
    )
)


def check_bytes(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Too many files, or too many bytes."""
    if len(files) > MAX_FILES:
        message = _("文件过多：{count} 个，最多 {most} 个")
        yield _problem(message.format(count=len(files), most=MAX_FILES))
    if sum(map(len, files.values())) > MAX_TOTAL:
        yield _problem(_("文件合计超过 {most} MB").format(most=MAX_TOTAL // 1_000_000))


def check_elements(roots: Mapping[str, Any]) -> Iterator[Problem]:
    """More than can be checked in the time that somebody waits."""
    tags = sum(1 for root in roots.values() for _node in root.iter())
    if tags > MAX_TAGS:
        message = _("文件内容过多：{count} 个 XML 元素，最多 {most} 个")
        yield _problem(message.format(count=tags, most=MAX_TAGS))
        return
    drawn = sum(1 for root in roots.values() for _node in root.iter(*_FLOW))
    if drawn > MAX_ELEMENTS:
        message = _("流程图过大：{count} 个节点和连线，最多 {most} 个")
        yield _problem(message.format(count=drawn, most=MAX_ELEMENTS))


def _problem(message: str) -> Problem:
    return Problem(None, message, rule="files", mend=_DIVIDE)
