"""Rows of a csv file, or of cells pasted from a spreadsheet. What is written is text only."""

import csv
import io
from collections.abc import Iterator
from gettext import gettext as _

from forms.cells import MAX_COLUMNS, Cell, SpreadsheetRefused, column_name, text_cell

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = "\t,;，"


def decode(content: bytes) -> str:
    """The text of a csv file in UTF-8, GB18030 (what Excel writes in China) or marked UTF-16."""
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SpreadsheetRefused(
        _("无法识别文件的文字编码，请在表格软件中另存为“CSV UTF-8”或 xlsx 后再上传。")
    )


def rows_of_text(text: str, delimiter: str = "") -> Iterator[tuple[int, list[Cell]]]:
    """(number, cells) of each row; the delimiter is the one that the first line has most of."""
    mark = delimiter or _delimiter(text)
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter=mark)
    try:
        for number, row in enumerate(reader, start=1):
            yield number, _cells(number, row)
    except csv.Error as error:
        raise SpreadsheetRefused(
            _("第 %d 行无法读取，请检查引号是否成对。") % reader.line_num
        ) from error


def _cells(number: int, row: list[str]) -> list[Cell]:
    if any(text.strip() for text in row[MAX_COLUMNS:]):
        raise SpreadsheetRefused(_("表格超过 %d 列，请只保留需要导入的列。") % MAX_COLUMNS)
    texts = enumerate(row[:MAX_COLUMNS], start=1)  # what is cut off are blanks, maybe millions
    return [text_cell(f"{column_name(at)}{number}", text) for at, text in texts]


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)
