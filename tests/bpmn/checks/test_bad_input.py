"""Whatever bytes are sent as a diagram: refused in words, at once, and nothing is raised."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpmn.casework.vocabulary import diagram_problems
from bpmn.diagram import load_files
from bpmn.engine.size import MAX_ELEMENTS, MAX_FILES
from tests.bpmn.engine.drawing import (
    boundary,
    bpmn,
    call,
    end,
    flows,
    service,
    start,
    sub,
    timer,
    user,
)

PLAIN = start() + user("work") + end() + flows("start > work > end")
GOOD = bpmn("case", PLAIN)
AT_ONCE = 2.0
"""Seconds, on a machine that others use too; each takes some milliseconds by itself."""
MANY = [f"p{number}" for number in range(MAX_ELEMENTS)]


def nested(depth: int) -> str:
    body = PLAIN
    for level in range(depth):
        name = f"s{level}"
        body = body.replace('"start"', f'"in{level}"').replace('"end"', f'"out{level}"')
        body = body.replace('"work"', f'"work{level}"').replace("start_to", f"a{level}_to")
        body = body.replace("work_to", f"b{level}_to")
        body = start() + sub(name, body) + end() + flows(f"start > {name} > end")
    return body


def with_attribute(name: str) -> bytes:
    return GOOD.replace(b'id="work"', f'id="work" {name}'.encode(), 1)


REFUSED = {
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "图片"),
    "a zip": (b"PK\x03\x04" + b"\0" * 100, "压缩文件"),
    "json": (b'{"a": 1}', "JSON"),
    "nothing": (b"", "空"),
    "blanks": (b" \n ", "空"),
    "a web page": (b"<html><body/></html>", "不是 BPMN 2.0"),
    "a broken web page": (b"<html><body></html>", "标签没有配对"),
    "10 MB": (b"<a>" + b" " * 10_000_000, "8 MB"),
    "more than 2 MB": (GOOD + b" " * 2_000_000, "2 MB"),
    "a doctype": (b"<!DOCTYPE a []>" + GOOD.split(b"?>", 1)[1], "DOCTYPE"),
    "an entity": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
    "an unknown entity": (b"<a>&b;</a>", "实体"),
    "another encoding": ("<a>测</a>".encode("gbk"), "UTF-8"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="wish"?><a/>', "UTF-8"),
    "cut off": (GOOD[:-30], "不是有效的 XML"),
    "two files in one": (GOOD + b"<a/>", "多余的内容"),
    "deep nonsense": (b"<a>" * 5_000 + b"</a>" * 5_000, "嵌套太深"),
    "no process": (GOOD[: GOOD.index(b"<bpmn:process")] + b"</bpmn:definitions>", "一个流程"),
    "two processes": (
        GOOD.replace(b"</bpmn:process>", b'</bpmn:process><bpmn:process id="p2"/>'),
        "一个流程",
    ),
    "no start": (GOOD.replace(start().encode(), b""), "开始事件"),
    "an id with a blank": (GOOD.replace(b'id="work"', b'id="the work"'), "标识"),
    "an id that begins with a digit": (GOOD.replace(b'id="work"', b'id="1st"'), "标识"),
    "an id used twice": (GOOD.replace(b'id="end"', b'id="work"'), "标识"),
    "a long id": (GOOD.replace(b'"work"', b'"' + b"w" * 5_000 + b'"'), "标识太长"),
    "an id longer than its column": (GOOD.replace(b'"work"', b'"' + b"w" * 65 + b'"'), "标识太长"),
    "a long name": (GOOD.replace(b'name="work"', b'name="' + b"w" * 10_000 + b'"'), "名称太长"),
    "no attribute of BPMN": (with_attribute('oops="1"'), "不能有属性“oops”"),
    "another product's attribute": (
        with_attribute('xmlns:c="http://camunda.org/schema/1.0/bpmn" c:assignee="me"'),
        "别的软件",
    ),
    "another product's extension": (
        GOOD.replace(b"<bpmn:extensionElements></bpmn:extensionElements>", b"").replace(
            b"</bpmn:userTask>",
            b'<bpmn:extensionElements><c:script xmlns:c="u:c">x</c:script>'
            b"</bpmn:extensionElements></bpmn:userTask>",
        ),
        "别的软件",
    ),
    "a script": (
        bpmn(
            "case",
            start() + '<bpmn:scriptTask id="work"/>' + end() + flows("start > work > end"),
        ),
        "不能有程序代码",
    ),
    "5,000 elements": (
        bpmn("case", start() + "".join(map(user, MANY)) + flows(" > ".join(["start", *MANY]))),
        "流程图过大",
    ),
    "sub-processes in sub-processes": (bpmn("case", nested(40)), "嵌套太深"),
    "a flow to nowhere": (GOOD.replace(b'targetRef="end"', b'targetRef="away"'), "终点“away”"),
    "a circle without a decision": (
        bpmn(
            "case",
            start()
            + user("work")
            + user("again")
            + boundary("late", "work", timer('"P1D"', "timeDuration"))
            + end()
            + flows("start > work > again > work", "late > end"),
        ),
        "没有排他网关",
    ),
    "two ways out of a task": (
        bpmn("case", PLAIN + end("b") + flows("work > b")),
        "不止一条",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_diagram_is_refused_in_words_and_at_once(name):
    content, word = REFUSED[name]

    begun = time.perf_counter()
    problems = diagram_problems({"diagram.bpmn": content})
    spent = time.perf_counter() - begun

    assert any(word in problem.message for problem in problems), problems
    assert all(problem.mend and problem.rule for problem in problems)
    assert spent < AT_ONCE


SETS = {
    "no file": ({}, "缺少 diagram.bpmn"),
    "no top level": ({"other.bpmn": GOOD}, "缺少 diagram.bpmn"),
    "a text file": ({"diagram.bpmn": GOOD, "readme.txt": b"x"}, "不是流程图文件"),
    "too many files": ({f"{n}.bpmn": GOOD for n in range(MAX_FILES + 1)}, "文件过多"),
    "one process twice": ({"diagram.bpmn": GOOD, "copy.bpmn": GOOD}, "流程编号“case”重复"),
    "a table that is none": ({"diagram.bpmn": GOOD, "t.dmn": b"<a/>"}, "DMN"),
    "a circle of calls": (
        {
            f"{name}.bpmn": bpmn(name, start() + call("go", to) + end() + flows("start > go > end"))
            for name, to in (("diagram", "b"), ("b", "c"), ("c", "diagram"))
        },
        "调用了自己",
    ),
    "a call to nothing": (
        {"diagram.bpmn": bpmn("m", start() + call("c", "x") + end() + flows("start > c > end"))},
        "找不到被调用的流程“x”",
    ),
}


@pytest.mark.parametrize("name", SETS)
def test_set_of_files_that_does_not_hold_together_is_refused(name):
    files, word = SETS[name]

    problems = diagram_problems(files)

    assert any(word in problem.message for problem in problems), problems
    assert all(problem.mend for problem in problems if word in problem.message)


TIMES = [
    ("P30D", "timeDuration", '"P30D"'),
    ("PT1H", "timeDuration", '"PT1H"'),
    ("14D", "timeDuration", '"P14D"'),
    ("P14D", "timeDate", 'due("时限")'),
    ('"14D"', "timeDuration", "P 开头"),
    ('"P"', "timeDuration", "P 开头"),
    ('"-P1D"', "timeDuration", "P 开头"),
    ('"P30D"', "timeDate", "timeDuration"),
    ("working_days(5)", "timeDuration", "timeDate"),
    ("working_days(0)", "timeDate", "working_days(5)"),
    ('working_days("5")', "timeDate", "working_days(5)"),
    ("next_monday()", "timeDate", "working_days(5)"),
    ('due("decision") or 1', "timeDate", 'due("时限")'),
    ('due("decison")', "timeDate", "decision"),
    ('"2026-07-01"', "timeDate", "+08:00"),
    ("", "timeDate", "due"),
    ("working_days(400 * 400)", "timeDate", "working_days(5)"),
    ('working_days(5) if level == "a" else working_days(0)', "timeDate", "working_days(5)"),
    ('due ("decision")', "timeDate", 'due("时限")'),
    ('"P" + "1D"', "timeDuration", "working_days(5)"),
    ("not level", "timeDate", "working_days(5)"),
    ('"P101Y"', "timeDuration", "P14D"),
    ('"P36600DT24H1S"', "timeDuration", "P14D"),
    ('"PT' + "9" * 400 + 'S"', "timeDuration", "P14D"),
    ('"0001-01-01T00:00:00+14:00"', "timeDate", "+08:00"),
    ('"9999-12-31T23:59:59-14:00"', "timeDate", "+08:00"),
]


@pytest.mark.parametrize(("text", "kind", "mend"), TIMES)
def test_time_that_the_engine_could_not_set_is_refused_with_how_to_write_it(text, kind, mend):
    event = f'<bpmn:intermediateCatchEvent id="wait">{timer(text, kind)}'
    body = start() + event + "</bpmn:intermediateCatchEvent>" + end() + flows("start > wait > end")

    problems = diagram_problems({"diagram.bpmn": bpmn("case", body)})

    assert any(p.element == "wait" and mend in p.mend for p in problems), problems


CALLS = [
    ({}, "缺少参数“时限”"),
    ({"kind": '"decision"'}, "缺少参数“工作日”"),
    ({"kind": '"decision"', "working_days": '"5"'}, "应当是整数"),
    ({"kind": "5", "working_days": "5"}, "应当是文字"),
    ({"kind": '"lunch"', "working_days": "5"}, "没有名为“lunch”的取值"),
    ({"kind": '"decision"', "working_days": "5", "articel": '"x"'}, "没有名为“articel”的参数"),
    ({"kind": '"decision"', "working_days": "[5]"}, "应当是整数，现在是清单"),
    ({"kind": '"decision"', "working_days": "5 +"}, "语法错误"),
    ({"kind": '"answer"', "working_days": "0"}, "应当是 1 到 400 的整数"),
    ({"kind": '"answer"', "working_days": "-5"}, "应当是 1 到 400 的整数"),
    ({"kind": '"answer"', "working_days": str(2**31)}, "应当是 1 到 400 的整数"),
    ({"kind": '"answer"', "working_days": "5 * 500"}, "应当是 1 到 400 的整数"),
    ({"kind": '"answer"', "working_days": "5 if matter else 9"}, "应当是 1 到 400 的整数"),
    ({"kind": '"answer"', "working_days": "5", "since": '"lunch"'}, "没有名为“lunch”的取值"),
    ({"kind": '"answer"', "working_days": "5", "article": f'"{"条" * 121}"'}, "最多 120 个字"),
]


@pytest.mark.parametrize(("parameters", "message"), CALLS)
def test_operation_is_handed_what_it_needs_and_no_more(parameters, message):
    body = start() + service("clock", "start_clock", **parameters) + end()
    files = {"diagram.bpmn": bpmn("case", body + flows("start > clock > end"))}

    found = [problem for problem in diagram_problems(files) if problem.element == "clock"]

    assert any(message in problem.message and problem.mend for problem in found), found


PROPERTIES = [
    ("rolle", "reviewer", "是不是：办理角色（role）"),
    ("sets", "x", "移到"),
    ("days", "0", "1 到 400"),
    ("days", "401", "1 到 400"),
    ("days", "五", "1 到 400"),
    ("counted", "maybe", "yes"),
    ("not_by_origin", "true", "yes"),
    ("outcome", "the decision", "变量名"),
    ("outcome", "decision", "无从选择"),
    ("not_by", "wrok", "是不是：work"),
    ("assignee", "expret", "是不是：expert"),
    ("field.1st", "text;名称", "变量名"),
    ("field.outcome", "text;名称", "办理结果"),
    ("field.opinion", "txt;名称", "是不是：一行文字（text）"),
    ("field.opinion", "text;", "没有名称"),
    ("field.opinion", "text;名称;always", "必填"),
    ("field.opinion", "choice;名称;required", "没有选项"),
    ("field.opinion", "text;名称;required;甲/乙", "多余"),
    ("field.opinion", "choice;名称;required;甲/甲", "重复"),
    ("field." + "a" * 61, "text;名称", "变量名超过 60 个字"),
    ("field.opinion", "text;" + "长" * 201, "标题或选项超过 200 个字"),
    ("field.opinion", "choice;名称;required;" + "/".join(map(str, range(61))), "超过 60 个"),
]


@pytest.mark.parametrize(("name", "value", "words"), PROPERTIES)
def test_property_that_means_nothing_is_refused(name, value, words):
    body = start() + user("work", **{name: value}) + end() + flows("start > work > end")

    problems = diagram_problems({"diagram.bpmn": bpmn("case", body)})

    found = [p for p in problems if p.element == "work" and words in p.message + p.mend]
    assert found, problems


SHIPPED = load_files("unit_registration")


@settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.data())
def test_no_bytes_make_the_check_fail(data):
    file = data.draw(st.sampled_from(sorted(SHIPPED)))
    content = SHIPPED[file]
    first = data.draw(st.integers(0, len(content)))
    last = data.draw(st.integers(first, min(len(content), first + 200)))
    instead = data.draw(st.binary(max_size=20) | st.just(b"") | st.just(content[:last][-40:]))

    problems = diagram_problems({**SHIPPED, file: content[:first] + instead + content[last:]})

    assert all(problem.message for problem in problems)
