"""A form as it is shown: with what was saved, or with what was typed since and not saved yet.

What was typed is a draft of the one who typed it; nothing here makes it part of the dossier.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from bpmn import casework
from bpmn.casework import Typing
from bpmn.errors import CaseworkError
from bpmn.office import Office
from forms import TaskForm
from models import Draft
from webapp import answers
from webapp.filters import recent
from webapp.folders import Folder, writable_folder
from webapp.offices import transaction
from webapp.refusals import Refused


@dataclass(frozen=True)
class Shown:
    """What the templates need of a form that keeps drafts."""

    form: TaskForm
    keep_url: str
    discard_url: str
    window: str
    step: int
    at: str = ""
    """When the unsaved words were kept; empty when everything shown is saved."""
    different: tuple[tuple[str, str], ...] = ()
    """(label, words) of what was saved since the unsaved words were begun."""


def shown_form(
    office: Office,
    folder: Folder,
    page: str,
    row: str,
    saved: tuple[Mapping[str, Any], int],
    refused: Refused | None = None,
) -> Shown:
    """The form of a page or row; `saved` is what was saved of it, and its revision."""
    values, revision = saved
    draft = find_unsaved(office, folder, page, row)
    typing = _typing_of(draft)
    if refused is not None:
        shown = refused.form
    elif typing is not None:
        shown = _typed_form(office, folder, page, typing, values)
    else:
        shown = casework.page_form(office, folder.case, page, data=values or None)
    different = []
    if typing is not None and refused is None and typing.revision != revision:
        different = answers.differences(shown, shown.answers(), values)
    return Shown(
        form=shown,
        keep_url=_address(folder, page, row, "drafts.keep"),
        discard_url=_address(folder, page, row, "drafts.discard"),
        window=typing.window if typing else secrets.token_urlsafe(9),
        step=typing.step if typing else 0,
        at=recent(draft.saved_at, office.now) if draft else "",
        different=tuple(different),
    )


def find_unsaved(office: Office, folder: Folder, page: str, row: str) -> Draft | None:
    return casework.find_draft(office, folder.task, casework.place_of(page, row))


def keep_typed(
    office: Office, folder: Folder, page: str, row: str, posted: MultiDict[str, str]
) -> Draft | None:
    """Keep what was typed; None when it is no other than what the form showed by itself.

    Raises DossierClosed, RowNotFound or DraftTooLong.
    """
    place = casework.place_of(page, row)
    known = _saved_values(office, folder, page, row)
    shown = casework.page_form(office, folder.case, page, data=known)
    typing = _typing_in(posted, shown)
    if _is_unchanged(_typed_form(office, folder, page, typing, known), shown):
        casework.drop_draft(office, folder.case, place, typing.window)
        return None
    return casework.keep_draft(office, folder.case, place, typing)


def entry_problems(
    office: Office, folder: Folder, page: str, row: str, posted: MultiDict[str, str]
) -> dict[str, str]:
    """Field → what is wrong with what was typed in it (R028); what is still empty is not wrong."""
    known = _saved_values(office, folder, page, row)
    form = casework.page_form(office, folder.case, page, posted, known)
    form.validate()
    fields: Any = form
    filled = [one for one in fields if any(str(text).strip() for text in one.raw_data or ())]
    return {one.name: "".join(one.errors) for one in filled if one.errors}


def keep_refused(task_id: int, page: str, row: str = "") -> None:
    """Keep what was posted and not taken: the page that tells so may be closed before it is right.

    What no longer fits in, or is too long for a draft, is in that page all the same.
    """
    try:
        with transaction() as office:
            folder = writable_folder(office, task_id, page)
            keep_typed(office, folder, page, row, request.form)
    except CaseworkError:
        return


def drop_saved(office: Office, folder: Folder, page: str, row: str = "") -> None:
    """Forget the draft of the window whose form was saved just now."""
    window = request.form.get("window", "")
    casework.drop_draft(office, folder.case, casework.place_of(page, row), window)


def _typing_in(posted: MultiDict[str, str], form: TaskForm) -> Typing:
    """The words of a form's fields, and neither files nor buttons."""
    return Typing(
        typed={name: posted.getlist(name) for name in posted if name in form},
        revision=posted.get("revision", 0, type=int),
        window=posted.get("window", "")[:20],
        step=posted.get("step", 0, type=int),
    )


def _typed_form(
    office: Office, folder: Folder, page: str, typing: Typing, known: Mapping[str, Any] | None
) -> TaskForm:
    typed: MultiDict[str, str] = MultiDict(dict(typing.typed))
    return casework.page_form(office, folder.case, page, typed, known or None)


def _typing_of(draft: Draft | None) -> Typing | None:
    return Typing(**draft.values) if draft else None


def _saved_values(office: Office, folder: Folder, page: str, row: str) -> Any:
    if row == casework.NEW:
        return None
    if row:
        return casework.find_row(office, folder.case.dossier_id, int(row)).values
    known = casework.find_page(office, folder.case.dossier_id, page)
    return known.values if known else None


def _is_unchanged(typed: TaskForm, shown: TaskForm) -> bool:
    """Whether a form says what it said when it was opened; what cannot be read is a change."""
    fields: Any = typed
    if any(field.process_errors for field in fields):
        return False
    return not answers.differences(typed, typed.answers(), shown.answers())


def _address(folder: Folder, page: str, row: str, endpoint: str) -> str:
    return url_for(endpoint, task_id=folder.task.id, page=page, row=row or None)
