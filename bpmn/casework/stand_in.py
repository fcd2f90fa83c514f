"""Who stands in for the office while a closed case is replayed: people, operations, time.

Everything is answered from the recording, the nth visit of a step like the nth visit then; what
it does not know is answered by an assumption, or the case cannot be replayed.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import Any

from bpmn import engine
from bpmn.casework.replay_clocks import SimulatedClocks
from bpmn.casework.script import (
    AT_ONCE,
    Script,
    by_call,
    by_element,
    by_message,
    call_key,
    milestones,
)
from bpmn.diagram import Diagram, UserTask
from bpmn.errors import AssumptionMissing, CannotReplay
from bpmn.operations import DESCRIPTIONS
from models import WorkingCalendar
from models.calendar import OFFICE_ZONE, legal_date


@dataclass(frozen=True)
class Assumption:
    """Of a step that no recording knows: its working days, and its outcome if one is chosen."""

    days: int
    outcome: str | None = None


@dataclass(frozen=True)
class Stage:
    """The diagram on which cases are replayed, and what is assumed of its new steps.

    `leads_on` gives the outcome of a step that leads to the step recorded next.
    """

    words: Diagram
    calendar: WorkingCalendar
    assumptions: Mapping[str, Assumption]
    leads_on: Callable[[UserTask, str], str | None]


class OfficeStandIn:
    """One case's stand-in; `clocks` has its ledger as the operations leave it."""

    def __init__(self, script: Script, stage: Stage, clocks: SimulatedClocks) -> None:
        self.script, self.stage, self.clocks = script, stage, clocks
        self.visits = by_element(script.recording.visits)
        self.results = by_call(script.recording.visits)
        self.messages = by_message(script.recording.visits)
        self.ahead = deque(milestones(script.recording))

    def host(self, now: datetime, seen_at: datetime) -> engine.Host:
        def working_days(count: int) -> str:
            return self.stage.calendar.deadline(now, count).isoformat()

        def call(name: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
            return self._call(name, given, now)

        functions: dict[str, Callable[..., Any]] = {
            "due": self.clocks.due,
            "working_days": working_days,
        }
        return engine.Host(now, functions, call, seen_at=seen_at)

    def delay(self, element: str, nth: int) -> timedelta:
        known = self.script.delays.get(element, [])
        return known[nth] if nth < len(known) else AT_ONCE

    def plan(self, opened: engine.Opened) -> engine.Plan | None:
        known = self.visits.get(opened.element, [])
        visit = known[opened.nth] if opened.nth < len(known) else None
        if opened.kind == engine.MESSAGE:
            return self._message(opened, visit)
        return self._person(opened, visit)

    def _message(self, opened: engine.Opened, visit: engine.Recorded | None) -> engine.Plan | None:
        waiting = self.messages.get(opened.name, [])
        if visit is None:  # drawn anew: whatever came by that name and has not come yet
            visit = waiting[0] if waiting else None
        if visit is None or not visit.done:
            return None
        if visit in waiting:
            waiting.remove(visit)
        return engine.Plan(self._ends(opened, visit), visit.sets, visit.place)

    def _person(self, opened: engine.Opened, visit: engine.Recorded | None) -> engine.Plan | None:
        words = self.stage.words.user_tasks[opened.element]
        if visit is None:
            return self._assumed(opened, words)
        if not visit.done:
            return None
        while self.ahead and self.ahead[0][0] <= visit.place:
            self.ahead.popleft()
        answers = self._outcome(words, visit)
        return engine.Plan(self._ends(opened, visit), answers, visit.place)

    def _outcome(self, words: UserTask, visit: engine.Recorded) -> dict[str, Any]:
        if words.outcome is None:
            return {}
        before = self.script.words.user_tasks[visit.element]
        given = visit.sets.get(before.outcome or "")
        assumed = self.stage.assumptions.get(words.element)
        if given not in {known.value for known in words.outcomes}:
            given = assumed.outcome if assumed else None
        if given is None:
            raise CannotReplay(_outcome_gone(before, visit, words))
        return {words.outcome: given}

    def _assumed(self, opened: engine.Opened, words: UserTask) -> engine.Plan:
        assumed = self.stage.assumptions.get(opened.element)
        if assumed is None:
            raise AssumptionMissing(opened.element, words.name)
        at = in_days(self.stage.calendar, opened.at, assumed.days)
        if words.outcome is None:
            return engine.Plan(at, {})
        ahead = self.ahead[0][1] if self.ahead else ""
        outcome = assumed.outcome or self.stage.leads_on(words, ahead)
        if outcome is None:
            told = _("新环节“{name}”的各个结果都走不到当时的下一步，须指定办理结果。")
            raise CannotReplay(told.format(name=words.name))
        return engine.Plan(at, {words.outcome: outcome})

    def _ends(self, opened: engine.Opened, visit: engine.Recorded) -> datetime:
        """When it ends: as many working days after it began as then, at the same time of day."""
        if opened.at == visit.opened_at:
            return visit.closed_at
        calendar = self.stage.calendar
        days = calendar.working_days_between(visit.opened_at, visit.closed_at)
        if days <= 0:
            return opened.at + (visit.closed_at - visit.opened_at)
        return in_days(calendar, opened.at, days, visit.closed_at)

    def _call(self, name: str, given: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
        self.clocks.apply(name, given, now)
        found = self._recorded(name, given)
        if name == "publish_notice":  # the recorded period is that of other days
            found = {**found, "notice_until": self.clocks.due("notice")}
        return found

    def _recorded(self, name: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
        for key in (call_key(name, given), name):
            queue = self.results.get(key)
            if queue:
                return queue.popleft() if len(queue) > 1 else queue[0]
        return _declared(name, given)


def in_days(
    calendar: WorkingCalendar, start: datetime, days: int, like: datetime | None = None
) -> datetime:
    """So many working days on, at the time of day of `like` or else of the start."""
    if days <= 0:
        return start
    day = legal_date(calendar.deadline(start, days))
    hours = (like or start).astimezone(OFFICE_ZONE).timetz()
    return datetime.combine(day, hours).astimezone(start.tzinfo)


def _declared(name: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the operation says of itself, where that leaves one value only."""
    description = DESCRIPTIONS.get(name)
    if description is None:
        raise CannotReplay(_("没有“{name}”这项操作。").format(name=name))
    found: dict[str, Any] = {}
    for variable, values in description.sets.items():
        if len(values) != 1:
            told = _("操作“{name}”当时没有办理过，不知道它的结果。")
            raise CannotReplay(told.format(name=description.label))
        (value,) = values
        found[variable] = given.get(value[1:]) if value.startswith("=") else value
    return found


def _outcome_gone(before: UserTask, visit: engine.Recorded, words: UserTask) -> str:
    value = str(visit.sets.get(before.outcome or "", ""))
    labels = {one.value: one.label for one in before.outcomes}
    told = _("“{name}”当时的结果是“{outcome}”，新流程图没有这一分支。")
    return told.format(name=words.name, outcome=labels.get(value, value) or _("办结"))
