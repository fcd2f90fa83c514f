"""Forms by the names that diagrams use: every page's, and those that modules declare as FORMS."""

from collections.abc import Mapping

from forms.base import TaskForm
from forms.discovery import declared
from forms.pages import PAGES


def _forms() -> dict[str, type[TaskForm]]:
    found = {page.place: page.form for page in PAGES.values()}
    for more in declared("FORMS"):
        found |= more
    return found


FORMS: Mapping[str, type[TaskForm]] = _forms()
REPLIES = frozenset(name for name, form in FORMS.items() if form.is_reply)
"""Forms by which a unit answers what it is asked, apart from the pages of its application."""
UNIT_FORMS = REPLIES | {page.place for page in PAGES.values()} | {"conflict_supplement"}
"""What a unit fills in: its pages, its replies, and what it adds to its answer in a conflict."""


def form_for(name: str) -> type[TaskForm]:
    """The form of that name; raises KeyError when no diagram may use it."""
    return FORMS[name]
