"""Columns of a spreadsheet as the fields of a row's form, and a cell's text as what was posted.

The form alone says whether an answer is right; here is only told what a cell means.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _
from typing import Any

from forms.base import TaskForm
from forms.cells import Cell
from forms.spreadsheets import Sheet, SpreadsheetRefused, heading

Cells = Mapping[str, Cell]

_OTHER_WORDS = {
    "id_number": ("身份证号码", "身份证", "公民身份号码", "证件号码"),
    "mobile": ("手机", "手机号", "联系电话", "移动电话"),
    "category": ("类别", "人员类型"),
    "title_name": ("职称", "技术职称"),
    "title_subject": ("专业", "职称证书专业"),
    "title_issuer": ("发证机关", "发证单位"),
    "school": ("毕业学校", "学校"),
    "serial_number": ("编号", "仪器编号", "出厂号", "序列号"),
    "kind": ("仪器名称", "设备名称", "名称"),
    "model": ("型号", "规格", "型号规格"),
    "manufacturer": ("厂家", "生产厂商"),
    "price": ("购置金额", "金额", "价格"),
    "amount": ("项目金额", "合同金额", "金额"),
    "client": ("委托方", "甲方"),
}
"""What units call a column in lists of their own."""
_YES, _NO = (
    {"是", "√", "✓", "有", "y", "yes", "1", "true"},
    {"否", "×", "无", "n", "no", "0", "false"},
)
_SERIAL = re.compile(r"[1-9]\d{4}(\.0+)?")
_MIDNIGHT = re.compile(r"(.*\d)[ T]0?0:00(:00)?")
_FIRST_DAY = date(1899, 12, 30)  # of a spreadsheet's count of days


@dataclass(frozen=True)
class Columns:
    """Which field each column is; None where no field is called so."""

    names: tuple[str | None, ...]
    unknown: tuple[str, ...] = ()

    def cells(self, row: Sequence[Cell]) -> dict[str, Cell]:
        """The cells of a row by field, without the columns that are not known."""
        return {name: cell for name, cell in zip(self.names, row, strict=False) if name}


def labels_of(form: TaskForm) -> list[str]:
    """What the columns are called: the labels of the form."""
    return [field.label.text for field in _fields(form)]


def columns_of(form: TaskForm, sheet: Sheet) -> Columns:
    """The columns by the labels of the form, or in its order when the sheet has no header.

    Raises SpreadsheetRefused for a column that is missing, stands twice or cannot be trusted.
    """
    if not sheet.header:
        return Columns(tuple(field.name for field in _fields(form)))
    fields = _by_heading(form)
    names = tuple(fields.get(heading(cell.text)) for cell in sheet.header)
    _require_sound(form, sheet.header, names)
    unknown = tuple(
        cell.text
        for cell, name in zip(sheet.header, names, strict=True)
        if name is None and cell.text
    )
    return Columns(names, unknown)


def posted(
    form: TaskForm, cells: Cells, before: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str]]:
    """What the cells would be as a post of the form, and what is wrong with a cell by field.

    An empty cell keeps what was saved ``before``, or else what the form begins with.
    """
    values: dict[str, str] = {}
    problems: dict[str, str] = {}
    for field in _fields(form):
        cell = cells.get(field.name)
        if cell is None or not cell.text:
            values[field.name] = _kept(field, before)
        elif cell.problem:
            problems[field.name] = cell.problem
        else:
            try:
                values[field.name] = _READERS.get(field.type, _text)(cell.text, field)
            except ValueError as error:
                problems[field.name] = str(error)
    return {name: value for name, value in values.items() if value}, problems


def written(field: Any, value: Any) -> str:
    """A stored answer as it stands in a cell, so that it is read back as the same answer."""
    if value in (None, ""):
        return ""
    if field.type == "BooleanField":
        return _("是") if value else ""
    return dict(choices_of(field)).get(str(value), str(value))


def choices_of(field: Any) -> list[tuple[str, str]]:
    """(value, label) of what a field chooses from; nothing where anything may be typed."""
    return [(c.value, str(c.label)) for c in getattr(field, "choices", None) or () if c.value]


def _fields(form: TaskForm) -> Iterator[Any]:
    yield from form


def _by_heading(form: TaskForm) -> dict[str, str]:
    fields = {
        heading(word): name
        for name, words in _OTHER_WORDS.items()
        if name in form
        for word in words
    }
    return fields | {heading(field.label.text): field.name for field in _fields(form)}


def _require_sound(form: TaskForm, header: Sequence[Cell], names: Sequence[str | None]) -> None:
    for cell, name in zip(header, names, strict=True):
        if name and cell.problem:
            raise SpreadsheetRefused(f"{cell.address}：{cell.problem}")
        if name and names.count(name) > 1:
            raise SpreadsheetRefused(_("“%s”有两列，请只保留一列。") % form[name].label.text)
    missing = [
        field.label.text
        for field in _fields(form)
        if field.flags.required and not field.default and field.name not in names
    ]
    if missing:
        raise SpreadsheetRefused(
            _("表格缺少必填的列：%s。列名应与模板一致，请下载模板对照。") % "、".join(missing)
        )


def _kept(field: Any, before: Mapping[str, Any]) -> str:
    value = before.get(field.name) if before else field.default
    return "" if value in (None, False) else str(value)


def _choice(text: str, field: Any) -> str:
    wanted = heading(text)
    options = choices_of(field)
    for value, label in options:
        if wanted in (heading(label), heading(value)):
            return value
    named = "、".join(label for _value, label in options[:12])
    more = _("等，见模板") if len(options) > 12 else ""
    raise ValueError(_("“%s”不在可选的内容中，可填：") % text[:30] + named + more + _("。"))


def _tick(text: str, _field: Any) -> str:
    if text.casefold() in _YES:
        return "y"
    if text.casefold() in _NO:
        return ""
    raise ValueError(_("“%s”无法识别，请填“是”或“否”。") % text[:30])


def _day(text: str, _field: Any) -> str:
    """A day may come as the spreadsheet's own count of days, when its cell had no date format."""
    if _SERIAL.fullmatch(text):
        return (_FIRST_DAY + timedelta(days=int(float(text)))).isoformat()
    midnight = _MIDNIGHT.fullmatch(text)
    return midnight[1] if midnight else text


def _text(text: str, _field: Any) -> str:
    return text


_READERS: Mapping[str, Callable[[str, Any], str]] = {
    "SelectField": _choice,
    "RadioField": _choice,
    "BooleanField": _tick,
    "DateField": _day,
}
