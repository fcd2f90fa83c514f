"""Workbooks made for tests: plain ones, and ones that nobody would send in good faith."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

_SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Sequence[Sequence[Any]], merged: str = "", title: str = "人员") -> bytes:
    """An xlsx file of one sheet with the rows."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    return saved(book)


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The file with parts of its archive replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return stream.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose sheet is the given XML."""
    return with_parts(workbook([["x"]]), {_SHEET: xml.encode()})


def sheet_xml(inner: str, before: str = "") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}">'
        f"<sheetData>{inner}</sheetData></worksheet>"
    )


def shared_texts(xml: str) -> dict[str, bytes]:
    """The parts of a workbook that keeps its texts apart, as Excel does."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(io.BytesIO(workbook([["x"]]))) as archive:
        types = archive.read("[Content_Types].xml").decode()
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    return {
        "[Content_Types].xml": types.replace("</Types>", entry).encode(),
        "xl/sharedStrings.xml": xml.encode(),
    }
