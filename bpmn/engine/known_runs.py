"""Runs of a diagram that were played once, and are walked instead of played again.

What the engine does in a step depends on the variables that the diagram reads, on who acts with
what, and on what the office answers while it runs: nothing else. Cases that agree in all of that
differ in times only, so the second of them needs no engine. Whatever was not asked and answered
in the same way before is played; a timer of a fixed time is never taken for known.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bpmn.engine.codec import CompiledDiagram
from bpmn.engine.recording import OPERATION, Recorded, Recording, visits_by_step
from bpmn.engine.replaying import EnginePlayer, Plan, Player, StandIn, Waiting
from bpmn.engine.standing import end_of
from bpmn.engine.values import Host

Key = str | bool | None
CALL, DUE = "call", "due"
MOST_KNOWN = 20_000
"""Steps that are remembered; then everything is forgotten and learnt anew."""


@dataclass
class _Turn:
    """What the diagram asks next in a step; without a question `node` is where the step ends."""

    question: tuple[str, str, Mapping[str, Any]] | None = None
    answers: dict[Key, "_Turn"] = field(default_factory=dict)
    node: "_Node | None" = None


@dataclass
class _Node:
    """A case between two steps. Of one that has ended `visits` are those of people, messages and
    timers, each with the numbers of the steps that opened and closed it."""

    waiting: tuple[Waiting, ...] = ()
    steps: dict[str, _Turn] = field(default_factory=dict)
    ended: str | None = None
    visits: tuple[tuple[Recorded, int, int], ...] = ()
    is_end: bool = False


class _Unknown(Exception):
    """Nobody went this way before."""


class KnownRuns:
    """Replays on one diagram; `reads` are the variables that it reads anywhere."""

    def __init__(
        self,
        diagram: CompiledDiagram,
        reads: Collection[str],
        sets: Mapping[str, Collection[str]],
    ) -> None:
        self.diagram, self.reads, self.sets = diagram, frozenset(reads), sets
        self.first, self.size = _Node(), 0

    def replay(
        self, variables: Mapping[str, Any], opened_at: datetime, stand_in: Callable[[], StandIn]
    ) -> Recording:
        """As `engine.replay`, without operations and trace; a stand-in is asked for once or twice.

        The last one that was asked for has seen the whole case.
        """
        if self.size > MOST_KNOWN:
            self.first, self.size = _Node(), 0
        walked = _Walker(self, stand_in())
        try:
            walked.play(variables, opened_at)
            return _timed(walked.node, variables, walked.moments)
        except _Unknown:
            played = _Rememberer(self, stand_in())
            played.play(variables, opened_at)
            return _timed(played.finish(), variables, played.moments)

    def projected(self, values: Mapping[str, Any]) -> str:
        """What of these values may make a difference, as a key."""
        told = {name: value for name, value in values.items() if name in self.reads}
        return json.dumps(told, sort_keys=True)

    def step_key(self, player: Player, waiting: Waiting | None, plan: Plan | None) -> str:
        """Who acts with what; or which timers are due."""
        if waiting is not None and plan is not None:
            return f"{waiting.id} {self.projected(plan.sets)}"
        now = player.host.now
        timers = (one for one in player.standing() if one.clock)
        fired = (one.id for one in timers if (due := player.due(one)) is not None and due <= now)
        return f"due {sorted(fired)}"


class _Walker(Player):
    """Walks what is known. Raises _Unknown where nobody went before."""

    def __init__(self, known: KnownRuns, stand_in: StandIn) -> None:
        super().__init__(stand_in)
        self.known, self.node = known, known.first

    @property
    def completed(self) -> bool:
        return self.node.is_end

    def standing(self) -> Sequence[Waiting]:
        return self.node.waiting

    def begin(self, variables: Mapping[str, Any], host: Host) -> None:
        self._go(self.known.projected(variables), host)

    def act(self, host: Host, seen: datetime, waiting: Waiting | None, plan: Plan | None) -> None:
        self._go(self.known.step_key(self, waiting, plan), host)

    def _go(self, key: str, host: Host) -> None:
        turn = self.node.steps.get(key)
        while turn is not None and turn.question is not None:
            turn = turn.answers.get(self._answer(host, *turn.question))
        if turn is None or turn.node is None:
            raise _Unknown
        self.node = turn.node

    def _answer(self, host: Host, kind: str, name: str, given: Mapping[str, Any]) -> Key:
        if kind == CALL:
            return self.known.projected(host.call(name, given))
        return _is_due(host.functions["due"](name), host)


class _Rememberer(EnginePlayer):
    """Plays in the engine, and writes down what it asked and where each step ended."""

    def __init__(self, known: KnownRuns, stand_in: StandIn) -> None:
        super().__init__(known.diagram, stand_in)
        self.known, self.node, self.turn = known, known.first, _Turn()
        self.keeps = True

    def begin(self, variables: Mapping[str, Any], host: Host) -> None:
        self.turn = self.node.steps.setdefault(self.known.projected(variables), _Turn())
        super().begin(variables, self._listening(host))
        self._arrive()

    def act(self, host: Host, seen: datetime, waiting: Waiting | None, plan: Plan | None) -> None:
        key = self.known.step_key(self, waiting, plan)
        self.turn = self.node.steps.setdefault(key, _Turn())
        super().act(self._listening(host), seen, waiting, plan)
        self._arrive()

    def finish(self) -> _Node:
        told = visits_by_step(self.case, self.ticks, self.known.sets)
        self.node.visits = tuple(one for one in told if one[0].kind != OPERATION)
        self.node.ended, self.node.is_end = end_of(self.case), True
        return self.node

    def _arrive(self) -> None:
        if any(one.fixed is not None for one in self.standing()):
            self.keeps = False
        if self.turn.node is None or not self.keeps:
            node = _Node(tuple(self.standing()))
            self.known.size += 1
            self.turn.node = node if self.keeps else None
            self.node = node
        else:
            self.node = self.turn.node

    def _listening(self, host: Host) -> Host:
        """The same host, overheard."""

        def call(name: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
            found = host.call(name, given)
            self._note((CALL, name, dict(given)), self.known.projected(found))
            return found

        def due(clock: str) -> Any:
            moment = host.functions["due"](clock)
            self._note((DUE, clock, {}), _is_due(moment, host))
            return moment

        def working_days(count: int) -> Any:
            self.keeps = False
            return host.functions["working_days"](count)

        return replace(host, functions={"due": due, "working_days": working_days}, call=call)

    def _note(self, question: tuple[str, str, Mapping[str, Any]], answer: Key) -> None:
        self.turn.question = question
        self.turn = self.turn.answers.setdefault(answer, _Turn())


def _is_due(moment: str | None, host: Host) -> bool | None:
    return None if moment is None else datetime.fromisoformat(moment) <= host.now


def _timed(node: _Node, variables: Mapping[str, Any], moments: Sequence[datetime]) -> Recording:
    """The run with the times of this case."""
    return Recording(
        variables=variables,
        opened_at=moments[0],
        closed_at=moments[-1],
        ended=node.ended,
        visits=tuple(
            replace(visit, opened_at=moments[opened], closed_at=moments[closed])
            for visit, opened, closed in node.visits
        ),
        trace=(),
    )
