"""Diagrams in which paths meet, part or turn wrongly, each with what is found, and the run."""

from tests.bpmn.checks.faults import ENDS, FORK, LATE, MEET, REMINDER, Fault
from tests.bpmn.engine.drawing import (
    boundary,
    bpmn,
    call,
    end,
    flows,
    gateway,
    message,
    service,
    start,
    sub,
    user,
)

FAULTS = {
    "a branch ends before the join": Fault(
        ENDS
        + FORK
        + MEET
        + user("a")
        + user("b", outcome="wish")
        + gateway("one")
        + end("early")
        + flows("start > fork > a > meet > end", "fork > b > one", 'one > meet : wish == "x"')
        + flows('one > early : wish == "y"'),
        "meet",
        "“meet”等不齐各条分支：有的分支已经结束或者走了别的路，办件停在这里",
        "start fork a b one early",
    ),
    "a timer leads round the join": Fault(
        ENDS
        + FORK
        + MEET
        + user("a")
        + user("b")
        + LATE
        + end("gone")
        + flows("start > fork > a > meet > end", "fork > b > meet", "late > gone"),
        "meet",
        "“meet”等不齐各条分支：有的分支已经结束或者走了别的路，办件停在这里",
        "start fork late gone b",
    ),
    "a join of exclusive branches": Fault(
        ENDS
        + user("a", outcome="wish")
        + gateway("one")
        + user("b")
        + user("c")
        + MEET
        + flows("start > a > one", 'one > b : wish == "x"', 'one > c : wish == "y"')
        + flows("b > meet > end", "c > meet"),
        "meet",
        "“meet”等不齐各条分支：有的分支已经结束或者走了别的路，办件停在这里",
        "start a one b",
    ),
    "branches meet without a join": Fault(
        ENDS
        + FORK
        + user("a")
        + user("b")
        + gateway("one")
        + user("c")
        + flows("start > fork > a > one > c > end", "fork > b > one"),
        "one",
        "“one”会同时办两遍：并行的分支没有汇合就走到了一起",
        "start fork a one b",
    ),
    "automatic branches meet without a join, one after the other": Fault(
        ENDS
        + FORK
        + service("a", "note")
        + service("b", "note")
        + service("c", "note")
        + service("d", "note")
        + end("other")
        + gateway("one")
        + flows("start > fork > a > one > d > end", "fork > b > c > one"),
        "one",
        "“one”会同时办两遍：并行的分支没有汇合就走到了一起",
    ),
    "parallel branches come to one end": Fault(
        ENDS + FORK + user("a") + user("b") + flows("start > fork > a > end", "fork > b > end"),
        "end",
        "“end”会到达两次：几条同时进行的路走到同一个结束",
        "start fork a end b",
    ),
    "a reminder goes on as the task does": Fault(
        ENDS + user("a") + REMINDER + user("b") + flows("start > a > b > end", "remind > b"),
        "b",
        "“b”会同时办两遍：并行的分支没有汇合就走到了一起",
        "start remind a",
    ),
    "a reminder asks once more": Fault(
        ENDS + user("a") + REMINDER + flows("start > a > end", "remind > a"),
        "a",
        "“a”每转一圈就多出一份，旧的还没有办完：办件会越积越多，永远办不结",
        "start remind",
    ),
    "a loop of the machine": Fault(
        ENDS
        + user("go")
        + service("a", "toss")
        + gateway("one")
        + flows("start > go > a > one", 'one > end : side == "heads"', 'one > a : side == "tails"'),
        "a",
        "从“a”起绕了一圈又回到这里，中间没有人办理，也没有期限：会一直空转",
        "start go a one",
    ),
    "no way out of a loop": Fault(
        ENDS
        + user("a", outcome="wish")
        + gateway("one")
        + user("b")
        + gateway("two")
        + service("say_no", "say", what='"no"')
        + flows("start > a > one", 'one > end : wish == "x"', 'one > b : wish == "y"')
        + flows("b > say_no > two", 'two > end : said == "yes"', 'two > b : said == "no"'),
        "one",
        "走到“one”以后，无论怎样办理都到不了结束",
        "start a",
    ),
    "a branch that nothing chooses": Fault(
        ENDS
        + service("a", "toss")
        + gateway("one")
        + user("b")
        + flows(
            "start > a > one", 'one > end : side == "heads"', 'one > end : side == "tails"'
        ).replace("one_to_end", "first", 1)
        + flows('one > b : side == "edge"', "b > end"),
        "b",
        "“b”永远不会办到",
    ),
    "a branch that nothing chooses to a step of others": Fault(
        ENDS
        + service("a", "toss")
        + gateway("one")
        + user("b")
        + flows("start > a > one", 'one > b : side == "heads"', 'one > end : side == "tails"')
        + flows('one > b : side == "edge"', "b > end").replace("one_to_b", "third", 1),
        "third",
        "分支“one → b”永远不会走到：没有任何环节会给出“edge”",
    ),
    "a timer at a step that does not wait": Fault(
        ENDS + service("a", "note") + LATE + user("b") + flows("start > a > end", "late > b > end"),
        "late",
        "“late”永远不会发生：“a”不会停下来等",
    ),
    "stuck where only 撤回 would end it": Fault(
        ENDS
        + sub(
            "a",
            start("s")
            + user("b", outcome="wish")
            + gateway("one")
            + user("c")
            + MEET
            + end("e")
            + flows("s > b > one", 'one > meet : wish == "x"', 'one > c : wish == "y"')
            + flows("c > meet > e"),
        )
        + boundary("called", "a", message("call"))
        + end("stopped")
        + flows("start > a > end", "called > stopped"),
        "meet",
        "“meet”等不齐各条分支：有的分支已经结束或者走了别的路，办件停在这里",
        "start a s b one",
    ),
    "stuck inside a called diagram": Fault(
        ENDS + call("a", "inner") + flows("start > a > end"),
        "two_meet",
        "“two_meet”等不齐各条分支：有的分支已经结束或者走了别的路，办件停在这里",
        "start a two_start x choice y",
        {
            "inner.bpmn": bpmn(
                "inner",
                start("two_start")
                + user("x", outcome="wish")
                + gateway("choice")
                + user("y")
                + user("z")
                + gateway("two_meet", "parallel")
                + end("two_end")
                + flows("two_start > x > choice", 'choice > y : wish == "x"', "y > two_meet")
                + flows('choice > z : wish == "y"', "z > two_meet > two_end"),
            )
        },
    ),
    "two at once in a sub-process": Fault(
        ENDS
        + sub(
            "a", start("s") + FORK + user("b") + flows("s > fork > b > e", "fork > b") + end("e")
        ).replace("fork_to_b", "again", 1)
        + flows("start > a > end"),
        "b",
        "“b”会同时办两遍：并行的分支没有汇合就走到了一起",
        "start a s fork",
    ),
}
