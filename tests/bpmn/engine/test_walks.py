"""Random walks: after every step the fast engine stands exactly where the stock engine stands.

Between any two steps the fast case also goes through its bytes, so the codec is compared as well.
"""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from bpmn import engine
from bpmn.diagram import read_diagram
from bpmn.engine.codec import CompiledDiagram, decode
from tests.benchmarks.bench_engine import diagram_files
from tests.bpmn.engine.office import Office
from tests.bpmn.engine.permit import ANSWERS, PARALLEL, PERMIT
from tests.bpmn.engine.stock import StockCase, fast_snapshot, snapshot

MAX_STEPS = 60
Answers = Mapping[str, list[dict[str, Any]]]


class Walk:
    """One case on both engines, with one office each so that their clocks agree."""

    def __init__(
        self, seed: int, files: Mapping[str, bytes] = PERMIT, answers: Answers = ANSWERS
    ) -> None:
        self.answers = answers
        self.choice = random.Random(seed)
        self.office = Office()
        experts = [f"e{number}" for number in range(self.choice.randint(1, 3))]
        kind = self.choice.choice(["class_a_navigation", "class_a", "class_b"])
        place = {"province": self.choice.choice(["11", "61"]), "city": "6101"}
        what = {"matter": "qualification_application", "certificate_type": kind}
        variables = {"case_id": seed, "experts": experts, **what, **place}
        self.diagram: CompiledDiagram = engine.compile_diagram(files)
        self.step = engine.start(self.diagram, variables, self.office.host())
        self.stock = StockCase(files, variables, self.office.host())
        self.open = list(self.step.opened)
        self.seen: set[str] = set()

    def go(self) -> None:
        for _number in range(MAX_STEPS):
            self.compare()
            if self.step.ended is not None:
                return
            self.advance()

    def advance(self) -> None:
        self.office.pass_days(self.choice.choice([0, 0, 0, 0.5, 1, 3, 6, 31]))
        # Time that passed is dealt with first, so that both engines choose from the same tasks.
        self.take(engine.wake(self.diagram, self.step.state, self.office.host()))
        self.stock.run(self.office.host())
        if self.step.messages and self.choice.random() < 0.06:
            self.send(self.choice.choice(sorted(self.step.messages)))
        elif self.open and self.choice.random() < 0.9:
            self.complete(self.choice.randrange(len(self.open)))

    def send(self, message: str) -> None:
        self.seen.add(message)
        reason = self.choice.choice(["withdrawn", "terminated"])
        payload = {"stop": reason} if message == "stop" else {}
        host = self.office.host()
        self.take(engine.send(self.diagram, self.step.state, message, payload, host))
        self.stock.send(message, payload, host)

    def complete(self, place: int) -> None:
        task = self.open[place]
        known = self.answers.get(task.element, [{}])
        answers: dict[str, Any] = self.choice.choice(known)
        self.seen.add(task.element)
        host = self.office.host()
        self.take(engine.complete(self.diagram, self.step.state, task.id, answers, host))
        self.stock.complete(place, answers, host)

    def tasks(self) -> list[Any]:
        case = decode(self.diagram, self.step.state, self.office.host())
        return [case.get_task_from_id(int(task.id.rpartition("-")[2])) for task in self.open]

    def take(self, step: engine.Step) -> None:
        closed = {task.id for task in step.closed}
        self.open = [task for task in self.open if task.id not in closed] + list(step.opened)
        self.step = step
        # Both in tree order: two open tasks may be of one element, from two passes.
        order = {task.id: task.path() for task in self.tasks()}
        self.open.sort(key=lambda task: order[int(task.id.rpartition("-")[2])])

    def compare(self) -> None:
        fast = fast_snapshot(self.diagram, self.step.state, self.office.host())
        assert fast == snapshot(self.stock.workflow)
        assert _keys(self.tasks()) == _keys(self.stock.open_tasks())
        assert (self.step.ended is not None) is self.stock.workflow.completed


def _keys(tasks: list[Any]) -> list[tuple[str, Any]]:
    return [(task.task_spec.bpmn_id, task.data.get("expert")) for task in tasks]


@pytest.mark.parametrize("block", range(12))
def test_fast_engine_walks_as_the_stock_engine(block: int) -> None:
    seen: set[str] = set()

    for seed in range(block * 25, block * 25 + 25):
        walk = Walk(seed)
        walk.go()
        seen |= walk.seen
        if walk.step.ended:
            seen.add(walk.step.ended)

    assert {"check", "correct", "opinion", "technical_review"} <= seen


@pytest.mark.parametrize("block", range(4))
def test_fast_engine_walks_the_real_diagram_as_the_stock_engine(block: int) -> None:
    files = diagram_files()
    answers = {
        task.element: [{task.outcome: outcome.value} for outcome in task.outcomes]
        for task in read_diagram(files).user_tasks.values()
        if task.outcome
    }

    for seed in range(block * 20, block * 20 + 20):
        Walk(seed, files, answers).go()


@pytest.mark.parametrize("block", range(2))
def test_fast_engine_walks_loops_in_forks_as_the_stock_engine(block: int) -> None:
    for seed in range(block * 25, block * 25 + 25):
        Walk(seed, PARALLEL).go()


def test_walks_reach_every_element() -> None:
    """Otherwise the comparison above would be blind for what it never visits."""
    visited: set[str] = set()
    for seed in range(1000, 1060):
        walk = Walk(seed)
        walk.go()
        visited |= {
            visit.element
            for visit in engine.history(walk.diagram, walk.step.state)
            if visit.state == "completed"
        }

    elements = {
        name
        for spec in [walk.diagram.spec, *walk.diagram.subprocess_specs.values()]
        for name in (task.bpmn_id for task in spec.task_specs.values())
        if name is not None and not name.endswith(" [child]")
    }
    assert elements <= visited
