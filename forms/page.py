"""What a page of an application is: its title, form and files, and whether it is a list of rows.

A module of this package that has pages declares them as PAGES; `forms.pages` finds them all.
"""

from dataclasses import dataclass

from forms.attachments import ATTACHMENTS, AttachmentKind
from forms.base import TaskForm


@dataclass(frozen=True)
class Page:
    """One page; of a page with rows, ``form`` is the form of one row and ``row`` its name."""

    key: str
    title: str
    form: type[TaskForm]
    row: str = ""
    files: tuple[AttachmentKind, ...] = ()
    """The kinds of file it takes, where `forms.attachments` does not list them already."""
    once: bool = False
    """It speaks of one application: the unit's next one begins without it."""

    own: tuple[str, ...] = ()
    """What is a row's alone: a copy of the row begins without it."""

    @property
    def place(self) -> str:
        """What its files and its form are called by."""
        return self.row or self.key

    @property
    def attachments(self) -> tuple[AttachmentKind, ...]:
        """The kinds of file that the page, or one of its rows, takes."""
        return ATTACHMENTS[self.place]
