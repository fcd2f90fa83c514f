"""A change as a sentence for an officer: what each attribute and its values are called."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from gettext import gettext as _

from bpmn.comparison.matching import REFERENCES
from bpmn.comparison.tables import ANY, CELL, VALUE
from bpmn.comparison.things import FIELD, PARAMETER, Thing
from bpmn.diagram import Column
from bpmn.diagram.expressions import literal
from bpmn.diagram.labels import ATTRIBUTES, FIELD_KINDS, KINDS, Labels
from bpmn.diagram.spoken import Spoken

_VALUES = {
    "interrupts": {"": _("是"), "no": _("否")},
    "counted": {"": _("是"), "yes": _("是"), "no": _("否")},
    "not_by_origin": {"": _("否"), "yes": _("是"), "no": _("否")},
    "policy": {"UNIQUE": _("只能有一条符合"), "FIRST": _("取第一条符合的")},
    "event": {"timer": _("定时"), "message": _("消息")},
    "kind": KINDS,
}
_WORKING_DAYS = re.compile(r"working_days\((.+)\)")
_DUE = re.compile(r"""due\(["'](\w+)["']\)""")
_PREFIXES = {
    FIELD: _("填写项“{name}”"),
    PARAMETER: _("参数“{name}”"),
    "property.": _("属性“{name}”"),
    "multiple.": _("多人办理“{name}”"),
    CELL: _("“{name}”一格"),
    VALUE: _("“{name}”结果"),
}
_TOLD_OF_LONE = (
    "role", "form", "clock", "days", "counted", "not_by", "assignee", "operation", "calls", "table",
    "timer", "message", "condition", "documentation", FIELD, CELL, VALUE,
)  # fmt: skip
"""What is told of a thing that only one version has."""


_FIELD_PARTS = {**FIELD_KINDS, "required": _("必填"), "optional": _("选填")}
"""What stands in the property of a field that the diagram draws, beside its name and options."""


@dataclass(frozen=True)
class Speech:
    """How one version's names are said: `titles` by id, `labels` those of the office.

    `columns` are those of its decision tables, by what each is known by; `own` has by file the
    words that stand in that file itself.
    """

    titles: Mapping[str, str]
    labels: Labels
    spoken: Spoken = Spoken()
    columns: Mapping[str, Column] = field(default_factory=dict)
    own: Mapping[str, Spoken] = field(default_factory=dict)

    def in_file(self, file: str) -> "Speech":
        """As one file says it, and like the others where it has no word of its own."""
        return replace(self, spoken=self.own.get(file, Spoken()).helped_by(self.spoken))

    def helped_by(self, other: "Speech") -> "Speech":
        """With the other version's words for variables and values that this one has none for."""
        return replace(self, spoken=self.spoken.helped_by(other.spoken))

    def thing(self, one: Thing) -> str:
        """人工环节“审查”, 第 3 条规则."""
        if one.kind == "rule":
            return _("第 {number} 条规则").format(number=one.title)
        kind = KINDS.get(one.kind, one.kind)
        if one.kind == "sequenceFlow":
            return _("{kind}“{way}”").format(kind=kind, way=self._way(one))
        if not one.title and self.titles.get(one.element):
            return self.titles[one.element]
        return _("{kind}“{title}”").format(kind=kind, title=one.title or one.element)

    def whole(self, one: Thing, group: Sequence[Thing]) -> str:
        """A thing that only one version has, with what matters of it."""
        if one is group[0]:
            return _("{thing}（{count}）").format(thing=self.thing(one), count=_size(group))
        told = [self._part(one, w, v) for w, v in one.holds.items() if w.startswith(_TOLD_OF_LONE)]
        words = self.thing(one)
        return _("{thing}（{parts}）").format(thing=words, parts="，".join(told)) if told else words

    def sentence(self, was: Thing, one: Thing, what: str, before: str, after: str) -> str:
        """What became of an attribute that both versions have, values given in words."""
        if what == "name":
            kind = KINDS.get(one.kind, one.kind)
            form = _("{kind}“{before}”改名为“{after}”")
            return form.format(kind=kind, before=before, after=after)
        if what == "order":
            return _("{thing}由第 {before} 位移到第 {after} 位").format(
                thing=self.thing(was), before=before, after=after
            )
        if what == "documentation":
            return _("{thing}的说明文字有改动").format(thing=self.thing(one))
        return _("{thing}的{attribute}由“{before}”改为“{after}”").format(
            thing=self.thing(one), attribute=self._attribute(one, what), before=before, after=after
        )

    def _part(self, one: Thing, what: str, value: str) -> str:
        attribute, held = self._attribute(one, what), self.held(one, what, value)
        if what.startswith(FIELD):  # its label is what it is called already
            name = self._named(FIELD, what.removeprefix(FIELD))
            held = "，".join(part for part in held.split("，") if part != name)
        return _("{attribute}：{value}").format(attribute=attribute, value=held)

    def held(self, one: Thing, what: str, value: str) -> str:
        """The value that an attribute of a thing has: its operation tells what parameters mean."""
        if value and what.startswith(PARAMETER):
            text, known = _unquoted(value), self._parameter(one, what)[1]
            return known.get(text) or self.spoken.variables.get(value) or text
        return self.value(what, value)

    def _parameter(self, one: Thing, what: str) -> tuple[str, Mapping[str, str]]:
        """What a parameter of the thing's operation and its values are called."""
        name = what.removeprefix(PARAMETER)
        return self.labels.parameters.get((one.holds.get("operation", ""), name), (name, {}))

    def _attribute(self, one: Thing, what: str) -> str:
        if what.startswith(PARAMETER):
            return _PREFIXES[PARAMETER].format(name=self._parameter(one, what)[0])
        for prefix, words in _PREFIXES.items():
            if what.startswith(prefix):
                return words.format(name=self._named(prefix, what.removeprefix(prefix)))
        return ATTRIBUTES.get(what, what)

    def value(self, what: str, value: str) -> str:
        """The value of an attribute; 无 (of a cell: 任意) where there is none."""
        if what in _VALUES:
            return _VALUES[what].get(value, value)
        if not value:
            return _("任意") if what.startswith(CELL) else _("无")
        if what in REFERENCES:
            return self.titles.get(value) or value
        return self._said(what, value)

    def _said(self, what: str, value: str) -> str:
        """An expression, or a name that the office has a word for."""
        if what.startswith((CELL, VALUE)):
            return self._cell(what.partition(".")[2], value)
        if what == "condition":
            return self.spoken.condition(value)
        if what.startswith(FIELD):
            return "，".join(_FIELD_PARTS.get(part, part) for part in value.split(";") if part)
        return _SAID.get(what, _as_written)(self.labels, value)

    def say_cell(self, what: str, text: str) -> str:
        """A cell of a table (`cell.…`) or a result (`value.…`): 任意, 空, or what it says."""
        return self.value(what, "" if text == ANY else text)

    def _named(self, prefix: str, name: str) -> str:
        """What an attribute is called that is named after a field or a column."""
        if prefix == FIELD:
            return self.spoken.variables.get(self.labels.field_prefix + name, name)
        return self.columns[name].title if name in self.columns else name

    def _cell(self, name: str, text: str) -> str:
        column = self.columns.get(name)
        return self.spoken.cell(column.text if column else name, text)

    def _way(self, flow: Thing) -> str:
        way = f"{self._end(flow, 'source')} → {self._end(flow, 'target')}"
        return f"{flow.title}（{way}）" if flow.title else way

    def _end(self, flow: Thing, end: str) -> str:
        element = flow.holds.get(end, "")
        return self.titles.get(element) or element


def _size(group: Sequence[Thing]) -> str:
    """How large a process or table is."""
    if group[0].kind == "table":
        rules = sum(one.kind == "rule" for one in group)
        return _("{count} 条规则").format(count=rules)
    nodes = sum(one.kind not in ("process", "lane", "sequenceFlow") for one in group)
    return _("{count} 个节点").format(count=nodes)


def _unquoted(value: str) -> str:
    """A text without its quotes, any other expression as it is."""
    try:
        text = literal(value)
    except ValueError:
        return value
    return (text or _("空")) if isinstance(text, str) else value


def _as_written(labels: Labels, value: str) -> str:
    return value


def _days(labels: Labels, value: str) -> str:
    return _("{count} 个工作日").format(count=value)


def _timer(labels: Labels, value: str) -> str:
    if found := _WORKING_DAYS.fullmatch(value):
        return _days(labels, found[1])
    if found := _DUE.fullmatch(value):
        return _("{clock}届满时").format(clock=labels.clocks.get(found[1], found[1]))
    return value


_SAID: Mapping[str, Callable[[Labels, str], str]] = {
    "days": _days,
    "timer": _timer,
    "role": lambda labels, value: labels.roles.get(value, value),
    "form": lambda labels, value: labels.forms.get(value, value),
    "clock": lambda labels, value: labels.clocks.get(value, value),
    "operation": lambda labels, value: labels.operations.get(value, value),
}
