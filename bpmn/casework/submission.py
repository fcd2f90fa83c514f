"""提交: everything that stands in its way at once, each with its place; else the case moves on."""

from collections.abc import Iterator
from datetime import datetime
from gettext import gettext as _

from sqlalchemy import select

from bpmn import engine
from bpmn.casework.dossiers import require_open_dossier
from bpmn.casework.drafts import unsaved_places
from bpmn.casework.filling import as_formdata, page_form
from bpmn.casework.running import lock_case_of
from bpmn.casework.scans import TRAY, tray_words
from bpmn.casework.tasks import complete_task
from bpmn.errors import DossierProblem, DraftsUnsaved, PledgeMissing, SubmissionRefused
from bpmn.matter import Matter
from bpmn.office import Office
from bpmn.operations import pledges
from forms.attachments import missing_attachments
from forms.pages import PAGES
from models import Attachment, Case, Correction, DossierPage


def submit(
    office: Office,
    case: Case,
    task_id: int,
    matter: Matter,
    *,
    opened_at: datetime | None,
    give_up_drafts: bool = False,
) -> engine.Step:
    """Hand the dossier in. Raises SubmissionRefused with every problem (R032, R033).

    Raises DraftsUnsaved when something typed was not saved, unless that is given up: a draft is
    no part of what is handed in. `opened_at` is when the acting person opened the pledge that they
    now confirm; raises PledgeMissing without it (R319–R322).
    """
    lock_case_of(office, task_id)  # nobody saves a page between the checks and the end of the task
    require_open_dossier(office, case)
    problems = tuple(find_problems(office, case, matter))
    if problems:
        raise SubmissionRefused(problems)
    if not give_up_drafts and unsaved_places(office, case):
        raise DraftsUnsaved
    if opened_at is None:
        raise PledgeMissing
    confirmed = {
        "opened_at": opened_at.isoformat(),
        "confirmed_at": office.now.isoformat(),
        "confirmed_by": office.actor_id,
    }
    return complete_task(office, task_id, {pledges.KEY: confirmed})


def find_problems(office: Office, case: Case, matter: Matter) -> Iterator[DossierProblem]:
    """Yield what must be completed or changed, in the order of the pages."""
    kinds = _attachment_kinds(office, case)
    saved = _saved_pages(office, case)
    checked = [problem for check in matter.checks for problem in check(office, case)]
    for page in matter.pages:
        if not PAGES[page].row:
            yield from _page_problems(office, case, page, saved, kinds.get(page, set()))
        elif TRAY in kinds.get(page, ()):
            yield DossierProblem(page, tray_words(page))
        yield from (problem for problem in checked if problem.page == page)
    yield from _unanswered(office, case)


def _page_problems(
    office: Office, case: Case, page: str, saved: dict[str, DossierPage], kinds: set[str]
) -> Iterator[DossierProblem]:
    if page not in saved:
        yield DossierProblem(page, _("“{page}”尚未填报。").format(page=PAGES[page].title))
        return
    values = saved[page].values
    form = page_form(office, case, page, as_formdata(values), values)
    if not form.validate():
        for field, sentence in form.error_list():
            yield DossierProblem(page, sentence, field=field)
    for sentence in missing_attachments(page, values, kinds):
        yield DossierProblem(page, sentence)


def _unanswered(office: Office, case: Case) -> Iterator[DossierProblem]:
    query = select(Correction).where(
        Correction.case_id == case.id, Correction.answered_at.is_(None)
    )
    for item in office.db.scalars(query.order_by(Correction.id)):
        sentence = _("补正事项“{place}”尚未答复。").format(place=item.place)
        yield DossierProblem(item.page, sentence, row_id=item.row_id)


def _saved_pages(office: Office, case: Case) -> dict[str, DossierPage]:
    query = select(DossierPage).where(DossierPage.dossier_id == case.dossier_id)
    return {page.page: page for page in office.db.scalars(query)}


def _attachment_kinds(office: Office, case: Case) -> dict[str, set[str]]:
    """The kinds of file on each page, without those of its rows."""
    query = select(Attachment.page, Attachment.kind).where(
        Attachment.dossier_id == case.dossier_id, Attachment.row_id.is_(None)
    )
    kinds: dict[str, set[str]] = {}
    for page, kind in office.db.execute(query):
        kinds.setdefault(page, set()).add(kind)
    return kinds
