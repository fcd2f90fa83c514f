"""A pretended office that walks a diagram through the engine: decisions in, end event out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bpmn import engine
from bpmn.diagram import Diagram

START = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
EVENTS = {
    "object": ("objection", {}),
    "withdraw": ("stop", {"stop": "withdrawn"}),
    "terminate": ("stop", {"stop": "terminated"}),
    "free": ("stop", {"stop": "freed"}),
    "leave": ("stop", {"stop": "lapsed"}),
}


class Walk:
    """One case under way. `called` lists the operations in the order of their calls."""

    def __init__(
        self,
        compiled: engine.CompiledDiagram,
        diagram: Diagram,
        variables: Mapping[str, Any],
        found: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """`found` is what operations find out: the variables that each of them sets, by name."""
        self.found = found or {}
        self.compiled, self.diagram, self.now = compiled, diagram, START
        self.called: list[tuple[str, dict[str, Any]]] = []
        self.open: dict[str, str] = {}
        self.clocks: dict[str, str] = {}
        self._note(engine.start(compiled, variables, self._host()))

    def take(self, decisions: Sequence[str]) -> None:
        """Each decision is an outcome of the open task, `submit`, `wait` or an event."""
        for decision in decisions:
            if decision == "wait":
                assert self.step.wake_at is not None
                self.now = self.step.wake_at
                self._note(engine.wake(self.compiled, self.step.state, self._host()))
            elif decision in EVENTS:
                message, payload = EVENTS[decision]
                state = self.step.state
                self._note(engine.send(self.compiled, state, message, payload, self._host()))
            else:
                self._complete(decision)

    def walked(self) -> Iterator[str]:
        """The sequence flows that the case went along."""
        visits = engine.history(self.compiled, self.step.state)
        pairs = {(visit.parent, visit.element) for visit in visits}
        for process in self.diagram.processes.values():
            for flow in process.flows.values():
                if (flow.source, flow.target) in pairs:
                    yield flow.id

    def _complete(self, decision: str) -> None:
        ((task_id, element),) = self.open.items()
        words = self.diagram.user_tasks[element]
        if decision == "submit":
            assert words.outcome is None, element
            answers = {}
        else:
            assert decision in [outcome.value for outcome in words.outcomes], (element, decision)
            answers = {words.outcome: decision}
        self.now += timedelta(minutes=5)
        state = self.step.state
        self._note(engine.complete(self.compiled, state, task_id, answers, self._host()))

    def _note(self, step: engine.Step) -> None:
        self.step = step
        for closed in step.closed:
            del self.open[closed.id]
        self.open.update({task.id: task.element for task in step.opened})

    def _host(self) -> engine.Host:
        functions = {"due": self.clocks.get, "working_days": self._in_days}
        return engine.Host(self.now, functions, self._call)

    def _in_days(self, count: int) -> str:
        return (self.now + timedelta(days=count)).isoformat()

    def _call(self, name: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        self.called.append((name, dict(parameters)))
        match name:
            case "start_clock" | "start_expert_clock" | "ask_claimant" | "ask_respondent":
                name = parameters.get("kind", "answer")
                self.clocks[name] = self._in_days(parameters.get("working_days", 10))
            case "deem_accepted":
                return {"acceptance": "accept"}
            case "close_lapsed":
                return {"acceptance": "lapse"}
            case "publish_notice":
                return {"notice_until": self._in_days(parameters["working_days"])}
            case "close_notice":
                return {"objection": parameters["objection"]}
        return self.found.get(name, {})
