"""The statutory clocks of a replayed case: what its operations would do to them, in memory.

Mirrors `bpmn.operations`: each operation here appends what the real one writes to the ledger. The
conformance of closed cases compares the two, entry by entry.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from gettext import gettext as _
from typing import Any

from bpmn.errors import DiagramFault
from models import NO_LIMIT, WorkingCalendar
from models.clock import EXTEND, FINISH, RESUME, START, SUSPEND, Clock, Entry, fold_run, read_clock

NOTICE, ANSWER, DECISION = "notice", "answer", "decision"


@dataclass(frozen=True)
class SimulatedEntry:
    """One entry of a ledger that is never written."""

    clock: str
    kind: str
    working_days: int
    article: str
    at: datetime


@dataclass
class SimulatedClocks:
    """The ledger of one replayed case. `recorded` is the real one, for what officers set."""

    calendar: WorkingCalendar
    recorded: Iterable[Entry] = ()
    entries: list[Entry] = field(default_factory=list)
    _dues: dict[str, str | None] = field(default_factory=dict)

    def due(self, clock: str) -> str | None:
        """As `due("<clock>")` in a diagram: an ISO time, or None while the clock stands."""
        if clock not in self._dues:
            read = read_clock(clock, self.entries, self.calendar)
            if read is None:
                raise DiagramFault(None, _("时限“{name}”还没有起算").format(name=clock))
            runs = read.finished_at is None and read.due_at != NO_LIMIT
            self._dues[clock] = read.due_at.isoformat() if runs else None
        return self._dues[clock]

    def read(self, clock: str) -> Clock | None:
        return read_clock(clock, self.entries, self.calendar)

    def apply(self, operation: str, given: Mapping[str, Any], now: datetime) -> None:
        """Do to the clocks what the operation does; most do nothing."""
        effect = _EFFECTS.get(operation)
        if effect is not None:
            effect(self, given, now)

    def add(self, clock: str, kind: str, at: datetime, working_days: int = 0) -> None:
        self.entries.append(SimulatedEntry(clock, kind, working_days, "", at))
        self._dues.clear()

    def starts(self, clock: str) -> list[Entry]:
        return [one for one in self.entries if one.clock == clock and one.kind == START]

    def recorded_days(self, clock: str) -> int:
        """How long the clock's next run was set to, by the officer who set it."""
        runs = [one for one in self.recorded if one.clock == clock and one.kind == START]
        nth = len(self.starts(clock))
        return runs[min(nth, len(runs) - 1)].working_days if runs else 0

    def end_all(self, now: datetime) -> None:
        for name in sorted({entry.clock for entry in self.entries}):
            read = self.read(name)
            if read is not None and read.finished_at is None:
                self.add(name, FINISH, now)


_Effect = Callable[[SimulatedClocks, Mapping[str, Any], datetime], None]


def _start(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
    since = clocks.starts(given["since"]) if given.get("since") else []
    at = since[-1].at if since else now
    clocks.add(given["kind"], START, at, given["working_days"])


def _start_expert(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
    clocks.add(given["kind"], START, now, clocks.recorded_days(given["kind"]))


def _one(kind: str) -> _Effect:
    def append(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
        clocks.add(given["kind"], kind, now, given.get("working_days", 0))

    return append


def _publish(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
    read = clocks.read(NOTICE)
    if read is None or read.finished_at is not None:
        clocks.add(NOTICE, START, now, given["working_days"])


def _close_notice(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
    clocks.add(NOTICE, FINISH, now)


def _ask(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
    clocks.add(DECISION, SUSPEND, now)
    clocks.add(ANSWER, START, now, given["working_days"])


def _miss_answer(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
    clocks.add(ANSWER, FINISH, now)


def _resume(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
    clocks.add(ANSWER, FINISH, now)
    clocks.add(DECISION, RESUME, now)


def _end_all(clocks: SimulatedClocks, given: Mapping[str, Any], now: datetime) -> None:
    clocks.end_all(now)


_EFFECTS: Mapping[str, _Effect] = {
    "start_clock": _start,
    "suspend_clock": _one(SUSPEND),
    "resume_clock": _one(RESUME),
    "extend_clock": _one(EXTEND),
    "finish_clock": _one(FINISH),
    "start_expert_clock": _start_expert,
    "publish_notice": _publish,
    "close_notice": _close_notice,
    "ask_claimant": _ask,
    "ask_respondent": _ask,
    "note_silence": _miss_answer,
    "resume_examination": _resume,
    "close_withdrawn": _end_all,
    "close_terminated": _end_all,
    "close_needless": _end_all,
    "hand_over_claim": _end_all,
    "deem_renewed": _end_all,
    "close_expired": _end_all,
}

ORGAN_CLOCKS = frozenset({"acceptance", "decision", "issue", "rating"})
"""The statutory periods that the organ has to keep."""


def ran_late(entries: Iterable[Entry], calendar: WorkingCalendar) -> bool:
    """Whether a period that the organ has to keep was ended after its last day."""
    runs: dict[str, list[list[Entry]]] = {}
    for entry in entries:
        if entry.clock in ORGAN_CLOCKS:
            if entry.kind == START:
                runs.setdefault(entry.clock, []).append([])
            runs[entry.clock][-1].append(entry)
    clocks = (fold_run(run, calendar) for found in runs.values() for run in found)
    return any(one.finished_at > one.due_at for one in clocks if one.finished_at)
