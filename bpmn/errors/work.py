"""What officers and units may not do: with a case, a task, a paper."""

from gettext import gettext as _

from bpmn.errors.engine import CaseworkError


class NotPermitted(CaseworkError):
    """The actor's role, organ or unit does not allow this."""

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__(reason or _("无权进行此操作。"))


class CaseNotFound(CaseworkError):
    """No such case, or none that the actor may see: both look the same from outside."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(_("没有找到办件 {number}。").format(number=number))


class CertificateNotFound(CaseworkError):
    """No such certificate, or none whose history the actor may see."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(_("没有这份证书，或者您无权查看它的变动记录。"))


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


class TaskLapsed(CaseworkError):
    """The time of the task was over at `due` (the office's words) before anybody completed it."""

    def __init__(self, task: str, due: str) -> None:
        self.task, self.due = task, due
        super().__init__(
            _("“{task}”的期限已于 {due} 届满，流程按规定自动继续，您的操作没有生效。").format(
                task=task, due=due
            )
        )


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


class TookPart(CaseworkError):
    """Nobody judges their own work: who had a hand in the named case may not do this task."""

    def __init__(self, task: str, number: str) -> None:
        self.task, self.number = task, number
        words = _("您办理过办件 {number}，“{task}”须由没有经办过该件的人员办理。")
        super().__init__(words.format(number=number, task=task))


class RevocationRefused(CaseworkError):
    """The certificate has ended, or is being ended already."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class RatingRefused(CaseworkError):
    """A case is rated once, by its unit, within the window after its end."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class OpenCaseExists(CaseworkError):
    """One open case per unit (R055)."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__(
            _("{unit}有正在办理的申请，办结之前不能再发起其他申请。").format(unit=unit)
        )


class PrerequisiteUnmet(CaseworkError):
    """The unit may not begin this matter for this certificate (R019-R027, R133-R136)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class CaseAlreadySubmitted(CaseworkError):
    """A case that was submitted can be withdrawn, not deleted."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(
            _("办件 {number} 已提交，不能删除；需要时可以撤回申请。").format(number=number)
        )


class AuthorityMissing(CaseworkError):
    """The routing table names an organ that the office has not set up."""

    def __init__(self, level: str, region: str) -> None:
        self.level, self.region = level, region
        super().__init__(_("{region}尚未设置审批机关，请联系主管部门。").format(region=region))


class CalendarBusy(CaseworkError):
    """The calendar cannot be changed just now: `reason` says what comes first."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NoticeClosed(CaseworkError):
    """Objections are received during the notice period only."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(_("“{title}”的公示期已结束，不再接收异议。").format(title=title))


class ObjectionsOpen(CaseworkError):
    """Some objections or statements have no answer yet: the notice cannot go on."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            _("还有 {count} 件异议或陈述没有答复，逐件答复后才能继续。").format(count=count)
        )


class ObjectionNotFound(CaseworkError):
    """No such objection, or not the contact it was received with: both look the same."""

    def __init__(self) -> None:
        super().__init__(_("没有找到相符的异议，请核对编号和提交时填写的手机号码或者电子邮箱。"))


class PaperRefused(CaseworkError):
    """A paper could not be made of the facts as they are: `problems` says which and why."""

    def __init__(self, paper: str, problems: tuple[str, ...]) -> None:
        self.paper, self.problems = paper, problems
        super().__init__(
            _("不能出具{paper}：{problems}").format(paper=paper, problems="".join(problems))
        )


class WordingRefused(CaseworkError):
    """An organ's wording of a paper has faults: one sentence for each, with its line."""

    def __init__(self, paper: str, problems: tuple[str, ...]) -> None:
        self.paper, self.problems = paper, problems
        super().__init__(
            _("不能使用{paper}的文字：{problems}").format(paper=paper, problems="".join(problems))
        )


class PaperServed(CaseworkError):
    """The paper has reached the unit already; somebody noted it a moment ago."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        super().__init__(_("“{paper}”的送达已经登记，不能重复登记。").format(paper=paper))
