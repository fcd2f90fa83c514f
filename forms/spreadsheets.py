"""Reading a table that somebody sent: bytes and a file's name in, header and rows of text out.

Nothing is stored, nothing is worked out, and no cell is corrected: a cell that cannot be trusted
keeps what is written and says why. What the columns mean is not known here.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _
from itertools import islice

from forms.cells import Cell, SpreadsheetRefused
from forms.delimited import decode, rows_of_text
from forms.workbooks import Workbook

__all__ = ["MAX_ROWS", "Cell", "Sheet", "SpreadsheetRefused", "read_pasted", "read_spreadsheet"]

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_ROWS = 2000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LEADING = 10
"""How many rows may stand above the header: a title, a date, a note."""


@dataclass(frozen=True)
class Sheet:
    """A header and the rows under it that are not blank, each as wide as its last filled cell.

    The header is empty when rows were pasted without one.
    """

    title: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_spreadsheet(
    filename: str, content: bytes, known: Collection[str] = (), max_rows: int = MAX_ROWS
) -> Sheet:
    """The table in an xlsx or csv file. Raises SpreadsheetRefused with a sentence.

    ``known`` are the columns looked for: the header is the first row near the top that has two of
    them, or else the first row. Of a workbook it is the first visible sheet.
    """
    _require_readable(filename, content, max_rows)
    if content.startswith(b"PK"):
        book = Workbook(content, max_rows)
        return _sheet(book.title, book.rows(), known, max_rows)
    text = decode(content)
    if text.lstrip("\ufeff \r\n\t").lower().startswith(("<html", "<!doctype", "<table", "<?xml")):
        raise SpreadsheetRefused(
            _("文件的内容是网页，不是表格；请用表格软件打开后另存为 xlsx 再上传。")
        )
    return _sheet("", rows_of_text(text), known, max_rows)


def read_pasted(text: str, known: Collection[str], max_rows: int = MAX_ROWS) -> Sheet:
    """Cells copied in a spreadsheet and pasted as text, with a header row or without."""
    if not text.strip():
        raise SpreadsheetRefused(_("请先粘贴表格中的单元格。"))
    return _sheet("", rows_of_text(text, "\t"), known, max_rows, pasted=True)


def _require_readable(filename: str, content: bytes, max_rows: int) -> None:
    if not content.strip():
        raise SpreadsheetRefused(_("文件是空的，请重新选择。"))
    if len(content) > max(MAX_FILE_BYTES, max_rows * 1000):
        raise SpreadsheetRefused(_("文件超过 5 MB，请分成几个文件。"))
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            raise SpreadsheetRefused(_("文件设了打开密码，请取消密码后再上传。"))
        raise SpreadsheetRefused(_("这是旧的 xls 格式，请用表格软件另存为 xlsx 后再上传。"))
    if content.startswith(b"%PDF-") or filename.lower().endswith((".pdf", ".doc", ".docx", ".zip")):
        raise SpreadsheetRefused(_("只接受 xlsx 和 csv 表格，这个文件不是。"))


def _sheet(
    title: str,
    numbered: Iterable[tuple[int, list[Cell]]],
    known: Collection[str],
    max_rows: int,
    pasted: bool = False,
) -> Sheet:
    rows = list(islice(_filled(numbered), max_rows + _LEADING + 1))
    if not rows:
        raise SpreadsheetRefused(_("表格里没有内容。"))
    at = _header_at(rows, known)
    if at is None and known and not pasted and len(rows) == 1:
        raise SpreadsheetRefused(
            _("没有找到列名和要导入的行：请下载模板，第一行是列名，下面一行填一条。")
        )
    if at is None and not pasted:
        at = 0
    found = Sheet(title, () if at is None else rows[at], tuple(rows[0 if at is None else at + 1 :]))
    if len(found.rows) > max_rows:
        raise SpreadsheetRefused(_("表格超过 %d 行，请分成几个文件。") % max_rows)
    if not found.rows:
        raise SpreadsheetRefused(_("表格只有标题行，没有要导入的行。"))
    return found


def _filled(numbered: Iterable[tuple[int, list[Cell]]]) -> Iterator[tuple[Cell, ...]]:
    """The rows that are not blank, without the blank cells at their end."""
    for _number, cells in numbered:
        width = max((at for at, cell in enumerate(cells, start=1) if cell.text), default=0)
        if width:
            yield tuple(cells[:width])


def _header_at(rows: list[tuple[Cell, ...]], known: Collection[str]) -> int | None:
    """Which row is the header; None when no row near the top has two of the known columns."""
    wanted = {heading(name) for name in known}
    for at, row in enumerate(rows[:_LEADING]):
        if len({heading(cell.text) for cell in row} & wanted) >= min(2, len(wanted) or 2):
            return at
    return None


def heading(text: str) -> str:
    """A column's heading as it is compared: width, blanks, quotes, required mark tell nothing."""
    plain = unicodedata.normalize("NFKC", "".join(text.split()))
    return plain.strip("*\"'“”‘’")
