"""Diagrams drawn to keep the machine busy: each is answered soon, in words, and nothing is raised.

What cannot be looked through in that time is said to be undecided, or refused as too large.
"""

import time

import pytest

from bpmn.casework.vocabulary import diagram_problems
from bpmn.errors import MOST_TOLD
from tests.bpmn.engine.drawing import (
    bpmn,
    call,
    dmn,
    end,
    escape,
    flows,
    gateway,
    rule,
    service,
    start,
    user,
)

AT_ONCE = 3.0
"""Seconds of this process alone: none took more than 1.5, some took minutes before."""
CELLS = {f'in ["{n}", "x{n}", "y{n}"]': '"low"' for n in range(290)}
WORKED = start() + user("work") + end() + flows("start > work > end")


def in_a_row(steps):
    ids = [step.partition('id="')[2].partition('"')[0] for step in steps]
    return start() + "".join(steps) + end() + flows(" > ".join(["start", *ids, "end"]))


def wide(columns, rules, cell):
    heads = "".join(
        f'<input id="i{n}"><inputExpression id="x{n}" typeRef="string"><text>len(city) + {n}</text>'
        "</inputExpression></input>"
        for n in range(columns)
    )
    rows = "".join(
        f'<rule id="r{row}">'
        + "".join(
            f'<inputEntry id="c{row}_{n}"><text>{escape(cell(row, n))}</text></inputEntry>'
            for n in range(columns)
        )
        + f'<outputEntry id="o{row}"><text>"low"</text></outputEntry></rule>'
        for row in range(rules)
    )
    one = dmn("route", "city", "level", {"": '"low"'}, "FIRST").decode()
    before, after = one.partition("<input ")[0], one.partition("</rule>")[2]
    return f'{before}{heads}<output id="out" name="level"/>{rows}{after}'.encode()


def with_table(content):
    return {"diagram.bpmn": bpmn("case", in_a_row([rule("work", "route")])), "route.dmn": content}


BURNING = {
    "calls of endless names": {
        "diagram.bpmn": bpmn(
            "case", in_a_row([call(f"c{n}", "xy" * 10_000 + str(n)) for n in range(80)])
        ),
        **{f"p{n}.bpmn": bpmn("xy" * 10_000 + f"p{n}", WORKED) for n in range(40)},
    },
    "steps named nearly as others": {
        "diagram.bpmn": bpmn(
            "case",
            in_a_row(
                user(f"the_long_work_of_number_{n}", not_by=f"the_long_vvork_of_number_{n}")
                for n in range(300)
            ),
        )
    },
    "parameters named nearly as others": {
        "diagram.bpmn": bpmn(
            "case",
            in_a_row(
                [service("w", "start_clock", **{f"working_day{n}": "5" for n in range(9999)})]
            ),
        )
    },
    "braces in an attribute": {
        "diagram.bpmn": bpmn("case", WORKED).replace(
            b"<bpmn:userTask", b'<bpmn:userTask isForCompensation="' + b"{" * 1_900_000 + b'"'
        )
    },
    "columns in columns": with_table(wide(1_500, 2, lambda row, n: str(row))),
    "rules of many numbers": with_table(wide(20, 300, lambda row, n: f"!= {(row * 7 + n) % 299}")),
    "long lists in many cells": with_table(
        wide(20, 300, lambda row, n: f"in {[row * 300 + n * 9 + m for m in range(9)]}")
    ),
    "many tables": {
        "diagram.bpmn": bpmn("case", in_a_row([rule(f"w{n}", f"t{n}") for n in range(13)])),
        **{f"t{n}.dmn": dmn(f"t{n}", "city", "level", CELLS, "UNIQUE") for n in range(13)},
    },
}


@pytest.mark.parametrize("name", BURNING)
def test_what_would_keep_the_machine_busy_is_answered_soon(name):
    begun = time.process_time()
    problems = diagram_problems(BURNING[name])
    spent = time.process_time() - begun

    assert problems
    assert all(one.message and one.mend for one in problems)
    assert spent < AT_ONCE


def test_of_very_many_problems_the_first_are_told_and_that_there_are_more():
    files = {"diagram.bpmn": bpmn("case", in_a_row([user(f"w{n}") for n in range(250)]))}

    *told, rest = diagram_problems(files)

    assert len(told) == MOST_TOLD
    assert rest.message == "还有别的问题没有列出"
    assert not rest.undecided


def test_of_very_many_wrong_names_in_rejected_files_the_first_are_told():
    steps = [user(f"w{n}", not_by="nobody") for n in range(150)]
    steps += [user(f"v{n}") for n in range(150)]
    *told, rest = diagram_problems({"diagram.bpmn": bpmn("case", in_a_row(steps))})

    assert len(told) == MOST_TOLD
    assert {one.rule for one in told} == {"names"}
    assert rest.message == "还有别的问题没有列出"


def test_steps_one_after_another_are_read_however_many_they_are():
    choices = [gateway(f"g{n}").replace(f'name="g{n}"', 'name=""') for n in range(900)]
    condition = ' : city == "a"'
    ways = [f"g{n} > g{n + 1}{condition}" for n in range(899)]
    body = start() + "".join(choices) + end() + flows("start > g0", *ways, f"g899 > end{condition}")

    problems = diagram_problems({"diagram.bpmn": bpmn("case", body)})

    assert len(problems) == MOST_TOLD + 1
    assert {one.message for one in problems[:-1]} == {"没有名称"}
