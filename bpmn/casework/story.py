"""The story of a case as data: what was done, at which organ, when, in how many working days.

The diagram tells where a case can go, the task and event rows what people did and when. Whoever
asks for the story without names reads organs only: applicants are not told officers' names.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.casework.milestones import BY_UNIT, IN_THE_ORGAN, MILESTONES
from bpmn.casework.rights import APPLICANT, EXPERT, RESPONDENT, UNIT_ROLES
from bpmn.casework.running import load_diagram
from bpmn.casework.worklist import Due, due_of
from bpmn.diagram import Diagram
from bpmn.office import Office
from bpmn.operations.notices import end_of_period
from bpmn.operations.writing import pending_rows
from forms.registry import REPLIES
from models import Account, Case, Event, Notice, Task


@dataclass(frozen=True)
class Line:
    """One line of the story. `until` is None and `due` set while it is under way.

    `state` is done, current, returned, refused or skipped; `person` is empty where names are
    not told; `working_days` is what the step used, None for what happens at once.
    """

    state: str
    title: str
    organ: str
    person: str
    since: datetime
    until: datetime | None
    working_days: int | None = None
    outcome: str = ""
    text: str = ""
    element: str = ""
    due: Due | None = None
    role: str = ""
    """Whose step it is; empty for what the office or the program does by itself."""


def story_of(office: Office, case: Case, *, names: bool) -> list[Line]:
    """Every step and event in the order in which they came to an end, then what is open.

    Without names also without what stays in the organ: it is the story as units are told it.
    """
    diagram = load_diagram(office, case.diagram_version_id).words
    tasks = _tasks(office, case)
    events = _events(office, case)
    places = _places_of_tasks(events)
    told = [
        (task.closed_at or office.now, places(task), _task_line(office, case, diagram, task, who))
        for task, who in tasks
        if task.closed_at is not None
    ]
    hidden = frozenset() if names else IN_THE_ORGAN
    told += [(line.since, place, line) for place, line in _event_lines(case, events, hidden)]
    now = [_task_line(office, case, diagram, task, p) for task, p in tasks if not task.closed_at]
    lines = [line for *_order, line in sorted(told, key=lambda entry: entry[:2])]
    lines += now + _open_notice(office, case)
    return [line if names else _unnamed(line) for line in lines]


def status_words(case: Case, open_tasks: Sequence[Task], diagram: Diagram) -> str:
    """Where a case stands, in a few words for lists: read from rows, never stored."""
    if case.closed_at is not None:
        return _ending(case, diagram)
    if open_tasks:
        return "、".join(dict.fromkeys(step_words(task, diagram) for task in open_tasks))
    return _waiting_for(diagram)


def step_words(task: Task, diagram: Diagram) -> str:
    """The step that is open, or the procedure that it is part of: 听证中."""
    procedure = diagram.procedure_of(task.element)
    return _("{name}中").format(name=procedure) if procedure else task.name


def status_state(case: Case, open_tasks: Sequence[Task]) -> str:
    """The state that the words are shown in: closed, returned or current.

    How a case ended is told by the words, which are the end event's name.
    """
    if case.closed_at is not None:
        return "closed"
    asked = any(task.role == APPLICANT and task.form not in REPLIES for task in open_tasks)
    asked = asked and case.submitted_at is not None
    return "returned" if asked else "current"


def open_tasks_of(office: Office, case_ids: Sequence[int]) -> dict[int, list[Task]]:
    """The open tasks of some cases, in one query."""
    query = select(Task).where(Task.case_id.in_(case_ids), Task.closed_at.is_(None))
    found: dict[int, list[Task]] = {case_id: [] for case_id in case_ids}
    for task in office.db.scalars(query.order_by(Task.id)) if case_ids else ():
        found[task.case_id].append(task)
    return found


def _ending(case: Case, diagram: Diagram) -> str:
    found = diagram.find_node(case.ended or "")
    return found[1].name if found and found[1].name else _("已办结")


def _waiting_for(diagram: Diagram) -> str:
    """Nobody's task is open, so a timer runs: the name of the process in which one is drawn."""
    for process in diagram.processes.values():
        for node in process.nodes.values():
            if node.kind == "intermediateCatchEvent" and node.event == "timer":
                return _("{name}中").format(name=process.name)
    return _("等候中")


def _tasks(office: Office, case: Case) -> list[tuple[Task, str]]:
    query = (
        select(Task, Account.name)
        .outerjoin(Account, Account.id == Task.closed_by)
        .where(Task.case_id == case.id)
        .order_by(Task.id)
    )
    return [(task, name or "") for task, name in office.db.execute(query)]


def _task_line(office: Office, case: Case, diagram: Diagram, task: Task, person: str) -> Line:
    words = diagram.user_tasks.get(task.element)
    labels = {outcome.value: outcome.label for outcome in words.outcomes} if words else {}
    until = task.closed_at
    return Line(
        state=_state(task),
        title=task.name,
        organ=_acting(case, task),
        person=person,
        since=task.opened_at,
        until=until,
        working_days=office.calendar.working_days_between(task.opened_at, until or office.now),
        outcome=labels.get(task.outcome or "", ""),
        text=_opinion(task),
        element=task.element,
        role=task.role,
        due=due_of(office, task.due_at, task.clock) if until is None else None,
    )


def _acting(case: Case, task: Task) -> str:
    """The name of the unit or organ whose task it is."""
    if task.role == RESPONDENT:
        return case.respondent.name if case.respondent else ""
    if task.role == EXPERT:
        return _("评审专家")
    return case.unit.name if task.role == APPLICANT else _organ(case)


def _state(task: Task) -> str:
    if task.closed_at is None:
        return "current"
    if task.closed_by is None:
        return "skipped"
    marks = {"return": "returned", "refuse": "refused", "upheld": "refused"}
    return marks.get(task.outcome or "", "done")


def _opinion(task: Task) -> str:
    if task.closed_at is not None and task.closed_by is None:
        return _("没有办理：时限届满或办件已另有去向。")
    if task.role in UNIT_ROLES:
        return ""
    answers = task.submission or {}
    told = task.outcome in ("grant", "refuse") and answers.get("refused")
    keys = ("opinion", "reasons") if told else ("opinion", "request")
    parts = [str(answers.get(key) or "") for key in keys]
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _organ(case: Case) -> str:
    return case.authority.name if case.authority else ""


def _open_notice(office: Office, case: Case) -> list[Line]:
    query = select(Notice).where(
        Notice.case_id == case.id, Notice.kind == "notice", Notice.closed_at.is_(None)
    )
    return [
        Line(
            state="current",
            title=_("公示"),
            organ=_organ(case),
            person="",
            since=notice.published_at,
            until=None,
            working_days=office.calendar.working_days_between(notice.published_at, office.now),
            text=notice.title,
            due=due_of(office, end_of_period(office, case, notice), "notice"),
        )
        for notice in office.db.scalars(query)
        if case.closed_at is None
    ]


def _events(office: Office, case: Case) -> list[Event]:
    """The case's trail, with what the running step has yet to write: its papers tell it too."""
    query = select(Event).where(Event.stream == case.number).order_by(Event.position)
    pending = (row for row in pending_rows(office, Event) if row["stream"] == case.number)
    return [*office.db.scalars(query), *(Event(**row) for row in pending)]


def _places_of_tasks(events: Sequence[Event]) -> Callable[[Task], int]:
    """Where a closed task stands among the events: several may share one moment."""
    completed: dict[str, list[int]] = {}
    for event in events:
        if event.kind == "completed":
            completed.setdefault(str(event.detail.get("element")), []).append(event.position)

    def place(task: Task) -> int:
        left = completed.get(task.element) if task.closed_by is not None else None
        return left.pop(0) if left else 0

    return place


def _event_lines(case: Case, events: Sequence[Event], hidden: Set[str]) -> list[tuple[int, Line]]:
    reason, lines = "", []
    for event in events:
        if event.kind == "stop_requested":
            reason = str(event.detail.get("reason", ""))
        if event.kind in MILESTONES and event.kind not in hidden:
            lines.append((event.position, _event_line(case, event, reason)))
    return lines


def _event_line(case: Case, event: Event, reason: str) -> Line:
    state, title = MILESTONES[event.kind]
    detail: Mapping[str, Any] = event.detail
    by_unit = event.kind in BY_UNIT and "organ" not in detail  # an organ opens cases as well
    number = str(detail.get("number", "")).partition("/")[0]  # a certificate's papers share it
    told = reason if event.kind in ("withdrawn", "terminated") else number
    return Line(
        state=state,
        title=title.format_map({"authority": "", "title": "", "unit": "", **detail}),
        organ=case.unit.name if by_unit else _organ(case),
        person=event.actor_name if by_unit or event.kind == "terminated" else "",
        since=event.at,
        until=event.at,
        text=told,
    )


def _unnamed(line: Line) -> Line:
    return Line(**{**line.__dict__, "person": ""})
