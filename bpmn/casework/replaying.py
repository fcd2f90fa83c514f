"""Replaying one closed case: its rows and state in, what came of it on a diagram out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from bpmn import engine
from bpmn.casework.replay_clocks import SimulatedClocks
from bpmn.casework.replay_course import Course, course_of
from bpmn.casework.running import load_diagram, words_of
from bpmn.casework.script import Script, delays_of
from bpmn.casework.stand_in import Assumption, OfficeStandIn, Stage
from bpmn.diagram import encode_files
from bpmn.errors import CannotReplay, DiagramFault
from bpmn.office import Office
from models import Case, ClockEntry, Event, WorkingCalendar
from models.calendar import end_of_day
from models.clock import Entry

CLOSED = (
    Case.id,
    Case.number,
    Case.matter,
    Case.diagram_version_id,
    Case.state,
    Case.opened_at,
    Case.closed_at,
    Case.ended,
)
"""The columns of a closed case that a replay reads."""


@dataclass(frozen=True)
class ClosedCase:
    """A closed case as its rows have it, read with many others in three queries.

    `moments` are the times of its events, `woken` when the worker came for a timer and what was
    due then; all aware UTC.
    """

    id: int
    number: str
    version_id: int
    state: bytes
    opened_at: datetime
    closed_at: datetime
    ended: str
    moments: tuple[datetime, ...]
    woken: tuple[tuple[datetime, datetime], ...]
    ledger: tuple[Entry, ...]


@dataclass(frozen=True)
class Played:
    """A case as replayed, with its ledger."""

    recording: engine.Recording
    ledger: tuple[Entry, ...]


def read_closed(office: Office, rows: Sequence[Any]) -> list[ClosedCase]:
    """The cases of rows of the columns CLOSED, in the same order."""
    events = _events(office, [row.number for row in rows])
    ledgers = _ledgers(office, [row.id for row in rows])
    return [_closed(row, events[row.number], ledgers[row.id]) for row in rows]


def course_of_version(office: Office, version_id: int) -> Course:
    loaded = load_diagram(office, version_id)
    return course_of(loaded.compiled, loaded.words)


def course_of_files(files: Mapping[str, str]) -> Course:
    """Of a draft's files. Raises DiagramRejected."""
    return _kept_course(engine.compile_diagram(encode_files(files)))


@lru_cache(maxsize=8)
def _kept_course(compiled: engine.CompiledDiagram) -> Course:
    # One compiled diagram is one object: what was played on it is known in the next batch.
    return course_of(compiled, words_of(compiled))


def script_of(case: ClosedCase, course: Course) -> Script:
    """What happened to the case, by its own version's diagram. Raises StateMismatch."""
    moments = (case.opened_at, *case.moments)
    recording = engine.read_recording(course.compiled, case.state, moments, course.sets)
    return Script(recording, course.words, delays_of(recording, case.woken))


def play(
    case: ClosedCase,
    script: Script,
    course: Course,
    calendar: WorkingCalendar,
    assumptions: Mapping[str, Assumption],
) -> Played:
    """The case on that diagram. Raises CannotReplay with the reason in words."""
    clocks = SimulatedClocks(calendar, case.ledger)
    stage = Stage(course.words, calendar, assumptions, course.leads_on)
    stand_in = OfficeStandIn(script, stage, clocks)
    try:
        recording = engine.replay(
            course.compiled, script.recording.variables, case.opened_at, stand_in, course.sets
        )
    except DiagramFault as fault:
        raise CannotReplay(str(fault)) from fault
    return Played(recording, tuple(clocks.entries))


def walk(
    case: ClosedCase,
    script: Script,
    course: Course,
    calendar: WorkingCalendar,
    assumptions: Mapping[str, Assumption],
) -> Played:
    """As `play`, over ways that other cases have gone before: without operations and trace."""
    stage = Stage(course.words, calendar, assumptions, course.leads_on)
    used: list[SimulatedClocks] = []

    def stand_in() -> OfficeStandIn:
        used.append(SimulatedClocks(calendar, case.ledger))
        return OfficeStandIn(script, stage, used[-1])

    try:
        recording = course.known.replay(script.recording.variables, case.opened_at, stand_in)
    except DiagramFault as fault:
        raise CannotReplay(str(fault)) from fault
    return Played(recording, tuple(used[-1].entries))


def _closed(row: Any, events: Iterable[Any], ledger: Iterable[Entry]) -> ClosedCase:
    known = list(events)
    return ClosedCase(
        id=row.id,
        number=row.number,
        version_id=row.diagram_version_id,
        state=row.state,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        ended=row.ended or "",
        moments=tuple(event.at for event in known),
        woken=tuple((event.at, _due(event)) for event in known if event.kind == "woken"),
        ledger=tuple(ledger),
    )


def _due(event: Any) -> datetime:
    return end_of_day(date.fromisoformat(event.detail["due"]))


def _events(office: Office, numbers: Sequence[str]) -> Mapping[str, list[Any]]:
    query = (
        select(Event.stream, Event.kind, Event.at, Event.detail)
        .where(Event.stream.in_(numbers))
        .order_by(Event.stream, Event.position)
    )
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for event in office.db.execute(query):
        found[event.stream].append(event)
    return found


def _ledgers(office: Office, ids: Sequence[int]) -> Mapping[int, list[Any]]:
    columns = ClockEntry.case_id, ClockEntry.clock, ClockEntry.kind, ClockEntry.working_days
    query = (
        select(*columns, ClockEntry.article, ClockEntry.at)
        .where(ClockEntry.case_id.in_(ids))
        .order_by(ClockEntry.case_id, ClockEntry.id)
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for entry in office.db.execute(query):
        found[entry.case_id].append(entry)
    return found
