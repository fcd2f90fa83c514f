"""Why a closed case cannot be played on another diagram."""

from collections.abc import Sequence
from gettext import gettext as _

from bpmn.errors.engine import CaseworkError


class CannotReplay(CaseworkError):
    """The recording does not go on; the message says why, in words that group such cases."""


class ReplayStuck(CannotReplay):
    """Nothing is known that could happen next; `elements` are what waits."""

    def __init__(self, elements: Sequence[str]) -> None:
        self.elements = tuple(elements)
        super().__init__(_("办件停在没有办理记录的环节上，走不到终点。"))


class ReplayEndless(CannotReplay):
    """It goes round and round."""

    def __init__(self) -> None:
        super().__init__(_("办件在推演中不停循环，走不到终点。"))


class AssumptionMissing(CannotReplay):
    """A step without a recording was reached, and nobody has said how long it takes."""

    def __init__(self, element: str, name: str) -> None:
        self.element = element
        super().__init__(_("走到“{name}”，当时没有办理过，也没有假设。").format(name=name))
