"""Workbooks that are handed out: the template to fill in, and a list of rows. Nothing is read."""

import io
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from forms.base import TaskForm
from forms.cells import column_name
from forms.columns import choices_of
from forms.spreadsheets import MAX_ROWS

_HEAD = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="DCE6F2")}
_WRAPPED = Alignment(vertical="top", wrap_text=True)
# Spreadsheets of East Asian versions take the full-width signs for the plain ones.
_ACTIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")


def template(title: str, form: TaskForm) -> bytes:
    """An empty table of the form: a column for each field, lists to choose from, explanations."""
    book = Workbook()
    table: Any = book.active
    table.title = title
    lists = book.create_sheet(_("可选内容"))
    for at, field in enumerate(form, start=1):
        _add_column(table, at, field)
        _add_list(table, lists, at, field)
    table.freeze_panes = "B2"
    _explain(book.create_sheet(_("填写说明"), 1), form)
    return _bytes(book)


def table_of(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A list as a workbook; every cell is text, and none is taken for a formula."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for at, word in enumerate(header, start=1):
        sheet.column_dimensions[column_name(at)].width = max(12, 2 * len(word) + 2)
    sheet.append([_text(sheet, word, bold=True) for word in header])
    for row in rows:
        sheet.append([_text(sheet, neutral(text)) for text in row])
    return _bytes(book)


def neutral(text: str) -> str:
    """Text that a spreadsheet would work out, marked as text; reading takes the mark off again."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def csv_text(text: str) -> str:
    """As ``neutral``; and a long number is marked too, or a spreadsheet keeps 15 of its digits."""
    return f"'{text}" if text.isdigit() and len(text) > 11 else neutral(text)


def _add_column(table: Any, at: int, field: Any) -> None:
    cell = table.cell(row=1, column=at, value=_heading(field))
    cell.font, cell.fill = _HEAD["font"], _HEAD["fill"]
    column = table.column_dimensions[column_name(at)]
    column.width = max(14, 2 * len(cell.value) + 2)
    column.number_format = "@"  # text: a number of 18 digits would lose its last three


def _add_list(table: Any, lists: Any, at: int, field: Any) -> None:
    labels = [label for _value, label in choices_of(field)]
    if field.type == "BooleanField":
        labels = [_("是"), _("否")]
    if not labels:
        return
    name = column_name(at)
    for row, label in enumerate([field.label.text, *labels], start=1):
        lists.cell(row=row, column=at, value=label)
    source = f"'{lists.title}'!${name}$2:${name}${len(labels) + 1}"
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = field.label.text[:30], _("请从列表中选择。")
    rule.add(f"{name}2:{name}{MAX_ROWS + 1}")
    table.add_data_validation(rule)


def _explain(sheet: Any, form: TaskForm) -> None:
    """What each column wants, in words."""
    sheet.append([_("列"), _("是否必填"), _("怎样填写")])
    for at, width in enumerate((24, 12, 80), start=1):
        sheet.column_dimensions[column_name(at)].width = width
        sheet.cell(row=1, column=at).font = _HEAD["font"]
    for field in form:
        must = _("必填") if field.flags.required else _("选填")
        sheet.append([field.label.text, must, _explanation(field)])
        sheet.cell(row=sheet.max_row, column=3).alignment = _WRAPPED
    for line in (
        _("带 * 的列必填。一行填一条，不要合并单元格，不要使用公式；最多 %d 行。") % MAX_ROWS,
        _("各列已设为“文本”格式，从别处粘贴时请选择“只粘贴文本”，以免长号码丢失位数。"),
        _("扫描件不放在表格里：导入后在网页上“批量上传扫描件”。"),
    ):
        sheet.append([line])


def _explanation(field: Any) -> str:
    parts = [str(field.description or "")]
    labels = [label for _value, label in choices_of(field)]
    if labels:
        parts.append(_("可填：%s。") % "、".join(labels))
    if field.type == "BooleanField":
        parts.append(_("填“是”，或者不填。"))
    if field.type == "DateField":
        parts.append(_("写成 2026-11-20 的形式。"))
    return "".join(parts)


def _heading(field: Any) -> str:
    return f"{field.label.text}*" if field.flags.required else str(field.label.text)


def _text(sheet: Any, text: str, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # or a text that begins with = would be written as a formula
    if bold:
        cell.font = _HEAD["font"]
    return cell


def _bytes(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
