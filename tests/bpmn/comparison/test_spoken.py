"""Whatever somebody wrote is told in words, or as it is written: never in an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.comparison import Labels, compare_versions, speech_of
from bpmn.diagram import load_files, read_diagram
from bpmn.diagram.spoken import Named, Spoken, spoken_in
from tests.bpmn.comparison.mutations import ROUTING, Mutation, add, add_property, put, write
from tests.bpmn.diagrams.legal_review import FILE, with_legal_review
from webapp.studio.labels import LABELS as OFFICE

FILES = load_files("qualification_application")
DRAWN = with_legal_review()
PASSED = "//b:sequenceFlow[@id='legal_pass']"
CELL = "//d:rule[2]/d:inputEntry/d:text"
NO_CONSTANTS = ["{[]}", "{{}: 1}", "{[]: 1}", "[{[]}]", "-'a'", "f(x)", "'a' 'b' f"]
SPOKEN = Spoken({"x": "甲"}, {("x", "a"): "乙"})
LABELS = Labels(
    parameters={
        ("start_clock", "kind"): ("时限", {"notice": "公示期"}),
        ("start_clock", "working_days"): ("工作日", {}),
    }
)
_NAMES = st.sampled_from(["x", "y", "1", '"a"', "None", "True", "[]", "{}", "{[]}", "()", "-1"])
_TREES = st.recursive(
    _NAMES,
    lambda part: st.one_of(
        st.builds("{} {} {}".format, part, st.sampled_from(
            ["==", "!=", "<", "in", "not in", "is", "and", "or", "+", ",", ":", "if"]), part),
        st.builds("{}{}{}".format, st.sampled_from(["[", "{", "(", "not ", "-", "f("]), part,
                  st.sampled_from(["]", "}", ")", "", ": 1}"])),
    ),
    max_leaves=8,
)  # fmt: skip
TEXTS = st.one_of(_TREES, st.text(), st.sampled_from(["not " * 120 + "x", "-" * 498 + "1"]))


def changed(files, mutation, labels=None):
    (change,) = compare_versions(files, mutation(files), labels).changes
    return change


@pytest.mark.parametrize("text", NO_CONSTANTS)
def test_condition_without_words_is_told_as_it_is_written(text):
    path = f"{PASSED}/b:conditionExpression"

    change = changed(DRAWN, Mutation(FILE, path, write(f"legal == {text}"), "", ""))

    assert change.after == f"legal == {text}"


@pytest.mark.parametrize("text", NO_CONSTANTS)
def test_cell_without_words_is_told_as_it_is_written(text):
    assert changed(FILES, Mutation(ROUTING, CELL, write(text), "", "")).after == text


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_text_is_beyond_telling(text):
    assert isinstance(SPOKEN.condition(text), str)
    assert isinstance(SPOKEN.condition(f"x == {text}"), str)
    assert isinstance(SPOKEN.cell("x", text), str)
    assert isinstance(SPOKEN.cell(text, "== 1"), str)


def test_gateway_and_flow_without_names_do_not_hide_those_of_others():
    unnamed = Mutation(FILE, PASSED, put("name", ""), "", "")(DRAWN)
    unnamed = Mutation(FILE, "//*[@id='legal_outcome']", put("name", ""), "", "")(unnamed)

    own = speech_of(read_diagram(unnamed), Labels()).spoken
    other = speech_of(read_diagram(DRAWN), Labels()).spoken

    assert ("legal", "pass") not in own.values
    assert own.helped_by(other).condition('legal == "pass"') == "法制意见为审核通过"


def test_variable_without_a_name_is_the_result_of_the_step_before():
    """Where nothing is named but the step: no officer can read the code of a variable."""
    unnamed = Mutation(FILE, "//*[@id='legal_outcome']", put("name", ""), "", "")(DRAWN)

    spoken = speech_of(read_diagram(unnamed), Labels()).spoken

    assert spoken.condition('legal == "pass"') == "“法制审核”的结果为审核通过"


@pytest.mark.parametrize(("cell", "words"), [("value", "不予延续决定书"), ("cell", "延续")])
def test_table_says_papers_and_matters_by_their_names(cell, words):
    """`refusal_paper` is handed to 出具文书 as it is; that operation knows what each is called."""
    diagram = read_diagram(FILES)
    table = diagram.tables["name_refusal_paper"]
    column = {"cell": table.inputs, "value": table.outputs}[cell][0]
    text = {"cell": table.rules[0].cells, "value": table.rules[0].values}[cell][0]

    assert speech_of(diagram, OFFICE).say_cell(f"{cell}.{column.id}", text) == words


def test_step_without_a_name_is_told_by_what_is_beside_it():
    """The id that the editor made up for it says nothing."""
    unnamed = Mutation(FILE, "//*[@id='legal_review']", put("name", ""), "", "")(DRAWN)
    limited = Mutation(FILE, "//*[@id='legal_review']//s:property[@name='days']",
                       put("value", "5"), "", "")  # fmt: skip

    (change,) = compare_versions(unnamed, limited(unnamed)).changes

    assert change.words.startswith("未命名的人工环节（在‘复核意见’之后）的办理时限由")


def test_of_several_words_the_first_that_is_one():
    ways = [('z == "a"', "", ""), ('z == "a"', "准予", "审查意见"), ('z == "a"', "同意", "复核")]

    spoken = spoken_in([Named(ways=ways)], (), Labels())

    assert spoken.condition('z == "a"') == "审查意见为准予"


@pytest.mark.parametrize(
    ("value", "words"), [("'notice'", "公示期"), ("'other'", "other"), ("level", "审批层级")]
)
def test_parameters_are_told_in_the_words_of_their_operation(value, words):
    kind = "(//s:serviceTaskOperator[@id='start_clock']//s:parameter[@id='kind'])[1]"
    was = Mutation("acceptance.bpmn", kind, put("value", "'before'"), "", "")(FILES)

    change = changed(was, Mutation("acceptance.bpmn", kind, put("value", value), "", ""), LABELS)

    assert change.words.endswith(f"的参数“时限”由“before”改为“{words}”")


def test_all_that_matters_of_a_new_step_is_told():
    """Who may not be the same person is what four eyes are about; a field has its label once."""
    here = "//b:userTask[@id='legal_review']"
    apart = Mutation(FILE, f"{here}//s:properties", add_property("not_by", "check_review"), "", "")
    told = Mutation(FILE, here, add("documentation"), "", "")
    noted = Mutation(FILE, f"{here}/b:documentation", write("依法审核"), "", "")

    changes = compare_versions(FILES, noted(told(apart(DRAWN)))).changes

    words = next(one.words for one in changes if one.element == "legal_review")
    assert "不得由同一人办理的环节：复核，" in words
    assert "法定时限：decision，" in words
    assert "说明：依法审核，" in words
    assert "填写项“法律风险”：选项，必填，无/低/高，" in words
