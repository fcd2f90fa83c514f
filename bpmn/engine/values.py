"""What goes into the engine and what comes out: plain frozen values, no engine inside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

CANCELLED = "cancelled"
"""`Step.ended` of a case that was stopped by `cancel` and so reached no end event."""

MAX_TEXT = 2000
MAX_ENTRIES = 1000


@dataclass(frozen=True)
class Host:
    """What a running diagram may ask of its office.

    `now` is aware UTC and the only clock; `functions` are callable from expressions
    (`working_days(n)` returns an ISO time with offset, `due(clock)` the same or None while that
    clock does not run); `call` runs an operation with its parameters and returns the routing
    variables to set. `seen_at` is the time that the trace shows, where that is later than `now`.
    """

    now: datetime
    functions: Mapping[str, Callable[..., Any]]
    call: Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
    seen_at: datetime | None = None


@dataclass(frozen=True)
class OpenedTask:
    """A user task that waits for a person; `id` is unique over all cases."""

    id: str
    element: str
    name: str
    properties: Mapping[str, str]


@dataclass(frozen=True)
class ClosedTask:
    """A task that was open before; `completed` is False where an event cancelled it."""

    id: str
    element: str
    completed: bool


@dataclass(frozen=True)
class Step:
    """The case after one step.

    `wake_at` is the next due time (UTC): the earlier of `fixed_at` and the due times of `clocks`,
    which some of its timers follow. `messages` are the names now expected, `ended` the id of the
    end event reached (or CANCELLED), `variables` the routing variables as they stand.
    """

    state: bytes
    opened: tuple[OpenedTask, ...]
    closed: tuple[ClosedTask, ...]
    wake_at: datetime | None
    fixed_at: datetime | None
    clocks: tuple[str, ...]
    messages: frozenset[str]
    ended: str | None
    variables: Mapping[str, Any]


@dataclass(frozen=True)
class Fired:
    """The rule of a table that decided, by its id, and the routing variables as it left them."""

    rule: str
    variables: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Visit:
    """One visit of one element, for the trace.

    `scope` is the id of the process (or sub-process) the element stands in and `caller` the call
    activity that opened it; `parent` is the element before it; `state` is one of waiting, ready,
    started, completed, cancelled, error; `at` is the UTC time of the last change. `fired` is the
    rule of a decision, None of what is none and in states that are older than the note of it.
    """

    scope: str
    element: str
    state: str
    at: datetime
    parent: str | None
    caller: str | None
    fired: Fired | None = None


def check_variables(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Copy routing variables. Raises TypeError or ValueError for what the state cannot store."""
    return {_name(name): _storable(value) for name, value in variables.items()}


def _name(name: Any) -> str:
    if not isinstance(name, str) or not name.isidentifier() or name.startswith("_"):
        raise TypeError(f"{name!r} is not the name of a routing variable")
    return name


def _storable(value: Any) -> Any:
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        if -(2**63) <= value < 2**63:
            return int(value)
        raise ValueError("a routing variable is larger than 64 bits")
    if isinstance(value, str):
        if len(value) <= MAX_TEXT:
            return str.__str__(value)
        raise ValueError("a routing variable is too long: the engine stores routing, not content")
    return _collection(value)


def _collection(value: Any) -> Any:
    if not isinstance(value, (list, tuple, Mapping)):
        raise TypeError(f"{type(value).__name__} cannot be a routing variable")
    if len(value) > MAX_ENTRIES:
        raise ValueError("a routing variable has too many entries")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys of a routing variable must be strings")
        return {key: _storable(entry) for key, entry in value.items()}
    return [_storable(entry) for entry in value]
