"""Where a unit's cases stand, in words: what is asked of the unit now, or who is at work (R059)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _

from sqlalchemy import func, select

from bpmn.casework.replies import is_reply
from bpmn.casework.rights import APPLICANT, RESPONDENT
from bpmn.casework.running import load_diagram
from bpmn.office import Office
from models import NO_LIMIT, Case, Correction, Notice, Task
from models.calendar import office_date

_BY_CLOCK = {
    "acceptance": _("等待受理"),
    "decision": _("审批中"),
    "issue": _("制证中"),
    "answer": _("等待答复"),
}


@dataclass(frozen=True)
class Standing:
    """One case as its unit sees it; `task` is the unit's own open task, if there is one."""

    case: Case
    task: Task | None
    status: str
    state: str
    """The kind of chip: current, returned, done, refused or closed."""
    ask: str
    """A sentence: what the unit is to do, or who does what meanwhile."""
    since: datetime
    due_at: datetime
    """NO_LIMIT where none runs."""


def standings_of(office: Office, cases: Sequence[Case]) -> list[Standing]:
    """How each of the cases stands; a fixed number of queries, however many there are."""
    ids = [case.id for case in cases]
    tasks = _by_case(
        office.db.scalars(
            select(Task).where(Task.case_id.in_(ids), Task.closed_at.is_(None)).order_by(Task.id)
        )
    )
    notices = {
        notice.case_id: notice
        for notice in office.db.scalars(
            select(Notice)
            .where(Notice.case_id.in_(ids), Notice.kind == "notice", Notice.closed_at.is_(None))
            .order_by(Notice.id)
        )
    }
    return [_standing(office, case, tasks.get(case.id), notices.get(case.id)) for case in cases]


def _by_case(tasks: Iterable[Task]) -> dict[int, Task]:
    """The open task of each case, the oldest; the unit's own goes before an officer's."""
    found: dict[int, Task] = {}
    for task in tasks:
        if task.case_id not in found or task.role == APPLICANT:
            found[task.case_id] = task
    return found


def _standing(office: Office, case: Case, task: Task | None, notice: Notice | None) -> Standing:
    if case.closed_at is not None:
        return _closed(office, case, case.closed_at)
    if task is not None and task.role == APPLICANT:
        return _mine(office, case, task)
    organ = _at_work(case, task)
    if task is not None:
        words = load_diagram(office, case.diagram_version_id).words
        inside = words.procedure_of(task.element)
        status = _("{name}中").format(name=inside) if inside else _by_clock(task)
        ask = _("{organ}正在办理“{task}”，您现在不需要操作。").format(organ=organ, task=task.name)
        return Standing(case, None, status, "current", ask, task.opened_at, task.due_at)
    if notice is not None and notice.until is not None:
        ask = _("{organ}正在公示审查意见，{day}公示期满。").format(
            organ=organ, day=f"{_last_day(notice.until)} "
        )
        return Standing(case, None, _("公示中"), "notice", ask, notice.published_at, notice.until)
    ask = _("{organ}正在办理，您现在不需要操作。").format(organ=organ)
    since = case.submitted_at or case.opened_at
    return Standing(case, None, _("办理中"), "current", ask, since, NO_LIMIT)


def _by_clock(task: Task) -> str:
    return _BY_CLOCK.get(task.clock, _("办理中"))


def _at_work(case: Case, task: Task | None) -> str:
    """Whose turn it is, when it is not the unit's."""
    if task is not None and task.role == RESPONDENT and case.respondent is not None:
        return case.respondent.name
    return case.authority.name if case.authority else _("审批机关")


def _mine(office: Office, case: Case, task: Task) -> Standing:
    if case.submitted_at is None:
        ask = _("请逐页填写并保存申请材料，全部填好后提交。")
        return Standing(case, task, _("填报中"), "current", ask, case.opened_at, task.due_at)
    if is_reply(task) or not _was_corrected(office, case):
        ask = _("审批机关请您办理“{task}”，逾期视为放弃或者没有异议。").format(task=task.name)
        return Standing(case, task, task.name, "current", ask, task.opened_at, task.due_at)
    open_items = _unanswered(office, case)
    ask = (
        _("审批机关退回补齐材料，还有 {count} 处没有补正，补正后请再次提交。")
        if open_items
        else _("审批机关退回的事项都已补正，请再次提交。")
    ).format(count=open_items)
    status = _("退回补齐材料")
    return Standing(case, task, status, "returned", ask, task.opened_at, task.due_at)


def _was_corrected(office: Office, case: Case) -> bool:
    """Whether the organ has listed anything to correct; else it asks for something of its own."""
    query = select(Correction.id).where(Correction.case_id == case.id).limit(1)
    return office.db.scalar(query) is not None


def _unanswered(office: Office, case: Case) -> int:
    query = select(func.count()).where(
        Correction.case_id == case.id, Correction.answered_at.is_(None)
    )
    return office.db.scalar(query) or 0


def _closed(office: Office, case: Case, closed_at: datetime) -> Standing:
    """The end's own name tells how the case ended; the diagram says it, not the program."""
    words = load_diagram(office, case.diagram_version_id).words
    found = words.find_node(case.ended or "")
    status = found[1].name if found and found[1].name else _("已办结")
    ask = _("{day}办结。").format(day=f"{office_date(closed_at)} ")
    return Standing(case, None, status, "closed", ask, closed_at, NO_LIMIT)


def _last_day(until: datetime) -> str:
    return office_date(until - timedelta(seconds=1)).isoformat()
