"""What can go wrong between a case, its diagram and the engine."""

from dataclasses import dataclass
from gettext import gettext as _


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a diagram, at `element` (its id) where that is known."""

    element: str | None
    message: str
    file: str | None = None
    line: int | None = None


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
    """An expression of a diagram is not allowed, or cannot be evaluated."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        self.reason = reason
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
