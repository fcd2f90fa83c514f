"""The applicant's pages of a task: each is filled in and saved by itself, then all is handed in."""

from collections.abc import Mapping
from datetime import datetime
from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from bpmn import casework
from bpmn.errors import DraftsUnsaved, PledgeMissing, StaleForm, SubmissionRefused
from bpmn.office import Office
from certificates.law import law
from forms.cases import AnswerForm
from forms.pages import PAGES
from webapp import answers, pledges, uploads
from webapp.folders import Folder, frame, open_folder, problem_links, writable_folder
from webapp.grids import WORDS, grid_of, verdict_of, won_rows
from webapp.offices import reading, transaction
from webapp.refusals import Refused
from webapp.security import allow
from webapp.sheets import page_sheet, row_panel
from webapp.unsaved import drop_saved, keep_refused

blueprint = Blueprint("dossiers", __name__)


@blueprint.get("/tasks/<int:task_id>/go")
@allow("applicant")
def go(task_id: int) -> Any:
    """Switch pages by the list at the top left (R141)."""
    wanted = request.args.get("page", "")
    with reading() as office:
        folder = open_folder(office, task_id)
        page = wanted if wanted in folder.matter.pages else folder.matter.pages[0]
    return redirect(folder.address(page))


@blueprint.get("/tasks/<int:task_id>/check")
@allow("applicant")
def check(task_id: int) -> Any:
    """Everything that still stands in the way of 提交, each with its place (R032)."""
    return show_check(task_id), 200


@blueprint.post("/tasks/<int:task_id>/submit")
@allow("applicant")
def submit(task_id: int) -> Any:
    """Hand in what was filled in, or tell everything that is missing at once (R032, R033, R053).

    In between the unit reads and confirms its pledge (承诺书, R319–R322).
    """
    try:
        with transaction() as office:
            folder = writable_folder(office, task_id)
            casework.submit(
                office,
                folder.case,
                task_id,
                folder.matter,
                opened_at=_confirmed_pledge(office, folder),
                give_up_drafts=request.form.get("drafts") == "discard",
            )
            number = folder.case.number
    except PledgeMissing:
        return _show_pledge(task_id)
    except (SubmissionRefused, DraftsUnsaved):
        return show_check(task_id, refused=True), 422
    flash(_("办件 %s 已提交，等待审批。审批过程中不能修改材料。") % number, "success")
    return redirect(url_for("work.index"))


@blueprint.get("/tasks/<int:task_id>/<page>")
@allow("applicant")
def page(task_id: int, page: str) -> Any:
    """One page of the folder; of one that was handed in and returned, the page to correct."""
    with reading() as office:
        folder = open_folder(office, task_id, page)
        present = None if folder.is_open else casework.applicant_task(office, folder.case)
    if present is not None:
        return redirect(url_for("dossiers.page", task_id=present.id, page=page))
    return show_page(task_id, page)


@blueprint.post("/tasks/<int:task_id>/<page>")
@allow("applicant")
def save(task_id: int, page: str) -> Any:
    """Save one page with its files (保存, R052, R143, R144)."""
    with reading() as office:
        folder = writable_folder(office, task_id, page)
    if PAGES[page].row:
        abort(405)
    received = uploads.receive(task_id, page)
    try:
        refused = _save(task_id, page, received)
    except StaleForm as stale:
        refused = _stale(task_id, page, received, str(stale))
    if refused is not None:
        keep_refused(task_id, page)
        return show_page(task_id, page, refused)
    flash(_("“%s”已保存。") % PAGES[page].title, "success")
    return redirect(folder.address(page))


@blueprint.get("/tasks/<int:task_id>/<page>/verdict")
@allow("applicant")
def verdict(task_id: int, page: str) -> Any:
    """满足情况查看: what is needed, what is there, what is missing, and who does not count."""
    with reading() as office:
        folder = open_folder(office, task_id, page)
        if not WORDS.get(page, {}).get("verdict"):
            abort(404)
        rows = casework.rows_of(office, folder.case.dossier_id, page)
        found = verdict_of(office, folder, page, rows)
        return render_template(
            "dossiers/verdict.html",
            **frame(office, folder, page),
            verdict=found,
            words=WORDS[page],
            title=WORDS[page]["verdict"],
            specialties=_specialties(office, folder),
        )


@blueprint.post("/tasks/<int:task_id>/corrections/<int:correction_id>")
@allow("applicant")
def answer(task_id: int, correction_id: int) -> Any:
    """Say how one item of the organ's list was dealt with (已补正, R063)."""
    form: Any = AnswerForm(request.form)
    if not form.validate():
        return _answer_again(task_id, correction_id, form)
    with transaction() as office:
        folder = writable_folder(office, task_id)
        item = casework.answer_correction(
            office, folder.case, correction_id, form.answer.data or _("已按要求补正。")
        )
    flash(_("“%s”已补正。") % item.place, "success")
    page = item.page if item.page in folder.matter.pages else folder.matter.pages[0]
    return redirect(folder.address(page, f"asked-{item.id}", panel=item.row_id))


def _answer_again(task_id: int, correction_id: int, form: Any) -> Any:
    """The page of the item once more, with what was typed and why it cannot be kept."""
    with reading() as office:
        folder = writable_folder(office, task_id)
        asked = casework.open_corrections(office, folder.case)
        item = next((one for one in asked if one.id == correction_id), None) or abort(404)
        page = item.page if item.page in folder.matter.pages else folder.matter.pages[0]
    told = {"typed": form.answer.data, "error": "".join(form.answer.errors)}
    shown, _status = show_page(task_id, page, answered={correction_id: told})
    return shown, 422


def show_page(
    task_id: int,
    page: str,
    refused: Refused | None = None,
    answered: Mapping[int, Mapping[str, str]] | None = None,
) -> Any:
    """A page with its form or its rows; `refused` or `answered` is a post that is shown again."""
    with reading() as office:
        folder = open_folder(office, task_id, page)
        context = frame(office, folder, page)
        for one in context["corrections"]:
            one |= (answered or {}).get(one["item"].id, {})
        if PAGES[page].row:
            context |= grid_of(office, folder, page, request.args.get("sheet", 1, type=int))
            context["won"] = won_rows(office, folder, page)
            context |= row_panel(office, folder, page, request.args.get("panel", ""), refused)
            template = "dossiers/grid.html"
        else:
            context |= page_sheet(office, folder, page, refused)
            template = "dossiers/page.html"
        shown = render_template(template, **context, title=PAGES[page].title)
    return shown, refused.status if refused else 200


def show_check(task_id: int, refused: bool = False) -> str:
    """The list of what is missing, as an answer to 提交 or to a question."""
    with reading() as office:
        folder = open_folder(office, task_id)
        problems = casework.find_problems(office, folder.case, folder.matter)
        titles = {key: PAGES[key].title for key in folder.matter.pages}
        groups = problem_links(folder, problems, titles) if folder.is_open else []
        context = frame(office, folder, "")
        return render_template("dossiers/check.html", **context, groups=groups, refused=refused)


def _confirmed_pledge(office: Office, folder: Folder) -> datetime | None:
    """When the pledge was opened that is confirmed with this post; None without the tick."""
    if request.form.get("agreed") != "yes":
        return None
    return pledges.read_note(office, folder.task, request.form.get("pledge", ""))


def _show_pledge(task_id: int) -> Any:
    """The pledge to be read; once more, with a word, when it came back without its tick."""
    refused = "pledge" in request.form
    with reading() as office:
        folder = open_folder(office, task_id)
        page = render_template(
            "dossiers/pledge.html",
            **frame(office, folder, ""),
            pledge=law()["pledge"],
            note=pledges.note_of(office, folder.task, request.form.get("pledge", "")),
            refused=refused,
            discard=request.form.get("drafts") == "discard",
        )
    return page, 422 if refused else 200


def _save(task_id: int, page: str, received: uploads.Received) -> Refused | None:
    """Write the page and its files; or, when something is wrong, nothing."""
    with transaction() as office:
        folder = writable_folder(office, task_id, page)
        known = casework.find_page(office, folder.case.dossier_id, page)
        form = casework.page_form(
            office, folder.case, page, request.form, known.values if known else None
        )
        if not form.validate() or not received.are_sound:
            return Refused(form, received, received.status)
        revision = request.form.get("revision", 0, type=int)
        casework.save_page(office, folder.case, page, form.answers(), revision)
        uploads.keep(office, folder.case, page, None, received)
        drop_saved(office, folder, page)
    return None


def _stale(task_id: int, page: str, received: uploads.Received, sentence: str) -> Refused | None:
    """A page that was saved elsewhere meanwhile; the very same values are no conflict."""
    with reading() as office:
        folder = open_folder(office, task_id, page)
        known = casework.find_page(office, folder.case.dossier_id, page)
        saved: Mapping[str, Any] = known.values if known else {}
        form = casework.page_form(office, folder.case, page, request.form, saved)
        form.validate()
        different = answers.differences(form, form.answers(), saved)
    if not different and not received.kept:
        return None
    return Refused(form, received, 409, sentence, different)


def _specialties(office: Office, folder: Folder) -> list[str]:
    known = casework.find_page(office, folder.case.dossier_id, "application")
    codes = known.values.get("chosen_specialties", []) if known else []
    return [office.standard.specialties[code].name for code in codes]
