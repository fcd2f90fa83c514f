"""The verdict on 500 people and ten specialties, beside judging each specialty from the start.

The baseline is what one would write first: every specialty looks at every person anew and tries
the retired in every combination that the cap allows.
"""

from collections.abc import Sequence
from itertools import combinations
from statistics import median
from time import perf_counter
from typing import Any

from config.policy import load_standards
from models.policy import StaffNeed
from models.standards import StaffMember, Standard, read_standard, staff_verdict

PEOPLE, RETIRED = 500, 6
LEVELS = ("senior", "mid", "junior", "related")
LIMIT = 5.0
"""Milliseconds: the verdict is shown beside the table after each row."""


def run(quick: bool) -> list[dict[str, Any]]:
    """Both sides in turns; milliseconds, the median."""
    standard, people = read_standard(load_standards()), _people()
    codes = list(standard.specialties)
    verdict = staff_verdict(standard, "A", codes, people)
    naive = _naive(standard, codes, people)
    assert [part.met for part in verdict.parts] == naive, "the baseline judges otherwise"
    took: tuple[list[float], list[float]] = ([], [])
    for _round in range(5 if quick else 20):
        for side, work in zip(took, (staff_verdict, _judged_naively), strict=True):
            begun = perf_counter()
            work(standard, "A", codes, people)
            side.append((perf_counter() - begun) * 1000)
    ours, theirs = (median(side) for side in took)
    return [
        {
            "name": f"verdict, {PEOPLE} people × {len(codes)} specialties",
            "value": round(ours, 2),
            "unit": "ms",
            "baseline": round(theirs, 2),
            "ratio": round(theirs / ours, 1),
            "target": f"≤ {LIMIT:g} ms and ≥ 5×",
            "ok": ours <= LIMIT and theirs >= 5 * ours,
        }
    ]


def _people() -> list[StaffMember]:
    """Enough of the lower levels and too few of the highest for some specialties."""
    return [
        StaffMember(level, level, retired=number < RETIRED, name=f"第{number}人", key=str(number))
        for number in range(PEOPLE)
        for level in [LEVELS[min(number * 7 % 100 // 3, 3)] if number % 9 else "related"]
    ]


def _judged_naively(
    standard: Standard, letter: str, codes: Sequence[str], people: Sequence[StaffMember]
) -> list[bool]:
    assert letter == "A"
    return _naive(standard, codes, people)


def _naive(standard: Standard, codes: Sequence[str], people: Sequence[StaffMember]) -> list[bool]:
    found = []
    for code in codes:
        need = standard.specialties[code].classes["A"].staff
        active = [person for person in people if not person.retired]
        retired = [person for person in people if person.retired]
        found.append(
            any(
                _meets(need, [*active, *chosen])
                for chosen in combinations(retired, standard.retired_cap["A"])
            )
        )
    return found


def _meets(need: StaffNeed, crew: Sequence[StaffMember]) -> bool:
    """Every place from the highest down takes the lowest person who may fill it."""
    free = sorted((LEVELS.index(person.category) for person in crew), reverse=True)
    for place in range(len(LEVELS)):
        for _one in range(getattr(need, LEVELS[place])):
            fitting = next((level for level in free if level <= place), None)
            if fitting is None:
                return False
            free.remove(fitting)
    return len(crew) >= need.total
