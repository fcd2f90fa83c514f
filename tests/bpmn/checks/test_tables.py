"""Decision tables with one fault each, and the same verdicts by asking the engine everything."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks.tables import check_tables
from bpmn.checks.tables.covering import Piece, cover
from bpmn.checks.work import TooMany, Work
from bpmn.diagram import load_files, read_diagram
from bpmn.engine.decisions import read_tables
from bpmn.errors import DiagramFault
from bpmn.matters import MATTERS
from tests.bpmn.checks.table_files import WITH_SENDING, WORDS, diagram_with, table

UP, DOWN = '"province"', '"city"'
A, B, ANY = '"a"', '"b"', ""


def told(content: bytes, words=WORDS):
    return [(one.element, one.message) for one in check_tables(diagram_with(content), words)]


@pytest.mark.parametrize("matter", MATTERS)
def test_shipped_tables_answer_each_case_once(matter):
    assert list(check_tables(read_diagram(load_files(matter)), VOCABULARY)) == []


FAULTS = [
    (
        ["kind"],
        [([A], UP)],
        "UNIQUE",
        [("route", "决策表“定层级”没有规则适用于：证书类型=“乙级”")],
    ),
    (
        ["kind", "city"],
        [([A, ANY], UP), ([B, '"6101"'], DOWN)],
        "UNIQUE",
        [("route", "决策表“定层级”没有规则适用于：证书类型=“乙级”，市级代码=其他")],
    ),
    (
        ["kind", "city"],
        [([A, ANY], UP), ([B, '!= ""'], DOWN)],
        "FIRST",
        [("route", "决策表“定层级”没有规则适用于：证书类型=“乙级”，市级代码=空")],
    ),
    (
        ["days"],
        [(["> 5"], UP), (["< 5"], DOWN)],
        "UNIQUE",
        [("route", "决策表“定层级”没有规则适用于：天数=“5”")],
    ),
    (
        ["days"],
        [(["<= 5"], UP), ([">= 6"], DOWN)],
        "UNIQUE",
        [("route", "决策表“定层级”没有规则适用于：天数=“5.5”")],
    ),
    (
        ["urgent"],
        [(["True"], UP)],
        "UNIQUE",
        [("route", "决策表“定层级”没有规则适用于：加急=否")],
    ),
    (
        ["kind", "city"],
        [([A, ANY], UP), ([B, ANY], DOWN), ([ANY, '"6101"'], DOWN)],
        "UNIQUE",
        [("r3", "决策表“定层级”第 1 条和第 3 条规则同时适用于：证书类型=“甲级”，市级代码=“6101”")],
    ),
    (
        ["kind"],
        [([A], UP), ([ANY], DOWN), ([B], UP)],
        "FIRST",
        [("r3", "决策表“定层级”第 3 条规则永远轮不到：它的情况前面第 2 条规则都已包括")],
    ),
    (
        ["kind"],
        [([A], UP), ([B], DOWN), ([ANY], UP)],
        "FIRST",
        [("r3", "决策表“定层级”第 3 条规则永远轮不到：它的情况前面第 1、2 条规则都已包括")],
    ),
    (
        ["kind"],
        [([A], UP), ([B], DOWN), (['"c"'], UP)],
        "UNIQUE",
        [("r3", "决策表“定层级”第 3 条规则永远不会符合：“证书类型”不会有这样的取值")],
    ),
    (
        ["days"],
        [(["5 < ? < 5"], UP), ([ANY], DOWN)],
        "FIRST",
        [("r1", "决策表“定层级”第 1 条规则永远不会符合：“天数”不会有这样的取值")],
    ),
    (
        ["city"],
        [(["5"], UP), ([ANY], DOWN)],
        "FIRST",
        [("r1", "决策表“定层级”第 1 条规则的“市级代码”写的是 “5”，与这一列的数据类型不同")],
    ),
    (
        ["kind"],
        [([A], UP), ([B], '"street"')],
        "UNIQUE",
        [
            (
                "r2",
                "决策表“定层级”第 2 条规则的结果“层级”是“street”，"
                "但排他网关“去哪一级”没有这样的分支",
            )
        ],
    ),
]


@pytest.mark.parametrize(("inputs", "rules", "policy", "problems"), FAULTS)
def test_table_with_one_fault_is_told_of_that_one(inputs, rules, policy, problems):
    assert told(table(inputs, rules, policy)) == problems


@pytest.mark.parametrize(("inputs", "rules", "policy", "problems"), FAULTS)
def test_each_problem_says_how_it_is_mended_and_where_it_stands(inputs, rules, policy, problems):
    for one in check_tables(diagram_with(table(inputs, rules, policy)), WORDS):
        assert (one.rule, one.file, bool(one.mend)) == ("tables", "route.dmn", True)
        assert one.line == (1 if one.element == "route" else 1 + int((one.element or "r0")[1:]))


@pytest.mark.parametrize(
    ("inputs", "rules", "policy"),
    [
        (["kind"], [([A], UP), ([B], DOWN)], "UNIQUE"),
        (["kind"], [([A], UP), ([ANY], DOWN)], "FIRST"),
        (["kind"], [(["in ['a', 'b']"], UP)], "UNIQUE"),
        (["kind", "kind"], [(["!= 'a'", B], UP), ([A, ANY], DOWN)], "UNIQUE"),
        (["city"], [(['""'], UP), (['!= ""'], DOWN)], "UNIQUE"),
        (["city"], [(["None"], UP), (["not in [None]"], DOWN)], "UNIQUE"),
        (["days"], [(["<= 5"], UP), (["5 < ? <= 7"], DOWN), (["> 7"], UP)], "UNIQUE"),
        (["days"], [(["? < 0 or ? > 9"], UP), (["not (? < 0 or ? > 9)"], DOWN)], "UNIQUE"),
        (["urgent"], [(["True"], UP), (["False"], DOWN)], "UNIQUE"),
        ([], [([], UP)], "UNIQUE"),
    ],
)  # fmt: skip
def test_table_that_answers_each_case_once_has_no_problem(inputs, rules, policy):
    assert told(table(inputs, rules, policy)) == []


def test_whole_numbers_leave_no_gap_between_neighbours():
    rules = [(["<= 5"], UP), ([">= 6"], DOWN)]

    assert told(table(["days"], rules, kinds={"days": "integer"})) == []


def test_operation_that_wants_a_number_is_not_given_a_text():
    words = replace(WORDS, operations=WITH_SENDING)
    found = told(table(["kind"], [([A], UP), ([B], DOWN)]), words)

    assert found == [
        ("r1", "决策表“定层级”第 1 条规则的结果“层级”是“province”，环节“通知”不能用它办理"),
        ("r2", "决策表“定层级”第 2 条规则的结果“层级”是“city”，环节“通知”不能用它办理"),
    ]


def test_operation_is_not_given_a_number_of_days_that_nobody_can_count():
    words = replace(WORDS, operations=WITH_SENDING)
    found = told(table(["kind"], [([A], "0"), ([B], "9007199254740992")]), words)

    assert [rule for rule, words in found if "“通知”不能用它办理" in words] == ["r1", "r2"]
    found = told(table(["kind"], [([A], "1.5"), ([B], "5 * 100")]), words)
    assert [rule for rule, words in found if "“通知”不能用它办理" in words] == ["r1", "r2"]
    found = told(table(["kind"], [([A], "1 / 0"), ([B], "len(1)")]), words)
    assert [rule for rule, words in found if "算不出来" in words] == ["r1", "r2"]
    found = told(
        table(["kind"], [([A], "working_days(0)"), ([B], "working_days(10 * 500)")]), words
    )
    assert [rule for rule, words in found if "working_days" in words] == ["r1", "r2"]
    found = told(table(["kind"], [([A], "abs(days)"), ([B], "5")]), words)
    assert [rule for rule, words in found if "要到办理时才算得出来" in words] == ["r1"]
    found = told(table(["kind"], [([A], "2 + 3"), ([B], "400")]), words)
    assert not [words for _rule, words in found if "“通知”" in words]


@pytest.mark.parametrize("cell", ["< limit", "'a' in ?", "in 'abc'", "< 'b'", "len(?) > 2", "?"])
def test_cell_that_cannot_be_cut_into_pieces_is_left_undecided(cell):
    (problem,) = check_tables(diagram_with(table(["city"], [([cell], UP)])), WORDS)

    assert problem.undecided
    assert cell in problem.message


def test_combinations_are_gone_through_as_far_as_the_work_suffices():
    half = [Piece("a", 0b01), Piece("b", 0b10)]

    assert cover([half, half], 2, Work(7)).firing == 0b11
    with pytest.raises(TooMany):
        cover([half, half], 2, Work(6))


def test_too_many_combinations_are_left_undecided(monkeypatch):
    monkeypatch.setattr("bpmn.checks.tables.MOST_WORK", 2)
    rules = [([A, '"x"'], UP), ([B, '"y"'], DOWN), ([ANY, ANY], UP)]

    (problem,) = check_tables(diagram_with(table(["kind", "city"], rules, "FIRST")), WORDS)

    assert problem.undecided


CELLS = {
    "kind": ["", '"a"', '"b"', '!= "a"', 'in ["a", "b"]', 'not in ["b"]', '"c"'],
    "city": ["", "-", '""', '"x"', '!= "x"', 'not in ["x", ""]', '? == "x" or ? == "y"'],
    "days": ["", "5", "> 3", "<= 3", "3 < ? <= 5", "in [1, 5]", "not (? > 3 and ? < 7)", "!= 5"],
    "urgent": ["", "True", "False"],
}
VALUES: dict[str, list[Any]] = {
    "kind": ["a", "b"],
    "city": ["", "x", "y", "z", "其他"],
    "days": [half / 2 for half in range(-4, 24)],
    "urgent": [True, False],
}


@st.composite
def tables(draw):
    names = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=3))
    row = st.tuples(*(st.sampled_from(CELLS[name]) for name in names))
    rows = draw(st.lists(row, min_size=1, max_size=6))
    return names, rows, draw(st.sampled_from(["UNIQUE", "FIRST"]))


@settings(max_examples=300, deadline=None)
@given(tables())
def test_verdict_is_that_of_the_engine_asked_for_every_value(drawn):
    names, rows, policy = drawn
    content = table(names, [(row, UP) for row in rows], policy)

    found = told(content)

    gap, never, covered, overlapping = _asked(names, content, policy)
    assert any("没有规则适用" in message for _element, message in found) is gap
    assert _rules(found, "永远不会符合") == never
    assert _rules(found, "永远轮不到") == covered
    assert _rules(found, "同时适用") == overlapping


def _asked(names, content: bytes, policy: str):
    """What the engine says of each rule by itself, over many values of every input."""
    (whole,), _problems = read_tables(etree.fromstring(content), "route.dmn")
    alone = [replace(whole, rules=(rule,)) for rule in whole.rules]
    variables = sorted(set(names))
    holding = []
    for values in product(*(VALUES[name] for name in variables)):
        given = dict(zip(variables, values, strict=True))
        holding.append([number for number, one in enumerate(alone, 1) if _holds(one, given)])
    every = set(range(1, len(alone) + 1))
    may = {number for found in holding for number in found}
    firing = {found[0] for found in holding if found}
    overlapping = {number for found in holding for number in found[1:]}
    is_first = policy == "FIRST"
    return (
        any(not found for found in holding),
        every - may,
        may - firing if is_first else set(),
        set() if is_first else overlapping,
    )


def _holds(one, given) -> bool:
    try:
        one.decide(given, {})
    except DiagramFault:
        return False
    return True


def _rules(found, words: str) -> set[int]:
    return {int(element[1:]) for element, message in found if words in message}
