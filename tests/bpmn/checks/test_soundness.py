"""Small diagrams with one fault each: what is found, at which element, and the run that shows it.

Each run is played once more in the real engine, which must come to grief in the same way.
"""

import re
from collections.abc import Mapping

import pytest

from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks import check_soundness, explore
from bpmn.diagram import load_files, read_diagram
from bpmn.errors import Problem
from bpmn.matters import MATTERS
from tests.bpmn.checks import faults_of_paths, faults_of_values
from tests.bpmn.checks.faults import ENDS, FORK, MEET, REMINDER, WORDS, files_of
from tests.bpmn.checks.playing import play
from tests.bpmn.engine.drawing import (
    boundary,
    bpmn,
    call,
    catch,
    dmn,
    end,
    flows,
    gateway,
    message,
    multiple,
    rule,
    service,
    start,
    sub,
    timer,
    user,
)

FAULTS = {**faults_of_values.FAULTS, **faults_of_paths.FAULTS}


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_found_where_it_starts_and_nothing_else(name):
    fault = FAULTS[name]

    problems = problems_of(fault.body, fault.files)

    assert [(p.element, p.message) for p in problems] == [(fault.element, fault.said)]
    assert problems[0].rule == "soundness"
    assert problems[0].mend
    if fault.run:
        assert [move.element for move in problems[0].run] == fault.run.split()


BRACES = "{0.__class__}{x}%(y)s{"
"""A name that is no place for another word to be put in."""


def braced(text):
    """Every element named so, and its id behind it."""
    unnamed = re.sub(r'(<bpmn:\w+ id="\w+") name="\w+"', r"\1", text)
    return re.sub(r'<bpmn:(\w+) id="(\w+)"', rf'<bpmn:\1 id="\2" name="{BRACES}\2"', unnamed)


@pytest.mark.parametrize("name", FAULTS)
def test_names_with_braces_are_told_as_they_are_written(name):
    fault = FAULTS[name]
    files = {name: braced(text.decode()).encode() for name, text in fault.files.items()}

    (problem,) = problems_of(braced(fault.body), files)

    assert problem.element == fault.element
    assert f"“{BRACES}{fault.element}”" in problem.message or fault.element not in fault.said


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.run])
def test_the_run_comes_to_grief_in_the_engine_too(name):
    fault = FAULTS[name]
    files = files_of(fault.body, fault.files)
    problem = problems_of(fault.body, fault.files)[0]

    outcome = play(files, read_diagram(files), problem.run)

    assert outcome in _GRIEF[_kind(problem)]


def _kind(problem: Problem) -> str:
    kinds = {"办件停在这里": "stuck", "会停在这里": "fault", "空转": "idle", "到不了": "on"}
    return next((kind for part, kind in kinds.items() if part in problem.message), "on")


_GRIEF = {
    "stuck": {"stuck", "called off"},
    "fault": {"fault"},
    "idle": {"fault", "on"},
    "on": {"on", "called off", "ended"},
}


SOUND = {
    "a step": user("a") + flows("start > a > end"),
    "parallel branches that meet": FORK
    + MEET
    + user("a")
    + user("b")
    + flows("start > fork > a > meet > end", "fork > b > meet"),
    "a reminder with an end of its own": user("a")
    + REMINDER
    + service("send", "note")
    + end("sent")
    + flows("start > a > end", "remind > send > sent"),
    "a reminder in a loop": user("a", outcome="wish")
    + REMINDER
    + service("send", "note")
    + end("sent")
    + gateway("one")
    + flows("start > a > one", 'one > a : wish == "x"', 'one > end : wish == "y"')
    + flows("remind > send > sent"),
    "several people": user("a", multiple("people", "person")) + flows("start > a > end"),
    "a pause": catch("wait", timer('due("answer")')) + flows("start > wait > end"),
    "a message that interrupts a sub-process": sub(
        "a", start("s") + user("b") + end("e") + flows("s > b > e")
    )
    + boundary("called", "a", message("call"))
    + user("c")
    + flows("start > a > end", "called > c > a"),
    "a table that knows what is given": rule("a", "size")
    + gateway("one")
    + user("b")
    + flows("start > a > one", 'one > end : size == "S"', 'one > b : size == "L"', "b > end"),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_diagram_has_no_problem(name):
    table = dmn("size", "kind", "size", {'"small"': '"S"', '"large"': '"L"'}, "UNIQUE")

    assert problems_of(ENDS + SOUND[name], {"s.dmn": table}) == []


@pytest.mark.parametrize("matter", MATTERS)
def test_every_shipped_diagram_is_sound(matter):
    diagram = read_diagram(load_files(matter))

    assert list(check_soundness(diagram, explore(diagram, VOCABULARY))) == []


def test_words_of_a_run_are_what_an_officer_reads():
    diagram = read_diagram(load_files("qualification_application"))
    space = explore(diagram, VOCABULARY)

    run = space.find(lambda step: step.element == "acceptance_overdue")

    assert run is not None
    told = [step.words for step in run]
    assert told[0] == "开始：新建工作：甲级证书（仅导航电子地图制作）"
    assert told[1:3] == ["办结“填报申请材料”", "自动办理“登记提交”"]
    assert told[-1] == "“五个工作日未告知”到期"


def test_what_is_too_large_is_undecided_and_says_how_far_it_was_looked():
    body = FORK + MEET + "".join(user(f"t{n}") for n in range(12))
    body += flows(*(f"fork > t{n} > meet" for n in range(12)), "start > fork", "meet > end")
    diagram = read_diagram(files_of(ENDS + body, {}))

    problems = list(check_soundness(diagram, explore(diagram, WORDS, most_states=500)))

    assert [(p.undecided, p.element) for p in problems] == [(True, "main")]
    assert problems[0].message.startswith("可能出现的情形太多，没有推演完：已推演 50")


def test_diagrams_that_call_each_other_over_and_over_are_undecided():
    files = {
        f"p{n}.bpmn": bpmn(
            f"p{n}",
            start(f"s{n}")
            + "".join(call(f"c{n}_{turn}", f"p{n + 1}") for turn in range(4))
            + end(f"e{n}")
            + flows(f"s{n} > c{n}_0 > c{n}_1 > c{n}_2 > c{n}_3 > e{n}"),
        )
        for n in range(12)
    }
    diagram = read_diagram(files_of(ENDS + call("a", "p0") + flows("start > a > end"), files))

    problems = list(check_soundness(diagram, explore(diagram, WORDS)))

    assert [p.undecided for p in problems] == [True]


NEVER_AND_TWICE = (
    ENDS
    + service("before", "note")
    + boundary("never", "before", timer('due("answer")'))
    + end("gone")
    + FORK
    + user("a")
    + user("b")
    + gateway("one")
    + service("behind", "note")
    + boundary("perhaps", "behind", timer('due("answer")'))
    + flows("start > before > fork > a > one > behind > end", "fork > b > one", "never > gone")
    + flows("perhaps > gone")
)


def test_what_is_dead_is_told_beside_a_worse_fault_unless_the_fault_hides_it():
    """Of `perhaps`, behind the fault, nothing is known until that is mended; of `never` it is."""
    problems = problems_of(NEVER_AND_TWICE, {})

    assert [(one.element, one.message) for one in problems] == [
        ("one", "“one”会同时办两遍：并行的分支没有汇合就走到了一起"),
        ("never", "“never”永远不会发生：“before”不会停下来等"),
    ]


def problems_of(body: str, files: Mapping[str, bytes]) -> list[Problem]:
    diagram = read_diagram(files_of(body, files))
    return list(check_soundness(diagram, explore(diagram, WORDS)))
