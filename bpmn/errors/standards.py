"""What the standard does not take: a change of a published version, or impossible numbers."""

from collections.abc import Sequence
from gettext import gettext as _

from bpmn.errors.engine import CaseworkError


class StandardPublished(CaseworkError):
    """Only a draft can be changed; cases rest on what was published."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(_("第 {number} 版已发布，不能再修改。").format(number=number))


class StandardRefused(CaseworkError):
    """`problems` are (field, sentence) pairs of one cell, or (cell, sentence) of a version."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("".join(sentence for _place, sentence in problems))
