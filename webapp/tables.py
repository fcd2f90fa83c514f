"""The template of a table, and the unit's own rows as a table that can be imported again."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, send_file, stream_with_context

from bpmn import casework
from bpmn.office import Office
from forms.columns import labels_of, written
from forms.pages import PAGES
from forms.workbook_files import csv_text, table_of, template
from webapp.folders import Folder, open_folder
from webapp.offices import reading
from webapp.security import allow

blueprint = Blueprint("tables", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/tasks/<int:task_id>/<page>/template.xlsx")
@allow("applicant")
def blank(task_id: int, page: str) -> Any:
    """下载模板: a column for each field, lists to choose from, a sheet of explanations."""
    with reading() as office:
        folder = _folder(office, task_id, page)
        title = PAGES[page].title
        content = template(title, casework.page_form(office, folder.case, page))
    return _workbook(content, f"{title}-模板.xlsx")


@blueprint.get("/tasks/<int:task_id>/<page>/rows.xlsx")
@allow("applicant")
def workbook(task_id: int, page: str) -> Any:
    """导出: the rows of the page as a workbook."""
    with reading() as office:
        folder = _folder(office, task_id, page)
        title = PAGES[page].title
        header, *rows = _rows(office, folder, page)
        content = table_of(title, header, rows)
        name = f"{title}-{folder.case.number}.xlsx"
    return _workbook(content, name)


@blueprint.get("/tasks/<int:task_id>/<page>/rows.csv")
@allow("applicant")
def text(task_id: int, page: str) -> Response:
    """导出: the rows of the page as csv, row by row."""
    with reading() as office:
        number = _folder(office, task_id, page).case.number  # before the page: it may be none
        name = f"{PAGES[page].title}-{number}.csv"
    answer = Response(stream_with_context(_lines(task_id, page)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _lines(task_id: int, page: str) -> Iterator[str]:
    """The lines of the csv file; the mark at its head tells a spreadsheet that it is UTF-8."""
    yield "\ufeff"
    with reading() as office:
        for row in _rows(office, _folder(office, task_id, page), page):
            line = io.StringIO()
            csv.writer(line).writerow([csv_text(cell) for cell in row])
            yield line.getvalue()


def _rows(office: Office, folder: Folder, page: str) -> Iterator[list[str]]:
    """The header, then each row in the words of the form."""
    form = casework.page_form(office, folder.case, page)
    yield labels_of(form)
    for row in casework.rows_of(office, folder.case.dossier_id, page):
        yield [written(field, row.values.get(field.name)) for field in form]


def _folder(office: Office, task_id: int, page: str) -> Folder:
    folder = open_folder(office, task_id, page)
    if not PAGES[page].row:
        abort(404)
    return folder


def _workbook(content: bytes, name: str) -> Any:
    return send_file(io.BytesIO(content), XLSX, as_attachment=True, download_name=name)
