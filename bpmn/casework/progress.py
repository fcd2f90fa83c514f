"""How far a dossier is: each page with what was saved of it and what still stands in the way."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bpmn.errors import DossierProblem
from bpmn.matter import Matter
from bpmn.office import Office
from bpmn.operations.answers import specialties_of
from forms.pages import PAGES
from models import Case, DossierPage, DossierRow


@dataclass(frozen=True)
class PageProgress:
    """One page; `problems` counts what stands in the way of 提交 there."""

    page: str
    title: str
    is_begun: bool
    is_optional: bool
    """Nothing was filled in and nothing is missed."""
    problems: int


def progress_of(
    office: Office, case: Case, matter: Matter, problems: Sequence[DossierProblem]
) -> list[PageProgress]:
    """The matter's pages in order, with the problems that `find_problems` found."""
    begun = _begun_pages(office, case)
    counts = Counter(problem.page for problem in problems)
    # Before the specialties are chosen the standard asks for nothing, which means nothing.
    is_judged = bool(specialties_of(office, case))
    return [
        PageProgress(
            page=key,
            title=PAGES[key].title,
            is_begun=key in begun,
            is_optional=is_judged and key not in begun and not counts[key],
            problems=counts[key],
        )
        for key in matter.pages
    ]


def _begun_pages(office: Office, case: Case) -> set[str]:
    pages = select(DossierPage.page).where(DossierPage.dossier_id == case.dossier_id)
    rows = (
        select(DossierRow.page)
        .where(DossierRow.dossier_id == case.dossier_id)
        .group_by(DossierRow.page)
        .having(func.count() > 0)
    )
    return set(office.db.scalars(pages.union(rows)))
