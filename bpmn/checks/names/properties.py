"""The properties that we add to BPMN: which there are, of what element, and what they may say."""

import re
from collections.abc import Iterator, Mapping
from gettext import gettext as _

from bpmn.checks.names.near import Finding, offer, shown, unknown
from bpmn.diagram import FormField, Node
from bpmn.diagram.fields import KINDS, PROPERTY, read_field
from bpmn.diagram.labels import ATTRIBUTES, FIELD_KINDS

MOST_DAYS = 400
_OF_USER_TASK = frozenset(
    {
        "form",
        "role",
        "clock",
        "outcome",
        "not_by",
        "not_by_origin",
        "assignee",
        "days",
        "counted",
    }
)
_KNOWN: Mapping[str, frozenset[str]] = {
    "userTask": _OF_USER_TASK,
    "serviceTask": frozenset({"sets"}),
}
_ALL = frozenset(name for names in _KNOWN.values() for name in names)
_YES_NO = frozenset({"yes", "no"})
MOST_FIELDS = 60
MOST_KEY, MOST_LABEL = 60, 200
MOST_OPTIONS = 60
"""Of the fields that a step draws: more than these nobody fills in on one page."""
_NAME_MEND = _("只用字母、数字和下划线，以字母开头")
_RESERVED = frozenset({"outcome"})
"""The field that the buttons of a step send."""


def check_properties(node: Node) -> Iterator[Finding]:
    """Names that nobody reads, and values that would be passed over in silence."""
    known = _KNOWN.get(node.kind, frozenset())
    if sum(name.startswith(PROPERTY) for name in node.properties) > MOST_FIELDS:
        yield _("字段太多，最多 {most} 个").format(most=MOST_FIELDS), _("分到几个环节里填写")
        return
    for name, value in node.properties.items():
        if name.startswith(PROPERTY) and node.kind == "userTask":
            yield from _check_field(name, value, node.properties.get("outcome"))
        elif name not in known:
            yield from _check_place(name, known)
        else:
            yield from _check_value(name, value.strip())


def _check_place(name: str, known: frozenset[str]) -> Iterator[Finding]:
    if name in _ALL or name.startswith(PROPERTY):
        message = _("“{name}”在这里不起作用").format(name=shown(ATTRIBUTES.get(name, name)))
        yield message, _("删去它，或者移到它所属的环节上")
    else:
        yield from unknown(_("属性"), name, known or _ALL, ATTRIBUTES)


def _check_value(name: str, value: str) -> Iterator[Finding]:
    if name == "days" and not _is_count(value):
        message = _("办理时限“{value}”不是 1 到 {most} 的整数")
        yield (
            message.format(value=shown(value), most=MOST_DAYS),
            _("写工作日的个数，如 5；没有时限的删去这一项"),
        )
    elif name in ("counted", "not_by_origin") and value not in _YES_NO:
        message = _("“{name}”只能是 yes 或 no，现在是“{value}”").format(
            name=ATTRIBUTES[name], value=shown(value)
        )
        yield message, _("选择是（yes）或者否（no）")
    elif name == "outcome" and not _is_name(value):
        message = _("办理结果的变量“{value}”不是变量名").format(value=shown(value))
        yield message, _NAME_MEND


def _is_count(value: str) -> bool:
    return re.fullmatch("[1-9][0-9]{0,2}", value) is not None and int(value) <= MOST_DAYS


def _is_name(value: str) -> bool:
    return value.isidentifier() and not value.startswith("_")


def _check_field(name: str, text: str, outcome: str | None) -> Iterator[Finding]:
    key = name.removeprefix(PROPERTY)
    if not _is_name(key):
        message = _("字段的变量名“{name}”不能用").format(name=shown(key))
        yield message, _NAME_MEND
    elif key in _RESERVED or key == outcome:
        message = _("字段的变量名不能是“{name}”：办理结果已经用了").format(name=key)
        yield message, _("换一个变量名")
    elif read_field(name, text) is None:
        yield from _check_shape(key, text)
    else:
        yield from _check_options(key, text)


def _check_shape(key: str, text: str) -> Iterator[Finding]:
    parts = [part.strip() for part in text.split(";")]
    kind, label, required = [*parts, "", ""][:3]
    what = _("字段“{name}”").format(name=shown(label) or key)
    if kind not in KINDS:
        yield (
            _("{what}没有“{kind}”这种类型").format(what=what, kind=shown(kind)),
            offer(_("类型"), kind, KINDS, FIELD_KINDS),
        )
    elif not label:
        yield what + _("没有名称"), _("写上经办人看到的名称")
    elif required not in ("required", "optional", ""):
        message = what + _("是否必填写成了“{value}”").format(value=shown(required))
        yield message, _("写 required（必填）或者 optional（可不填）")
    elif kind == "choice":
        yield what + _("没有选项"), _("至少写一个选项")
    else:
        yield what + _("有多余的部分"), _("只有“选项”类型的字段有选项；名称和选项里不能有分号")


def _check_options(key: str, text: str) -> Iterator[Finding]:
    field = read_field(f"{PROPERTY}{key}", text)
    if field is not None:
        yield from _check_size(field)
    if field is not None and len(set(field.options)) < len(field.options):
        message = _("字段“{name}”有重复的选项").format(name=field.label)
        yield message, _("每个选项只写一次")


def _check_size(field: FormField) -> Iterator[Finding]:
    what = _("字段“{name}”").format(name=shown(field.label))
    if len(field.name) > MOST_KEY:
        yield what + _("的变量名超过 {most} 个字").format(most=MOST_KEY), _NAME_MEND
    if max(map(len, (field.label, *field.options))) > MOST_LABEL:
        yield what + _("的标题或选项超过 {most} 个字").format(most=MOST_LABEL), _("写短一些")
    if len(field.options) > MOST_OPTIONS:
        yield what + _("的选项超过 {most} 个").format(most=MOST_OPTIONS), _("改用一行文字")
