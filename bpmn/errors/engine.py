"""What can go wrong between a case, its diagram and the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _


@dataclass(frozen=True)
class Move:
    """One step of a run on a diagram: what happens, where, and who holds a token afterwards.

    `element` is the node that acts (ids are unique over all files of a matter), `flow` the
    sequence flow it leaves by (empty where it ends or waits), `words` what an officer reads,
    `tokens` the elements that hold a token after the move.
    """

    element: str
    words: str
    flow: str = ""
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a diagram, at `element` (its id) where that is known.

    `rule` names the family (files, names, graph, soundness, law, tables), `mend` says how it is
    put right, `run` is a run that shows it, from the start. `undecided` is no fault but a limit
    of the proof: it keeps a diagram from going live unless an administrator signs for it.
    """

    element: str | None
    message: str
    file: str | None = None
    line: int | None = None
    rule: str = ""
    mend: str = ""
    run: tuple[Move, ...] = ()
    undecided: bool = False


MOST_TOLD = 200
"""Problems that are told at once."""


def first_told(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The first MOST_TOLD, and one that says that there are more.

    How many is not said: whoever looks stops soon after, so nobody counted them.
    """
    if len(problems) <= MOST_TOLD:
        return tuple(problems)
    rest = _("还有别的问题没有列出")
    mend = _("先改正列出的问题，再检查一次")
    return (*problems[:MOST_TOLD], Problem(None, rest, rule="files", mend=mend))


class CaseworkError(Exception):
    """The base of the family; `str(error)` is a sentence in Chinese for the person concerned."""


class TaskNotOpen(CaseworkError):
    """The task was completed or withdrawn before, or never belonged to this case."""

    def __init__(self, task_id: str) -> None:
        self.task_id = task_id
        super().__init__(_("任务已办结或已撤销，不能再次办理。"))


class MessageNotExpected(CaseworkError):
    """No step of the case waits for this message now."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(_("办件当前不接受消息“{name}”。").format(name=message))


class StateMismatch(CaseworkError):
    """The stored state belongs to another version of the diagram, or is damaged."""

    def __init__(self) -> None:
        super().__init__(_("办件状态与流程图版本不一致。"))


class ExpressionError(CaseworkError):
    """An expression of a diagram is not allowed, or cannot be evaluated.

    `mend` says how it is put right, where that is known.
    """

    def __init__(self, text: str, reason: str, mend: str = "") -> None:
        self.text = text
        self.reason = reason
        self.mend = mend
        super().__init__(_("表达式“{text}”有误：{reason}").format(text=text[:80], reason=reason))


class DiagramFault(CaseworkError):
    """A running diagram cannot go on: no way out of a gateway, no rule of a table, no end."""

    def __init__(self, element: str | None, reason: str) -> None:
        self.element = element
        self.reason = reason
        super().__init__(
            _("流程图在“{element}”处无法继续：{reason}").format(
                element=element or "", reason=reason
            )
        )


class DiagramRejected(CaseworkError):
    """A set of files is not a diagram this office runs; `problems` holds everything found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        lines = "；".join(problem.message for problem in problems)
        super().__init__(_("流程图未通过检查：{lines}").format(lines=lines))


class OutcomeUnknown(CaseworkError):
    """The diagram has no branch of that name behind the task."""

    def __init__(self, task: str, outcome: str) -> None:
        self.task, self.outcome = task, outcome
        super().__init__(_("“{task}”没有这种办理结果。").format(task=task))
