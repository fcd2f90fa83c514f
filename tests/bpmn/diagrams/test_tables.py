"""Decision tables as they are written: columns, rules, cells, lines, and the values they give."""

import pytest

from bpmn.diagram import load_files, read_diagram

TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
<decision id="route" name="确定层级"><description>依据</description>
<decisionTable hitPolicy="first">
<input id="kind" label="类型"><inputExpression typeRef="string"><text>kind</text></inputExpression>
</input>
<output id="level" name="level" label="层级" typeRef="string" />
<rule id="one"><description>甲级</description>
<inputEntry><text>"a"</text></inputEntry><outputEntry><text>"province"</text></outputEntry></rule>
<rule id="two"><inputEntry><text> - </text></inputEntry>
<outputEntry><text>{value}</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
TOP = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="top" /></definitions>"""


def table(value: str = '"city"'):
    files = {"diagram.bpmn": TOP, "route.dmn": TABLE.format(value=value).encode()}
    return read_diagram(files).tables["route"]


def test_table_has_its_columns_rules_and_lines() -> None:
    found = table()

    assert (found.name, found.policy, found.file, found.line) == (
        "确定层级",
        "FIRST",
        "route.dmn",
        3,
    )
    assert [(one.id, one.text, one.title, one.kind) for one in (*found.inputs, *found.outputs)] == [
        ("kind", "kind", "类型", "string"),
        ("level", "level", "层级", "string"),
    ]
    assert [
        (one.id, one.cells, one.values, one.documentation, one.line) for one in found.rules
    ] == [
        ("one", ('"a"',), ('"province"',), "甲级", 7),
        ("two", ("-",), ('"city"',), "", 9),
    ]


def test_table_without_a_policy_is_unique() -> None:
    plain = TABLE.format(value='"city"').replace(' hitPolicy="first"', "").encode()

    found = read_diagram({"diagram.bpmn": TOP, "route.dmn": plain}).tables["route"]

    assert found.policy == "UNIQUE"


@pytest.mark.parametrize(
    ("value", "values"),
    [
        ('"city"', ("province", "city")),
        ('"province"', ("province",)),
        ("-1", ("province", -1)),
        ("None", ("province", None)),
        ("5 + 1", ("province", 6)),
        ("days + 1", None),
        ("kind", None),
        ("", None),
    ],
)
def test_values_are_known_unless_one_depends_on_the_case(value: str, values: object) -> None:
    assert table(value).values_of("level") == values


def test_shipped_routing_reads_and_sets_what_its_file_says() -> None:
    diagram = read_diagram(load_files("qualification_application"))
    routing = diagram.tables["route_application"]

    assert routing.reads == ("certificate_type", "province", "city")
    assert routing.sets == ("level",)
    assert set(routing.values_of("level") or ()) == {"ministry", "province", "city"}
