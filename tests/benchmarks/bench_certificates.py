"""What a certificate costs, beside plain `HTML(...).write_pdf()` of the same page."""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from certificates.render import page_html, render
from tests.certificates.papers import SHORT

KIND = "certificate_original"


def run(quick: bool) -> list[dict[str, Any]]:
    """Return the figures; both sides use the packaged fonts and are timed in turns."""
    facts = SHORT[KIND]
    pdf = render(KIND, facts)

    from weasyprint import HTML  # after certificates has hidden the machine's fonts

    whole_page = page_html(KIND, facts, backdrop=True)
    plain = HTML(string=whole_page).write_pdf()
    ours, theirs = _in_turns(
        lambda: render(KIND, facts),
        lambda: HTML(string=whole_page).write_pdf(),
        rounds=7 if quick else 25,
    )
    return [
        {
            "name": "certificate, warm",
            "value": round(ours * 1000, 1),
            "unit": "ms",
            "baseline": round(theirs * 1000, 1),
            "ratio": round(theirs / ours, 2),
            "target": "≥ 2×",
            "ok": theirs / ours >= 2,
        },
        {
            "name": "certificate, size",
            "value": round(len(pdf) / 1000, 1),
            "unit": "kB",
            "baseline": round(len(plain) / 1000, 1),
            "ratio": round(len(plain) / len(pdf), 2),
            "target": "≤ 200 kB",
            "ok": len(pdf) <= 200_000,
        },
    ]


def _in_turns(
    first: Callable[[], Any], second: Callable[[], Any], rounds: int
) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for side, work in zip(took, (first, second), strict=True):
            started = perf_counter()
            work()
            side.append(perf_counter() - started)
    return median(took[0]), median(took[1])
