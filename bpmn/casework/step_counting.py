"""Counting the steps that were closed on a day, once it is over: a day, a transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from bpmn.office import Office
from models import Case, Task
from models.calendar import OFFICE_ZONE, end_of_day, office_date
from models.step_counts import EVERY_ORGAN, StepCount, StepDay

_NEVER = datetime(1, 1, 2, tzinfo=UTC)
_INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_ADDED = ("count", "lapsed", "again")


def days_to_count(office: Office) -> Select[int]:
    """The query that gives 1 while a day that is over has steps that are not counted."""
    return select(literal(1)).where(exists(_uncounted(office)))


def count_next_day(office: Office) -> bool:
    """Count the first day that is over and not counted yet; False when there is none.

    Raises IntegrityError when another worker has just counted it: nothing is counted twice.
    """
    first = office.db.scalar(_uncounted(office).with_only_columns(func.min(Task.closed_at)))
    if first is None:
        return False
    day = office_date(first)
    steps = office.db.execute(_closed_on(day)).all()
    office.db.add(StepDay(day=day, ends_at=end_of_day(day), steps=len(steps)))
    office.db.flush()
    _add(office, _counted(office, day, steps))
    return True


def counted_until(office: Office) -> date | None:
    """The last day whose steps are counted; None before the first."""
    return office.db.scalar(select(func.max(StepDay.day)))


def _uncounted(office: Office) -> Any:
    """Steps closed after the last counted day and before today, Asia/Shanghai."""
    counted = select(func.max(StepDay.ends_at)).scalar_subquery()
    begun = func.coalesce(counted, literal(_NEVER, StepDay.ends_at.type))
    today = datetime.combine(office_date(office.now), datetime.min.time(), OFFICE_ZONE)
    return select(Task.id).where(Task.closed_at >= begun, Task.closed_at < today)


def _closed_on(day: date) -> Any:
    begin = datetime.combine(day, datetime.min.time(), OFFICE_ZONE)
    before = aliased(Task)
    again = exists().where(
        before.case_id == Task.case_id, before.element == Task.element, before.id < Task.id
    )
    columns = Task.element, Task.name, Task.role, Task.opened_at, Task.closed_at, Task.closed_by
    return (
        select(Case.matter, Case.authority_id, *columns, again.label("again"))
        .join(Case, Case.id == Task.case_id)
        .where(Task.closed_at >= begin, Task.closed_at < end_of_day(day))
        .order_by(Task.closed_at, Task.id)  # the newest version's words stay
    )


def _counted(office: Office, day: date, steps: Iterable[Any]) -> list[dict[str, Any]]:
    """One row for each key, with how many steps have it: by organ, and for all together."""
    sums: Counter[tuple[Any, ...]] = Counter()
    lapsed: Counter[tuple[Any, ...]] = Counter()
    again: Counter[tuple[Any, ...]] = Counter()
    words: dict[str, tuple[str, str]] = {}
    for step in steps:
        words[step.element] = step.name, step.role
        days = office.calendar.working_days_between(step.opened_at, step.closed_at)
        for organ in {step.authority_id or EVERY_ORGAN, EVERY_ORGAN}:
            key = step.matter, organ, step.element, days
            sums[key] += 1
            lapsed[key] += step.closed_by is None
            again[key] += step.again
    return [
        {
            **dict(zip(("matter", "authority_id", "element", "days"), key, strict=True)),
            "month": f"{day:%Y-%m}",
            "name": words[key[2]][0],
            "role": words[key[2]][1],
            "count": count,
            "lapsed": lapsed[key],
            "again": again[key],
        }
        for key, count in sums.items()
    ]


def _add(office: Office, rows: list[dict[str, Any]]) -> None:
    insert: Any = _INSERT[office.db.get_bind().dialect.name](StepCount)
    raised = {name: getattr(StepCount, name) + insert.excluded[name] for name in _ADDED}
    newest = {name: insert.excluded[name] for name in ("name", "role")}
    found = "matter", "authority_id", "month", "element", "days"
    statement = insert.on_conflict_do_update(index_elements=found, set_={**raised, **newest})
    office.db.execute(statement, rows)
