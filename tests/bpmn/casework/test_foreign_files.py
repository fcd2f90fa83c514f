"""Diagrams drawn with other programs: what is theirs goes and is said, what is BPMN stays."""

from pathlib import Path

import pytest
from lxml import etree

from bpmn import casework
from bpmn.casework.foreign_files import AS_CALLED, AS_MAIN, bring_in
from bpmn.diagram import load_files, read_diagram
from bpmn.errors import DiagramFileRefused, DiagramTooLarge

FOREIGN = Path(__file__).parent / "foreign"
MATTER = "certificate_reissue"
FILES = {name: content.decode() for name, content in load_files(MATTER).items()}
MAIN = "diagram.bpmn"
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def sample(name: str) -> bytes:
    return (FOREIGN / name).read_bytes()


def spaces_in(text: str) -> set[str]:
    """Every namespace that an element or an attribute of the file is of."""
    names = [
        etree.QName(name)
        for element in etree.fromstring(text.encode()).iter("{*}*")
        for name in (element.tag, *element.keys())
    ]
    return {name.namespace for name in names if name.namespace}


def test_a_camunda_file_becomes_the_main_diagram() -> None:
    came = bring_in("简易审批.bpmn", sample("camunda7.bpmn"), MATTER, FILES)
    assert came.name == MAIN
    assert came.laid_out
    assert not [space for space in spaces_in(came.text) if "camunda" in space or "color" in space]
    diagram = read_diagram({MAIN: came.text.encode()})
    assert diagram.main == MATTER
    process = diagram.processes[MATTER]
    assert process.name == "简易审批"
    assert process.pool == ("Participant_1", "审批")
    assert len(process.nodes) == 5
    assert {flow.value for flow in process.flows.values()} == {None, "yes", "no"}
    assert len(process.shapes) == 6
    said = "".join(came.notes)
    for words in (
        *("camunda", "formKey", "historyTimeToLive", "bioc", "modeler"),
        *("已标为可执行", "2 处表达式去掉了 ${…} 的括号", "Process_0abc 改为本事项的"),
        *(MATTER, "替换原来的主流程"),
    ):
        assert words in said


def test_what_is_still_wrong_with_it_is_said_by_the_checks_alone() -> None:
    came = bring_in("a.bpmn", sample("camunda7.bpmn"), MATTER, FILES)
    found = casework.diagram_problems({MAIN: came.text.encode()})
    assert found
    assert not [one for one in found if "BPMN 2.0" in one.message or "XML" in one.message]
    assert "Activity_review" in {one.element for one in found}


def test_a_drawing_that_is_missing_is_said_to_be() -> None:
    came = bring_in("a.bpmn", sample("signavio.bpmn"), MATTER, FILES)
    assert not came.laid_out
    assert "signavio" in came.notes[0]
    assert spaces_in(came.text) <= {BPMN, "http://www.w3.org/2001/XMLSchema-instance"}
    assert read_diagram({MAIN: came.text.encode()}).main == MATTER


def test_one_that_is_called_takes_the_place_it_has() -> None:
    files = {name: content.decode() for name, content in load_files("renewal").items()}
    again = files["review.bpmn"].encode()
    came = bring_in("从别处来.bpmn", again, "renewal", files)
    assert came.name == "review.bpmn"
    assert came.laid_out
    changed = {name: text.encode() for name, text in {**files, came.name: came.text}.items()}
    assert casework.diagram_problems(changed) == ()


def test_one_that_is_only_called_gets_a_file_of_its_own_name() -> None:
    called = FILES[MAIN].replace(
        "</bpmn:process>", '<bpmn:callActivity id="c" calledElement="sid-9c1f"/></bpmn:process>'
    )
    came = bring_in("x.bpmn", sample("signavio.bpmn"), MATTER, {MAIN: called})
    assert came.name == "sid-9c1f.bpmn"
    assert "被调用的流程" in came.notes[-1]


def test_other_encodings_are_read_as_they_say() -> None:
    text = sample("signavio.bpmn").decode().replace("UTF-8", "GB18030")
    came = bring_in("x.bpmn", text.encode("gb18030"), MATTER, FILES)
    assert came.text.startswith("<?xml version='1.0' encoding='UTF-8'?>")
    assert 'name="办理"' in came.text


@pytest.mark.parametrize(("wanted", "name"), [(AS_MAIN, MAIN), (AS_CALLED, "sid-9c1f.bpmn")])
def test_what_was_asked_for_decides(wanted: str, name: str) -> None:
    came = bring_in("x.bpmn", sample("signavio.bpmn"), MATTER, FILES, wanted)
    assert came.name == name


def test_a_table_keeps_its_cells() -> None:
    came = bring_in("决策.dmn", sample("table.dmn"), MATTER, FILES)
    assert came.name == "choose_level.dmn"
    assert not [space for space in spaces_in(came.text) if "camunda" in space or "bpmn.io" in space]
    (table,) = read_diagram({**load_files(MATTER), came.name: came.text.encode()}).tables.values()
    assert '"ministry"' in str(table)


TWO = f'<definitions xmlns="{BPMN}"><process id="a"/><process id="b"/></definitions>'
HOSTILE = {
    "nothing": ("a.bpmn", b"", DiagramFileRefused, "文件是空的"),
    "a picture": ("a.bpmn", b"\x89PNG\r\n\x1a\n\x00\xff", DiagramFileRefused, "图片"),
    "a page": ("a.bpmn", b"<html/>", DiagramFileRefused, "不是 BPMN 2.0 流程图"),
    "a DOCTYPE": (
        "a.bpmn",
        b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>',
        DiagramFileRefused,
        "DOCTYPE",
    ),
    "2 MB": ("a.bpmn", b"<a>" + b"x" * 2_000_001 + b"</a>", DiagramTooLarge, "超过 2 MB"),
    "two processes": ("a.bpmn", TWO.encode(), DiagramFileRefused, "2 个流程"),
    "no process": ("a.bpmn", f'<definitions xmlns="{BPMN}"/>'.encode(), DiagramFileRefused, "0 个"),
    "no table": (
        "a.dmn",
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        DiagramFileRefused,
        "没有 DMN 决策表",
    ),
    "a diagram for a table": ("a.dmn", TWO.encode(), DiagramFileRefused, "2 个流程"),
}


@pytest.mark.parametrize(("name", "content", "kind", "words"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_diagram_is_refused_with_words(
    name: str, content: bytes, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        bring_in(name, content, MATTER, FILES)
