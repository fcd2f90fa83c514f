"""What is read from the shipped files: tasks with their people and outcomes, and the drawing."""

import pytest

from bpmn.diagram import Diagram, load_files, read_diagram
from bpmn.matters import MATTERS
from forms.pages import PAGES


@pytest.fixture(scope="module")
def diagram() -> Diagram:
    return read_diagram(load_files("qualification_application"))


def test_files_are_the_diagram_and_all_that_it_calls():
    assert set(load_files("qualification_application")) == {
        "diagram.bpmn",
        "acceptance.bpmn",
        "review.bpmn",
        "extension.bpmn",
        "hearing.bpmn",
        "site_check.bpmn",
        "expert_review.bpmn",
        "statement.bpmn",
        "public_notice.bpmn",
        "decision.bpmn",
        "issue.bpmn",
        "routing.dmn",
        "notice_period.dmn",
        "refusal_paper.dmn",
    }


def test_unknown_matter_has_no_files():
    with pytest.raises(FileNotFoundError):
        load_files("no_such_matter")


@pytest.mark.parametrize(
    ("element", "form", "role", "clock", "outcome", "values"),
    [
        ("fill_application", "application", "applicant", None, None, []),
        ("correct_application", "application", "applicant", "correction", None, []),
        (
            "check_materials",
            "check_materials",
            "window",
            "acceptance",
            "acceptance",
            ["accept", "return", "refuse"],
        ),
        (
            "review_application",
            "review_application",
            "reviewer",
            "decision",
            "proposal",
            ["grant", "refuse", "extend", "hear", "inspect", "consult"],
        ),
        ("check_review", "check_review", "checker", "decision", "check", ["agree", "return"]),
        (
            "handle_objection",
            "handle_objection",
            "reviewer",
            "decision",
            "objection",
            ["dismissed", "upheld"],
        ),
        (
            "sign_decision",
            "sign_decision",
            "approver",
            "decision",
            "decision",
            ["grant", "refuse", "return"],
        ),
        ("sign_refusal", "sign_decision", "approver", "decision", "decision", ["refuse", "return"]),
    ],
)
def test_user_task_names_its_people_and_outcomes(
    diagram, element, form, role, clock, outcome, values
):
    task = diagram.user_tasks[element]

    assert (task.form, task.role, task.clock, task.outcome) == (form, role, clock, outcome)
    assert [choice.value for choice in task.outcomes] == values
    assert all(choice.label for choice in task.outcomes)


def test_service_task_keeps_its_parameters_as_expressions(diagram):
    clock = diagram.service_tasks["start_decision_clock"]

    assert clock.operation == "start_clock"
    assert clock.parameters == {
        "kind": "'decision'",
        "working_days": "15",
        "article": "'测绘资质管理办法'",
    }


def test_rule_task_knows_what_its_table_reads_and_sets(diagram):
    rule = diagram.rule_tasks["route_application"]

    assert rule.reads == ("certificate_type", "province", "city")
    assert rule.sets == ("level",)


def test_variables_are_those_of_the_engine_and_no_others(diagram):
    assert diagram.variables == {
        "matter",
        "certificate_type",
        "province",
        "city",
        "level",
        "refusal_paper",
        "acceptance",
        "proposal",
        "check",
        "objection",
        "decision",
        "stop",
        "extension",
        "hearing",
        "site_check",
        "signature",
        "statement",
        "notice_working_days",
    }


def test_lanes_of_the_top_level_are_the_unit_and_three_levels(diagram):
    lanes = [lane.name for lane in diagram.processes[diagram.main].lanes]

    assert lanes == ["申请单位", "市级", "省级", "部"]


def test_element_is_found_in_whichever_process_draws_it(diagram):
    found = diagram.find_node("notice_expires")

    assert found is not None
    process, node = found
    assert (process.id, node.parent, node.timer) == (
        "public_notice",
        "notice_period",
        'due("notice")',
    )
    assert diagram.find_node("nothing") is None


def test_every_element_is_drawn_and_every_task_cites_its_reason(diagram):
    for process in diagram.processes.values():
        assert set(process.nodes) <= set(process.shapes), process.id
        assert set(process.flows) <= set(process.edges), process.id
        assert process.documentation
    for task in diagram.user_tasks.values():
        assert task.documentation, task.element


def test_drawn_flows_are_orthogonal_and_begin_and_end_at_their_shapes(diagram):
    for process in diagram.processes.values():
        for flow in process.flows.values():
            points = process.edges[flow.id].points
            for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
                assert x1 == x2 or y1 == y2, flow.id
            assert _touches(process.shapes[flow.source].box, points[0]), flow.id
            assert _touches(process.shapes[flow.target].box, points[-1]), flow.id


def _touches(box, point) -> bool:
    x, y = point
    is_inside = box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
    return is_inside and (x in (box.x, box.x + box.width) or y in (box.y, box.y + box.height))


@pytest.mark.parametrize("matter", MATTERS.values(), ids=lambda matter: matter.key)
def test_matter_names_pages_that_exist_and_a_guide_within_the_law(matter):
    assert set(matter.pages) <= set(PAGES)
    assert {material.page for material in matter.guide.materials} <= set(matter.pages)
    assert matter.guide.promised_days <= matter.guide.legal_days
