"""A post that was not taken, kept so that its form can be shown again with nothing lost."""

from dataclasses import dataclass, field

from forms import TaskForm
from webapp.uploads import Received


@dataclass
class Refused:
    """What was typed and chosen, and why it was not saved."""

    form: TaskForm
    received: Received
    status: int = 422
    notice: str = ""
    saved: list[tuple[str, str]] = field(default_factory=list)
    """(label, words) of what was saved elsewhere since the form was opened."""
    row_id: int | None = None
    held_elsewhere: bool = False
    """Another unit holds it: its organ may be asked to coordinate (申请协调)."""
