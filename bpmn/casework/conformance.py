"""符合性: whether a closed case went the way its diagram draws it, and its rows tell the same.

Four independent witnesses of one history: the engine's state, a replay of it, the task rows, and
the chain of events with the ledger of the clocks. The first contradiction is named in words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn import engine
from bpmn.casework.replay_course import Course
from bpmn.casework.replaying import ClosedCase, Played, play, script_of
from bpmn.diagram import Diagram
from bpmn.errors import CannotReplay, StateMismatch
from bpmn.office import Office
from models import Event, Task
from models.clock import Entry
from models.events import first_broken

SOUND, MOVED, BROKEN = "sound", "moved", "broken"
"""It conforms; it changed its diagram on the way and is not judged; something contradicts."""
_TASK = (
    Task.case_id,
    Task.engine_id,
    Task.element,
    Task.name,
    Task.opened_at,
    Task.closed_at,
    Task.closed_by,
    Task.outcome,
)


@dataclass(frozen=True)
class Witness:
    """What the rows say of one case, beside its state."""

    tasks: Sequence[Any]
    events: Sequence[Event]


def read_witnesses(office: Office, cases: Sequence[ClosedCase]) -> dict[int, Witness]:
    """The task rows and events of many cases, in two queries."""
    tasks: defaultdict[int, list[Any]] = defaultdict(list)
    query = select(*_TASK).where(Task.case_id.in_([case.id for case in cases]))
    for row in office.db.execute(query.order_by(Task.case_id, Task.id)):
        tasks[row.case_id].append(row)
    events: defaultdict[str, list[Event]] = defaultdict(list)
    told = select(Event).where(Event.stream.in_([case.number for case in cases]))
    for event in office.db.scalars(told.order_by(Event.stream, Event.position)):
        events[event.stream].append(event)
    return {case.id: Witness(tasks[case.id], events[case.number]) for case in cases}


def contradiction(office: Office, case: ClosedCase, course: Course, witness: Witness) -> str:
    """The first thing about a closed case that does not fit, in words; empty where all does."""
    try:
        script = script_of(case, course)
    except StateMismatch:
        return _("流程状态读不出来，或者不是这一版流程图的。")
    recording = script.recording
    try:
        played = play(case, script, course, office.calendar, {})
    except CannotReplay as reason:
        return _("按流程图重放走不下去：{reason}").format(reason=reason)
    found = (
        *_against_replay(case, recording, played, course.words),
        *_against_flows(case, course),
        *_against_tasks(recording, course.words, witness.tasks),
        *_against_events(recording, course.words, witness.events),
        *_against_ledger(played.ledger, case.ledger),
    )
    return found[0] if found else ""


def _against_replay(
    case: ClosedCase, recording: engine.Recording, played: Played, words: Diagram
) -> Iterator[str]:
    pairs = zip(recording.trace, played.recording.trace, strict=False)
    for was, now in pairs:
        if was != now:
            told = _("按流程图重放，“{name}”与流程状态不一致。")
            yield told.format(name=_name(words, was[3]))
            break
    if len(recording.trace) != len(played.recording.trace):
        yield _("按流程图重放，经过的环节数与流程状态不一致。")
    if recording.ended != case.ended:
        told = _("办件登记的终点“{case}”不是流程状态的终点“{state}”。")
        state = _name(words, recording.ended or "")
        yield told.format(case=_name(words, case.ended), state=state)
    if recording.closed_at != case.closed_at:
        yield _("办件登记的办结时间与流程状态不一致。")


def _against_flows(case: ClosedCase, course: Course) -> Iterator[str]:
    """Every visit came over a flow of the diagram, or out of the step it is attached to."""
    ways = course.ways
    for visit in engine.history(course.compiled, case.state):
        if visit.parent is not None and (visit.parent, visit.element) not in ways:
            told = _("流程图上没有从“{source}”到“{target}”的连线。")
            names = (_name(course.words, one) for one in (visit.parent, visit.element))
            yield told.format_map(dict(zip(("source", "target"), names, strict=True)))


def _against_tasks(
    recording: engine.Recording, words: Diagram, rows: Sequence[Any]
) -> Iterator[str]:
    steps = {one.number: one for one in recording.visits if one.kind == engine.PERSON}
    for row in rows:
        step = steps.pop(int(row.engine_id.rpartition("-")[2]), None)
        wrong = _("流程状态中没有") if step is None else _wrong_in(row, step, words)
        if wrong:
            told = _("任务“{name}”：{wrong}。")
            yield told.format(name=row.name, wrong=wrong)
    for step in steps.values():
        told = _("流程状态中的环节“{name}”没有任务记录。")
        yield told.format(name=_name(words, step.element))


def _wrong_in(row: Any, step: engine.Recorded, words: Diagram) -> str:
    outcome = words.user_tasks[step.element].outcome
    given = step.sets.get(outcome) if outcome and step.done else None
    checks = (
        (row.element == step.element, _("登记的环节与流程状态不一致")),
        (row.opened_at == step.opened_at, _("开始时间与流程状态不一致")),
        (row.closed_at == step.closed_at, _("办结时间与流程状态不一致")),
        ((row.closed_by is not None) == step.done, _("是否有人办理与流程状态不一致")),
        (row.outcome == given, _("办理结果与流程状态不一致")),
    )
    return next((wrong for fits, wrong in checks if not fits), "")


def _against_events(
    recording: engine.Recording, words: Diagram, events: Sequence[Event]
) -> Iterator[str]:
    broken = first_broken(events)
    if broken is not None:
        yield _("第 {position} 条办理记录的校验值不对。").format(position=broken.position)
    kinds = [event.kind for event in events]
    if kinds[:1] != ["opened"]:
        yield _("办理记录不是从新建工作开始的。")
    told = [
        (str(event.detail.get("element")), event.detail.get("outcome"), event.at)
        for event in events
        if event.kind == "completed"
    ]
    done = [one for one in recording.visits if one.kind == engine.PERSON and one.done]
    if told != [_completed(one, words) for one in done]:
        yield _("办理记录中的办结事项与流程状态不一致。")


def _completed(step: engine.Recorded, words: Diagram) -> tuple[str, Any, Any]:
    outcome = words.user_tasks[step.element].outcome
    return step.element, step.sets.get(outcome) if outcome else None, step.closed_at


def _against_ledger(played: Iterable[Entry], written: Iterable[Entry]) -> Iterator[str]:
    if [_line(entry) for entry in played] != [_line(entry) for entry in written]:
        yield _("时限记录与按流程图重放的不一致。")


def _line(entry: Entry) -> tuple[object, ...]:
    return entry.clock, entry.kind, entry.working_days, entry.at


def _name(words: Diagram, element: str) -> str:
    found = words.find_node(element)
    return (found[1].name if found else "") or element or _("（空）")


def conformance_figures(found: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a conformance run, with what is not there yet."""
    return {SOUND: 0, MOVED: 0, BROKEN: 0, "reasons": {}, "moves": {}, "versions": {}, **found}
