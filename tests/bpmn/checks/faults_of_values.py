"""Diagrams in which one value has no way on, each with what is found, where, and the run."""

from tests.bpmn.checks.faults import ENDS, LATE, STOPPED, Fault
from tests.bpmn.engine.drawing import (
    dmn,
    flows,
    gateway,
    rule,
    service,
    user,
)

FAULTS = {
    "a value without a branch": Fault(
        ENDS
        + user("a", outcome="wish")
        + gateway("one")
        + gateway("two")
        + flows("start > a > one", 'one > two : wish == "x"', 'one > end : wish == "y"')
        + user("b")
        + flows('two > end : wish == "z"', 'two > b : wish == "y"', "b > end"),
        "two",
        "“two”没有取值“x”的分支，办件会停在这里",
        "start a one",
    ),
    "what an operation returns has no branch": Fault(
        ENDS
        + service("a", "toss")
        + gateway("one")
        + user("b")
        + flows("start > a > one", 'one > end : side == "heads"', 'one > b : side == "edge"')
        + flows("b > end"),
        "one",
        "“one”没有取值“tails”的分支，办件会停在这里",
        "start a",
    ),
    "what an operation echoes has no branch": Fault(
        ENDS
        + service("a", "say", what='"no"')
        + gateway("one")
        + flows("start > a > one", 'one > end : said == "yes"', 'one > b : said == "maybe"')
        + user("b")
        + flows("b > end"),
        "one",
        "“one”没有取值“no”的分支，办件会停在这里",
        "start a",
    ),
    "whatever text comes has no branch": Fault(
        ENDS
        + service("a", "fetch")
        + gateway("one")
        + user("b")
        + flows(
            "start > a > one", 'one > end : text == "yes"', 'one > b : text == "no"', "b > end"
        ),
        "one",
        "“one”没有取值“其他取值”的分支，办件会停在这里",
        "start a",
    ),
    "a message brings a value without a branch": Fault(
        ENDS
        + user("a")
        + STOPPED
        + gateway("one")
        + user("b")
        + flows("start > a > end", "stopped > one", 'one > end : stop == "withdrawn"')
        + flows('one > b : stop == "other"', "b > end"),
        "one",
        "“one”没有取值“ended”的分支，办件会停在这里",
        "start stopped",
    ),
    "a table gives a value without a branch": Fault(
        ENDS
        + rule("a", "size")
        + gateway("one")
        + user("b")
        + flows("start > a > one", 'one > end : size == "S"', 'one > b : size == "M"', "b > end"),
        "one",
        "“one”没有取值“L”的分支，办件会停在这里",
        "start a",
        {"s.dmn": dmn("size", "kind", "size", {'"small"': '"S"', '"large"': '"L"'}, "UNIQUE")},
    ),
    "a table has no rule": Fault(
        ENDS + rule("a", "size") + flows("start > a > end"),
        "a",
        "“a”查的决策表里没有适用于这种情形的规则，办件会停在这里",
        "start",
        {"s.dmn": dmn("size", "kind", "size", {'"small"': '"S"'}, "UNIQUE")},
    ),
    "a variable without a value": Fault(
        ENDS
        + user("a", outcome="wish")
        + LATE
        + gateway("one")
        + user("b")
        + flows("start > a > one", "late > one", 'one > end : wish == "x"')
        + flows('one > b : wish == "y"', "b > end"),
        "one",
        "走到“one”时可能还没有经过“a”，缺少由此得到的值，办件会停在这里",
        "start late",
    ),
}
