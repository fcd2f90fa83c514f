"""Fields for the cells of the standard: lists, kinds of equipment and groups of them, as text.

Each is read from what an officer can type without a script, and given back as policy data hold it.
"""

import re
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Any

import wtforms
from wtforms import widgets

from forms import validators
from forms.fields import RadioField
from forms.texts import halfwidth

_BETWEEN = re.compile(r"[、,，;；\n]+")
_GROUP = re.compile(r"(?P<kinds>.+?)\s*[:：]\s*(?P<least>\S+)")
_OR = re.compile(r"\s*或者\s*")
MOST_LINES, MOST_NAME = 200, 100
MOST_NUMBER = 9999


class LinesField(wtforms.StringField):
    """A text of several lines that stands for a list or a mapping; subclasses read and write it."""

    widget = widgets.TextArea()

    def __init__(self, label: str, *, rows: int = 4, help: str = "", **kwargs: Any) -> None:
        super().__init__(
            label,
            [validators.Presence(True)],
            description=help,
            render_kw={"rows": str(rows), "autocomplete": "off"},
            **kwargs,
        )

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.written(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; raises ValueError with a sentence."""
        if not valuelist:
            return
        self.data = None
        lines = [line.strip() for line in str(valuelist[0]).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValueError(_("最多 %d 行。") % MOST_LINES)
        self.data = self.read(lines)

    def written(self, value: Any) -> str:
        raise NotImplementedError

    def read(self, lines: Sequence[str]) -> Any:
        raise NotImplementedError


class YesNoField(RadioField):
    """A claim that holds or does not; kept as a bool."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        meanings = {"yes": True, "no": False, True: True, False: False}
        choices = (("yes", _("可以")), ("no", _("不可以")))
        super().__init__(label, choices=choices, coerce=meanings.get, **kwargs)


class NamesField(LinesField):
    """A list of names, one a line or divided by 、."""

    def written(self, value: Any) -> str:
        """The names in one line each."""
        return "、".join(value or ())

    def read(self, lines: Sequence[str]) -> list[str]:
        """Raises ValueError for a name that stands twice."""
        return read_names("\n".join(lines))


class KindsField(LinesField):
    """A name and the names that belong to it on each line: 台：全站仪、水准仪."""

    def written(self, value: Any) -> str:
        """A line for each name."""
        return "\n".join(f"{name}：{'、'.join(kinds)}" for name, kinds in (value or {}).items())

    def read(self, lines: Sequence[str]) -> dict[str, list[str]]:
        """Raises ValueError naming the line."""
        found: dict[str, list[str]] = {}
        for number, line in enumerate(lines, start=1):
            name, colon, rest = line.replace(":", "：").partition("：")
            if not (name.strip() and colon and rest.strip()):
                raise ValueError(_("第 %d 行应写成“名称：种类、种类”。") % number)
            if name.strip() in found:
                raise ValueError(_("“%s”列了几次。") % name.strip())
            found[name.strip()] = read_names(rest)
        return found


class GroupsField(LinesField):
    """What equipment is needed, a requirement a line: 全站仪、水准仪：12 或者 测深仪：2."""

    def written(self, value: Any) -> str:
        """A line for each requirement."""
        return "\n".join(_requirement_line(group) for group in value or ())

    def read(self, lines: Sequence[str]) -> list[dict[str, Any]]:
        """Raises ValueError naming the line."""
        return [_requirement(number, line) for number, line in enumerate(lines, start=1)]


def read_names(text: str) -> list[str]:
    """Raises ValueError for a name that stands twice or is too long."""
    names = [halfwidth_brackets(one) for one in _BETWEEN.split(text) if one.strip()]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(_("“%s”列了几次。") % name)
        if len(name) > MOST_NAME:
            raise ValueError(_("“%(name)s…”太长，最多 %(most)d 个字。") % {
                "name": name[:10], "most": MOST_NAME})  # fmt: skip
    return names


def halfwidth_brackets(name: str) -> str:
    """A name as the standard writes it: brackets and blanks of one width."""
    return name.strip().replace("（", "(").replace("）", ")")


def _requirement_line(group: Mapping[str, Any]) -> str:
    parts = [f"{'、'.join(one['any_of'])}：{one['min']}" for one in group.get("or", [group])]
    return _(" 或者 ").join(parts)


def _requirement(number: int, line: str) -> dict[str, Any]:
    alternatives = [_group(number, part) for part in _OR.split(line) if part]
    if len(alternatives) == 1:
        return alternatives[0]
    return {"or": alternatives}


def _group(number: int, text: str) -> dict[str, Any]:
    found = _GROUP.fullmatch(text.strip())
    if found is None:
        raise ValueError(_("第 %d 行应写成“种类、种类：数量”。") % number)
    least = halfwidth(found["least"])
    if not re.fullmatch(r"[0-9]{1,4}", least):
        sentence = _("第 %(line)d 行的数量“%(least)s”应为 1 至 %(most)d 之间的整数。")
        raise ValueError(
            sentence % {"line": number, "least": found["least"][:20], "most": MOST_NUMBER}
        )
    return {"any_of": read_names(found["kinds"]), "min": int(least)}
