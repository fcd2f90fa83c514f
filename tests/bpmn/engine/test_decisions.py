"""Decision tables: one rule, in words when there is none or more than one."""

from typing import Any

import pytest

from bpmn import engine
from bpmn.errors import DiagramFault, DiagramRejected, ExpressionError
from tests.bpmn.engine.desk import Desk
from tests.bpmn.engine.drawing import bpmn, dmn, end, flows, rule, start
from tests.bpmn.engine.office import Office

LEVELS = {'"class_a"': '"province"', "in ['class_b']": '"city"'}


def decide(table: bytes, **variables: Any) -> Any:
    body = start() + rule("route", "routing") + end() + flows("start > route > end")
    diagram = engine.compile_diagram({"diagram.bpmn": bpmn("case", body), "routing.dmn": table})
    return engine.start(diagram, variables, Office().host()).variables


@pytest.mark.parametrize(
    ("cell", "given", "holds"),
    [
        ("5", 5, True),
        ("> 3", 4, True),
        (">= 3", 2, False),
        ("3 < ? <= 5", 5, True),
        ("3 < ? <= 5", 3, False),
        ("in [1, 2]", 2, True),
        ("not in [1, 2]", 2, False),
        (" - ", 1, True),
        ("", 1, True),
        ("limit", 7, True),
        ("< limit", 7, False),
        ("? == '?'", "?", True),
        ("'?'", "?", True),
        ('"a?b"', "a?b", True),
        ("None", None, True),
    ],
)
def test_cell_is_compared_with_its_input(cell: str, given: Any, holds: bool) -> None:
    table = dmn("routing", "given", "found", {cell: "True", "-": "False"}, "FIRST")

    assert decide(table, given=given, limit=7)["found"] is holds


def test_unique_table_finds_its_rule() -> None:
    table = dmn("routing", "kind", "level", LEVELS, "UNIQUE")

    assert decide(table, kind="class_b")["level"] == "city"


def test_first_table_takes_the_first_of_several() -> None:
    table = dmn("routing", "days", "level", {"> 10": '"long"', "> 5": '"middle"'}, "FIRST")

    assert decide(table, days=20)["level"] == "long"


def test_unique_table_with_two_rules_that_hold_is_a_fault() -> None:
    table = dmn("routing", "days", "level", {"> 10": '"long"', "> 5": '"middle"'}, "UNIQUE")

    with pytest.raises(DiagramFault, match="多条规则"):
        decide(table, days=20)


def test_table_without_a_rule_that_holds_is_a_fault() -> None:
    table = dmn("routing", "kind", "level", LEVELS, "UNIQUE")

    with pytest.raises(DiagramFault, match="没有符合的规则"):
        decide(table, kind="class_z")


def test_history_names_the_rule_that_fired_and_what_it_had_before_it() -> None:
    desk = Desk(certificate_type="class_a_navigation")
    desk.complete("fill")

    fired = [
        (visit.element, visit.fired)
        for visit in engine.history(desk.diagram, desk.step.state)
        if visit.fired is not None
    ]

    ((element, rule),) = fired
    assert (element, rule.rule) == ("route", "routing_r0")
    assert dict(rule.variables)["certificate_type"] == "class_a_navigation"
    assert dict(rule.variables)["level"] == "ministry"


def test_state_without_the_note_of_a_rule_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def decide_silently(self: Any, task: Any) -> bool:
        _rule, found = self.dmnEngine.decide(task.data, {})
        task.data.update(found)
        return True

    monkeypatch.setattr("bpmn.engine.specs.DecisionTask._run_hook", decide_silently)
    desk = Desk()
    desk.complete("fill")

    visits = engine.history(desk.diagram, desk.step.state)

    assert "route" in {visit.element for visit in visits}
    assert {visit.fired for visit in visits} == {None}


def test_missing_input_is_an_error_in_words() -> None:
    with pytest.raises(ExpressionError, match="kind"):
        decide(dmn("routing", "kind", "level", LEVELS, "UNIQUE"))


def test_table_may_call_the_host() -> None:
    table = dmn("routing", "kind", "until", {"-": "working_days(7)"}, "UNIQUE")

    assert decide(table, kind="x")["until"].startswith("2026-11-27")


@pytest.mark.parametrize(
    "table",
    [
        dmn("routing", "kind", "level", LEVELS, "COLLECT"),
        dmn("routing", "kind", "level", {}, "UNIQUE"),
        dmn("routing", "kind", "", LEVELS, "UNIQUE"),
        dmn("routing", "kind", "a.b", LEVELS, "UNIQUE"),
        dmn("routing", "", "level", LEVELS, "UNIQUE"),
        dmn("routing", "kind.upper()", "level", LEVELS, "UNIQUE"),
        dmn("routing", "kind", "level", {"'": "1"}, "UNIQUE"),
        dmn("routing", "kind", "level", {"-": ""}, "UNIQUE"),
        dmn("routing", "kind", "level", {"-": "open('/etc/passwd')"}, "UNIQUE"),
        dmn("routing", "kind", "level", LEVELS, "UNIQUE").replace(b"20191111", b"19990101"),
        dmn("routing", "kind", "level", LEVELS, "UNIQUE").replace(b"decisionTable", b"other"),
        b"<definitions",
    ],
)
def test_bad_table_is_refused_at_upload(table: bytes) -> None:
    with pytest.raises(DiagramRejected) as rejected:
        decide(table, kind="class_a")

    assert "routing.dmn" in {problem.file for problem in rejected.value.problems}
