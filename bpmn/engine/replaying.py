"""Playing a case in memory from a recording, on the diagram it ran on or on another one.

One workflow from the first variables to the end, no bytes in between. Who acts next, when and
with what is asked of a `StandIn`; the engine knows neither calendar nor recording.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Any, Protocol

from SpiffWorkflow.bpmn.util import BpmnEvent

from bpmn.engine.codec import CompiledDiagram, new_case
from bpmn.engine.recording import (
    MESSAGE,
    PERSON,
    TIMER,
    Recording,
    microseconds,
    recording_of,
)
from bpmn.engine.specs import HostClock, OfficeScriptEngine, PayloadMessage
from bpmn.engine.speed import SwiftWorkflow
from bpmn.engine.standing import element_of, open_tasks, waiting_events
from bpmn.engine.steps import faults, run_on
from bpmn.engine.values import Host, check_variables
from bpmn.errors import ReplayEndless, ReplayStuck

MOST_STEPS = 500
"""Steps of one case; more means a loop that no recording ever leaves."""


@dataclass(frozen=True)
class Opened:
    """A step that waits now for a person or a message (`name`): the nth visit, counted from 0."""

    kind: str
    element: str
    name: str
    nth: int
    at: datetime


@dataclass(frozen=True)
class Waiting:
    """What a case waits for: a person, a message (`name`), or a timer.

    A timer follows a `clock` or is due at a `fixed` time. `id` is the engine's.
    """

    id: int
    kind: str
    element: str
    name: str = ""
    clock: str = ""
    fixed: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """When a waiting step goes on and what it then sets; `place` decides between equal times."""

    at: datetime
    sets: Mapping[str, Any]
    place: float = inf


class StandIn(Protocol):
    """Stands in for people, operations, messages and time."""

    def host(self, now: datetime, seen_at: datetime) -> Host:
        """What the diagram may ask at this moment."""

    def plan(self, opened: Opened) -> Plan | None:
        """When and how the step goes on; None when nothing is known to happen to it."""

    def delay(self, element: str, nth: int) -> timedelta:
        """How long after its due time that timer is noticed."""


def replay(
    diagram: CompiledDiagram,
    variables: Mapping[str, Any],
    opened_at: datetime,
    stand_in: StandIn,
    sets: Mapping[str, Collection[str]],
) -> Recording:
    """Play a case to its end and record it.

    Raises ReplayStuck when nothing can happen any more, ReplayEndless when it never ends, and
    whatever the stand-in or the diagram raises.
    """
    player = EnginePlayer(diagram, stand_in)
    player.play(variables, opened_at)
    return recording_of(player.case, sorted(set(player.moments)), sets)


class Player:
    """Lets happen what happens next until the case has ended; `moments` are those of its steps.

    Whoever derives from it says what becomes of a step: `begin`, `act`, `standing`, `completed`.
    """

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.moments: list[datetime] = []
        self._counted: dict[str, int] = {}
        self._known: dict[int, tuple[int, Plan | None]] = {}

    @property
    def completed(self) -> bool:
        raise NotImplementedError

    def standing(self) -> Sequence[Waiting]:
        """What the case waits for now."""
        raise NotImplementedError

    def begin(self, variables: Mapping[str, Any], host: Host) -> None:
        """The first step."""
        raise NotImplementedError

    def act(self, host: Host, seen: datetime, waiting: Waiting | None, plan: Plan | None) -> None:
        """One more: `waiting` goes on as planned, or without it the timers that are due fire."""
        raise NotImplementedError

    def play(self, variables: Mapping[str, Any], at: datetime) -> None:
        self.now, self.host = at, self.stand_in.host(at, at)
        self.moments.append(at)
        self.begin(variables, self.host)
        for _step in range(MOST_STEPS):
            self._look()
            if self.completed:
                return
            self._go_on()
        raise ReplayEndless

    def due(self, timer: Waiting) -> datetime | None:
        if not timer.clock:
            return timer.fixed
        due = self.host.functions["due"](timer.clock)
        return None if due is None else datetime.fromisoformat(due)

    def _go_on(self) -> None:
        """A timer that is due before what was planned, or with it, goes first."""
        waiting, plan = self._next_plan()
        timer = self._next_timer()
        if timer is not None and (plan is None or timer[0] <= plan.at):
            due, fires = timer
            seen = due + self.stand_in.delay(fires.element, self._known[fires.id][0])
            self._step(due, seen if plan is None else min(seen, plan.at), None, None)
        elif waiting is not None and plan is not None:
            self._step(plan.at, plan.at, waiting, plan)
        else:
            raise ReplayStuck([one.element for one in self.standing()])

    def _step(
        self, now: datetime, seen: datetime, waiting: Waiting | None, plan: Plan | None
    ) -> None:
        self.now, self.host = seen, self.stand_in.host(now, seen)
        self.moments.append(seen)
        self.act(self.host, seen, waiting, plan)

    def _look(self) -> None:
        """Count what has begun to wait, and ask what will become of it."""
        for one in self.standing():
            if one.id not in self._known:
                nth = self._counted.get(one.element, 0)
                self._counted[one.element] = nth + 1
                opened = Opened(one.kind, one.element, one.name, nth, self.now)
                plan = None if one.kind == TIMER else self.stand_in.plan(opened)
                self._known[one.id] = nth, plan

    def _next_plan(self) -> tuple[Waiting | None, Plan | None]:
        planned = [
            (plan.at, plan.place, one.id, one, plan)
            for one in self.standing()
            if (plan := self._known[one.id][1]) is not None
        ]
        if not planned:
            return None, None
        *_order, waiting, plan = min(planned, key=lambda entry: entry[:3])
        return waiting, plan if plan.at >= self.now else Plan(self.now, plan.sets, plan.place)

    def _next_timer(self) -> tuple[datetime, Waiting] | None:
        timers = (one for one in self.standing() if one.kind == TIMER)
        due = [(moment, one) for one in timers if (moment := self.due(one)) is not None]
        return min(due, key=lambda entry: (entry[0], entry[1].id), default=None)


class EnginePlayer(Player):
    """Plays in the engine; `ticks` are its times at the beginning of each step."""

    def __init__(self, diagram: CompiledDiagram, stand_in: StandIn) -> None:
        super().__init__(stand_in)
        self.diagram = diagram
        self.ticks: list[int] = []
        self._standing: tuple[Waiting, ...] = ()

    @property
    def completed(self) -> bool:
        return bool(self.case.completed)

    def standing(self) -> Sequence[Waiting]:
        return self._standing

    def begin(self, variables: Mapping[str, Any], host: Host) -> None:
        first = check_variables(variables)
        self.case = new_case(self.diagram, host)
        self.ticks.append(self.case.now_us)
        with faults():
            self.case.begin()
            self.case.task_tree.data.update(first)
            run_on(self.case)
        self._standing = tuple(_standing(self.case))

    def act(self, host: Host, seen: datetime, waiting: Waiting | None, plan: Plan | None) -> None:
        case = self.case
        case.script_engine = OfficeScriptEngine(host)
        case.now_us, case.rounds = max(case.now_us, microseconds(seen)), 0
        self.ticks.append(case.now_us)
        with faults():
            run_on(case)
            if waiting is not None and plan is not None:
                self._let(waiting, check_variables(plan.sets))
                run_on(case)
        self._standing = tuple(_standing(case))

    def _let(self, waiting: Waiting, sets: dict[str, Any]) -> None:
        if waiting.kind == MESSAGE:
            self.case.send_event(BpmnEvent(PayloadMessage(waiting.name), sets))
            return
        task = self.case.get_task_from_id(waiting.id)
        task.data.update(sets)
        task.run()


def _standing(case: SwiftWorkflow) -> Iterator[Waiting]:
    for task in open_tasks(case).values():
        yield Waiting(task.id, PERSON, element_of(task))
    for task, event in list(waiting_events(case)):
        element = element_of(task)
        if isinstance(event, PayloadMessage):
            yield Waiting(task.id, MESSAGE, element, name=event.name)
        elif isinstance(event, HostClock):
            yield Waiting(task.id, TIMER, element, clock=event.clock)
        else:
            fixed = datetime.fromisoformat(task.internal_data["event_value"])
            yield Waiting(task.id, TIMER, element, fixed=fixed)
