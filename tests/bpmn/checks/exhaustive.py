"""Everything that can happen in a small diagram, found out by letting the real engine do it.

It shares nothing with `bpmn.checks`: each state is the engine's own, each step one of
`bpmn.engine`; only what people, operations and time choose is tried out in every way.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from typing import Any

from bpmn import engine
from bpmn.checks import Vocabulary
from bpmn.diagram import Diagram, read_diagram
from bpmn.engine.codec import decode, thaw
from bpmn.errors import CaseworkError
from tests.bpmn.checks.inside import (
    canonical,
    entered,
    open_tasks,
    path_of,
    side_by_side,
    tokens_of,
    waiting_events,
)

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
PAST = "2026-01-01T00:00:00+00:00"
MOST_CALLS = 200
PEOPLE = ["first", "second"]


class RunsOn(CaseworkError):
    """The engine went round and round in one step."""


class _Host:
    """One step's host: a script of choices for operations, and the one clock that is due.

    Counts what the engine asks, so that a loop without end is found out.
    """

    def __init__(self, operations: Mapping[str, list[dict[str, Any]]], due: str = "") -> None:
        self.operations = operations
        self.now, self.seen_at = NOW, None
        self.script: list[int] = []
        self.asked: list[int] = []
        self._due = due
        self._calls = 0

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        self._count()
        return {"due": self.due, "working_days": lambda days: None}

    def due(self, clock: str) -> str | None:
        """Only the first time: a timer that is set again in the same step waits again."""
        if clock != self._due:
            return None
        self._due = ""
        return PAST

    def call(self, name: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        self._count()
        results = self.operations[name]
        place = len(self.asked)
        choice = self.script[place] if place < len(self.script) else 0
        self.asked.append(len(results))
        return results[choice]

    def _count(self) -> None:
        self._calls += 1
        if self._calls > MOST_CALLS:
            raise RunsOn


Act = Callable[[_Host], engine.Step]


@dataclass(frozen=True)
class Situation:
    """A state of the case: what holds a token, and what is wrong with it ("" if nothing)."""

    key: Any
    tokens: frozenset[str]
    state: bytes
    step: engine.Step | None
    wrong: str = ""

    @property
    def ended(self) -> bool:
        return self.step is not None and self.step.ended is not None


@dataclass
class Explored:
    """All that was found. `links` leads from each situation to the next ones by what acted."""

    first: list[Situation] = field(default_factory=list)
    situations: dict[Any, Situation] = field(default_factory=dict)
    links: dict[Any, list[tuple[str, Situation]]] = field(default_factory=dict)
    entered: set[str] = field(default_factory=set)
    complete: bool = True
    called_off: frozenset[str] = frozenset()
    """Events by which a case is called off: no way to finish one that is stuck."""
    passed_twice: bool = False
    """A merge or an end was passed by two tokens that are side by side: no fault by itself."""

    def faults(self) -> set[str]:
        """The kinds of fault of single situations, and `lost` where no end can be reached."""
        found = {one.wrong for one in self.situations.values() if one.wrong}
        return found | ({"lost"} if self.complete and self._lost() else set())

    def _lost(self) -> bool:
        stops = [key for key, one in self.situations.items() if one.ended or one.wrong]
        back: dict[Any, list[Any]] = {}
        for source, targets in self.links.items():
            for target in [one for element, one in targets if element not in self.called_off]:
                back.setdefault(target.key, []).append(source)
        seen = set(stops)
        while stops:
            for source in back.get(stops.pop(), ()):
                if source not in seen:
                    seen.add(source)
                    stops.append(source)
        return seen != self.situations.keys()


class Exploration:
    """The engine's view of a set of files, with the words that they may use."""

    def __init__(self, files: Mapping[str, bytes], words: Vocabulary) -> None:
        self.compiled = engine.compile_diagram(files)
        self.diagram: Diagram = read_diagram(files)
        self.words = words
        self.operations = {
            name: _combinations(operation.sets) for name, operation in words.operations.items()
        }
        self.entered: set[str] = set()
        self.passed_twice = False

    def explore(self, most: int) -> Explored:
        """Every situation, up to `most` of them."""
        found = Explored(list(self.begin()), entered=self.entered, called_off=self._called_off())
        waiting = list(found.first)
        while waiting:
            one = waiting.pop(0)
            if one.key in found.situations:
                continue
            found.situations[one.key] = one
            if len(found.situations) > most:
                found.complete = False
                break
            found.links[one.key] = [] if one.wrong else list(self.following(one))
            waiting += [target for _element, target in found.links[one.key]]
        found.passed_twice = self.passed_twice
        return found

    def _called_off(self) -> frozenset[str]:
        nodes = [node for p in self.diagram.processes.values() for node in p.nodes.values()]
        caught = {node.id for node in nodes if node.kind == "boundaryEvent" and node.message}
        return frozenset(caught)

    def begin(self) -> Iterator[Situation]:
        """The situations that a new case comes to."""
        for given in _combinations({k: v for k, v in self.words.given.items() if v}):
            variables = {"people": PEOPLE, **given}
            for step in self._all(lambda host, v=variables: engine.start(self.compiled, v, host)):
                yield self._situation(step)

    def following(self, one: Situation) -> Iterator[tuple[str, Situation]]:
        """What can happen next: the element that acts, and what comes of it."""
        if one.step is None or one.ended:
            return
        for element, act, due in self._acts(one):
            for step in self._all(act, due):
                yield element, self._situation(step)

    def _acts(self, one: Situation) -> Iterator[tuple[str, Act, str]]:
        state = one.state
        case = decode(self.compiled, state, _Host(self.operations))
        for key, element in open_tasks(case):
            for answers in self._answers(element):
                yield (
                    element,
                    lambda host, k=key, a=answers: engine.complete(
                        self.compiled, state, k, a, host
                    ),
                    "",
                )
        for element, event in waiting_events(case):
            clock = getattr(event, "clock", None)
            if clock is not None:
                yield element, lambda host: engine.wake(self.compiled, state, host), clock
            else:
                name = event.name
                yield (
                    element,
                    lambda host, n=name: engine.send(self.compiled, state, n, {}, host),
                    "",
                )

    def _answers(self, element: str) -> list[dict[str, Any]]:
        task = self.diagram.user_tasks[element]
        if task.outcome is None:
            return [{}]
        return [{task.outcome: outcome.value} for outcome in task.outcomes] or [{}]

    def _all(self, act: Act, due: str = "") -> Iterator[engine.Step | CaseworkError]:
        """The step with every choice of what operations return."""
        scripts: list[list[int]] = [[]]
        while scripts:
            host = _Host(self.operations, due)
            host.script = scripts.pop()
            try:
                yield act(host)
            except RecursionError:
                yield RunsOn()
            except CaseworkError as fault:
                yield fault
            for place in range(len(host.script), len(host.asked)):
                for choice in range(1, host.asked[place]):
                    before = [*host.script, *[0] * (place - len(host.script))]
                    scripts.append([*before, choice])

    def _situation(self, step: engine.Step | CaseworkError) -> Situation:
        if isinstance(step, CaseworkError):
            wrong = "idle" if isinstance(step, RunsOn) else "fault"
            return Situation((wrong, str(step)), frozenset(), b"", None, wrong)
        case = decode(self.compiled, step.state, _Host(self.operations))
        thaw(self.compiled, case)
        scopes = {(): case} | {path_of(case, key): one for key, one in case.subprocesses.items()}
        self.entered |= set(entered(scopes.values()))
        key = tuple(sorted((path, canonical(one)) for path, one in scopes.items()))
        wrong = "twice" if any(side_by_side(one, False) for one in scopes.values()) else ""
        self.passed_twice |= any(side_by_side(one, True) for one in scopes.values())
        waits = step.opened or step.messages or step.clocks or any(open_tasks(case))
        if not wrong and step.ended is None and not waits:
            wrong = "stuck"
        return Situation((key, step.ended), tokens_of(scopes.values()), step.state, step, wrong)


def _combinations(sets: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    pairs = [[(name, value) for value in values] for name, values in sets.items()]
    return [dict(chosen) for chosen in product(*pairs)]
