"""The figures of a replay: sums and spreads that a batch of cases is added to, kept as JSON.

Days are counted as spreads (so many cases of so many days): a million cases take no more room than
the longest of them has days, and the median is exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bpmn import engine
from bpmn.casework.heat import quantile
from bpmn.casework.replay_paths import (
    PathStep,
    difference_words,
    first_difference,
    submitted_at,
)
from models import WorkingCalendar

MOST_NUMBERS = 50
"""Case numbers that are kept of a group; its count goes on."""
BEFORE, AFTER = "before", "after"
Figures = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """A case as it was, or as it would have been."""

    path: Sequence[PathStep]
    late: bool


@dataclass(frozen=True)
class Compared:
    """One case held against its replay; `after` is None with a `reason` where there is none."""

    number: str
    before: Side
    after: Side | None
    reason: str = ""


def empty_figures() -> Figures:
    return {"same": 0, "other": 0, "blocked": 0, "groups": {}, "reasons": {}} | {
        side: {"ends": {}, "days": {}, "late": 0, "load": {}} for side in (BEFORE, AFTER)
    }


def add_case(figures: Figures, compared: Compared, calendar: WorkingCalendar) -> None:
    """Add one case. Those that cannot be replayed count on neither side: they would not balance."""
    if compared.after is None:
        figures["blocked"] += 1
        add_to_group(figures["reasons"], compared.reason, compared.number)
        return
    place = first_difference(compared.before.path, compared.after.path)
    figures["same" if place is None else "other"] += 1
    if place is not None:
        told = difference_words(compared.before.path, compared.after.path, place)
        add_to_group(figures["groups"], told, compared.number)
    _add_side(figures[BEFORE], compared.before, calendar)
    _add_side(figures[AFTER], compared.after, calendar)


def add_to_group(groups: dict[str, Any], words: str, number: str) -> None:
    """Count a case among those of the same words."""
    group = groups.setdefault(words, {"count": 0, "numbers": []})
    group["count"] += 1
    if len(group["numbers"]) < MOST_NUMBERS:
        group["numbers"].append(number)


def _add_side(figures: Figures, side: Side, calendar: WorkingCalendar) -> None:
    end = side.path[-1]
    _count(figures["ends"], end.words)
    begun = submitted_at(side.path)
    if begun is not None:
        days = calendar.working_days_between(begun, end.closed_at)
        _count(figures["days"], str(max(days, 0)))
        figures["late"] += side.late
    for step in side.path:
        if step.kind == engine.PERSON:
            days = calendar.working_days_between(step.opened_at, step.closed_at)
            load = figures["load"].setdefault(step.role, [0, 0])
            load[0] += 1
            load[1] += max(days, 0)


def _count(counts: dict[str, int], key: str) -> None:
    counts[key] = counts.get(key, 0) + 1


@dataclass(frozen=True)
class Pair:
    """One figure before and after."""

    name: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Group:
    """Cases of one reason or one difference, the most frequent first."""

    words: str
    count: int
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The figures as they are read. Days are working days from the first step of an organ."""

    same: int
    other: int
    blocked: int
    groups: tuple[Group, ...]
    reasons: tuple[Group, ...]
    ends: tuple[Pair, ...]
    median: Pair
    ninetieth: Pair
    late: Pair
    timed: int
    """Cases that were handed in: those that the days and the late ones are counted of."""
    tasks: tuple[Pair, ...] = field(default=())
    days: tuple[Pair, ...] = field(default=())
    """Load by role: steps, and working days."""

    @property
    def played(self) -> int:
        return self.same + self.other


def read_figures(figures: Figures) -> Answer:
    known = {**empty_figures(), **figures}
    before, after = known[BEFORE], known[AFTER]
    spreads = [{int(day): n for day, n in side["days"].items()} for side in (before, after)]
    return Answer(
        same=known["same"],
        other=known["other"],
        blocked=known["blocked"],
        groups=groups_of(known["groups"]),
        reasons=groups_of(known["reasons"]),
        ends=_pairs(before["ends"], after["ends"]),
        median=Pair("", *(quantile(spread, 50) for spread in spreads)),
        ninetieth=Pair("", *(quantile(spread, 90) for spread in spreads)),
        late=Pair("", before["late"], after["late"]),
        timed=sum(spreads[1].values()),
        tasks=_load(before["load"], after["load"], 0),
        days=_load(before["load"], after["load"], 1),
    )


def groups_of(groups: Mapping[str, Any]) -> tuple[Group, ...]:
    found = [Group(words, one["count"], tuple(one["numbers"])) for words, one in groups.items()]
    return tuple(sorted(found, key=lambda group: (-group.count, group.words)))


def _pairs(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Pair, ...]:
    names = _names(before, after)
    return tuple(Pair(name, before.get(name, 0), after.get(name, 0)) for name in names)


def _load(
    before: Mapping[str, Sequence[int]], after: Mapping[str, Sequence[int]], place: int
) -> tuple[Pair, ...]:
    none = (0, 0)
    return tuple(
        Pair(name, before.get(name, none)[place], after.get(name, none)[place])
        for name in _names(before, after)
    )


def _names(before: Iterable[str], after: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*before, *after]))
