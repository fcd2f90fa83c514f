"""迁移: what would become of the open cases on another version, and moving them to it."""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from bpmn.casework import migrations, newest_version
from bpmn.casework.drawing_up import find_diagram_draft
from bpmn.casework.moving import undo_move
from bpmn.errors import DiagramRejected, MigrationRefused, MoveStays
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms.studio import MigrationForm
from models import Case, CaseMove, DiagramVersion, Migration
from models.moves import DROPPED
from webapp.addresses import is_record_number, record_number
from webapp.confirming import ask_first, is_confirmed
from webapp.offices import reading, transaction
from webapp.paging import SIZE, Page, page_of
from webapp.security import allow
from webapp.studio.migration_words import REASONS, VERDICTS

blueprint = Blueprint("studio_migrations", __name__, url_prefix="/admin/diagrams")
EARLIER_SHOWN = 10


@blueprint.get("/<key>/migrate")
@allow("admin")
def index(key: str) -> Any:
    """The open cases by version, a new preview, and the migrations before; `?draft=` for one."""
    _require_matter(key)
    return _index(key, "")


@blueprint.post("/<key>/migrate")
@allow("admin")
def look(key: str) -> Any:
    """Let a worker look at every open case; its page shows how far it is."""
    _require_matter(key)
    draft_id = request.form.get("draft", type=record_number)
    try:
        with transaction() as office:
            migration = _asked(office, key, draft_id)
    except DiagramRejected as rejected:
        return _index(key, str(rejected)), 422
    return redirect(url_for("studio_migrations.show", migration_id=migration.id))


@blueprint.get("/migrations/<int:migration_id>")
@allow("admin")
def show(migration_id: int) -> Any:
    """How far it is, the cases by verdict and reason, and what is to be done with them."""
    return _page(migration_id, MigrationForm(), "")


@blueprint.post("/migrations/<int:migration_id>/confirm")
@allow("admin")
def confirm(migration_id: int) -> Any:
    """Move the fit cases, all or the ticked; a worker does it, one by one."""
    form = MigrationForm(request.form)
    ticked = [int(one) for one in request.form.getlist("move") if is_record_number(one)]
    if len(ticked) > SIZE:
        abort(400)  # more than a page has
    if not form.validate():
        return _page(migration_id, form, "", ticked), 422
    given = form.answers()
    chosen = None if given["which"] == "all" else ticked
    try:
        with transaction() as office:
            _found(office, migration_id)
            migrations.confirm_migration(office, migration_id, given["note"], chosen)
    except MigrationRefused as refused:
        return _page(migration_id, form, str(refused), ticked), 409
    flash(_("正在逐件迁移，完成后显示结果。"), "success")
    return redirect(url_for("studio_migrations.show", migration_id=migration_id))


@blueprint.post("/migrations/<int:migration_id>/drop")
@allow("admin")
def drop(migration_id: int) -> Any:
    """放弃 a preview that was not confirmed."""
    with transaction() as office:
        migration = _found(office, migration_id)
        migrations.drop_migration(office, migration_id)
    flash(_("已放弃预览，没有办件迁移。"), "success")
    return redirect(url_for("studio_migrations.index", key=migration.matter))


@blueprint.post("/moves/<int:move_id>/undo")
@allow("admin")
def undo(move_id: int) -> Any:
    """Put one case back, if nothing else has happened to it."""
    with reading() as office:
        move = office.db.get(CaseMove, move_id, options=[joinedload(CaseMove.case)])
        if move is None:
            abort(404)
        back = url_for("studio_migrations.show", migration_id=move.migration_id)
        number = move.case.number
    if not is_confirmed():
        return ask_first(_("把办件 %s 退回原来的版本？") % number, _("撤销迁移"), back)
    try:
        with transaction() as office:
            undo_move(office, move_id)
    except MoveStays as stays:
        return _page(move.migration_id, MigrationForm(), str(stays)), 409
    flash(_("办件 %s 已退回原来的版本。") % number, "success")
    return redirect(back)


def _require_matter(key: str) -> None:
    if key not in MATTERS:
        abort(404)


def _asked(office: Office, key: str, draft_id: int | None) -> Migration:
    if draft_id is None:
        return migrations.ask_migration(office, key)
    draft = find_diagram_draft(office, draft_id)
    if draft.matter != key:
        abort(404)
    return migrations.ask_preview(office, key, draft.title, draft.files)


def _found(office: Office, migration_id: int) -> Migration:
    migration = office.db.get(Migration, migration_id)
    if migration is None or migration.status == DROPPED:
        abort(404)
    return migration


def _index(key: str, problem: str) -> str:
    draft_id = request.values.get("draft", type=record_number)
    with reading() as office:
        draft = find_diagram_draft(office, draft_id) if draft_id is not None else None
        if draft is not None and draft.matter != key:
            abort(404)
        query = select(Migration).where(Migration.matter == key, Migration.status != DROPPED)
        earlier = office.db.scalars(query.order_by(Migration.id.desc()).limit(EARLIER_SHOWN))
        return render_template(
            "studio/migrations.html",
            matter=MATTERS[key],
            newest=newest_version(office, key),
            older=migrations.older_cases(office, key),
            draft=draft,
            earlier=list(earlier),
            problem=problem,
            nav_here="admin.diagrams",
        )


def _page(migration_id: int, form: MigrationForm, problem: str, ticked: Sequence[int] = ()) -> str:
    with reading() as office:
        migration = _found(office, migration_id)
        found = _moves(office, migration)
        return render_template(
            "studio/migration.html",
            matter=MATTERS[migration.matter],
            migration=migration,
            counts=_counts(office, migration),
            found=found,
            numbers=_numbers(office, found),
            verdict=_wanted("verdict"),
            reason=_wanted("reason"),
            form=form,
            ticked=ticked,
            problem=problem,
            verdicts=VERDICTS,
            reasons=REASONS,
            nav_here="admin.diagrams",
        )


def _wanted(name: str) -> str:
    """A filter as it was asked for; what is none is no filter."""
    known: Mapping[str, Any] = VERDICTS if name == "verdict" else REASONS
    asked = request.args.get(name, "")
    return asked if asked in known else ""


def _moves(office: Office, migration: Migration) -> Page:
    query = select(CaseMove).where(CaseMove.migration_id == migration.id)
    for column, name in ((CaseMove.verdict, "verdict"), (CaseMove.reason, "reason")):
        if wanted := _wanted(name):
            query = query.where(column == wanted)
    ordered = query.order_by(CaseMove.case_id).options(
        joinedload(CaseMove.case).joinedload(Case.unit)
    )
    return page_of(office.db, ordered)


def _counts(office: Office, migration: Migration) -> list[tuple[str, str, int]]:
    """(verdict, reason, how many), the fit ones first."""
    query = (
        select(CaseMove.verdict, CaseMove.reason, func.count())
        .where(CaseMove.migration_id == migration.id)
        .group_by(CaseMove.verdict, CaseMove.reason)
    )
    order = list(VERDICTS)
    rows = [(verdict, reason, count) for verdict, reason, count in office.db.execute(query)]
    return sorted(rows, key=lambda row: (order.index(row[0]), -row[2], row[1]))


def _numbers(office: Office, found: Page) -> dict[int, int]:
    ids = {move.from_version_id for move in found.rows}
    query = select(DiagramVersion.id, DiagramVersion.number).where(DiagramVersion.id.in_(ids))
    return dict(office.db.execute(query).all()) if ids else {}
