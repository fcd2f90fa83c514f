"""One step of a case without a database, and the size of its state, against the naive engine.

The diagram is the real one: 资质申请 of class B, measured at the window's check, fresh and after
twenty returns for correction. Rounds of both engines are interleaved in one run.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bpmn import engine
from tests.benchmarks.naive_engine import NaiveEngine, working_days

ROOT = Path(__file__).parents[2] / "bpmn"
VARIABLES = {
    "case_id": 4711,
    "certificate_type": "class_b",
    "province": "61",
    "city": "6101",
}
RETURN = {"acceptance": "return"}
ACCEPT = {"acceptance": "accept"}
RETURNS = 20


def run(quick: bool) -> list[dict[str, Any]]:
    """Measure; `ratio` is naive / ours for times and for sizes."""
    rounds = 30 if quick else 200
    fresh, returned = _Case(0), _Case(RETURNS)
    return [
        _time("engine step, fresh case", fresh, rounds, target=6.0),
        _time(f"engine step, after {RETURNS} returns", returned, rounds, target=5.0),
        _size("stored state, fresh case", fresh, limit=4096),
        _size(f"stored state, after {RETURNS} returns", returned, limit=8192),
    ]


def diagram_files() -> dict[str, bytes]:
    """The files of 资质申请 as they are in the repository."""
    top = ROOT / "matters/qualification_application/diagram.bpmn"
    parts = [*ROOT.glob("shared/*.bpmn"), *ROOT.glob("decisions/*.dmn")]
    return {"diagram.bpmn": top.read_bytes()} | {part.name: part.read_bytes() for part in parts}


def _host() -> engine.Host:
    return engine.Host(datetime.now(UTC), {"working_days": working_days}, lambda name, given: {})


class _Case:
    """The same case in both forms, waiting for the window's check."""

    def __init__(self, returns: int) -> None:
        files = diagram_files()
        self.diagram = engine.compile_diagram(files)
        self.naive = NaiveEngine(files)
        self.step = engine.start(self.diagram, VARIABLES, _host())
        self.text = self.naive.start(VARIABLES)
        self._both("fill_application", {})
        for _number in range(returns):
            self._both("check_materials", RETURN)
            self._both("correct_application", {})

    def _both(self, element: str, answers: dict[str, str]) -> None:
        task = self.step.opened[0]
        assert task.element == element
        self.step = engine.complete(self.diagram, self.step.state, task.id, answers, _host())
        self.text = self.naive.complete(self.text, element, answers)

    def complete_ours(self) -> None:
        task = self.step.opened[0].id
        engine.complete(self.diagram, self.step.state, task, ACCEPT, _host())

    def complete_naive(self) -> None:
        self.naive.complete(self.text, "check_materials", ACCEPT)


def _time(name: str, case: _Case, rounds: int, target: float) -> dict[str, Any]:
    ours, naive = [], []
    for number in range(rounds + 5):
        spent = _seconds(case.complete_ours), _seconds(case.complete_naive)
        if number >= 5:
            ours.append(spent[0])
            naive.append(spent[1])
    value, baseline = statistics.median(ours) * 1000, statistics.median(naive) * 1000
    ratio = baseline / value
    return _row(name, "ms", value, baseline, f"≥ {target:g}×") | {"ok": ratio >= target}


def _size(name: str, case: _Case, limit: int) -> dict[str, Any]:
    value, baseline = len(case.step.state), len(case.text)
    return _row(name, "B", value, baseline, f"≤ {limit} B") | {"ok": value <= limit}


def _row(name: str, unit: str, value: float, baseline: float, target: str) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "baseline": round(baseline, 3),
        "ratio": round(baseline / value, 2),
        "target": target,
    }


def _seconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    for row in run(quick=False):
        print(row)
