"""What may be uploaded as a diagram, and that everything wrong is told at once, in its place."""

import pytest

from bpmn import engine
from bpmn.errors import DiagramRejected, Problem
from tests.bpmn.engine.drawing import (
    HEAD,
    boundary,
    bpmn,
    call,
    dmn,
    end,
    flows,
    gateway,
    message,
    multiple,
    rule,
    service,
    start,
    timer,
    user,
)
from tests.bpmn.engine.permit import PERMIT

PLAIN = start() + user("work") + end() + flows("start > work > end")
GOOD = bpmn("case", PLAIN)


def refuse(files: dict[str, bytes]) -> tuple[Problem, ...]:
    with pytest.raises(DiagramRejected) as rejected:
        engine.compile_diagram(files)
    return rejected.value.problems


def with_node(node: str, *more: str) -> dict[str, bytes]:
    """The plain case with `node`, whose id is `bad`, between work and end."""
    body = start() + user("work") + end() + node + flows("start > work > bad > end", *more)
    return {"diagram.bpmn": bpmn("case", body, "stop")}


def test_same_files_are_compiled_once_whatever_their_order() -> None:
    again = dict(reversed(PERMIT.items()))

    assert engine.compile_diagram(PERMIT) is engine.compile_diagram(again)
    assert engine.compile_diagram({"diagram.bpmn": GOOD}).sha256 != (
        engine.compile_diagram(PERMIT).sha256
    )


def test_diagram_tells_which_operations_it_calls() -> None:
    assert "publish_notice" in engine.compile_diagram(PERMIT).operations


@pytest.mark.parametrize("tag", ["inclusiveGateway", "complexGateway", "eventBasedGateway"])
def test_gateway_that_is_not_walked_is_refused(tag: str) -> None:
    problems = refuse(with_node(f'<bpmn:{tag} id="bad"/>'))

    assert problems[0].element == "bad"
    assert "网关" in problems[0].message


def _catch(*definitions: str) -> str:
    inner = "".join(definitions)
    return f'<bpmn:intermediateCatchEvent id="bad">{inner}</bpmn:intermediateCatchEvent>'


def _extended(extension: str) -> str:
    inner = f"<spiffworkflow:{extension}"
    block = f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"
    return f'<bpmn:userTask id="bad">{block}</bpmn:userTask>'


BAD_NODES = [
    '<bpmn:scriptTask id="bad"><bpmn:script>import os</bpmn:script></bpmn:scriptTask>',
    _extended("preScript>x = 1</spiffworkflow:preScript>"),
    _extended("postScript>x = 1</spiffworkflow:postScript>"),
    _extended('properties><spiffworkflow:property name="form"/></spiffworkflow:properties>'),
    '<bpmn:manualTask id="bad"/>',
    '<bpmn:task id="bad"/>',
    '<bpmn:sendTask id="bad"/>',
    '<bpmn:receiveTask id="bad"/>',
    '<bpmn:intermediateThrowEvent id="bad"/>',
    '<bpmn:transaction id="bad"/>',
    '<bpmn:adHocSubProcess id="bad"/>',
    '<bpmn:subProcess id="bad" triggeredByEvent="true"/>',
    user("bad", '<bpmn:standardLoopCharacteristics loopMaximum="3"/>'),
    user("bad", multiple("experts", "e").replace("s>", 's isSequential="true">', 1)),
    user("bad", multiple("experts", "e", until="e.system()")),
    call("bad", "case").replace("/>", f">{multiple('experts', 'e')}</bpmn:callActivity>"),
    _catch(),
    _catch(timer("'R3/P1D'", "timeCycle")),
    _catch("<bpmn:signalEventDefinition/>"),
    _catch("<bpmn:timerEventDefinition/>"),
    _catch(message("unknown")),
    _catch(timer("'P14D'", "timeDuration"), message("stop")),
    _catch(timer("working_days(")),
    _catch(timer("14D", "timeDuration")),
    _catch(timer("")),
    '<bpmn:serviceTask id="bad"/>',
    service("bad", "issue", kind="__import__('os')"),
    service("bad", "issue", kind=""),
    service("bad", "issue").replace(' id="issue"', ' id="issue" resultVariable="r"'),
    '<bpmn:businessRuleTask id="bad"/>',
    rule("bad", "nowhere"),
    '<bpmn:callActivity id="bad"/>',
    call("bad", "nowhere"),
    '<bpmn:dataObject id="bad"/>',
    '<bpmn:dataObjectReference id="bad"/>',
]


@pytest.mark.parametrize("node", BAD_NODES)
def test_element_outside_the_grammar_is_refused_at_its_place(node: str) -> None:
    problems = refuse(with_node(node))

    assert "bad" in {problem.element for problem in problems}
    assert all(problem.file and problem.line for problem in problems)


def test_a_way_without_a_condition_is_mended_in_the_words_of_the_panel() -> None:
    body = start() + gateway("choose") + end("a") + end("b")
    body += flows("start > choose > a", 'choose > b : decision == "y"')

    (problem,) = refuse({"diagram.bpmn": bpmn("case", body)})

    assert problem.mend == "在属性栏给每个结果写上名称和值"


@pytest.mark.parametrize(
    ("line", "element"),
    [
        ("choose > a : decision ===", "choose_to_a"),
        ("choose > a : decision.lower()", "choose_to_a"),
        ("choose > a", "choose_to_a"),
        ("work > choose : decision", "work_to_choose"),
    ],
)
def test_condition_is_refused_at_its_flow(line: str, element: str) -> None:
    body = start() + user("work") + gateway("choose") + end("a") + end("b")
    lines = {"start > work": "", "work > choose": "", "choose > a": ' : decision == "x"'}
    lines = {path: rest for path, rest in lines.items() if not line.startswith(path)}
    drawn = [path + rest for path, rest in lines.items()]
    body += flows(line, *drawn, 'choose > b : decision == "y"')

    problems = refuse({"diagram.bpmn": bpmn("case", body)})

    assert element in {problem.element for problem in problems}


@pytest.mark.parametrize(
    "event",
    [
        f'<bpmn:startEvent id="start">{timer("working_days(1)")}</bpmn:startEvent>',
        f'<bpmn:startEvent id="start">{message("stop")}</bpmn:startEvent>',
    ],
)
def test_case_is_started_by_the_office_only(event: str) -> None:
    body = event + user("work") + end() + flows("start > work > end")

    assert refuse({"diagram.bpmn": bpmn("case", body, "stop")})[0].element == "start"


@pytest.mark.parametrize("definition", ["terminate", "error", "escalation", "signal", "cancel"])
def test_end_event_only_ends(definition: str) -> None:
    event = f'<bpmn:endEvent id="end"><bpmn:{definition}EventDefinition/></bpmn:endEvent>'
    body = start() + user("work") + event + flows("start > work > end")

    assert "end" in {problem.element for problem in refuse({"diagram.bpmn": bpmn("case", body)})}


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"other.bpmn": GOOD},
        {"diagram.bpmn": GOOD, "readme.txt": b"x"},
        {"diagram.bpmn": GOOD, "copy.bpmn": GOOD},
        {"diagram.bpmn": GOOD.replace(b'isExecutable="true"', b'isExecutable="false"')},
        {"diagram.bpmn": GOOD.replace(b"<bpmn:process", b'<bpmn:process id="p2"/><bpmn:process')},
        {"diagram.bpmn": GOOD.replace(start().encode(), b"")},
        {"diagram.bpmn": GOOD.replace(b'targetRef="work"', b'targetRef="nowhere"')},
        {"diagram.bpmn": GOOD.replace(b"<bpmn:userTask", b'<bpmn:userTask oops="1"')},
        {"diagram.bpmn": GOOD.replace(b'id="end"', b'id="work"')},
        {"diagram.bpmn": GOOD, "table.dmn": b"<definitions/>"},
        {"diagram.bpmn": HEAD.encode() + b"</bpmn:definitions>"},
        {f"{number}.bpmn": GOOD for number in range(60)},
    ],
)
def test_set_of_files_that_is_no_diagram_is_refused(files: dict[str, bytes]) -> None:
    assert refuse(files)


def test_diagram_that_calls_itself_is_refused() -> None:
    first = bpmn("first", start() + call("c", "second") + end() + flows("start > c > end"))
    second = bpmn("second", start() + call("c", "first") + end() + flows("start > c > end"))

    problems = refuse({"diagram.bpmn": first, "second.bpmn": second})

    assert {problem.element for problem in problems} == {"first", "second"}


def test_everything_wrong_is_told_at_once() -> None:
    body = start() + user("work") + '<bpmn:task id="bad"/>' + gateway("choose") + end("a") + end()
    body += boundary("late", "work", timer("P14D("))
    body += flows("start > work > bad > choose", "choose > a : x ===", "choose > end : y.z")
    table = dmn("routing", "a.b", "level", {"!": "?"}, "COLLECT")

    problems = refuse({"diagram.bpmn": bpmn("case", body), "routing.dmn": table})

    elements = {problem.element for problem in problems}
    assert {"bad", "late", "choose_to_a", "choose_to_end", "routing_t", "routing_in"} <= elements
    assert {problem.file for problem in problems} == {"diagram.bpmn", "routing.dmn"}


@pytest.mark.parametrize("way_back", ["decided > again", "late > again"])
def test_fork_inside_a_loop_is_refused(way_back: str) -> None:
    body = start() + gateway("again") + gateway("fork", "parallel") + user("a") + user("b")
    body += gateway("join", "parallel") + user("decide") + gateway("decided") + end()
    body += boundary("late", "decide", timer("working_days(5)"))
    body += flows("start > again > fork > a > join > decide > decided", "fork > b > join")
    condition = "" if way_back.startswith("late") else ' : decision == "return"'
    body += flows(way_back + condition, 'decided > end : decision == "grant"')

    problems = refuse({"diagram.bpmn": bpmn("case", body)})

    assert {problem.element for problem in problems} == {"fork", "join"}


def test_operation_may_bear_the_name_of_its_task() -> None:
    body = start() + user("work") + service("issue", "issue", work='"work"') + end("level")
    files = {"diagram.bpmn": bpmn("case", body + flows("start > work > issue > level"))}

    assert engine.compile_diagram(files).operations == {"issue"}
