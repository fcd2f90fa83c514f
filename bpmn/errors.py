"""Situations impossible by rule; `webapp` alone turns them into HTTP. A fault is none of these."""

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


class NotPermitted(CaseworkError):
    """The actor's role, organ or unit does not allow this."""

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__(reason or _("无权进行此操作。"))


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


class CaseNotFound(CaseworkError):
    """No such case, or none that the actor may see: both look the same from outside."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(_("没有找到办件 {number}。").format(number=number))


class TaskNotFound(CaseworkError):
    """No such task, or none that the actor may see."""

    def __init__(self, task_id: str) -> None:
        self.task_id = task_id
        super().__init__(_("没有找到这项任务。"))


class TaskDone(CaseworkError):
    """Somebody was faster: `by` completed the task, or, when empty, an event took it away."""

    def __init__(self, task: str, by: str) -> None:
        self.task, self.by = task, by
        who = _("由 {name} ").format(name=by) if by else ""
        super().__init__(_("“{task}”已{who}办理，您的操作没有生效。").format(task=task, who=who))


class TaskClaimed(CaseworkError):
    """The task is in another officer's hands."""

    def __init__(self, task: str, by: str) -> None:
        self.task, self.by = task, by
        super().__init__(
            _("“{task}”已被他人办理：{name} 正在办理，您的操作没有生效。").format(
                task=task, name=by
            )
        )


class SamePerson(CaseworkError):
    """Four eyes: who did the named step may not do this one too."""

    def __init__(self, task: str, before: str) -> None:
        self.task, self.before = task, before
        super().__init__(
            _("您已办理本件的“{before}”，“{task}”须由另一人办理。").format(before=before, task=task)
        )


class OpenCaseExists(CaseworkError):
    """One open case per unit (R055)."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__(
            _("{unit}有正在办理的申请，办结之前不能再发起其他申请。").format(unit=unit)
        )


class CaseAlreadySubmitted(CaseworkError):
    """A case that was submitted can be withdrawn, not deleted."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(
            _("办件 {number} 已提交，不能删除；需要时可以撤回申请。").format(number=number)
        )


class DossierClosed(CaseworkError):
    """During approval nothing can be changed (R060)."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(_("办件 {number} 已提交，审批过程中不能修改。").format(number=number))


class StaleForm(CaseworkError):
    """The page or row was saved elsewhere after this form had been opened."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(_("这一页在您打开之后已被保存过（可能在另一个窗口）。请核对后再次保存。"))


class RowNotFound(CaseworkError):
    def __init__(self, row_id: str) -> None:
        self.row_id = row_id
        super().__init__(_("这一行已不在列表中，可能已被移除。"))


class RowRepeated(CaseworkError):
    """The unit itself lists the same person or instrument already."""

    def __init__(self, label: str) -> None:
        self.label = label
        super().__init__(_("{label}已在本单位的列表中，不能重复添加。").format(label=label))


class HeldElsewhere(CaseworkError):
    """A person or an instrument belongs to one unit only (R029, R030, R079, R083)."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__(
            _(
                "已存在于其他单位：{unit}，不予保存。请联系该单位删除；"
                "无法解决的，请联系主管部门协调。"
            ).format(unit=unit)
        )


class AttachmentNotFound(CaseworkError):
    def __init__(self, attachment_id: str) -> None:
        self.attachment_id = attachment_id
        super().__init__(_("没有找到这个文件。"))


class AuthorityMissing(CaseworkError):
    """The routing table names an organ that the office has not set up."""

    def __init__(self, level: str, region: str) -> None:
        self.level, self.region = level, region
        super().__init__(_("{region}尚未设置审批机关，请联系主管部门。").format(region=region))


class NoticeClosed(CaseworkError):
    """Objections are received during the notice period only."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(_("“{title}”的公示期已结束，不再接收异议。").format(title=title))


class PaperRefused(CaseworkError):
    """A paper could not be made of the facts as they are: `problems` says which and why."""

    def __init__(self, paper: str, problems: tuple[str, ...]) -> None:
        self.paper, self.problems = paper, problems
        super().__init__(
            _("不能出具{paper}：{problems}").format(paper=paper, problems="".join(problems))
        )


@dataclass(frozen=True)
class DossierProblem:
    """One thing that stands in the way of 提交, and where to mend it."""

    page: str
    message: str
    row_id: int | None = None
    field: str | None = None


class SubmissionRefused(CaseworkError):
    """The dossier is not complete or does not meet the standard; all of it at once (R032, R033)."""

    def __init__(self, problems: tuple[DossierProblem, ...]) -> None:
        self.problems = problems
        super().__init__(_("还有 {count} 处需要补充或修改，未能提交。").format(count=len(problems)))


class OutcomeUnknown(CaseworkError):
    """The diagram has no branch of that name behind the task."""

    def __init__(self, task: str, outcome: str) -> None:
        self.task, self.outcome = task, outcome
        super().__init__(_("“{task}”没有这种办理结果。").format(task=task))
