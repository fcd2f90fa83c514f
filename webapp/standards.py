"""The standard as the administrator keeps it: read, edited as a new version, compared."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from bpmn.casework import standards
from bpmn.errors import StaleForm, StandardPublished, StandardRefused
from bpmn.office import Office
from forms.base import TaskForm
from forms.standards import CELL_FORMS, CellForm, PublishForm
from models import StandardCell, StandardVersion
from models.calendar import office_date
from models.standard_cells import Cell
from models.standard_versions import stored_cells
from models.standard_words import changes_between, difference, facts_of, place_of
from webapp import standard_sheets as sheets
from webapp.addresses import record_number
from webapp.confirming import ask_first, is_confirmed
from webapp.offices import premises, reading, transaction
from webapp.security import allow

blueprint = Blueprint("standards", __name__, url_prefix="/admin/standards")
HERE = "standards.index"


@blueprint.get("")
@allow("admin")
def index() -> Any:
    """Every version, and two of them to compare."""
    with reading() as office:
        versions = sheets.versions_seen(office)
        return render_template(
            "admin/standards/index.html",
            versions=versions,
            draft=next((one for one in versions if one.state == "draft"), None),
            nav_here=HERE,
        )


@blueprint.post("")
@allow("admin")
def draft() -> Any:
    """拟定新版本; the draft that is there already, when there is one."""
    with transaction() as office:
        number = standards.draft_standard(office).number
    return redirect(url_for("standards.show", version=number))


@blueprint.get("/<int:version>")
@allow("admin")
def show(version: int) -> Any:
    """A version as tables; a draft with what it changes, and the form that publishes it."""
    with reading() as office:
        return _version_page(office, version)


@blueprint.route("/<int:version>/cells/<cell>", methods=["GET", "POST"])
@allow("admin")
def change(version: int, cell: str) -> Any:
    """One cell of the draft; nothing typed is lost when it is refused."""
    if request.method == "GET":
        with reading() as office:
            return _cell_page(office, version, cell, None)
    try:
        with transaction() as office:
            form = _cell_form(office, version, cell, request.form)
            if not form.validate():
                return _cell_page(office, version, cell, form), 422
            revision = request.form.get("revision", -1, type=record_number)
            told = Cell(form.cell_value(), form.answers()["source"], form.answers()["confidence"])
            standards.change_cell(office, version, cell, told, revision)
    except StandardRefused as refused:
        _tell(form, refused)
    except StaleForm:
        return _answer(version, cell, form, 409, _("这一项刚刚被他人修改过，请核对后再次保存。"))
    else:
        flash(_("已保存到草稿。"), "success")
        return redirect(url_for("standards.show", version=version, _anchor=f"cell-{cell}"))
    return _answer(version, cell, form, 422)


@blueprint.post("/<int:version>/publish")
@allow("admin")
def publish(version: int) -> Any:
    """发布: the draft holds from a day on."""
    form = PublishForm(request.form)
    try:
        if form.validate():
            with transaction() as office:
                day, note = form.effective.data, form.answers()["note"]
                standards.publish_standard(office, version, day, note)
            premises().forget_standards()
            flash(_("第 {number} 版已发布。").format(number=version), "success")
            return redirect(url_for(HERE))
    except StandardRefused as refused:
        _tell(form, refused)
    with reading() as office:
        return _version_page(office, version, form), 422


@blueprint.post("/<int:version>/discard")
@allow("admin")
def discard(version: int) -> Any:
    """放弃草稿, after a question."""
    if not is_confirmed():
        question = _("放弃第 {number} 版草稿？已做的修改不能恢复。").format(number=version)
        return ask_first(question, _("放弃草稿"), url_for("standards.show", version=version))
    with transaction() as office:
        standards.discard_draft(office, version)
    flash(_("草稿已放弃。"), "success")
    return redirect(url_for(HERE))


@blueprint.get("/compare")
@allow("admin")
def compare() -> Any:
    """Any two versions, cell by cell."""
    with reading() as office:
        versions = sheets.versions_seen(office)
        newest = versions[0].number
        old = _version(office, request.args.get("old", max(newest - 1, 1), type=record_number))
        new = _version(office, request.args.get("new", newest, type=record_number))
        return render_template(
            "admin/standards/compare.html",
            versions=versions,
            old=old,
            new=new,
            changes=_changes(office, old, new),
            difference=difference,
            nav_here=HERE,
        )


def _version_page(office: Office, number: int, form: TaskForm | None = None) -> str:
    version = _version(office, number)
    cells = stored_cells(office.db, version.id)
    is_draft = version.published_at is None
    base = standards.newest_published(office)
    today = office_date(office.now).isoformat()
    return render_template(
        "admin/standards/show.html",
        version=next(one for one in sheets.versions_seen(office) if one.number == number),
        tables=sheets.tables_of(cells),
        scopes=sheets.scopes_of(cells),
        rules=sheets.rules_of(cells),
        assumed=sheets.assumed_count(cells),
        base=base,
        changes=_changes(office, base, version) if is_draft else [],
        form=form or PublishForm(data={"effective": today}),
        is_draft=is_draft,
        difference=difference,
        nav_here=HERE,
    )


def _cell_page(
    office: Office, number: int, key: str, form: TaskForm | None, message: str = ""
) -> str:
    version = _version(office, number)
    if version.published_at is not None:
        raise StandardPublished(number)
    stored = _stored(office, version, key)
    cells = stored_cells(office.db, version.id)
    names = sheets.names_in(cells)
    return render_template(
        "admin/standards/cell.html",
        version=version,
        place=place_of(key, names),
        now=facts_of(cells[key], names),
        known=sheets.cell_view(cells, names, key),
        form=form or _cell_form(office, number, key, None),
        revision=stored.revision,
        message=message,
        back=url_for("standards.show", version=number, _anchor=f"cell-{key}"),
        nav_here=HERE,
    )


def _cell_form(office: Office, number: int, key: str, posted: Any) -> CellForm:
    stored = _stored(office, _version(office, number), key)
    names = sheets.names_in(stored_cells(office.db, stored.version_id))
    kind = CELL_FORMS.get(key.rpartition(".")[2]) or abort(404)
    # The source is asked for anew: a changed number under the old source would be a lie.
    known = {**stored.value, "confidence": stored.confidence}
    return kind(posted, known, specialties=list(names.items()))


def _answer(number: int, key: str, form: TaskForm, status: int, message: str = "") -> Any:
    with reading() as office:
        return _cell_page(office, number, key, form, message), status


def _version(office: Office, number: int) -> StandardVersion:
    query = select(StandardVersion).where(StandardVersion.number == number)
    return office.db.scalars(query).one_or_none() or abort(404)


def _stored(office: Office, version: StandardVersion, key: str) -> StandardCell:
    query = select(StandardCell).where(
        StandardCell.version_id == version.id, StandardCell.key == key
    )
    return office.db.scalars(query).one_or_none() or abort(404)


def _changes(office: Office, old: StandardVersion, new: StandardVersion) -> Any:
    before, after = (stored_cells(office.db, one.id) for one in (old, new))
    return changes_between(before, after, sheets.names_in(after))


def _tell(form: TaskForm, refused: StandardRefused) -> None:
    """Put each sentence at its field; those of no field on top."""
    for name, sentence in refused.problems:
        if name:
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors.append(sentence)
