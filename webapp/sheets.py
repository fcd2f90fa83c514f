"""The parts of a folder's page that hold a form: the files it takes, and the panel of one row."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from flask import request, url_for
from sqlalchemy import select

from bpmn import casework
from bpmn.casework import NEW
from bpmn.errors import RowNotFound
from bpmn.office import Office
from forms.pages import PAGES
from models import Attachment, DossierPage, DossierRow
from webapp import answers, uploads
from webapp.addresses import is_record_number, record_number
from webapp.filters import file_size, moment, recent
from webapp.folders import Folder
from webapp.grids import WORDS
from webapp.layouts import sections_of
from webapp.refusals import Refused
from webapp.unsaved import shown_form


def files_of(
    office: Office,
    folder: Folder,
    page: str,
    row_id: int | None,
    values: Mapping[str, Any],
    refused: Refused | None = None,
) -> list[dict[str, Any]]:
    """Each kind of file that a page or row takes, with what is there and what was just chosen."""
    stored = _stored(office, folder, page, row_id)
    held = uploads.tokens(folder.task.id, page, refused.received if refused else None)
    problems = refused.received.problems if refused else {}
    return [
        {
            "key": kind.key,
            "label": kind.label,
            "help": kind.help,
            "required": kind.required(values),
            "files": stored.get(kind.key, []),
            "held": held.get(kind.key, []),
            "error": "".join(problems.get(kind.key, [])),
        }
        for kind in PAGES[page].attachments
    ]


def page_sheet(
    office: Office, folder: Folder, page: str, refused: Refused | None
) -> dict[str, Any]:
    """The form of a page of plain fields, with its files."""
    known = casework.find_page(office, folder.case.dossier_id, page)
    values, revision = (known.values, known.revision) if known else ({}, 0)
    shown = shown_form(office, folder, page, "", (values, revision), refused)
    given = shown.form.answers() if shown.at else values
    return {
        "shown": shown,
        "form": shown.form,
        "sections": sections_of(page, shown.form),
        "locked": [one.label.text for one in shown.form if (one.render_kw or {}).get("readonly")],
        "facts": answers.facts_of(shown.form, values),
        "revision": revision,
        "saved": _saved_words(office, known),
        "refused": refused,
        "files": files_of(office, folder, page, None, given, refused),
    }


def row_panel(
    office: Office, folder: Folder, page: str, asked: str, refused: Refused | None
) -> dict[str, Any]:
    """The panel beside the grid: a new row, or one that is there. Raises RowNotFound."""
    if refused is not None:
        row = _row(office, folder, page, refused.row_id)
    elif asked == NEW and folder.is_open:
        row = None
    elif is_record_number(asked):
        row = _row(office, folder, page, int(asked))
    else:
        return {"panel": None, "refused": None}
    return {"panel": _panel(office, folder, page, row, refused), "refused": refused}


def _panel(
    office: Office, folder: Folder, page: str, row: DossierRow | None, refused: Refused | None
) -> dict[str, Any]:
    values, revision = (
        (dict(row.values), row.revision) if row else (_copied(office, folder, page), 0)
    )
    row_id = row.id if row else None
    key = str(row_id) if row_id else NEW
    shown = shown_form(office, folder, page, key, (values, revision), refused)
    given = shown.form.answers() if shown.at else values
    return {
        "row": row,
        "shown": shown,
        "title": WORDS[page]["change" if row else "add"],
        "form": shown.form,
        "sections": sections_of(page, shown.form),
        "facts": answers.facts_of(shown.form, values),
        "action": _action(folder, page, row_id),
        "saved": _last_saved(office, folder, page) if row is None else "",
        "files": files_of(office, folder, page, row_id, given, refused),
    }


def _copied(office: Office, folder: Folder, page: str) -> dict[str, Any]:
    """What a new row begins with: nothing, or what it shares with the row that is copied (复制)."""
    like = request.args.get("like", type=record_number)
    row = _row(office, folder, page, like) if folder.is_open else None
    own = PAGES[page].own
    return {name: value for name, value in row.values.items() if name not in own} if row else {}


def _saved_words(office: Office, known: DossierPage | None) -> str:
    """已保存 14:05; with the day when that was not today."""
    if known is None:
        return _("尚未保存")
    return _("已保存 %s") % recent(known.saved_at, office.now)


def _row(office: Office, folder: Folder, page: str, row_id: int | None) -> DossierRow | None:
    if row_id is None:
        return None
    row = casework.find_row(office, folder.case.dossier_id, row_id)
    if row.page != page:
        raise RowNotFound(str(row_id))
    return row


def _action(folder: Folder, page: str, row_id: int | None) -> str:
    sheet = request.args.get("sheet")
    if row_id is None:
        return url_for("rows.add", task_id=folder.task.id, page=page, sheet=sheet)
    return url_for("rows.change", task_id=folder.task.id, page=page, row_id=row_id, sheet=sheet)


def _last_saved(office: Office, folder: Folder, page: str) -> str:
    """Said beside the empty form that follows a saved row."""
    saved = request.args.get("saved", 0, type=record_number)
    row = office.db.get(DossierRow, saved) if saved else None
    if row is None or row.dossier_id != folder.case.dossier_id or row.page != page:
        return ""
    return _("已保存 %s") % row.label


def _stored(
    office: Office, folder: Folder, page: str, row_id: int | None
) -> dict[str, list[dict[str, Any]]]:
    if PAGES[page].row and row_id is None:
        return {}  # a row that is not there yet
    query = select(Attachment).where(
        Attachment.dossier_id == folder.case.dossier_id,
        Attachment.page == page,
        Attachment.row_id == row_id,
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for file in office.db.scalars(query.order_by(Attachment.id)):
        url = url_for("attachments.remove", task_id=folder.task.id, attachment_id=file.id)
        found.setdefault(file.kind, []).append(file_entry(file, url))
    return found


def file_entry(file: Attachment, remove_url: str) -> dict[str, Any]:
    """A stored file as a list of files shows it."""
    return {
        "id": file.id,
        "name": file.filename,
        "url": url_for("attachments.show", attachment_id=file.id),
        "size": file_size(file.size),
        "at": moment(file.uploaded_at),
        "remove_url": remove_url,
        "question": _("移除附件“%s”？") % file.filename,
    }
