"""The recording of a closed case, laid out so that each question of a replay is one look-up."""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bpmn import engine
from bpmn.diagram import Diagram

AT_ONCE = timedelta(0)


@dataclass(frozen=True)
class Script:
    """What a case is replayed from: its recording, with the diagram that it was recorded on.

    `delays` are how late the worker noticed each timer that fired, in their order by element.
    """

    recording: engine.Recording
    words: Diagram
    delays: Mapping[str, list[timedelta]] = field(default_factory=dict)


def delays_of(
    recording: engine.Recording, woken: Iterable[tuple[datetime, datetime]]
) -> Mapping[str, list[timedelta]]:
    """How late each timer was noticed; `woken` pairs when the worker came with what was due."""
    came: defaultdict[datetime, deque[datetime]] = defaultdict(deque)
    for seen, due in woken:
        came[seen].append(due)
    found: defaultdict[str, list[timedelta]] = defaultdict(list)
    for visits in by_element(recording.visits).values():
        for visit in visits:
            if visit.kind == engine.TIMER:
                found[visit.element].append(_delay(visit, came[visit.closed_at]))
    return found


def _delay(visit: engine.Recorded, dues: deque[datetime]) -> timedelta:
    if not visit.done:
        return AT_ONCE
    due = visit.due_at or (dues.popleft() if len(dues) > 1 else next(iter(dues), visit.closed_at))
    return visit.closed_at - due


def by_element(visits: Iterable[engine.Recorded]) -> dict[str, list[engine.Recorded]]:
    found: defaultdict[str, list[engine.Recorded]] = defaultdict(list)
    for visit in visits:
        if visit.kind != engine.OPERATION:
            found[visit.element].append(visit)
    return {
        element: sorted(those, key=lambda visit: (visit.opened_at, visit.number))
        for element, those in found.items()
    }


def by_call(visits: Iterable[engine.Recorded]) -> dict[str, deque[Mapping[str, Any]]]:
    """What each operation found out, in order: by its parameters, and whatever these were."""
    found: defaultdict[str, deque[Mapping[str, Any]]] = defaultdict(deque)
    for visit in visits:
        if visit.kind == engine.OPERATION and visit.done:
            for key in (call_key(visit.name, visit.parameters), visit.name):
                found[key].append(visit.sets)
    return found


def call_key(name: str, given: Mapping[str, Any]) -> str:
    return f"{name} {json.dumps(given, sort_keys=True, ensure_ascii=False)}"


def by_message(visits: Iterable[engine.Recorded]) -> dict[str, list[engine.Recorded]]:
    found: defaultdict[str, list[engine.Recorded]] = defaultdict(list)
    for visit in visits:
        if visit.kind == engine.MESSAGE and visit.done:
            found[visit.name].append(visit)
    return found


def milestones(recording: engine.Recording) -> list[tuple[float, str]]:
    """The steps of people in the order of their ends, and the end itself."""
    done = [visit for visit in recording.visits if visit.kind == engine.PERSON and visit.done]
    ended = [(float("inf"), recording.ended or "")]
    return [(float(visit.place), visit.element) for visit in done] + ended
