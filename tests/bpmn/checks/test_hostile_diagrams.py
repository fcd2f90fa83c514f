"""Diagrams drawn to break the office: what no parser survives, whom nobody serves, stolen names."""

import sys
import time
from datetime import UTC, datetime

import pytest

from bpmn import engine
from bpmn.casework.vocabulary import diagram_problems
from bpmn.diagram import load_files
from bpmn.engine import compiler
from bpmn.engine.grammar import MOST_ID, MOST_LETTERS
from bpmn.engine.size import MAX_ELEMENTS
from models import Case, ClockEntry, Task
from tests.bpmn.engine.drawing import (
    boundary,
    bpmn,
    dmn,
    end,
    flows,
    gateway,
    rule,
    service,
    start,
    timer,
    user,
)

DEEP = ["-" * 9_999 + "1", "a." * 9_999 + "b", "not " * 9_999 + "a"]


def work(**properties):
    return start() + user("work", **properties) + end() + flows("start > work > end")


@pytest.mark.parametrize("deep", DEEP, ids=["minus", "attributes", "not"])
@pytest.mark.parametrize("place", ["parameter", "timer", "condition"])
def test_an_expression_that_no_parser_survives_is_refused_wherever_it_stands(deep, place):
    late = boundary("late", "work", timer(deep))
    body = {
        "parameter": start()
        + service("note", "issue_document", kind=deep)
        + end()
        + flows("start > note > end"),
        "timer": work() + late + flows("late > end"),
        "condition": start()
        + user("work")
        + gateway("choice")
        + end()
        + flows("start > work > choice", f"choice > end : {deep}"),
    }[place]

    problems = diagram_problems({"diagram.bpmn": bpmn("case", body)})

    assert any("超过500个字符" in problem.message for problem in problems), problems


UNITS = [
    ({"form": "application", "role": "reviewer"}, "不由角色"),
    ({"form": "drawn", "role": "applicant"}, "不由角色"),
    ({"form": "review_application", "role": "respondent"}, "不由角色"),
    ({"form": "application", "role": "applicant", "field.x": "text;名称"}, "不能自定字段"),
]


@pytest.mark.parametrize(("properties", "words"), UNITS)
def test_a_step_that_its_people_are_never_shown_is_refused(properties, words):
    problems = diagram_problems({"diagram.bpmn": bpmn("case", work(**properties))})

    assert any(p.element == "work" and words in p.message for p in problems), problems


def test_no_person_may_set_what_the_office_says_of_a_case():
    choice = gateway("choice") + flows('work > choice > end : matter == "renewal"')
    body = start() + user("work", outcome="matter") + end() + flows("start > work") + choice

    problems = diagram_problems({"diagram.bpmn": bpmn("case", body)})

    assert "“事项”在办件新建时由系统给定，流程不能改写" in said_of(problems, "work")


def test_no_table_may_set_what_the_office_says_of_a_case():
    table = dmn("route", "matter", "certificate_type", {"-": '"class_a"'}, "UNIQUE")
    body = start() + rule("work", "route") + end() + flows("start > work > end")

    problems = diagram_problems({"diagram.bpmn": bpmn("case", body), "route.dmn": table})

    assert "“证书类型”在办件新建时由系统给定，流程不能改写" in said_of(problems, "work")


def test_a_huge_table_is_undecided_and_at_once():
    rules = {f'"{number}"': '"low"' for number in range(2_000)}
    body = start() + rule("work", "route") + end() + flows("start > work > end")
    files = {
        "diagram.bpmn": bpmn("case", body),
        "route.dmn": dmn("route", "city", "level", rules, "UNIQUE"),
    }

    begun = time.process_time()
    problems = diagram_problems(files)

    assert time.process_time() - begun < 3
    assert any(problem.rule == "tables" and problem.undecided for problem in problems)


def chain(steps):
    """As many steps one after another, with as many flows and one more."""
    names = [f"s{number}" for number in range(steps)]
    body = "".join([start(), *[service(name, "act") for name in names], end()])
    return {"diagram.bpmn": bpmn("case", body + flows(" > ".join(["start", *names, "end"])))}


NOW = datetime(2026, 11, 20, tzinfo=UTC)
LONGEST = (MAX_ELEMENTS - 3) // 2


def test_the_longest_chain_is_compiled_and_its_cases_run_to_the_end():
    before = sys.getrecursionlimit()

    compiled = engine.compile_diagram(chain(LONGEST), keep=False)
    step = engine.start(compiled, {}, engine.Host(NOW, {}, lambda name, given: {}))

    assert step.ended == "end"
    assert sys.getrecursionlimit() == before


def test_one_step_more_is_refused_with_the_count():
    (problem,) = diagram_problems(chain(LONGEST + 1))

    assert problem.message == "流程图过大：2001 个节点和连线，最多 2000 个"


def said_of(problems, element):
    return [problem.message for problem in problems if problem.element == element]


def test_checking_drafts_drives_out_nothing_that_cases_run_on():
    live = load_files("certificate_reissue")
    compiled = engine.compile_diagram(live)

    for number in range(compiler.MAX_KEPT + 1):
        diagram_problems({"diagram.bpmn": bpmn(f"draft{number}", work())})

    assert engine.compile_diagram(live) is compiled


def test_what_a_task_keeps_of_a_diagram_fits_its_columns():
    """PostgreSQL refuses what is longer, and every case would stay at that step."""
    kept = (Task.element, Task.outcome, Case.ended)
    assert {column.type.length for column in kept} == {MOST_ID}
    assert Task.name.type.length == MOST_LETTERS
    assert ClockEntry.article.type.length == 120
    wish = "y" * (MOST_ID + 1)
    body = start() + user("a", outcome="wish") + gateway("one") + end() + end("away")
    body += flows("start > a > one", f'one > end : wish == "{wish}"', 'one > away : wish == "n"')

    problems = diagram_problems({"diagram.bpmn": bpmn("case", body)})

    assert any(p.element == "a" and "取值超过 64 个字" in p.message for p in problems), problems


@pytest.mark.parametrize("count", ["0", "-1", "51", str(2**53), "1.5", "'x'", "2 * 10**9", "kind"])
def test_a_step_is_for_no_more_people_than_there_can_be(count):
    many = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>{}</bpmn:loopCardinality>"
    many = many.format(count) + "</bpmn:multiInstanceLoopCharacteristics>"
    body = start() + rule("ask", "say") + user("work", many) + end()
    files = {
        "diagram.bpmn": bpmn("case", body + flows("start > ask > work > end")),
        "say.dmn": dmn("say", "city", "kind", {"-": "1000000"}, "UNIQUE"),
    }

    problems = diagram_problems(files)

    assert any(p.element == "work" and "同时办理" in p.message for p in problems), problems


def test_a_step_asks_for_no_more_than_a_page_holds():
    asked = {f"field.item_{n}": "text;名称" for n in range(61)}
    body = start() + user("work", **asked) + end() + flows("start > work > end")

    problems = diagram_problems({"diagram.bpmn": bpmn("case", body)})

    assert any(p.element == "work" and "最多 60 个" in p.message for p in problems), problems
