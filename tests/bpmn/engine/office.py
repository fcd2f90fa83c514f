"""A stand-in for the office that runs a diagram in the engine's tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bpmn.engine import Host

BEGIN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

Operation = Callable[["Office", Mapping[str, Any]], Mapping[str, Any]]


@dataclass
class Office:
    """Keeps the time and notes which operations were called."""

    now: datetime = BEGIN
    operations: dict[str, Operation] = field(default_factory=dict)
    called: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    clocks: dict[str, str] = field(default_factory=dict)
    """Due times that live timers follow; a name that is missing stands for a suspended clock."""

    def host(self, now: datetime | None = None) -> Host:
        functions = {"due": self.clocks.get, "working_days": self.working_days}
        return Host(now or self.now, functions, self.call)

    def working_days(self, count: int) -> str:
        return (self.now + timedelta(days=count)).isoformat()

    def call(self, name: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        self.called.append((name, dict(parameters)))
        operation = self.operations.get(name) or PERMIT_OPERATIONS.get(name)
        return operation(self, parameters) if operation else {}

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)


PERMIT_OPERATIONS: dict[str, Operation] = {
    "deem_accepted": lambda office, parameters: {"acceptance": "accept"},
    "lapse": lambda office, parameters: {"acceptance": "lapse"},
    "publish_notice": lambda office, parameters: {
        "notice_until": (office.now + timedelta(days=7)).isoformat()
    },
    "close_lapsed": lambda office, parameters: {"acceptance": "lapse"},
    "close_notice": lambda office, parameters: {"objection": "dismissed"},
    "note_review": lambda office, parameters: {"reviewed": True},
}
