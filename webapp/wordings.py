"""文书文字: an organ's approvers word its notices and decisions, see them as papers, go back."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from bpmn.casework import wordings
from bpmn.errors import CaseNotFound, StaleForm, WordingRefused
from bpmn.office import Office
from certificates import KINDS
from certificates.wording import WORDABLE, check_wording, fields_of, starter_of
from forms.wordings import WordingForm
from models import Account
from webapp.confirming import ask_first, is_confirmed
from webapp.offices import reading, transaction
from webapp.previews import draft_file, refused
from webapp.security import allow

blueprint = Blueprint("wordings", __name__)


@blueprint.get("/wordings")
@allow("approver")
def index() -> Any:
    """The kinds that my organ may word, and whose words they are in now."""
    with reading() as office:
        g.now = office.now
        own = wordings.wordings_in_force(office)
        authors = _authors(office, list(own.values()))
        return render_template(
            "wordings/index.html", kinds=WORDABLE, known=KINDS, own=own, authors=authors
        )


@blueprint.get("/wordings/<paper>")
@allow("approver")
def show(paper: str) -> Any:
    """The editor; `?version=` begins with an older version, or 0 with the program's wording."""
    with reading() as office:
        versions = wordings.versions_of(office, paper)
        wanted = request.args.get("version", type=int)
        bodies = {version.number: version.body for version in versions}
        newest = versions[0].body if versions else ""
        body = bodies.get(wanted, newest) if wanted is not None and wanted else newest
        body = starter_of(paper) if wanted == 0 or not body else body
        return _editor(office, paper, WordingForm(data={"body": body}))


@blueprint.post("/wordings/<paper>")
@allow("approver")
def save(paper: str) -> Any:
    """保存并启用: a new version, at once in force; every fault is told, and nothing typed lost."""
    form = WordingForm(request.form)
    seen = request.form.get("seen", 0, type=int)
    status = 422
    if _is_sound(paper, form):
        answers = form.answers()
        try:
            with transaction() as office:
                version = wordings.save_wording(
                    office, paper, answers["body"], answers["note"] or "", seen
                )
        except StaleForm:
            form.body.errors = [_("同事刚刚保存了新的版本；请在下面的版本记录里看过后再保存。")]
            status = 409
        else:
            words = _("“{title}”的文字已启用第 {number} 版，以后出具的文书使用它。")
            flash(words.format(title=KINDS[paper].title, number=version.number), "success")
            return redirect(url_for("wordings.show", paper=paper))
    with reading() as office:
        return _editor(office, paper, form), status


@blueprint.post("/wordings/<paper>/preview")
@allow("approver")
def preview(paper: str) -> Any:
    """The wording, saved or not, on a paper of a case of my organ; in a window of its own."""
    form = WordingForm(request.form)
    number = (form.case.data or "").replace("\x00", "").strip()  # PostgreSQL looks for no NUL
    try:
        with reading() as office:
            draft = wordings.try_wording(office, paper, form.body.data or "", number)
    except WordingRefused as error:
        return refused(list(error.problems), 422)
    except CaseNotFound:
        wordings.require_kind(paper)
        words = _("本机关没有编号为“{number}”、出具过这种文书的办件，请换一件。")
        return refused([words.format(number=number)], 422)
    return draft_file([draft], f"{draft.title}-{number}.pdf")


@blueprint.post("/wordings/<paper>/leave")
@allow("approver")
def leave(paper: str) -> Any:
    """恢复出厂文字: a version of its own too, so the record shows it."""
    back = url_for("wordings.show", paper=wordings.require_kind(paper))
    with reading() as office:
        versions = wordings.versions_of(office, paper)
    if not versions or not versions[0].body:
        return redirect(back)
    if not is_confirmed():
        question = _("“{title}”改回出厂文字？现在的文字仍在版本记录里，可以再用。")
        return ask_first(question.format(title=KINDS[paper].title), _("恢复出厂文字"), back)
    with transaction() as office:
        note = _("恢复出厂文字")
        wordings.save_wording(office, paper, "", note, versions[0].number)
    flash(_("已恢复出厂文字。"), "success")
    return redirect(back)


def _is_sound(paper: str, form: WordingForm) -> bool:
    wordings.require_kind(paper)
    if not form.validate():
        return False
    form.body.errors = [str(fault) for fault in check_wording(paper, form.body.data or "")]
    return not form.body.errors


def _editor(office: Office, paper: str, form: WordingForm) -> str:
    g.now = office.now
    versions = wordings.versions_of(office, paper)
    cases = wordings.papers_to_try(office, paper)
    if cases and not form.case.data:
        form.case.data = cases[0][0]
    return render_template(
        "wordings/show.html",
        form=form,
        paper=paper,
        kind=KINDS[paper],
        fields=list(fields_of(paper).values()),
        versions=versions,
        authors=_authors(office, versions),
        cases=cases,
        nav_here="wordings.index",
    )


def _authors(office: Office, versions: list[Any]) -> dict[int, str]:
    """Account id to name of those who wrote the versions."""
    ids = {version.created_by for version in versions}
    return {one: office.db.get_one(Account, one).name for one in ids}
