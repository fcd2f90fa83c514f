"""`make bench`: every bench_*.py in turn, as a table and as var/bench.json.

Each module has `run(quick) -> list of {name, value, unit, baseline, ratio, target, ok}`. The
process is settled as one that serves is, so that both sides are measured as users meet them.
"""

import json
import sys
import time
import unicodedata
from importlib import import_module
from pathlib import Path
from typing import Any

from webapp.memory import settle

HERE = Path(__file__).parent
RESULT = HERE.parents[1] / "var" / "bench.json"
COLUMNS = ("name", "value", "unit", "baseline", "ratio", "target", "ok")


def main(words: list[str]) -> int:
    """0 when every target is met."""
    quick = "quick" in words
    wanted = [word for word in words if word not in ("quick", "full")]
    rows: list[dict[str, Any]] = []
    names = sorted(path.stem for path in HERE.glob("bench_*.py"))
    names = [name for name in names if not wanted or name.removeprefix("bench_") in wanted]
    modules = {name: import_module(f"tests.benchmarks.{name}") for name in names}
    settle()
    for name, module in modules.items():
        begun = time.perf_counter()
        rows += module.run(quick)
        print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    _print_table(rows)
    return 0 if all(row["ok"] for row in rows) else 1


def _print_table(rows: list[dict[str, Any]]) -> None:
    table = [COLUMNS, *(tuple(_shown(row.get(column)) for column in COLUMNS) for row in rows)]
    widths = [max(_width(line[n]) for line in table) for n in range(len(COLUMNS))]
    for line in table:
        print(
            "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(line, widths, strict=True))
        )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
