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
from bpmn.casework.minutes import drawn_answers
from bpmn.casework.rights import APPLICANT, EXPERT, RESPONDENT, UNIT_ROLES
from bpmn.casework.running import load_diagram
from bpmn.casework.worklist import Due, due_of
from bpmn.diagram import Diagram, UserTask
from bpmn.office import Office
from bpmn.operations.notices import end_of_period
from bpmn.operations.writing import pending_rows
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
        text="\n".join([*_opinion(task), *_drawn(task, words)]),
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


def _opinion(task: Task) -> list[str]:
    if task.closed_at is not None and task.closed_by is None:
        return [_("没有办理：时限届满或办件已另有去向。")]
    if task.role in UNIT_ROLES:
        return []
    answers = task.submission or {}
    told = task.outcome in ("grant", "refuse") and answers.get("refused")
    keys = ("opinion", "reasons") if told else ("opinion", "request")
    parts = [str(answers.get(key) or "") for key in keys]
    return list(dict.fromkeys(part for part in parts if part))


def _drawn(task: Task, words: UserTask | None) -> list[str]:
    """What only the diagram asks of an officer; what it asks of a unit stands in its dossier."""
    told = () if task.role in UNIT_ROLES else drawn_answers(task, words)
    return [_("{label}：{said}").format(label=label, said=said) for label, said in told]


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
        for notice in office.db.scalars(query.order_by(Notice.id))
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
    if event.kind == "migrated":
        told = str(detail.get("reason", ""))
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
