"""Rows from a spreadsheet or a paste: uploaded, looked at, corrected, and only then imported."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bpmn import casework
from bpmn.errors import HeldElsewhere
from bpmn.office import Office
from forms.columns import labels_of
from forms.pages import PAGES
from forms.spreadsheets import (
    MAX_ROWS,
    Sheet,
    SpreadsheetRefused,
    read_pasted,
    read_spreadsheet,
)
from forms.uploads import safe_filename
from models import RowImport
from webapp.folders import Folder, frame, row_folder
from webapp.grids import WORDS
from webapp.offices import reading, transaction
from webapp.security import allow

blueprint = Blueprint("imports", __name__)

SIZE = 100
STATES = {
    "new": ("saved", _("新增")),
    "update": ("info", _("已在列表中，有不同")),
    "same": ("skipped", _("已在列表中，没有变化")),
    "wrong": ("problem", _("有错误")),
}


@blueprint.get("/tasks/<int:task_id>/<page>/imports")
@allow("applicant")
def start(task_id: int, page: str) -> Any:
    """从表格导入: the template, a file to choose, a place to paste; and what waits from before."""
    return _show_start(task_id, page)


@blueprint.post("/tasks/<int:task_id>/<page>/imports")
@allow("applicant")
def upload(task_id: int, page: str) -> Any:
    """Keep the table for its preview, or say why it cannot be read; nothing is saved yet."""
    with reading() as office:
        known = labels_of(casework.page_form(office, row_folder(office, task_id, page).case, page))
    try:
        source, sheet = _received(known)
        with transaction() as office:
            case = row_folder(office, task_id, page).case
            kept = casework.keep_import(office, case, page, source, sheet)
    except SpreadsheetRefused as refused:
        return _show_start(task_id, page, str(refused)), 422
    return redirect(_address(task_id, page, kept))


@blueprint.get("/tasks/<int:task_id>/<page>/imports/<int:import_id>")
@allow("applicant")
def preview(task_id: int, page: str, import_id: int) -> Any:
    """Every row as it would be saved, with what is wrong beside its cell (预览)."""
    return _show_preview(task_id, page, import_id)


@blueprint.post("/tasks/<int:task_id>/<page>/imports/<int:import_id>/correct")
@allow("applicant")
def correct(task_id: int, page: str, import_id: int) -> Any:
    """Look again at the cells that were corrected on the page (重新检查)."""
    texts = {name[5:]: text for name, text in request.form.items() if name.startswith("cell-")}
    with transaction() as office:
        case = row_folder(office, task_id, page).case
        kept = casework.find_import(office, case, page, import_id)
        casework.correct_import(office, case, kept, texts)
    return redirect(_address(task_id, page, kept, show=request.args.get("show")))


@blueprint.post("/tasks/<int:task_id>/<page>/imports/<int:import_id>/accept")
@allow("applicant")
def accept(task_id: int, page: str, import_id: int) -> Any:
    """确认导入: the rows that are right are saved in one transaction, once."""
    update = request.form.get("existing") == "update"
    try:
        with transaction() as office:
            folder = row_folder(office, task_id, page)
            saved = casework.accept_import(office, folder.case, page, import_id, update)
            kept = casework.find_import(office, folder.case, page, import_id)
            left = len(kept.rows)
    except HeldElsewhere as error:
        return _show_preview(task_id, page, import_id, str(error)), 422
    flash(_("已导入 %d 行。") % saved if saved else _("没有需要导入的行。"), "success")
    if left:
        flash(_("还有 %d 行有错误，没有导入；改正后再次确认。") % left, "warning")
        return redirect(_address(task_id, page, kept))
    return redirect(folder.address(page))


@blueprint.post("/tasks/<int:task_id>/<page>/imports/<int:import_id>/drop")
@allow("applicant")
def drop(task_id: int, page: str, import_id: int) -> Any:
    """放弃导入: the list stays as it is."""
    with transaction() as office:
        folder = row_folder(office, task_id, page)
        kept = casework.find_import(office, folder.case, page, import_id)
        casework.drop_import(office, folder.case, kept)
    flash(_("已放弃导入，列表没有变化。"), "success")
    return redirect(folder.address(page))


def _received(known: list[str]) -> tuple[str, Sheet]:
    """What was sent, a file or a paste: where it came from and its table."""
    chosen = request.files.get("table")
    if chosen is not None and chosen.filename:
        name = safe_filename(chosen.filename)
        return name, read_spreadsheet(name, chosen.read(), known)
    if "pasted" in request.form:
        return _("粘贴的内容"), read_pasted(request.form["pasted"], known)
    raise SpreadsheetRefused(_("请选择要上传的表格。"))


def _show_start(task_id: int, page: str, refused: str = "") -> str:
    with reading() as office:
        folder = row_folder(office, task_id, page)
        return render_template(
            "dossiers/import.html",
            **frame(office, folder, page),
            words=WORDS[page],
            labels=labels_of(casework.page_form(office, folder.case, page)),
            waiting=casework.open_imports(office, folder.case, page),
            refused=refused,
            pasted=request.form.get("pasted", ""),
            most=MAX_ROWS,
            title=_("从表格导入：%s") % PAGES[page].title,
        )


def _show_preview(task_id: int, page: str, import_id: int, refused: str = "") -> str:
    with reading() as office:
        folder = row_folder(office, task_id, page)
        kept = casework.find_import(office, folder.case, page, import_id)
        return render_template(
            "dossiers/preview.html",
            **frame(office, folder, page),
            **_table(office, folder, page, kept),
            words=WORDS[page],
            kept=kept,
            refused=refused,
            title=_("导入预览：%s") % PAGES[page].title,
        )


def _table(office: Office, folder: Folder, page: str, kept: RowImport) -> dict[str, Any]:
    """The rows of one sheet of the preview, and how many there are of each state."""
    rows = casework.read_import(office, folder.case, kept)
    counts = {state: sum(one.state == state for one in rows) for state in STATES}
    show = request.args.get("show", "all")
    wanted = [one for one in rows if show not in STATES or one.state == show]
    sheets = max(1, -(-len(wanted) // SIZE))
    sheet = min(max(request.args.get("sheet", 1, type=int), 1), sheets)
    form = casework.page_form(office, folder.case, page)
    named = {name for one in rows for name in (*one.cells, *one.errors)}
    fields = [field for field in form if field.name in named]
    return {
        "rows": wanted[(sheet - 1) * SIZE : sheet * SIZE],
        "fields": fields,
        "columns": [field.label.text for field in fields],
        "tab_list": _tabs(folder, page, kept, counts),
        "counts": counts,
        "states": STATES,
        "show": show,
        "sheet": sheet,
        "sheets": sheets,
        "shown": len(wanted),
    }


def _tabs(folder: Folder, page: str, kept: RowImport, counts: Any) -> list[dict[str, Any]]:
    """One for each state that a row of the table has."""
    return [
        {
            "key": state,
            "label": word,
            "url": _address(folder.task.id, page, kept, show=state),
            "count": counts[state],
        }
        for state, (_look, word) in STATES.items()
        if counts[state]
    ]


def _address(task_id: int, page: str, kept: RowImport, **arguments: Any) -> str:
    return url_for("imports.preview", task_id=task_id, page=page, import_id=kept.id, **arguments)
