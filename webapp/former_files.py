"""旧系统数据: files of the old system loaded by the administrator, and what they said (R058)."""

import io
from collections.abc import Callable
from gettext import gettext as _
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from sqlalchemy import or_, select

from bpmn.casework import former_files
from bpmn.office import Office
from forms.former import FORMER_FORMS, LEVEL_NAMES
from forms.spreadsheets import SpreadsheetRefused, read_spreadsheet
from forms.uploads import safe_filename
from forms.workbook_files import template
from models import FormerLoad, FormerPerson, FormerQualification
from models.former import QUALIFICATIONS, STAFF
from webapp.confirming import ask_first, is_confirmed
from webapp.layouts import FORMER_COLUMNS, former_cells
from webapp.offices import reading, transaction
from webapp.paging import Page, asked_words, page_of
from webapp.security import allow
from webapp.tables import XLSX

blueprint = Blueprint("former_files", __name__)
MAX_ROWS = 5000
Cells = Callable[[Any], list[str]]
KINDS = {kind: form.title for kind, form in FORMER_FORMS.items()}
_RECORDS: dict[str, Any] = {QUALIFICATIONS: FormerQualification, STAFF: FormerPerson}


@blueprint.get("/admin/former")
@allow("admin")
def index() -> Any:
    """The files, newest first, and a place to send the next one."""
    return _index()


@blueprint.post("/admin/former")
@allow("admin")
def upload() -> Any:
    """Keep a file for its preview, or say why it cannot be read; nothing is loaded yet."""
    kind, chosen = request.form.get("kind", ""), request.files.get("table")
    if kind not in KINDS:
        return _index(_("请选择文件的内容。")), 422
    if chosen is None or not chosen.filename:
        return _index(_("请选择要上传的表格。")), 422
    name = safe_filename(chosen.filename)
    try:
        with reading() as office:
            known = former_files.former_labels(office, kind)
        sheet = read_spreadsheet(name, chosen.read(), known, MAX_ROWS)
        with transaction() as office:
            load = former_files.keep_former(office, kind, name, sheet)
    except SpreadsheetRefused as refused:
        return _index(str(refused)), 422
    return redirect(url_for("former_files.show", load_id=load.id))


@blueprint.get("/admin/former/<int:load_id>")
@allow("admin")
def show(load_id: int) -> Any:
    """A file before it is accepted, row by row; afterwards what it was the last to say."""
    with reading() as office:
        load = _load(office, load_id)
        if load.accepted_at is not None:
            return _records(office, load.kind, load)
        wrong = [row for row in load.rows if row["told"]]
        only_wrong = request.args.get("show") == "wrong"
        return render_template(
            "admin/former_file.html",
            load=load,
            kinds=KINDS,
            wrong=len(wrong),
            only_wrong=only_wrong,
            found=_cut(wrong if only_wrong else load.rows),
            columns=_columns(load.kind),
            cells_of=_values_cells(office, load.kind),
            nav_here="former_files.index",
        )


@blueprint.post("/admin/former/<int:load_id>/accept")
@allow("admin")
def accept(load_id: int) -> Any:
    """确认载入: the rows that are right, at once and once."""
    with transaction() as office:
        load = _load(office, load_id)
        wrong = sum(1 for row in load.rows if row["told"])
        count = former_files.accept_former(office, load)
    flash(_("已载入 {count} 行。").format(count=count), "success")
    if wrong:
        told = _("有错误的 {count} 行没有载入，改正后请再次上传文件。")
        flash(told.format(count=wrong), "warning")
    return redirect(url_for("former_files.show", load_id=load_id))


@blueprint.post("/admin/former/<int:load_id>/discard")
@allow("admin")
def discard(load_id: int) -> Any:
    """删除 a file with what it said, once it was asked whether that is meant."""
    back = url_for("former_files.index")
    with transaction() as office:
        load = _load(office, load_id)
        if not is_confirmed():
            question = _("删除“%s”和由它载入的全部内容？") % load.filename
            return ask_first(question, _("删除"), back)
        former_files.discard_former(office, load)
        name = load.filename
    flash(_("已删除“{name}”。").format(name=name), "success")
    return redirect(back)


@blueprint.get("/admin/former/records/<kind>")
@allow("admin")
def records(kind: str) -> Any:
    """What the old system said, by unit or person."""
    if kind not in KINDS:
        abort(404)
    with reading() as office:
        return _records(office, kind, None)


@blueprint.get("/admin/former/template/<kind>.xlsx")
@allow("admin")
def blank(kind: str) -> Any:
    """下载模板."""
    if kind not in KINDS:
        abort(404)
    with reading() as office:
        content = template(KINDS[kind], former_files.blank_form(office, kind))
    name = f"{KINDS[kind]}.xlsx"
    return send_file(io.BytesIO(content), XLSX, as_attachment=True, download_name=name)


def _index(problem: str = "") -> str:
    with reading() as office:
        query = select(FormerLoad).order_by(FormerLoad.loaded_at.desc(), FormerLoad.id.desc())
        return render_template(
            "admin/former.html",
            found=page_of(office.db, query),
            kinds=KINDS,
            columns={kind: former_files.former_labels(office, kind) for kind in KINDS},
            chosen=request.form.get("kind", STAFF),
            problem=problem,
            most=MAX_ROWS,
            nav_here="former_files.index",
        )


def _load(office: Office, load_id: int) -> FormerLoad:
    return office.db.get(FormerLoad, load_id) or abort(404)


def _records(office: Office, kind: str, load: FormerLoad | None) -> str:
    model, words = _RECORDS[kind], asked_words()
    query = select(model).order_by(model.unit_key, model.id)
    if load is not None:
        query = query.where(model.load_id == load.id)
    if words:
        names = [model.unit_name, model.unit_key, *([FormerPerson.name] if kind == STAFF else ())]
        query = query.where(or_(*(name.contains(words, autoescape=True) for name in names)))
    return render_template(
        "admin/former_records.html",
        found=page_of(office.db, query),
        kind=kind,
        kinds=KINDS,
        load=load,
        query=words,
        columns=_columns(kind),
        cells_of=_record_cells(office, kind),
        nav_here="former_files.index",
    )


def _cut(rows: list[Any], size: int = 100) -> Page:
    """One page of a file's rows."""
    pages = max(1, -(-len(rows) // size))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    return Page(rows[(number - 1) * size :][:size], number, pages, len(rows))


def _columns(kind: str) -> list[Any]:
    place = [_("单位名称"), (_("统一社会信用代码"), "tabular")]
    if kind == STAFF:
        return [*place, _("姓名"), *FORMER_COLUMNS]
    held = [_("资质等级"), _("专业类别"), (_("资质证书编号"), "is-spare")]
    return [*place, *held, (_("首次取得日期"), "tabular")]


def _values_cells(office: Office, kind: str) -> Cells:
    """What the cells of a row are, of a file that is not accepted yet."""
    names = {code: one.name for code, one in office.standard.specialties.items()}

    def cells(values: Any) -> list[str]:
        place = [values["unit_name"], values["uscc"]]
        if kind == STAFF:
            return [*place, values["name"], *former_cells(values)]
        level, specialty = values["level"], values["specialty"]
        held = [LEVEL_NAMES.get(level, ""), names.get(specialty, ""), values["number"]]
        return [*place, *held, values["first_approved_on"]]

    return cells


def _record_cells(office: Office, kind: str) -> Cells:
    """The same of a row that was loaded."""
    cells = _values_cells(office, kind)

    def of_record(row: Any) -> list[str]:
        uscc = row.unit_key if row.unit_key != row.unit_name else ""
        place = {"unit_name": row.unit_name, "uscc": uscc}
        told = row.values if kind == STAFF else vars(row)
        return cells({**told, **place})

    return of_record
