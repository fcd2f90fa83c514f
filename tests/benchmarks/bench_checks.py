"""The check of a diagram before it goes live: of each that is shipped, and of a large one.

The baseline is the compilation alone, which is as much as other products look at before they
deploy: the ratio says what a whole check, that included, costs beside it. Processor time: it is
what an idle machine takes, and other programs do not add to it.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bpmn import engine
from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks import Vocabulary, check_diagram
from bpmn.diagram import MAIN_FILE, load_files, read_diagram
from bpmn.errors import Problem
from bpmn.matters import MATTERS
from tests.bpmn.checks.generating import Block, draw

ELEMENTS = 200
SHIPPED, LARGE = 200.0, 1000.0
"""Milliseconds that somebody who saves a diagram may wait."""


def run(quick: bool) -> list[dict[str, Any]]:
    """Milliseconds of a whole check: parsing, names, graph, soundness and law."""
    rounds = 3 if quick else 9
    found = {key: _measure(load_files(key), VOCABULARY, rounds) for key in MATTERS}
    slowest = max(found, key=lambda key: found[key][0])
    rows = [_row(f"check of {key}", *times, SHIPPED) for key, times in found.items()]
    rows.append(_row(f"check, slowest shipped: {slowest}", *found[slowest], SHIPPED))
    drawn = draw(_large())
    count = sum(1 for _dot in drawn.dots())
    assert count >= ELEMENTS
    times = _measure(drawn.files(), drawn.words(), rounds)
    return [*rows, _row(f"check of {count} steps", *times, LARGE)]


def _large() -> Block:
    """One after another: decisions, returns, experts in parallel, events, enclosed parts."""
    person = Block("person")
    part = Block(
        "sequence",
        (
            Block("choice", (person, Block("operation"), person), "person"),
            Block("loop", (Block("sequence", (person, Block("operation"))),)),
            Block("parallel", (person, Block("sequence", (person, person)), Block("several"))),
            Block("border", (Block("sub", (person,)), person), "timed"),
        ),
    )
    return Block("sequence", (*(part,) * 8, Block("beside", (person, person), "heard")))


def _measure(files: Mapping[str, bytes], words: Vocabulary, rounds: int) -> tuple[float, float]:
    """Medians of a whole check and of the compilation in it."""
    ours, baseline = [], []
    for number in range(rounds):
        # Files that were never seen before: the same ones are compiled once.
        unseen = {**files, MAIN_FILE: files[MAIN_FILE] + b" " * (number + 1)}
        compiled = _milliseconds(partial(engine.compile_diagram, unseen))
        checked = _milliseconds(partial(_check, unseen, words))
        baseline.append(compiled)
        ours.append(compiled + checked)
    return statistics.median(ours), statistics.median(baseline)


def _check(files: Mapping[str, bytes], words: Vocabulary) -> tuple[Problem, ...]:
    return check_diagram(read_diagram(files), words)


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def _row(name: str, value: float, baseline: float, target: float) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 1),
        "unit": "ms",
        "baseline": round(baseline, 1),
        "ratio": round(value / baseline, 2),
        "target": f"≤ {target:g} ms",
        "ok": value <= target,
    }


if __name__ == "__main__":
    for row in run(quick=True):
        print(row)
