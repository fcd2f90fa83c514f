"""The checker is checked: its verdict on soundness against all that the real engine can do.

Diagrams come from hypothesis: sound ones by how they are built, and the same with a change or two.
"""

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from bpmn.checks import check_diagram
from bpmn.diagram import read_diagram
from bpmn.errors import DiagramRejected, Problem
from tests.bpmn.checks.drawn import Dot, Drawn, Level, Line
from tests.bpmn.checks.exhaustive import Exploration, Explored
from tests.bpmn.checks.generating import blocks, draw
from tests.bpmn.checks.mutating import mutated
from tests.bpmn.checks.replaying import replay, waiting

MOST = 120
"""Situations that the engine is led through; what has more is left to the longer run."""
MACHINE = frozenset(
    {"startEvent", "endEvent", "exclusiveGateway", "serviceTask", "businessRuleTask"}
)
DRAWINGS = blocks().map(draw)
CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    # Making a failure smaller takes minutes: for somebody who looks at one, not for every run.
    phases=[Phase.explicit, Phase.generate],
    max_examples=25,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)


def check(drawn: Drawn) -> tuple[Problem, ...]:
    """What is wrong, but for the law: these diagrams are about nothing and decide nothing."""
    problems = check_diagram(read_diagram(drawn.files()), drawn.words())
    return tuple(problem for problem in problems if problem.rule != "law")


def never_done(drawn: Drawn, explored: Explored) -> set[str]:
    return {dot.id for dot in drawn.dots()} - explored.entered


@CALM
@given(DRAWINGS)
def test_what_is_built_of_sound_blocks_is_found_sound_and_runs_to_its_end(drawn: Drawn) -> None:
    explored = Exploration(drawn.files(), drawn.words()).explore(MOST)

    assert check(drawn) == ()
    assert explored.faults() == set()
    assert not explored.complete or never_done(drawn, explored) == set()


def agree(drawn: Drawn) -> None:
    """The engine and the checker say the same, and each counter-example can be played."""
    try:
        exploration = Exploration(drawn.files(), drawn.words())
    except DiagramRejected:
        return
    problems = check(drawn)
    if any(problem.rule != "soundness" for problem in problems):
        return
    explored = exploration.explore(MOST)
    assume(explored.complete)
    faults = explored.faults() | ({"dead"} if never_done(drawn, explored) else set())
    if explored.passed_twice and not faults:
        # Harmless to the engine; the checker tells of it where both come at once.
        return
    assert bool(problems) == bool(faults), (faults, problems)
    for problem in problems:
        assert not problem.run or ends_as_told(exploration, problem), problem


def ends_as_told(exploration: Exploration, problem: Problem) -> bool:
    """The run can be played, and comes to a fault or to where its last move says.

    Where that is a step of the machine, the engine is already past it.
    """
    last = waiting(exploration, problem.run[-1].tokens)
    nodes = [exploration.diagram.find_node(element) for element in last]
    moving = any(found and found[1].kind in MACHINE for found in nodes)
    reached = replay(exploration, problem.run)
    return any(one.wrong or moving or waiting(exploration, one.tokens) == last for one in reached)


@settings(CALM, max_examples=80)
@given(mutated(DRAWINGS))
def test_checker_and_engine_agree_on_changed_diagrams(change: tuple[str, Drawn]) -> None:
    agree(change[1])


@pytest.mark.benchmark
@settings(CALM, derandomize=False, max_examples=3000)
@given(mutated(DRAWINGS))
def test_checker_and_engine_agree_on_very_many(change: tuple[str, Drawn]) -> None:
    agree(change[1])


KINDS = {"start": "start", "end": "end", "p": "person", "op": "operation"}
GATEWAYS = {"x": "choice", "and": "parallel"}


def sketch(*paths: str) -> Drawn:
    """Each path is `start > and1 > p1 > end`: x is a choice, p a person, op an operation.

    `p1=v` is a person who decides, `x1 -a> p2` a branch for the value a of the same variable.
    """
    level = Level("main")
    variable = ""
    for path in paths:
        words = path.split()
        names = words[::2]
        for name in names:
            bare, _equals, decides = name.partition("=")
            variable = decides or variable
            kind = (KINDS | GATEWAYS)[bare.rstrip("0123456789")]
            more = "act" if kind == "operation" else ""
            level.dots.setdefault(bare, Dot(bare, kind, more, variable=decides))
        for source, arrow, goal in zip(names, words[1::2], names[1:], strict=False):
            value = arrow.strip("->")
            ends = source.partition("=")[0], goal.partition("=")[0]
            level.lines.append(Line(*ends, variable if value else "", value))
    return Drawn([level], operations={"act": ("", ())})


SKETCHES = [
    ("parallel branches that meet", ["start > and1 > p1 > and2 > end", "and1 > p2 > and2"], set()),
    ("branches that both end", ["start > and1 > p1 > end", "and1 > p2 > end1"], set()),
    (
        "choice met by a parallel join",
        ["start > p1=v > x1 -a> p2 > and1 > end", "x1 -b> p3 > and1"],
        {"stuck"},
    ),
    (
        "parallel branches met by a merge, then a person",
        ["start > and1 > p1 > x1 > p3 > end", "and1 > p2 > x1"],
        {"twice"},
    ),
    (
        "parallel branches met by a merge, then an operation",
        ["start > and1 > p1 > x1 > op1 > end", "and1 > p2 > x1"],
        {"twice"},
    ),
    (
        "way out of a parallel branch",
        ["start > and1 > p1=v > x1 -a> and2 > end", "x1 -b> end1", "and1 > p2 > and2"],
        {"stuck"},
    ),
    (
        "return with a person",
        ["start > x1 > p1=v > x2 -a> end", "x2 -b> x1"],
        set(),
    ),
    (
        "return with no person",
        ["start > p1=v > x1 > op1 > x2 -a> end", "x2 -b> x1"],
        {"idle"},
    ),
]


@pytest.mark.parametrize(("words", "paths", "faults"), SKETCHES)
def test_engine_and_checker_know_what_is_wrong(words, paths, faults):
    drawn = sketch(*paths)

    explored = Exploration(drawn.files(), drawn.words()).explore(MOST)

    assert explored.faults() == faults
    assert bool(check(drawn)) == bool(faults)
