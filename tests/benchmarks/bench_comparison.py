"""Two versions of 资质申请 compared, parsing included, against reading all of both first.

Once as an administrator edits it (one task and one table), once with something changed in every
file. Processor time: it is what an idle machine takes, and other programs do not add to it.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

from bpmn.comparison import compare_versions
from bpmn.diagram import load_files, read_diagram

LIMIT = 50.0
Files = Mapping[str, bytes]


def run(quick: bool) -> list[dict[str, Any]]:
    """Measure; `ratio` is how much longer only reading both versions takes."""
    rounds = 10 if quick else 60
    files = load_files("qualification_application")
    everywhere = {name: _reworded(content) for name, content in files.items()}
    return [
        _row("comparison, two files changed", files, _edited(files), rounds),
        _row("comparison, every file changed", files, everywhere, rounds),
    ]


def _edited(files: Files) -> dict[str, bytes]:
    return {
        **files,
        "diagram.bpmn": _reworded(files["diagram.bpmn"]),
        "routing.dmn": files["routing.dmn"].replace(b'"class_a"', b'"class_b"'),
    }


def _reworded(content: bytes) -> bytes:
    return content.replace("。".encode(), "！".encode(), 1)


def _row(name: str, old: Files, new: Files, rounds: int) -> dict[str, Any]:
    ours, naive = [], []
    for number in range(rounds + 3):
        spent = _seconds(lambda: compare_versions(old, new)), _seconds(lambda: _read_both(old, new))
        if number >= 3:
            ours.append(spent[0])
            naive.append(spent[1])
    value, baseline = statistics.median(ours) * 1000, statistics.median(naive) * 1000
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "ms",
        "baseline": round(baseline, 3),
        "ratio": round(baseline / value, 2),
        "target": f"≤ {LIMIT:g} ms",
        "ok": value <= LIMIT,
    }


def _read_both(old: Files, new: Files) -> None:
    read_diagram(old)
    read_diagram(new)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


if __name__ == "__main__":
    for row in run(quick=False):
        print(row)
