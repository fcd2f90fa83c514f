"""A run that the checks give, played once more in the real engine."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bpmn import engine
from bpmn.diagram import Diagram
from bpmn.errors import CaseworkError, Move


def play(files: Mapping[str, bytes], diagram: Diagram, run: tuple[Move, ...]) -> str:
    """Take the run's steps of people and time in the engine; what it comes to at the end."""
    try:
        step = _Player(files, diagram, run).play()
    except CaseworkError:
        return "fault"
    if step.ended is not None:
        return "ended"
    if step.clocks:
        return "on"
    return "called off" if step.messages else "stuck"  # or: only a message could still end it


class _Player:
    """A case that follows a run: the words of its moves say what people and operations chose."""

    def __init__(self, files: Mapping[str, bytes], diagram: Diagram, run: tuple[Move, ...]):
        self.compiled = engine.compile_diagram(files)
        self.diagram = diagram
        self.run = run
        self.said = [_chosen(move) for move in run if move.element in diagram.service_tasks]
        self.open: dict[str, str] = {}

    def play(self) -> engine.Step:
        given = {"kind": _chosen(self.run[0]) or "small", "people": ["p"], "free": "x"}
        step = self._take(engine.start(self.compiled, given, self._host()))
        for move in self.run:
            step = self._act(step, move)
        return step if not self.open else engine.Step(**{**vars(step), "messages": {"a person"}})

    def _take(self, step: engine.Step) -> engine.Step:
        gone = {task.id for task in step.closed}
        self.open = {key: element for key, element in self.open.items() if key not in gone}
        self.open |= {task.id: task.element for task in step.opened}
        return step

    def _act(self, step: engine.Step, move: Move) -> engine.Step:
        found = self.diagram.find_node(move.element)
        assert found is not None
        if move.element in self.diagram.user_tasks:
            key = next(key for key, element in self.open.items() if element == move.element)
            outcome = self.diagram.user_tasks[move.element].outcome
            answers = {outcome: _chosen(move)} if outcome and _chosen(move) else {}
            done = engine.complete(self.compiled, step.state, key, answers, self._host())
        elif found[1].event == "timer":
            done = engine.wake(self.compiled, step.state, self._host(due=True))
        elif found[1].event == "message":
            message, payload = found[1].message or "", {"stop": _chosen(move)}
            done = engine.send(self.compiled, step.state, message, payload, self._host())
        else:
            return step
        return self._take(done)

    def _host(self, due: bool = False) -> engine.Host:
        past = ["2026-01-01T00:00:00+00:00"] if due else []
        functions = {"due": lambda clock: past.pop() if past else None}
        return engine.Host(datetime(2026, 11, 20, tzinfo=UTC), functions, self._call)

    def _call(self, name: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        said = self.said.pop(0) if self.said else ""
        results = {
            "toss": {"side": said or "tails"},
            "say": {"said": parameters.get("what")},
            "fetch": {"text": "what no branch expects"},
        }
        return results.get(name, {})


def _chosen(move: Move) -> str:
    return move.words.rpartition("：")[2] if "：" in move.words else ""
