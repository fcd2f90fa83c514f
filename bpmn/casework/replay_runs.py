"""Questions about all closed cases of a matter: asked once, worked off in batches, kept.

A batch is read and played without holding anything, then added to the figures in a short
transaction: nobody waits for a replay, and one that is cut off goes on where it stood.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from bpmn.casework.conformance import (
    BROKEN,
    MOVED,
    SOUND,
    conformance_figures,
    contradiction,
    read_witnesses,
)
from bpmn.casework.replay_asking import assumptions_of, closed_cases, wanted_of
from bpmn.casework.replay_clocks import ran_late
from bpmn.casework.replay_course import Course
from bpmn.casework.replay_figures import (
    Compared,
    Side,
    add_case,
    add_to_group,
    empty_figures,
)
from bpmn.casework.replay_paths import path_of
from bpmn.casework.replaying import (
    CLOSED,
    ClosedCase,
    course_of_files,
    course_of_version,
    read_closed,
    script_of,
    walk,
)
from bpmn.casework.stand_in import Assumption
from bpmn.errors import CannotReplay, StateMismatch
from bpmn.office import Office
from models import Case, Replay
from models.replays import CONFORMANCE, DONE, RUNNING, WHAT_IF

BATCH = 100
"""Cases played in one go: about half a second."""
LONGEST = 3.0
"""Seconds after which a batch ends with the case in hand: a draft that is not proved may keep each
case going round, and a worker has other work.
"""


@dataclass(frozen=True)
class Batch:
    """What came of the next cases of a replay, not yet added to its figures."""

    replay_id: int
    after: int
    cases: tuple[ClosedCase, ...]
    compared: tuple[Compared, ...] = ()
    checked: tuple[tuple[ClosedCase, str], ...] = ()


def next_batch(
    office: Office, replay_id: int, size: int = BATCH, seconds: float = LONGEST
) -> Batch | None:
    """Read and play the next cases; None where nothing is left to do."""
    replay = office.db.get(Replay, replay_id)
    if replay is None or replay.status != RUNNING:
        return None
    cases = tuple(read_closed(office, _next_rows(office, replay, size)))
    if replay.kind == CONFORMANCE:
        return Batch(replay.id, replay.looked, cases, checked=_checked(office, cases))
    compared = _compared(office, replay, cases, seconds)
    return Batch(replay.id, replay.looked, cases[: len(compared)], compared)


def keep_batch(office: Office, batch: Batch) -> bool:
    """Add a batch to its replay's figures, unless another worker was faster. False at the end."""
    replay = office.db.get_one(Replay, batch.replay_id, with_for_update=True)
    if replay.status != RUNNING or replay.looked != batch.after:
        return replay.status == RUNNING
    if batch.cases:
        last = batch.cases[-1]
        replay.position_at, replay.position = last.closed_at, last.id
        replay.looked += len(batch.cases)
        replay.found = _added(office, replay, batch)
    if not batch.cases or replay.looked >= replay.total:
        replay.status, replay.finished_at = DONE, office.now
    return replay.status == RUNNING


def compare_case(
    office: Office, case: ClosedCase, target: Course, assumptions: Mapping[str, Assumption]
) -> Compared:
    """One closed case as it was and as it would have been on the target."""
    own = course_of_version(office, case.version_id)
    try:
        script = script_of(case, own)
    except StateMismatch:
        return Compared(case.number, Side((), False), None, _("流程状态读不出来。"))
    before = Side(path_of(script.recording, own), ran_late(case.ledger, office.calendar))
    try:
        played = walk(case, script, target, office.calendar, assumptions)
    except CannotReplay as reason:
        return Compared(case.number, before, None, str(reason))
    late = ran_late(played.ledger, office.calendar)
    return Compared(case.number, before, Side(path_of(played.recording, target), late))


def _next_rows(office: Office, replay: Replay, size: int) -> Any:
    left = min(size, replay.total - replay.looked)
    query = select(*CLOSED).where(*closed_cases(wanted_of(replay)), *_behind(replay))
    return office.db.execute(
        query.order_by(Case.closed_at.desc(), Case.id.desc()).limit(left)
    ).all()


def _behind(replay: Replay) -> list[ColumnElement[bool]]:
    at: datetime | None = replay.position_at
    if at is None:
        return []
    same = and_(Case.closed_at == at, Case.id < replay.position)
    return [Case.closed_at <= at, or_(Case.closed_at < at, same)]


def _compared(
    office: Office, replay: Replay, cases: tuple[ClosedCase, ...], seconds: float
) -> tuple[Compared, ...]:
    """Of the first cases, as many as the time suffices for; of one at least."""
    target, assumptions = course_of_files(replay.files or {}), assumptions_of(replay)
    end, compared = time.monotonic() + seconds, []
    for case in cases:
        compared.append(compare_case(office, case, target, assumptions))
        if time.monotonic() >= end:
            break
    return tuple(compared)


def _checked(office: Office, cases: tuple[ClosedCase, ...]) -> tuple[tuple[ClosedCase, str], ...]:
    """Each case with what contradicts it; MOVED for one that changed its diagram on the way."""
    witnesses = read_witnesses(office, cases)
    courses = {one: course_of_version(office, one) for one in {case.version_id for case in cases}}
    return tuple(
        (
            case,
            MOVED
            if _was_moved(witnesses[case.id].events)
            else contradiction(office, case, courses[case.version_id], witnesses[case.id]),
        )
        for case in cases
    )


def _was_moved(events: Any) -> bool:
    kinds = [event.kind for event in events]
    return kinds.count("migrated") > kinds.count("migration_undone")


def _added(office: Office, replay: Replay, batch: Batch) -> dict[str, Any]:
    if replay.kind == WHAT_IF:
        figures = {**empty_figures(), **_copied(replay.found)}
        for compared in batch.compared:
            add_case(figures, compared, office.calendar)
        return figures
    figures = conformance_figures(_copied(replay.found))
    for case, wrong in batch.checked:
        _add_checked(figures, case, wrong)
    return figures


def _copied(found: Mapping[str, Any]) -> dict[str, Any]:
    # A changed part of a JSON column is not noticed: the whole must be another object.
    copied: dict[str, Any] = json.loads(json.dumps(found))
    return copied


def _add_checked(figures: dict[str, Any], case: ClosedCase, wrong: str) -> None:
    kind = {"": SOUND, MOVED: MOVED}.get(wrong, BROKEN)
    figures[kind] += 1
    version = figures["versions"].setdefault(str(case.version_id), {SOUND: 0, MOVED: 0, BROKEN: 0})
    version[kind] += 1
    if wrong:
        add_to_group(figures["reasons" if kind == BROKEN else "moves"], wrong, case.number)
