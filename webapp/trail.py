"""Checking the audit trail: every stream's chain of digests, from its first event to its last."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from bpmn.office import Office
from models import Case, Event
from models.events import first_broken

FETCHED_AT_ONCE = 1000


@dataclass(frozen=True)
class Checked:
    """What a check of the trail found; `broken` holds the first untrue event of each stream."""

    streams: int
    events: int
    broken: tuple[Event, ...]


def verify_streams(office: Office, stream: str = "") -> Checked:
    """Check one stream, or all of them."""
    query = select(Event).order_by(Event.stream, Event.position)
    if stream:
        query = query.where(Event.stream == stream)
    heads = dict(office.db.execute(select(Case.number, Case.event_head)).all())
    found = office.db.scalars(query.execution_options(yield_per=FETCHED_AT_ONCE))
    streams, events, broken = 0, 0, []
    for name, group in groupby(found, key=lambda event: event.stream):
        counted = _Counted(group)
        first = first_broken(counted)
        list(counted)  # go on to the next stream's events
        streams, events = streams + 1, events + counted.seen
        wrong = first or _cut_short(counted.last, heads.get(name))
        broken += [wrong] if wrong else []
    return Checked(streams, events, tuple(broken))


def _cut_short(last: Event | None, head: str | None) -> Event | None:
    """The last event, when the case remembers a later one: events were removed at the end."""
    return last if last is not None and head not in (None, last.digest) else None


class _Counted:
    """Events on their way, counted, the last one kept."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events
        self.seen = 0
        self.last: Event | None = None

    def __iter__(self) -> Iterator[Event]:
        for event in self._events:
            self.seen, self.last = self.seen + 1, event
            yield event
