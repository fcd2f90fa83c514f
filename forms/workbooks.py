"""Rows of an xlsx file, read as a stream with openpyxl: no formula is worked out, no macro kept.

A file is refused before it is unpacked when it is no workbook or would unpack to too much.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries

from forms.cells import (
    MAX_COLUMNS,
    Cell,
    SpreadsheetRefused,
    column_name,
    formula_cell,
    text_cell,
    value_cell,
)

# No sign that can begin a match is passed over, or a file of beginnings would be read for hours.
_MERGED = re.compile(rb'[<:]mergeCell\s[^<>:]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_LAST_ROW = 1_048_576
_BYTES_OF_ROW = 4_000  # what a row may unpack to: some fifty cells with styles
_LEAST = 4_000_000  # styles and shared texts of a small file
_DAMAGED = _("文件已损坏或不是正常的 xlsx 表格，请用表格软件打开后另存为 xlsx 再上传。")


@dataclass(frozen=True)
class _Merge:
    name: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def sentence(self) -> str:
        return _("是合并单元格 %s 的一部分，请取消合并、逐格填写后再导入。") % self.name


class Workbook:
    """The first visible sheet of an xlsx file: its title and its rows."""

    def __init__(self, content: bytes, max_rows: int) -> None:
        _require_sound(content, max_rows)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that say nothing to us
            self._book = _open(content)
        sheets = [one for one in self._book.worksheets if one.sheet_state == "visible"]
        if not sheets:
            raise SpreadsheetRefused(_("文件里没有可以看见的工作表。"))
        self._sheet: Any = sheets[0]
        self.title: str = self._sheet.title
        self._merged = _merged(content, self._sheet._worksheet_path)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """(number, cells) of each row that has any. Raises SpreadsheetRefused."""
        self._sheet.reset_dimensions()  # the file's own word for its size is not trusted
        found = self._sheet.iter_rows(max_row=_LAST_ROW, max_col=MAX_COLUMNS + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                for number, row in _filled(found):
                    yield number, self._cells(number, row)
            except SpreadsheetRefused:
                raise
            except Exception as error:  # openpyxl lets whatever went wrong through
                raise SpreadsheetRefused(_DAMAGED) from error

    def _cells(self, number: int, row: Any) -> list[Cell]:
        if row[MAX_COLUMNS].value is not None:
            raise SpreadsheetRefused(_("表格超过 %d 列，请只保留需要导入的列。") % MAX_COLUMNS)
        merged = [one for one in self._merged if one.top <= number <= one.bottom]
        cells = [_cell(f"{column_name(at)}{number}", cell) for at, cell in enumerate(row, start=1)]
        for one in merged:
            for at in range(one.left, min(one.right, len(cells)) + 1):
                cells[at - 1] = replace(cells[at - 1], problem=one.sentence)
        return cells


def _filled(rows: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """The rows with a value; what a file leaves out comes as one and the same blank row."""
    blank = None
    for number, row in enumerate(rows, start=1):
        if row is blank:
            continue
        if any(cell.value is not None for cell in row):
            yield number, row
        else:
            blank = row


def _cell(address: str, cell: Any) -> Cell:
    if cell.value is None:
        return Cell(address, "")
    if cell.data_type == "f":
        return formula_cell(address, str(getattr(cell.value, "text", None) or cell.value))
    if cell.data_type == "e":
        return Cell(address, str(cell.value), _("是错误值 %s，请改正后再导入。") % cell.value)
    if isinstance(cell.value, str):
        return text_cell(address, cell.value, typed=False)
    return value_cell(address, cell.value)


def _require_sound(content: bytes, max_rows: int) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SpreadsheetRefused(_DAMAGED) from error
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise SpreadsheetRefused(_("文件里有宏，不予读取；请另存为不含宏的 xlsx 后再上传。"))
    if "xl/workbook.xml" not in names:
        raise SpreadsheetRefused(_("这不是 xlsx 表格，请用表格软件打开后另存为 xlsx 再上传。"))
    # Pictures are packed already, so they add about what the file has; no folder is left out,
    # because any part of the book may lie in any of them.
    unpacked = sum(part.file_size for part in parts)
    if unpacked > max(_LEAST, max_rows * _BYTES_OF_ROW) + len(content):
        sentence = _("表格太大（最多 %d 行）；请删除多余的行、空白行和格式，或分成几个文件。")
        raise SpreadsheetRefused(sentence % max_rows)


def _open(content: bytes) -> Any:
    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:  # whatever openpyxl meets in a damaged or hostile file
        raise SpreadsheetRefused(_DAMAGED) from error


def _merged(content: bytes, part: str) -> list[_Merge]:
    """The merged ranges of a sheet: the stream of openpyxl leaves them out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [found.decode() for found in _MERGED.findall(archive.read(part))]
    return [_Merge(name, *(edge or 0 for edge in range_boundaries(name))) for name in names[:1000]]
