"""What a comparison tells."""

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Change:
    """One difference in meaning.

    `process` is the id of the process or decision table, `element` the new id of what changed
    (of what was removed, its only one) and `was` its old id, empty for what was added. `what`
    names the attribute, empty for an element as a whole; `before` and `after` are its values as
    people read them, `words` the whole sentence. `wording` is a text that no case depends on.
    """

    kind: ChangeKind
    process: str
    element: str
    was: str
    what: str
    before: str
    after: str
    words: str
    wording: bool = False


@dataclass(frozen=True)
class Comparison:
    """Every change in the order of the drawing; `moved` counts what is only drawn elsewhere."""

    changes: tuple[Change, ...]
    moved: int

    def __bool__(self) -> bool:
        return bool(self.changes)

    def of(self, process: str) -> tuple[Change, ...]:
        """The changes inside one process or table."""
        return tuple(change for change in self.changes if change.process == process)
