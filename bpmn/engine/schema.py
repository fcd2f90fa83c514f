"""The BPMN 2.0 schema, and what it finds, in words that need no XML to be understood."""

import re
from collections.abc import Iterator
from functools import cache
from gettext import gettext as _
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from SpiffWorkflow.spiff.parser.process import SPIFF_XSD

from bpmn.engine.refusals import Finding
from bpmn.errors import Problem

MOST = 20
"""Problems that are told of one file: the first ones are usually the cause of the others."""

_NAMESPACE = re.compile(r"\{[^{}]*\}")
_AT = re.compile(r"Element '(?P<tag>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<rest>.*)")
_VALUE = re.compile(r"'(?P<value>.*)' is not a valid value of the atomic type '(?P<type>[^']*)'")
_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        r"No matching global declaration",
        _("最外层是“{tag}”，不是 BPMN 2.0 文件"),
        _("用 BPMN 2.0 格式重新导出"),
    ),
    (
        r"The attribute '(?P<name>[^']*)' is not allowed",
        _("“{tag}”不能有属性“{name}”"),
        _("删去这个属性"),
    ),
    (
        r"The attribute '(?P<name>[^']*)' is required but missing",
        _("“{tag}”缺少属性“{name}”"),
        _("补上这个属性；连线要有起点（sourceRef）和终点（targetRef）"),
    ),
    (
        r"This element is not expected",
        _("“{tag}”不能放在这里，或者次序不对"),
        _("移到它所属的位置：说明、扩展、连线在前，其余在后"),
    ),
    (
        r"Missing child element",
        _("“{tag}”里缺少必需的内容"),
        _("补上缺少的内容，或者删去这个元素"),
    ),
    (
        r"Character content other than whitespace",
        _("“{tag}”里有不该有的文字"),
        _("删去这段文字；说明写在文档（documentation）里"),
    ),
)


def against_schema(root: Any, file: str) -> list[Problem]:
    """What the schema finds in one file, each at its line."""
    schema = _schema()
    if schema.validate(root):
        return []
    problems = []
    for entry in list(schema.error_log)[:MOST]:
        message, mend = _translate(_NAMESPACE.sub("", entry.message))
        message = _("不符合 BPMN 2.0：{reason}").format(reason=message)
        problems.append(Problem(_owner(root, entry), message, file, entry.line, "files", mend))
    return problems


@cache
def _schema() -> Any:
    return BpmnValidator(imports={"spiffworkflow": SPIFF_XSD}).validator


def _owner(root: Any, entry: Any) -> str | None:
    """The id of the element that the entry speaks of, or of what it stands in."""
    prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    try:
        found = next(iter(root.xpath(entry.path, namespaces=prefixes)), None)
    except etree.XPathError:
        return None
    while found is not None and found.get("id") is None:
        found = found.getparent()
    return None if found is None else str(found.get("id"))


def _translate(text: str) -> Finding:
    found = _AT.match(text)
    if found is None:
        return _("结构不对"), _("用 BPMN 2.0 格式重新导出")
    tag, attribute, rest = found["tag"], found["attribute"], found["rest"]
    if attribute is not None:
        return _of_attribute(tag, attribute, rest)
    return next(_matching(tag, rest), (_("“{tag}”的内容不对").format(tag=tag), _("改正它的内容")))


def _matching(tag: str, rest: str) -> Iterator[Finding]:
    for pattern, words, mend in _WORDS:
        if match := re.match(pattern, rest):
            yield words.format(tag=tag, **match.groupdict()), mend


def _of_attribute(tag: str, attribute: str, rest: str) -> Finding:
    value = _VALUE.match(rest)
    if value is None:
        return next(
            _matching(tag, rest),
            (
                _("“{tag}”的属性“{name}”不对").format(tag=tag, name=attribute),
                _("改正这个属性的值"),
            ),
        )
    shown = value["value"][:60]
    if value["type"] == "xs:ID":
        return (
            _("“{tag}”的标识“{value}”重复了，或者不是合法的标识").format(tag=tag, value=shown),
            _("换一个没有用过的标识：以字母开头，只用字母、数字和下划线"),
        )
    return (
        _("“{tag}”的属性“{name}”不能是“{value}”").format(tag=tag, name=attribute, value=shown),
        _("改正这个属性的值"),
    )
