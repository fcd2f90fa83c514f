"""The qualification application, walked: which decisions lead to which end, over every flow."""

import pytest

from bpmn import engine
from bpmn.diagram import Diagram, load_files, read_diagram
from tests.bpmn.diagrams.walking import Walk

MATTER = "qualification_application"
LEVELS = {"city": "class_b", "province": "class_a", "ministry": "class_a_navigation"}
ROUTES = {
    level: {"matter": MATTER, "certificate_type": kind, "province": "61", "city": "6101"}
    for level, kind in LEVELS.items()
}

ACCEPTED = ("submit", "accept")
PROPOSED = (*ACCEPTED, "grant", "agree")
NOTICED = (*PROPOSED, "wait")
GRANTED = ("grant", "agree", "wait", "grant")

WALKS = [
    ((*NOTICED, "grant"), "granted"),
    ((*NOTICED, "refuse", "waive", "refuse"), "refused"),
    ((*NOTICED, "return", "grant", "agree", "wait", "grant"), "granted"),
    ((*NOTICED, "return", "refuse", "agree", "waive", "refuse"), "refused"),
    ((*ACCEPTED, "refuse", "agree", "waive", "refuse"), "refused"),
    (
        (*ACCEPTED, "refuse", "agree", "waive", "return", "grant", "agree", "wait", "grant"),
        "granted",
    ),
    ((*ACCEPTED, "grant", "return", "refuse", "agree", "waive", "refuse"), "refused"),
    ((*PROPOSED, "object", "dismissed", "wait", "grant"), "granted"),
    ((*PROPOSED, "object", "upheld", "refuse", "agree", "waive", "refuse"), "refused"),
    (
        (*PROPOSED, "object", "dismissed", "object", "upheld", "grant", "agree", "wait", "grant"),
        "granted",
    ),
    ((*ACCEPTED, "refuse", "agree", "state", "refuse"), "refused"),
    ((*ACCEPTED, "refuse", "agree", "wait", "refuse"), "refused"),
    ((*ACCEPTED, "extend", "approve", *GRANTED), "granted"),
    ((*ACCEPTED, "extend", "refuse", *GRANTED), "granted"),
    ((*ACCEPTED, "hear", "request", "submit", "submit", "confirm", *GRANTED), "granted"),
    ((*ACCEPTED, "hear", "request", "submit", "submit", "dispute", *GRANTED), "granted"),
    ((*ACCEPTED, "hear", "request", "submit", "submit", "wait", *GRANTED), "granted"),
    ((*ACCEPTED, "hear", "waive", "hear", "wait", *GRANTED), "granted"),
    ((*ACCEPTED, "inspect", "own", "submit", "confirm", *GRANTED), "granted"),
    ((*ACCEPTED, "inspect", "third_party", "submit", "dispute", *GRANTED), "granted"),
    ((*ACCEPTED, "inspect", "own", "submit", "wait", *GRANTED), "granted"),
    ((*ACCEPTED, "consult", "submit", "submit", "consult", "submit", "wait", *GRANTED), "granted"),
    ((*ACCEPTED, "hear", "withdraw"), "withdrawn"),
    ((*ACCEPTED, "consult", "submit", "terminate"), "terminated"),
    ((*ACCEPTED, "refuse", "agree", "withdraw"), "withdrawn"),
    (("submit", "refuse"), "not_accepted"),
    (("submit", "return", "submit", "accept", "refuse", "agree", "waive", "refuse"), "refused"),
    (("submit", "return", "submit", "return", "submit", "refuse"), "not_accepted"),
    (("submit", "return", "wait"), "lapsed"),
    (("submit", "wait", "grant", "agree", "wait", "grant"), "granted"),
    (("submit", "withdraw"), "withdrawn"),
    (("submit", "terminate"), "terminated"),
    (("submit", "return", "withdraw"), "withdrawn"),
    ((*ACCEPTED, "withdraw"), "withdrawn"),
    ((*ACCEPTED, "grant", "terminate"), "terminated"),
    ((*PROPOSED, "withdraw"), "withdrawn"),
    ((*PROPOSED, "object", "withdraw"), "withdrawn"),
    ((*NOTICED, "withdraw"), "withdrawn"),
    ((*NOTICED, "return", "terminate"), "terminated"),
]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return load_files("qualification_application")


@pytest.fixture(scope="module")
def compiled(files: dict[str, bytes]) -> engine.CompiledDiagram:
    return engine.compile_diagram(files)


@pytest.fixture(scope="module")
def diagram(files: dict[str, bytes]) -> Diagram:
    return read_diagram(files)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("decisions", "end"), WALKS)
def test_case_goes_its_way_and_ends(compiled, diagram, route, decisions, end):
    walk = Walk(compiled, diagram, {"case_id": "1", **ROUTES[route]})

    walk.take(decisions)

    assert walk.step.ended == f"{end}_{route}"
    assert (walk.open, walk.step.messages, walk.step.wake_at) == ({}, frozenset(), None)


def test_walks_go_along_every_sequence_flow(compiled, diagram):
    drawn = {flow for process in diagram.processes.values() for flow in process.flows}
    walked: set[str] = set()

    for variables in ROUTES.values():
        for decisions, _end in WALKS:
            walk = Walk(compiled, diagram, {"case_id": "1", **variables})
            walk.take(decisions)
            walked.update(walk.walked())

    assert drawn - walked == set()


@pytest.mark.parametrize(
    ("certificate_type", "province", "city", "level"),
    [
        ("class_a_navigation", "61", "6101", "ministry"),
        ("class_a_navigation", "11", "", "ministry"),
        ("class_a", "61", "6101", "province"),
        ("class_a", "50", "", "province"),
        ("class_b", "61", "6101", "city"),
        ("class_b", "11", "1101", "province"),
        ("class_b", "12", "", "province"),
        ("class_b", "31", "", "province"),
        ("class_b", "50", "5001", "province"),
        ("class_b", "46", "", "province"),
    ],
)
def test_routing_table_finds_the_level(compiled, diagram, certificate_type, province, city, level):
    variables = {"certificate_type": certificate_type, "province": province, "city": city}
    walk = Walk(compiled, diagram, {"case_id": "1", **variables})

    walk.take(["submit"])

    assert walk.step.variables["level"] == level
    assert walk.step.variables["notice_working_days"] == 5
    assert ("assign_authority", {"level": level}) in walk.called


def test_grant_issues_papers_and_keeps_the_clocks_in_order(compiled, diagram):
    walk = Walk(compiled, diagram, {"case_id": "1", **ROUTES["city"]})

    walk.take((*NOTICED, "grant"))

    assert [_short(*call) for call in walk.called] == [
        "register_submission",
        "assign_authority city",
        "file_pledge",
        "issue_document receipt",
        "start_clock acceptance",
        "finish_clock acceptance",
        "start_clock decision",
        "issue_document acceptance_notice",
        "start_clock notice",
        "publish_notice 5",
        "close_notice dismissed",
        "finish_clock decision",
        "issue_document approval_form",
        "start_clock issue",
        "register_qualification",
        "issue_document grant_decision",
        "issue_document certificate_original",
        "issue_document certificate_copy",
        "publish_announcement",
        "finish_clock issue",
    ]


def test_refusal_without_notice_cannot_become_a_grant(compiled, diagram):
    walk = Walk(compiled, diagram, {"case_id": "1", **ROUTES["city"]})

    walk.take((*ACCEPTED, "refuse", "agree", "waive"))

    (element,) = walk.open.values()
    assert [o.value for o in diagram.user_tasks[element].outcomes] == ["refuse", "return"]


def test_withdrawal_is_not_expected_before_submission_or_after_the_decision(compiled, diagram):
    walk = Walk(compiled, diagram, {"case_id": "1", **ROUTES["city"]})
    assert walk.step.messages == frozenset()

    walk.take(NOTICED)
    assert walk.step.messages == {"stop"}

    walk.take(["grant"])
    assert walk.step.messages == frozenset()


def _short(name: str, parameters: dict[str, object]) -> str:
    return " ".join([name, *(str(value) for value in list(parameters.values())[:1])])
