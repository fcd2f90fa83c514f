"""What somebody may do wrong in a drawing: one change at a place, of a kind that hypothesis picks.

Whether the outcome is still sound is for the engine to say.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import strategies as st

from tests.bpmn.checks.drawn import REGION, VALUES, Drawn, Level, Line

Change = Callable[[], None]


def mutations(drawn: Drawn) -> list[tuple[str, Change]]:
    """Every single change, by its kind, that can be made to the drawing (in place)."""
    return [found for level in drawn.levels for kind in _KINDS for found in kind(level)]


@st.composite
def mutated(draw: st.DrawFn, drawings: st.SearchStrategy[Drawn]) -> tuple[str, Drawn]:
    """A drawing with one or two changes, and what was changed."""
    drawn = draw(drawings).copy()
    kinds = []
    for _time in range(draw(st.sampled_from([1, 1, 2]))):
        found = mutations(drawn)
        wanted = draw(st.sampled_from(sorted({kind for kind, _change in found})))
        kind, change = draw(st.sampled_from([one for one in found if one[0] == wanted]))
        change()
        kinds.append(kind)
    return " and ".join(kinds), drawn


Found = Iterator[tuple[str, Change]]


def _dropped_flows(level: Level) -> Found:
    for line in level.lines:
        name = "drop a branch" if line.value else "drop a flow"
        yield name, lambda line=line: level.lines.remove(line)


def _swapped_gateways(level: Level) -> Found:
    """The kind of a split or of a join, which then no longer fits its partner."""
    for dot in level.dots.values():
        if dot.kind in ("choice", "parallel"):
            yield "swap a gateway", lambda name=dot.id: _swap(level, name)


def _swap(level: Level, name: str) -> None:
    dot = level.dots[name]
    to_parallel = dot.kind == "choice"
    level.dots[name] = replace(dot, kind="parallel" if to_parallel else "choice")
    many = level.leaving(name) if len(level.leaving(name)) > 1 else []
    for value, line in zip(VALUES, many, strict=False):
        choosing = Line(line.source, line.target, REGION, value)
        level.lines[level.lines.index(line)] = (
            Line(line.source, line.target) if to_parallel else choosing
        )


def _changed_values(level: Level) -> Found:
    for place, line in enumerate(level.lines):
        if line.value:
            others = [one.value for one in level.leaving(line.source) if one.value != line.value]
            for value in ("z", *others):
                yield "change a value", lambda p=place, v=value: _set_value(level, p, v)


def _set_value(level: Level, place: int, value: str) -> None:
    level.lines[place] = replace(level.lines[place], value=value)


def _jumps(level: Level) -> Found:
    """A flow led to another element: into or out of a branch, back, or past something."""
    targets = [dot.id for dot in level.dots.values() if dot.kind not in ("start", "timed", "heard")]
    for place, line in enumerate(level.lines):
        for target in targets:
            if target != line.target:
                yield "jump", lambda p=place, t=target: _lead_to(level, p, t)


def _lead_to(level: Level, place: int, target: str) -> None:
    level.lines[place] = replace(level.lines[place], target=target)


def _lost_people(level: Level) -> Found:
    """A person's step done by the machine, which decides nothing."""
    for dot in level.dots.values():
        if dot.kind == "person":
            yield "remove a person", lambda name=dot.id: _mechanise(level, name)


def _mechanise(level: Level, name: str) -> None:
    dot = level.dots[name]
    level.dots[name] = replace(dot, kind="operation", more="act", variable="")


def _changed_borders(level: Level) -> Found:
    for dot in level.dots.values():
        if dot.host:
            yield "turn an interruption", lambda name=dot.id: _turn(level, name)


def _turn(level: Level, name: str) -> None:
    dot = level.dots[name]
    level.dots[name] = replace(dot, interrupts=not dot.interrupts)


_KINDS = (
    _dropped_flows,
    _swapped_gateways,
    _changed_values,
    _jumps,
    _lost_people,
    _changed_borders,
)
