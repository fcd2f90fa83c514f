"""An applicant's task opened as a folder: its case, its pages, and the frame around each page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for

from bpmn import casework
from bpmn.casework import conflicts
from bpmn.casework.replies import is_reply
from bpmn.casework.rights import APPLICANT
from bpmn.errors import DossierClosed, DossierProblem, TaskNotFound
from bpmn.matter import Matter
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms.pages import PAGES
from models import Case, Correction, Task


@dataclass(frozen=True)
class Folder:
    """What the unit fills in; open as long as it may write in it."""

    task: Task
    case: Case
    matter: Matter

    @property
    def is_open(self) -> bool:
        return self.task.closed_at is None

    def address(self, page: str, anchor: str | None = None, **arguments: Any) -> str:
        """Where a page of the folder is, at one of its places."""
        return url_for(
            "dossiers.page", task_id=self.task.id, page=page, _anchor=anchor, **arguments
        )


def open_folder(office: Office, task_id: int, page: str | None = None) -> Folder:
    """The folder of the actor's own unit. Raises TaskNotFound for every other; 404 for a page."""
    task = casework.find_task(office, task_id)
    case = task.case
    if office.actor is None or task.role != APPLICANT or is_reply(task):
        raise TaskNotFound(str(task_id))
    if not casework.may_act(office.actor, task, case):
        raise TaskNotFound(str(task_id))
    folder = Folder(task, case, MATTERS[case.matter])
    if page is not None and page not in folder.matter.pages:
        abort(404)
    return folder


def writable_folder(office: Office, task_id: int, page: str | None = None) -> Folder:
    """The folder for writing. Raises DossierClosed after 提交 (R060)."""
    folder = open_folder(office, task_id, page)
    if not folder.is_open:
        raise DossierClosed(folder.case.number)
    return folder


def row_folder(office: Office, task_id: int, page: str) -> Folder:
    """The folder for writing in a page of rows. Raises DossierClosed; 404 for another page."""
    folder = writable_folder(office, task_id, page)
    if not PAGES[page].row:
        abort(404)
    return folder


def frame(office: Office, folder: Folder, here: str) -> dict[str, Any]:
    """What stands around a page: the list of pages, what is missing, what is to be corrected."""
    problems = _problems(office, folder)
    progress = casework.progress_of(office, folder.case, folder.matter, problems)
    corrections = casework.open_corrections(office, folder.case) if folder.is_open else []
    unsaved = casework.unsaved_places(office, folder.case) if folder.is_open else []
    mine = {casework.place_of(o.page, o.row) for o in unsaved if o.account_id == office.actor_id}
    return {
        "folder": folder,
        "case": folder.case,
        "here": here,
        "certificate": office.standard.certificate_types[folder.case.certificate_type].name,
        "pages": [_page_entry(folder, one, mine) for one in progress],
        "unsaved": [_unsaved(office, folder, one) for one in unsaved],
        "unsaved_places": mine,
        "problem_count": len(problems),
        "corrections": [_item(folder, item) for item in corrections],
        "contested": conflicts.contested_of(office, folder.case),
    }


def problem_links(
    folder: Folder, problems: Iterable[DossierProblem], titles: dict[str, str]
) -> list[dict[str, Any]]:
    """The problems by page, each with the address of its very place (R032)."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for problem in problems:
        groups.setdefault(problem.page, []).append((problem.message, _place(folder, problem)))
    return [{"page": page, "title": titles[page], "items": found} for page, found in groups.items()]


def _problems(office: Office, folder: Folder) -> Sequence[DossierProblem]:
    if not folder.is_open:
        return ()
    return list(casework.find_problems(office, folder.case, folder.matter))


def _unsaved(office: Office, folder: Folder, one: casework.UnsavedPlace) -> dict[str, Any]:
    """A place with a draft; of a colleague's only who has it, and not what is in it."""
    return {
        "title": PAGES[one.page].title,
        "by": "" if one.account_id == office.actor_id else one.name,
        "url": folder.address(one.page, panel=one.row or None),
    }


def _page_entry(folder: Folder, one: casework.PageProgress, unsaved: set[str]) -> dict[str, Any]:
    if one.is_optional:
        state = "optional"
    elif not one.is_begun:
        state = "empty"
    else:
        state = "problem" if one.problems else "saved"
    return {
        "key": one.page,
        "title": one.title,
        "url": folder.address(one.page),
        "state": state,
        "problems": one.problems,
        "unsaved": any(place.partition("/")[0] == one.page for place in unsaved),
    }


def _place(folder: Folder, problem: DossierProblem) -> str:
    if problem.row_id is not None:
        return folder.address(problem.page, f"asked-row-{problem.row_id}", panel=problem.row_id)
    return folder.address(problem.page, problem.field or "page")


def _item(folder: Folder, item: Correction) -> dict[str, Any]:
    """One thing that the organ asked for, with its place."""
    known = item.page in folder.matter.pages
    page = item.page if known else folder.matter.pages[0]
    arguments = {"panel": item.row_id} if item.row_id else {}
    return {
        "item": item,
        "page": page,
        "row_id": item.row_id,
        "done": item.answered_at is not None,
        "typed": item.answer,
        "error": "",
        "url": folder.address(page, f"asked-{item.id}", **arguments),
    }
