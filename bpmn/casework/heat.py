"""Where the time goes: how often each step of a matter was taken, and how many working days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bpmn.diagram import Diagram
from bpmn.office import Office
from models import Authority, Case, Task
from models.step_counts import EVERY_ORGAN, StepCount

COLDEST, HOTTEST = 1, 5


@dataclass(frozen=True)
class HeatWanted:
    """What is asked for: steps of the matter that were closed in the months `first` to `last`."""

    matter: str
    first: str
    last: str
    authority_id: int = EVERY_ORGAN


@dataclass(frozen=True)
class Heat:
    """One step. Days are working days from opening to closing, 0 for the same day.

    `lapsed` were taken away by a timer or another event, not done by anybody; their time counts.
    `again` had been at the step before. `open` are there now.
    """

    element: str
    name: str
    role: str
    count: int
    lapsed: int
    again: int
    median: int
    ninetieth: int
    open: int


def heat_of(office: Office, wanted: HeatWanted) -> list[Heat]:
    """Every step that was closed in the period or is open now, the longest-lasting first."""
    rows: defaultdict[str, list[StepCount]] = defaultdict(list)
    counted = select(StepCount).where(*_counted(wanted)).order_by(StepCount.id.desc())
    for row in office.db.scalars(counted):
        rows[row.element].append(row)
    waiting = _open_now(office, wanted)
    found = [
        _heat(several, waiting.pop(element, ("", "", 0))[2]) for element, several in rows.items()
    ]
    found += [
        Heat(element, name, role, 0, 0, 0, 0, 0, now)
        for element, (name, role, now) in waiting.items()
    ]
    return sorted(found, key=lambda heat: (-heat.ninetieth, -heat.median, -heat.count, heat.name))


def _heat(rows: list[StepCount], now: int) -> Heat:
    newest = max(rows, key=lambda row: row.month)
    spread: Counter[int] = Counter()
    for row in rows:
        spread[row.days] += row.count
    return Heat(
        element=newest.element,
        name=newest.name,
        role=newest.role,
        count=sum(spread.values()),
        lapsed=sum(row.lapsed for row in rows),
        again=sum(row.again for row in rows),
        median=quantile(spread, 50),
        ninetieth=quantile(spread, 90),
        open=now,
    )


def quantile(spread: Mapping[int, int], percent: int) -> int:
    """The nearest rank: the fewest days within which that share of the steps was done."""
    total, passed = sum(spread.values()), 0
    for days in sorted(spread):
        passed += spread[days]
        if passed * 100 >= total * percent:
            return days
    return 0


def levels_of(heats: Iterable[Heat]) -> dict[str, int]:
    """Each element's level of heat, from COLDEST to HOTTEST, by its 90th percentile."""
    done = [heat for heat in heats if heat.count]
    most = max((heat.ninetieth for heat in done), default=0)
    steps = HOTTEST - COLDEST
    return {one.element: COLDEST + round(steps * one.ninetieth / max(most, 1)) for one in done}


def called_levels(diagram: Diagram, levels: Mapping[str, int]) -> dict[str, int]:
    """The same with each call as hot as the hottest step inside what it calls."""
    found = dict(levels)
    inside: defaultdict[str, int] = defaultdict(int)
    for task in diagram.user_tasks.values():
        inside[task.process] = max(inside[task.process], levels.get(task.element, 0))
    for _deep in diagram.processes:  # a call inside a called diagram passes its heat on
        for process in diagram.processes.values():
            for node in process.nodes.values():
                if node.calls and inside[node.calls]:
                    found[node.id] = inside[node.calls]
                    inside[process.id] = max(inside[process.id], inside[node.calls])
    return found


def organs_of(office: Office, matter: str) -> list[tuple[int, str]]:
    """(id, name) of the organs whose steps have been counted, in the order of their codes."""
    counted = select(StepCount.authority_id).where(StepCount.matter == matter).distinct()
    query = select(Authority.id, Authority.name).where(Authority.id.in_(counted))
    return [(key, name) for key, name in office.db.execute(query.order_by(Authority.code))]


def months_of(office: Office, matter: str) -> list[str]:
    """The months that have figures, the newest first: 2026-11."""
    whole = StepCount.matter == matter, StepCount.authority_id == EVERY_ORGAN
    query = select(StepCount.month).where(*whole).distinct()
    return sorted(office.db.scalars(query), reverse=True)


def _counted(wanted: HeatWanted) -> list[ColumnElement[bool]]:
    return [
        StepCount.matter == wanted.matter,
        StepCount.authority_id == wanted.authority_id,
        StepCount.month.between(wanted.first, wanted.last),
    ]


def _open_now(office: Office, wanted: HeatWanted) -> dict[str, tuple[str, str, int]]:
    organ: list[Any] = [Case.authority_id == wanted.authority_id] if wanted.authority_id else []
    names = func.max(Task.name), func.max(Task.role)
    query = (
        select(Task.element, *names, func.count())
        .join(Case, Case.id == Task.case_id)
        .where(Task.closed_at.is_(None), Case.matter == wanted.matter, *organ)
        .group_by(Task.element)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in office.db.execute(query)}
